import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from modules.loading.counting import counted
from modules.loading.library import read_library
from modules.management.commands import count_library as command
from tests.modules.loading.mini import change

HEAD = (
    "| Lesson | Minutes | Words | For trainers | Figures | Law boxes | Practice"
    " | Words a sentence | Exceptions |"
)


def page_of(root):
    return counted(read_library(root, ["en", "ur"]))


def test_the_page_in_docs_is_what_the_command_prints(capsys):
    call_command("count_library")

    # To mend it: .venv/bin/python manage.py count_library > docs/courses.md
    page = (settings.BASE_DIR / "docs/courses.md").read_text(encoding="utf-8")
    assert page == capsys.readouterr().out


def test_each_lesson_and_all_together(root):
    lines = page_of(root).splitlines()

    start = lines.index(HEAD)
    assert lines[start - 4 : start] == ["## Mini", "", "`mini`, version 1.0.", ""]
    assert lines[start + 2 : start + 5] == [
        "| 1. Lesson one | 20 | 18 | 1 | 1 | 1 | 1 | 3.7 | 0 of 3 |",
        "| 2. Lesson two | 25 | 3 | 0 | 0 | 0 | 1 | 1.0 | 0 of 1 |",
        "| **All** | 45 | 21 | 1 | 1 | 1 | 2 | 3.0 | 0 of 4 |",
    ]


def test_questions_by_outcome_and_kind(root):
    page = page_of(root)

    assert "| MI1 | 2 | 2 | 1 | 1 |" in page
    assert "| One choice | 1 | 0 | 0 |" in page
    assert "| True or false | 0 | 1 | 1 |" in page
    assert "| **All** | 2 | 1 | 1 |" in page


def test_a_fact_counts_once_for_each_source_it_names(root):
    change(root, "mini/en/01-one.md", "outside. [W900]", "out. [W900] Always. [W900](calc)")

    assert page_of(root).endswith("Facts by source: W900 2, own 2, calc 1.\n")


def test_a_course_that_is_only_announced(root):
    for name in ("01-one.md", "02-two.md"):
        (root / "mini/en" / name).unlink()
    (root / "mini/tests.toml").unlink()

    page = page_of(root)

    assert "| **All** | 0 | 0 | 0 | 0 | 0 | 0 | 0.0 | 0 of 0 |" in page
    assert page.endswith("Facts by source: none.\n")


def test_a_library_that_cannot_be_read_is_not_counted(root, monkeypatch):
    monkeypatch.setattr(command, "LIBRARY", root)
    change(root, "mini/en/02-two.md", "{#start}", "{#start")

    with pytest.raises(CommandError, match=r"^mini/en/02-two\.md:10: expected a block such as"):
        call_command("count_library")
