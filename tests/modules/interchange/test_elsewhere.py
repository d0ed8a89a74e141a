"""What readers of other systems ask of our files, beyond that we read them ourselves."""

import re
from fractions import Fraction
from html import unescape
from itertools import product

import pytest
from defusedxml import ElementTree as ET  # noqa: N817 (as everywhere)

from modules.interchange.archives import Archive
from modules.interchange.formats import FORMATS
from tests.modules.interchange.drafting import draft

SIGNS = 'a~b#c}d\\e"f/g&h{i'
# The shares of a mark that Moodle knows; it refuses a question with any other.
KNOWN = {Fraction(0)} | {
    sign * Fraction(p, q)
    for sign in (1, -1)
    for p, q in (
        *((1, 1), (9, 10), (5, 6), (4, 5), (3, 4), (7, 10), (2, 3), (3, 5), (1, 2), (2, 5)),
        *((1, 3), (3, 10), (1, 4), (1, 5), (1, 6), (1, 7), (1, 8), (1, 9), (1, 10), (1, 20)),
    )
}


def moodle(one):
    return ET.fromstring(FORMATS["moodle"].write([FORMATS["moodle"].hold(one).draft], "en"))


def item(version, one):
    form = FORMATS[version]
    archive = Archive(form.write([form.hold(one).draft], "en"))
    return ET.fromstring(archive["items/co-one.xml"])


def gaps_as_moodle_reads(text):
    """For each gap its answers and reasons: parted at bare signs, then entities taken out.

    Of backslashes only those before "}" and "#" go.
    """
    found = []
    for inner in re.findall(r"\{1:[A-Z]+:((?:[^}\\]|\\.)*)\}", text, re.DOTALL):
        ways = [re.split(r"(?<![\\&])#", way, maxsplit=1) for way in inner.split("~")]
        found.append(
            [[unescape(one).replace("\\}", "}").replace("\\#", "#") for one in way] for way in ways]
        )
    return found


def test_signs_in_gaps_reach_moodle_as_they_were():
    gaps = [
        {"key": "a", "match": "x", "feedback": SIGNS},
        {"key": "b", "accepted": SIGNS, "feedback": "Why."},
    ]
    choices = [
        {"key": "x", "gap": "a", "text": SIGNS},
        {"key": "y", "gap": "a", "text": "1 < 2"},
    ]
    cloze = draft("cloze", text="It is [[a]] and [[b]].", gaps=gaps, choices=choices)
    text = moodle(cloze).findtext("question/questiontext/text")
    chosen, typed = gaps_as_moodle_reads(text)

    # Choices and reasons are HTML there, what is typed is not.
    (right, reason), (wrong,) = chosen
    assert (unescape(right), unescape(reason), wrong) == (f"={SIGNS}", SIGNS, "1 &lt; 2")
    assert typed[0][0] == f"={SIGNS}"


@pytest.mark.parametrize(
    ("method", "options"), [*product(["right_or_wrong", "penalised"], range(2, 9))]
)
def test_moodle_knows_the_shares_of_every_choice(method, options):
    rows = [
        {"key": key, "correct": key == "a", "text": key, "feedback": "Why."}
        for key in "abcdefgh"[:options]
    ]
    answers = moodle(draft("single", options=rows, method=method)).iter("answer")

    assert all(is_known(answer.get("fraction")) for answer in answers)


@pytest.mark.parametrize("right", range(1, 8))
def test_moodle_knows_the_shares_of_several_right_options(right):
    rows = [
        {"key": key, "correct": n < right, "text": key, "feedback": "Why."}
        for n, key in enumerate("abcdefgh")
    ]
    answers = list(moodle(draft("multiple", options=rows)).iter("answer"))

    assert all(is_known(answer.get("fraction")) for answer in answers)
    assert sum(float(answer.get("fraction")) for answer in answers) == pytest.approx(
        (2 * right - 8) * 100 / right, abs=0.001
    )


def is_known(fraction):
    return any(abs(Fraction(fraction) / 100 - known) < Fraction(1, 100_000) for known in KNOWN)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("matching", {"responses": [{"key": "x", "text": "a -> b"}, {"key": "y", "text": "c"}]}),
        ("short", {"accepted": "a -> b\nc"}),
    ],
)
def test_an_arrow_in_words_parts_no_pair_of_gift(kind, changes):
    held = FORMATS["gift"].hold(draft(kind, **changes))
    lines = FORMATS["gift"].write([held.draft], "en").decode().splitlines()

    assert "arrows" in {loss.code for loss in held.losses}
    assert {line.count("->") for line in lines if line.startswith("\t=")} == {kind == "matching"}


def test_a_rubric_says_what_it_is_used_for_where_the_schema_asks():
    essay = draft("essay")
    newer, older = item("qti30", essay), item("qti22", essay)

    blocks = [one for one in newer.iter() if one.tag.endswith("}qti-rubric-block")]
    assert {one.get("use") for one in blocks} == {"scoring"}
    assert not [one for one in older.iter() if one.get("use")]


@pytest.mark.parametrize(
    ("version", "tag", "words"),
    [("qti22", "object", None), ("qti30", "img", "Two boxes with a line between them.")],
)
def test_a_picture_is_an_object_and_later_an_image(version, tag, words):
    (picture,) = [
        one for one in item(version, draft("hotspot")).iter() if one.tag.endswith(f"}}{tag}")
    ]

    assert picture.get("data" if tag == "object" else "src") == "../images/co-one.svg"
    assert picture.get("alt") == words
    assert (picture.get("width"), picture.get("height")) == ("1000", "500")
