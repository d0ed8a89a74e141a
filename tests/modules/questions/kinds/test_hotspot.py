from dataclasses import asdict
from fractions import Fraction

import pytest
from django.http import QueryDict

from modules.questions.definitions import feedback, sha_of
from modules.questions.errors import DefinitionError
from modules.questions.kinds import hotspot
from modules.questions.presenting import Part, Remark, Spot
from tests.modules.questions.samples import ENGLISH, PICTURE, definition

PLACES = ENGLISH["hotspot"]["options"]


def moved(**changes: str):
    return definition("hotspot", options=[PLACES[0] | changes, *PLACES[1:]])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x": "101"}, 'options, "a": x and y are per cent, from 0 to 100'),
        ({"y": "-0.5"}, 'options, "a": x and y are per cent, from 0 to 100'),
        ({"x": "left"}, 'options, "a": write a plain number in quotes'),
        ({"radius": "0.9"}, 'options, "a": the radius is from 1 to 50 per cent'),
        ({"radius": "50.5"}, 'options, "a": the radius is from 1 to 50 per cent'),
        ({"correct": True}, "only one may be correct, but a, b are"),
    ],
)
def test_places_lie_in_the_picture_and_one_is_right(changes, message):
    with pytest.raises(DefinitionError, match=message):
        hotspot.check(moved(**changes))


def test_ends_are_within():
    hotspot.check(moved(x="0", y="100", radius="50"))
    hotspot.check(moved(x="100", y="0", radius="1"))


@pytest.mark.parametrize(
    "picture",
    [
        "figures/a.svg",
        "<svg></svg>",
        '<svg viewBox="0 0 9"></svg>',
        '<svg viewBox="0 0 0 9"></svg>',
        '<svg viewBox="0 0 a b"></svg>',
    ],
)
def test_a_picture_has_a_size(picture):
    with pytest.raises(DefinitionError, match="picture: it must be one <svg> with a viewBox"):
        hotspot.check(definition("hotspot", picture=picture))


def test_number_without_quotes_is_refused():
    with pytest.raises(DefinitionError, match='"x" must be text in quotes'):
        moved(x=20)


def test_file_may_be_left_out_and_is_kept_where_it_is_named():
    assert "file" not in definition("hotspot")["structure"]
    named = definition("hotspot", file="figures/boxes.svg")
    assert named["structure"]["file"] == "figures/boxes.svg"
    with pytest.raises(DefinitionError, match='"file" must be text in quotes'):
        definition("hotspot", file=1)


def test_presented_with_its_places_and_without_letters_of_its_own():
    shown = hotspot.present(definition("hotspot"), ["b", "c", "a"], "en")

    assert shown.parts[:2] == (
        Part("b", "The box on the right", "answer", spot=Spot("80", "50", "12.5")),
        Part("c", "The line between them", "answer", spot=Spot("50", "50", "12.5")),
    )
    assert shown.alt == "Two boxes with a line between them."
    assert ">Z<" in PICTURE
    assert ">Z<" not in shown.picture
    assert "<rect" in shown.picture


def test_nothing_but_its_place_tells_one_from_another():
    shown = asdict(hotspot.present(definition("hotspot"), None, "en"))

    assert all(
        set(part) == {"key", "text", "name", "spot", "choices", "is_number"}
        for part in shown["parts"]
    )
    assert "correct" not in str(shown)


@pytest.mark.parametrize(("method", "wrong"), [("right_or_wrong", 0), ("penalised", "-1/2")])
def test_marked_as_one_right_answer(method, wrong):
    question = definition("hotspot", method=method)

    marks = [hotspot.mark(question, key) for key in ("b", "a", None)]
    assert marks == [1, Fraction(wrong), 0]


def test_reads_the_place_chosen():
    assert hotspot.read(QueryDict("answer=b")) == "b"
    assert hotspot.read(QueryDict("answer=")) is None


def test_feedback_says_why_of_each_place():
    assert feedback(definition("hotspot"), "a", "en").parts == (
        Remark("a", "a", "wrong", "About a."),
        Remark("b", "", "missed", "About b."),
        Remark("c", "", "", "About c."),
    )


def test_another_picture_or_place_is_another_question():
    shas = {
        sha_of(question)
        for question in (
            definition("hotspot"),
            definition("hotspot", picture=PICTURE.replace("200", "210")),
            moved(x="21"),
        )
    }

    assert len(shas) == 3
