"""Questions of every kind: from their file into the bank and back, with their pictures."""

from typing import Any

import pytest

from modules.loading.checking import problems
from modules.loading.dumping import dump_library
from modules.loading.library import read_library
from modules.loading.loading import load_library
from modules.loading.writing import write_toml
from modules.questions.models import Question
from modules.reference.drawings import embedded
from tests.modules.loading.mini import FILES
from tests.modules.questions.samples import PICTURE, english, in_set

LANGUAGES = ["en", "ur", "km", "lo"]
FILE = "mini/en/02-two.questions.toml"
BESIDE = {"outcome": "MI1", "level": "apply", "use": "practice"}


def add(root, **tables: dict[str, Any]) -> str:
    """Write these questions, "mi-" before their names, into the file of a lesson; returns it."""
    written = {
        f"mi-{name}": {"kind": table.pop("kind"), **BESIDE, **table}
        for name, table in tables.items()
    }
    text = f"{FILES[FILE]}\n{write_toml(written, '')}"
    (root / FILE).write_text(text, encoding="utf-8", newline="\n")
    return text


def dumped(tmp_path) -> dict[str, str]:
    dump_library("mini", tmp_path / "dump")
    paths = (tmp_path / "dump/mini").rglob("*.*")
    return {str(p.relative_to(tmp_path / "dump")): p.read_bytes().decode() for p in paths}


def errors(root) -> list[str]:
    return [str(error) for error in problems(read_library(root, LANGUAGES))]


def in_file(file: str = "figures/dot.svg") -> dict[str, Any]:
    """The sample of a place in a picture, its picture in a file."""
    table = english("hotspot")
    del table["picture"]
    return {"kind": table.pop("kind"), "stem": table.pop("stem"), "file": file, **table}


@pytest.mark.django_db
def test_every_kind_is_dumped_as_it_was_loaded(root, tmp_path):
    kinds = ("multiple_truefalse", "hotspot", "single", "matching")
    text = add(root, **{kind: english(kind) for kind in kinds})

    load_library(root)

    assert dumped(tmp_path)[FILE] == text
    assert Question.objects.get(key="mi-hotspot").table["picture"] == PICTURE


@pytest.mark.django_db
def test_a_picture_in_a_file_is_read_from_there_and_written_there(root, tmp_path):
    text = add(root, place=in_file())

    load_library(root)

    table = Question.objects.get(key="mi-place").table
    assert table["picture"] == FILES["mini/figures/dot.svg"]
    assert dumped(tmp_path)[FILE] == text
    assert dumped(tmp_path)["mini/figures/dot.svg"] == FILES["mini/figures/dot.svg"]


@pytest.mark.django_db
def test_a_picture_changed_in_the_admin_does_not_take_the_place_of_a_lesson_s(root, tmp_path):
    add(root, place=in_file())
    load_library(root)
    question = Question.objects.get(key="mi-place")
    question.definition[0].value["picture"] = PICTURE
    question.save()

    files = dumped(tmp_path)

    assert files["mini/figures/dot.svg"] == FILES["mini/figures/dot.svg"]
    assert PICTURE.replace('"', '\\"') in files[FILE]
    assert "figures/dot.svg" not in files[FILE]


@pytest.mark.django_db
def test_an_image_of_the_site_stands_in_the_table_itself(root, tmp_path):
    picture = embedded(b"RIFF....WEBP", 40, 30)
    text = add(root, place=english("hotspot") | {"picture": picture})

    load_library(root)

    assert dumped(tmp_path)[FILE] == text
    assert errors(root) == [
        "mini/en/02-two.questions.toml:13: mi-place: this question is never used."
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (in_file("figures/none.svg"), 'there is no file "figures/none.svg".'),
        (
            in_file("../course.toml"),
            '"file" must be like "figures/name.svg", not "../course.toml".',
        ),
        (in_file() | {"picture": PICTURE}, '"file" and "picture" exclude each other.'),
    ],
)
def test_a_file_that_cannot_be_the_picture(root, table, message):
    add(root, place=table)

    assert read_library(root, LANGUAGES).errors[0].message == message


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (PICTURE.replace("<rect", "<script/><rect"), "mi-place: <script> is not allowed in"),
        (PICTURE.replace(">Z<", ">Zakat<"), "mi-place: A drawing carries only single capital"),
        ("<svg></svg>", "mi-place: picture: it must be one <svg> with a viewBox."),
        (
            embedded(b"x", 4, 3).replace("image/webp", "image/svg+xml"),
            "mi-place: <image> is not allowed in a drawing.",
        ),
    ],
)
def test_a_picture_holds_nothing_that_acts_or_fetches(root, picture, message):
    add(root, place=english("hotspot") | {"picture": picture})

    assert any(f"{FILE}:13: {message}" in line for line in errors(root)), errors(root)


def test_a_drawing_that_only_a_question_shows_is_shown(root):
    (root / "mini/figures/boxes.svg").write_text(PICTURE)
    unused = "mini/figures/boxes.svg:1: no lesson shows this drawing."
    assert unused in errors(root)

    add(root, place=in_file("figures/boxes.svg"))

    assert unused not in errors(root)


def a_set(**changes: str) -> dict[str, dict[str, Any]]:
    tables = {f"case-{n}": english("scenario") | in_set(f"{n}?") for n in (1, 2, 3)}
    tables["case-3"] |= changes
    return {
        name: {
            field: table[field] for field in ("kind", "case", "set", "stem", "options", "feedback")
        }
        for name, table in tables.items()
    }


@pytest.mark.django_db
def test_a_set_is_dumped_as_it_was_loaded(root, tmp_path):
    text = add(root, **a_set())

    load_library(root)

    assert dumped(tmp_path)[FILE] == text
    assert {q.table["set"] for q in Question.objects.filter(key__startswith="mi-case")} == {
        "two-laws"
    }
    assert [line for line in errors(root) if "case" in line and "never used" not in line] == []


def test_a_set_tells_one_case_in_each_language(root):
    add(root, **a_set(case="A fund has three laws."))
    said = 'mi-case-3: its case is not that of "mi-case-1", which is in the set "two-laws" too.'

    assert any(line.endswith(said) for line in errors(root))

    add(root, **a_set())
    words = ("case", "stem", "feedback")
    abroad = {
        f"mi-case-{n}": {name: f"{name} {n if name == 'case' else ''}" for name in words}
        | {"options": [{"key": k, "text": k, "feedback": k} for k in "abcd"]}
        for n in (1, 2)
    }
    urdu = "mini/ur/02-two.questions.toml"
    (root / urdu).write_text(write_toml(abroad, ""), encoding="utf-8")
    said = 'mi-case-2: its case is not that of "mi-case-1", which is in the set "two-laws" too.'

    assert [line for line in errors(root) if "its case is not" in line] == [f"{urdu}:12: {said}"]
