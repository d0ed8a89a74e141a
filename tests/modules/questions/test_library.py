"""Every question that we ship is well made, and its table comes out as it went in."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings

from modules.questions.definitions import BESIDE, feedback, from_tables, to_table
from modules.questions.kinds import kind_of
from tests.modules.questions.strategies import key_of

LIBRARY = Path(settings.BASE_DIR, "modules/library")
READ_BY_PEOPLE = ("short", "essay")
FILES = sorted(LIBRARY.glob("*/en/*.questions.toml"))


def questions(file: Path) -> dict[str, dict]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def test_the_whole_course_is_here():
    coordination = [file for file in FILES if file.parts[-3] == "coordination"]

    assert sum(len(questions(file)) for file in coordination) == 73


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]}/{file.name}")
def test_question_is_well_made_and_its_key_earns_the_full_mark(file):
    for key, table in questions(file).items():
        definition = from_tables(table, {})
        kind = kind_of(definition)

        kind.check(definition)

        is_read = kind.KIND in READ_BY_PEOPLE
        right = "words" if is_read else key_of(definition)
        expected = None if is_read else Fraction(1)
        assert kind.mark(definition, right) == expected, key
        assert {part.state for part in feedback(definition, right, "en").parts} <= {"right", ""}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]}/{file.name}")
def test_table_comes_out_as_it_went_in(file):
    for key, table in questions(file).items():
        went_in = [(name, value) for name, value in table.items() if name not in BESIDE]

        came_out = to_table(from_tables(table, {}), "en")

        assert list(came_out.items()) == went_in, key
