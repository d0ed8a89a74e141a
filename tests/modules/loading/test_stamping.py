"""Stamps say which English words have changed since a file was translated."""

import pytest
from django.core.management import CommandError, call_command

from modules.loading.library import read_library
from modules.loading.stamping import FILE, changed_since, stamp
from modules.management.commands import load_library, stamp_translation
from tests.modules.loading.mini import change


def library(root):
    return read_library(root, ("en", "ur"))


def test_stamped_files_follow_english(root):
    assert stamp(library(root), "mini", "ur") == 8

    lines = (root / "mini/ur" / FILE).read_text("utf-8").splitlines()
    assert lines[2].startswith('"lesson/one" = "')
    assert len(lines) == 2 + 8
    assert list(changed_since(library(root))) == []


def test_what_changed_in_english_is_named(root):
    stamp(library(root), "mini", "ur")
    change(root, "mini/en/01-one.md", "What now?", "And now?")
    change(root, "mini/en/01-one.md", "count to one", "count up to one")
    change(root, "mini/en/01-one.questions.toml", 'feedback="It is."', 'feedback="So it is."')

    assert list(changed_since(library(root))) == [
        "mini/ur/01-one.md: English changed since it was translated: title and purpose, story.",
        "mini/ur/01-one.questions.toml: English changed since it was translated: mi-one.",
    ]


def test_facts_may_change(root):
    stamp(library(root), "mini", "ur")
    change(root, "mini/en/01-one.md", "minutes=9", "minutes=8")

    assert list(changed_since(library(root))) == []


def test_one_lesson_is_stamped_anew(root):
    stamp(library(root), "mini", "ur")
    change(root, "mini/en/01-one.md", "What now?", "And now?")

    assert len(list(changed_since(library(root)))) == 1
    assert stamp(library(root), "mini", "ur", "01-one") == 8
    assert list(changed_since(library(root))) == []


def test_files_that_nobody_stamped_are_not_spoken_of(root):
    assert list(changed_since(library(root))) == []


@pytest.fixture
def _mini_is_the_library(monkeypatch, root):
    monkeypatch.setattr(load_library, "LIBRARY", root)
    monkeypatch.setattr(stamp_translation, "LIBRARY", root)


@pytest.mark.django_db
@pytest.mark.usefixtures("_mini_is_the_library")
def test_the_check_warns_and_does_not_fail(root, capsys):
    call_command("stamp_translation", "mini", "ur")
    change(root, "mini/en/01-one.md", "What now?", "And now?")

    call_command("load_library", check=True)

    said = capsys.readouterr().out
    assert said.startswith("Stamps: 8 written.\n")
    assert "mini/ur/01-one.md: English changed since it was translated: story.\n" in said


@pytest.mark.usefixtures("_mini_is_the_library")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["mini", "en"], "LANG must be one of ur, km, lo, not en."),
        (["maxi", "ur"], "there is no such course"),
        (["mini", "km"], "mini/km/english.toml:1: nothing is translated here."),
        (["mini", "ur", "02-two"], "mini/ur/02-two:1: nothing is translated here."),
    ],
)
def test_bad_input_is_one_clear_line(arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("stamp_translation", *arguments)
