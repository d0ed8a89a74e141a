"""Questions whose parts have parts, or leave some out: loaded, dumped, loaded again."""

import pytest

from modules.loading.dumping import dump_library
from modules.loading.errors import LibraryErrors
from modules.loading.loading import load_library
from modules.loading.writing import write_toml
from modules.questions.definitions import from_tables, sha_of, to_table
from modules.questions.freezing import live_definitions
from modules.questions.models import Question
from tests.modules.questions.samples import english
from tests.pages.parts_seeding import RUBRIC, URDU

pytestmark = pytest.mark.django_db

EN, UR = (f"mini/{lang}/01-one.questions.toml" for lang in ("en", "ur"))
BESIDE = {"outcome": "MI1", "level": "understand", "use": "practice"}
NUMBER = {name: part for name, part in english("numeric").items() if name not in ("min", "max")}
TABLES = {
    "cloze": (english("cloze"), URDU["cloze"]),
    "essay": (english("essay"), URDU["essay"]),
    "teachback": (english("teachback"), URDU["teachback"]),
    "short": (
        english("short") | {"accepted": "payroll tax\ncontribut*"},
        {
            "stem": "؟",
            "accepted": "ٹیکس",
            "model": "م",
            "rubric": [{"mark": mark, "text": f"م {mark}"} for mark in ("0", "0.5", "1")],
            "feedback": "ت",
        },
    ),
    "numeric": (
        NUMBER | {"tolerance": "1%", "units": "percent\nfaisad"},
        {"stem": "؟", "unit": "فیصد", "units": "٪", "feedback_wrong": "ت", "feedback": "ت"},
    ),
}


def definition_of(kind: str):
    table, urdu = TABLES[kind]
    return from_tables(table, {"ur": urdu})


def write(root, kind: str) -> None:
    """The sample as the one question of the first lesson, in both languages."""
    made = definition_of(kind)
    table = to_table(made, "en")
    rows = {"kind": table.pop("kind"), **BESIDE, **table}
    (root / EN).write_text(write_toml({"mi-one": rows}))
    (root / UR).write_text(write_toml({"mi-one": to_table(made, "ur")}))


@pytest.mark.parametrize("kind", TABLES)
def test_loaded_dumped_and_loaded_again(mini, tmp_path, kind):
    write(mini, kind)
    load_library(mini)
    loaded = live_definitions(["mi-one"])["mi-one"]

    dump_library("mini", tmp_path / "dump")

    assert sha_of(loaded) == sha_of(definition_of(kind))
    for file in (EN, UR):
        assert (tmp_path / "dump" / file).read_text() == (mini / file).read_text(), file
    ids = list(Question.objects.order_by("pk").values_list("definition", flat=True))
    load_library(mini)
    assert list(Question.objects.order_by("pk").values_list("definition", flat=True)) == ids


def test_an_edited_level_comes_out_and_english_decides_the_points(mini, tmp_path):
    write(mini, "essay")
    load_library(mini)
    question = Question.objects.get(key="mi-one", locale__language_code="ur")
    level = question.definition[0].value["criteria"][0]["levels"][1]
    level["text"], level["points"] = "دوسرے الفاظ۔", "1"
    question.save_revision().publish()

    dump_library("mini", tmp_path / "dump")

    was = RUBRIC[0]["levels"][1]["text"]
    expected = (mini / UR).read_text().replace(was, "دوسرے الفاظ۔")
    assert (tmp_path / "dump" / UR).read_text() == expected != (mini / UR).read_text()


def test_a_translation_says_no_points_for_levels_that_english_lacks(mini):
    write(mini, "essay")
    file = mini / UR
    file.write_text(file.read_text().replace('points="3"', 'points="2"'))

    with pytest.raises(LibraryErrors, match='levels: "3" is missing'):
        load_library(mini)
