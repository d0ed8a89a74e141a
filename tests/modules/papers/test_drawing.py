"""Drawing a paper: which versions, in which order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.papers.asking import question_of
from modules.papers.contents import Form
from modules.papers.drawing import Item, Paper, draw, order_of, versions_of
from modules.questions.errors import ResponseError
from modules.questions.models import Question
from tests.learning.attempts.sitting import (
    EVERY_KIND,
    KINDS,
    RIGHT_OF_EVERY_KIND,
    make_tested_course,
)
from tests.modules.questions.samples import definition

seeds = st.integers(0, 2**31 - 1)


class Post(dict):
    def getlist(self, key):
        return self.get(key, [])


@pytest.fixture
def form(db) -> Form:
    make_tested_course()
    return Form.objects.get(label="A")


def test_questions_keep_their_positions_and_bring_their_outcome(form):
    paper = draw(form, 7)

    assert [item.question for item in paper.items] == [f"tested-a-{kind}" for kind in KINDS]
    assert {(item.n, item.outcome) for item in paper.items} == {(1, "CO1")}
    assert paper.form == "A"


def test_same_seed_same_paper_and_another_seed_another_order(form):
    assert draw(form, 7) == draw(form, 7)
    assert len({draw(form, seed) for seed in range(20)}) > 10


def test_paper_survives_json(form):
    paper = draw(form, 3)

    assert Paper.from_json(paper.to_json()) == paper


def test_an_edit_does_not_reach_a_paper(form):
    paper = draw(form, 1)
    question = Question.objects.get(key="tested-a-single")
    table = {**question.table, "stem": "Another?"}
    table.pop("kind")
    question.definition = [{"type": "single", "value": table}]
    question.save()

    assert versions_of(paper)["tested-a-single"].content["texts"]["en"]["stem"] == "Which?"
    assert draw(form, 1).items[0].n == 2


@given(seeds)
def test_steps_never_come_in_their_right_order(seed):
    steps = definition("ordering")

    assert list(order_of(steps, seed, 1)) != [step["key"] for step in steps["structure"]["steps"]]


def test_every_option_comes_first_sometimes():
    single = definition("single")
    first = [order_of(single, seed, 1)[0] for seed in range(400)]

    assert {key: 70 < first.count(key) < 130 for key in "abcd"} == dict.fromkeys("abcd", True)


def with_texts(**texts: str):
    single = definition("single")
    for key, text in texts.items():
        single["texts"]["en"]["options"][key]["text"] = text
    return single


@given(seeds)
def test_numbers_keep_their_order(seed):
    numbers = with_texts(a="10 %", b="20 %", c="about 30", d="40")
    rising = with_texts(a="10 %", b="20 %", c="30 %", d="40")

    assert order_of(rising, seed, 1) == ("a", "b", "c", "d")
    assert sorted(order_of(numbers, seed, 1)) == ["a", "b", "c", "d"]


@given(seeds)
def test_none_of_the_above_stays_last(seed):
    leaning = with_texts(b="None of the above")

    assert order_of(leaning, seed, 1)[-1] == "b"


@pytest.mark.parametrize(
    "text",
    ["All of the above.", "None of these", "Neither of them", "None of the others", "Any of those",
     "All the answers", "Both of the options"],
)  # fmt: skip
def test_what_leans_on_the_others_stays_last(text):
    assert {order_of(with_texts(a=text), seed, 1)[-1] for seed in range(20)} == {"a"}


def test_an_option_about_all_members_leans_on_nothing():
    free = with_texts(a="All of the members", b="None of its members")

    assert {order_of(free, seed, 1)[-1] for seed in range(40)} == set("abcd")


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ur", "ان میں سے کوئی نہیں"), ("km", "គ្មានចម្លើយណាត្រូវ"), ("lo", "ບໍ່ມີຂໍ້ໃດຖືກ")],
)
def test_english_decides_for_every_language(lang, text):
    """Whatever the translation writes first: one order for all, by the English words."""
    leaning = with_texts(b="None of the above")
    other = {"options": {key: {"text": text if key == "b" else key} for key in "abcd"}}
    translated = {**leaning, "texts": {**leaning["texts"], lang: other}}

    assert all(order_of(translated, seed, 1)[-1] == "b" for seed in range(20))
    alone = {**with_texts(), "texts": {**with_texts()["texts"], lang: other}}
    assert {order_of(alone, seed, 1)[-1] for seed in range(40)} == set("abcd")


@pytest.mark.parametrize("seed", range(5))
def test_true_and_false_keep_their_places(seed):
    assert order_of(definition("truefalse"), seed, 1) == ()


@given(seeds)
def test_places_tell_nothing_and_lead_back(seed):
    for kind in EVERY_KIND:
        one = definition(kind)
        question = question_of(Item(1, "q", 1, "CO1", order_of(one, seed, 1)), one)
        response = RIGHT_OF_EVERY_KIND[kind]

        given = question.given(response)
        assert question.read(Post(as_posted(kind, given))) == response
        assert question.mark(response) in (1, None)


def as_posted(kind: str, given) -> dict[str, list[str]]:
    """What a browser sends for an answer in the names of the page."""
    if kind == "matching":
        return {f"premise-{key}": [value] for key, value in given.items()}
    if kind == "ordering":
        return {f"step-{key}": [str(place)] for key, place in given.items()}
    if kind == "multiple_truefalse":
        return {f"statement-{key}": [value] for key, value in given.items()}
    if kind == "cloze":
        return {f"gap-{key}": [value] for key, value in given.items()}
    return {"answer": given if isinstance(given, list) else [given]}


def test_page_names_parts_by_their_place_alone():
    chance = random.Random(1)
    for kind in ("single", "hotspot", "multiple", "multiple_truefalse", "ordering", "matching"):
        one = definition(kind)
        question = question_of(Item(1, "q", 1, "CO1", order_of(one, chance.randrange(99), 1)), one)
        shown = question.present("en")
        named = shown.choices if kind == "matching" else shown.parts
        keys = [getattr(part, "value", None) or part.key for part in named]
        assert keys == [str(place) for place in range(1, len(keys) + 1)]
        prefix = {"ordering": "step-", "multiple_truefalse": "statement-"}.get(kind)
        if prefix:
            assert [part.name for part in shown.parts] == [prefix + key for key in keys]


def test_a_place_that_is_not_there_is_refused():
    one = definition("single")
    question = question_of(Item(1, "q", 1, "CO1", order_of(one, 1, 1)), one)

    with pytest.raises(ResponseError) as refusal:
        question.read(Post(answer=["9"]))
    assert refusal.value.code == "unknown_part"
    with pytest.raises(ResponseError):
        question.read(Post(answer=["b"]))


FILLED = """\
Insurance is paid from [the payroll] and covers [55] of 100.
Its members pay a [contribution]."""


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("single", "Both families"),
        ("multiple", "Body a; Body c"),
        ("truefalse", "false"),
        ("hotspot", "The box on the right"),
        ("matching", "EOBI: Payroll; ESSI: Payroll; Ehsaas: Taxes"),
        ("ordering", "Adopt the rules: 1; Agree on a problem: 2; Decide: 3; Fix the next date: 4"),
        (
            "multiple_truefalse",
            "It is a.: true; It is b.: false; It is c.: true; It is d.: false; It is e.: false",
        ),
        ("numeric", "73.3"),
        ("short", "It helps people."),
        ("cloze", FILLED),
    ],
)
def test_response_in_words_names_no_part_as_its_author_did(kind, words):
    one = definition(kind)
    question = question_of(Item(1, "q", 1, "CO1", order_of(one, 3, 1)), one)

    said = question.in_words(RIGHT_OF_EVERY_KIND[kind], "en")
    assert sorted(said.split("; ")) == sorted(words.split("; "))
    assert question.in_words(None, "en") == ""
