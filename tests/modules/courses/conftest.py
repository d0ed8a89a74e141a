"""A course of three lessons, one of them with everything that a lesson can hold."""

import pytest

from tests.modules.courses.making import (
    DRAWING,
    block,
    make_course,
    make_lesson,
    make_references,
)

EVERYTHING = [
    block("text", "first", "## Start\n\nA [[term:fund]] pays. [E] (own)\n\n- one", minutes=9),
    block("figure", "map", "A map.\n\n- A: all", file="f.svg", alt="A box.", drawing=DRAWING),
    block("question", "q1", use="a-question"),
    block("figure", "alone", "Alone.\n\n- A: all", file="f.svg", alt="A bin.", drawing=DRAWING),
    block("law", "limit", "Who earns more is out. [W2]", figure="pk-sd.limit"),
    block("text", "second", "## Go on\n\n| Body | Rate |\n|---|---|\n| SESSI | 6 |"),
    block("case", "story", "## Story\n\nWhat now?", minutes=10, invented=True),
    block("keypoints", "key", "- Remember."),
    block("activity", "play", "## Secret play\n\n[W3]", minutes=25, materials="Secret cards"),
    block("pocket", "card", "1. A rule."),
    block("sources", "sources", "- [E] the start\n- [W2] [W9] the limit"),
]


@pytest.fixture
def references(db):
    make_references()


@pytest.fixture
def course(references):
    return make_course(minutes=330)


@pytest.fixture
def lesson(course):
    """The second of three."""
    make_lesson(course, "before")
    page = make_lesson(course, "middle", *EVERYTHING)
    make_lesson(course, "after")
    return page
