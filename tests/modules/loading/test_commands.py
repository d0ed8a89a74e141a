import pytest
from django.core.management import CommandError, call_command

from modules.courses.models import Course
from modules.management.commands import load_library as command
from tests.modules.loading.mini import change

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mini_is_the_library(monkeypatch, root):
    monkeypatch.setattr(command, "LIBRARY", root)


def test_a_line_for_each_kind_of_object(capsys):
    call_command("load_library", "mini")

    lines = capsys.readouterr().out.splitlines()
    assert "Questions: 5 made, 0 updated, 0 unchanged, 0 in conflict." in lines
    assert "Lessons: 3 made, 0 updated, 0 unchanged, 0 in conflict." in lines


def test_nothing_is_said_when_quiet(capsys):
    call_command("load_library", "mini", verbosity=0)

    assert capsys.readouterr().out == ""


def test_a_check_loads_nothing(capsys):
    call_command("load_library", check=True)

    assert capsys.readouterr().out == (
        "Library: 27 objects, nothing wrong.\n"
        "mini/en/01-one.md: 3.7 words a sentence, 0 of 3 paragraphs are exceptions.\n"
        "mini/en/02-two.md: 1.0 words a sentence, 0 of 1 paragraphs are exceptions.\n"
        "Advice on questions: thin_feedback 5.\n"
    )
    assert not Course.objects.filter(code="mini").exists()


def test_the_check_says_what_is_translated_in_part(root, capsys):
    change(root, "mini/ur/01-one.md", "::: text {#start}\n## آغاز\n:::\n\n", "")

    call_command("load_library", check=True)

    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "mini/ur/01-one.md: translated in part, 5 of 6 blocks."


def test_the_check_says_which_terms_a_translation_does_not_explain(root, capsys):
    change(root, "mini/ur/01-one.md", "## آغاز", "## آغاز\n\nایک [[term:mini term|لفظ]] ہے۔ (own)")

    call_command("load_library", check=True)
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "mini/ur: 1 of 1 terms have their meaning in English."

    change(root, "terms.toml", 'ur = {term="اصطلاح"', 'ur = {term="اصطلاح", definition="معنی۔"')
    call_command("load_library", check=True)
    assert "have their meaning" not in capsys.readouterr().out


def test_the_check_counts_the_advice_on_questions_and_names_it_when_asked(root, capsys):
    call_command("load_library", check=True)
    assert "Advice on questions: thin_feedback 5.\n" in capsys.readouterr().out
    change(root, "mini/en/01-one.questions.toml", 'text="No"', 'text="All of the above"')

    call_command("load_library", check=True, verbosity=2)

    said = capsys.readouterr().out
    assert "mini/en/01-one.questions.toml: mi-one: all_or_none b\n" in said
    assert "Advice on questions: thin_feedback 5, all_or_none 1.\n" in said


@pytest.mark.parametrize("check", [True, False])
def test_what_is_wrong_is_named(root, check):
    change(root, "mini/en/02-two.md", "{#start}", "{#start")

    with pytest.raises(CommandError, match=r"^mini/en/02-two\.md:10: expected a block such as"):
        call_command("load_library", check=check)


def test_the_check_names_what_a_load_lets_pass(root):
    change(root, "mini/en/01-one.md", "term:mini term", "term:maxi")

    call_command("load_library", "mini", verbosity=0)
    with pytest.raises(CommandError, match=r"^mini/en/01-one\.md:13: there is no term"):
        call_command("load_library", check=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["load_library", "maxi"], r"maxi/course\.toml:1: there is no such course\."),
        (["load_library", "--lang", "fr"], "--lang must be one of en, ur, km, lo, not fr."),
        (["dump_library", "maxi", "/tmp/never"], "There is no course “maxi”."),
    ],
)
def test_bad_input_is_one_clear_line(arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command(*arguments)


def test_a_dump_says_where_it_went(capsys, tmp_path):
    call_command("load_library", "mini", verbosity=0)

    call_command("dump_library", "mini", str(tmp_path / "dump"))

    assert capsys.readouterr().out == f"Files: 16 written to {tmp_path / 'dump'}.\n"
