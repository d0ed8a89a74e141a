"""What holds for any question of any kind."""

import json
from contextlib import suppress
from copy import deepcopy
from dataclasses import asdict
from fractions import Fraction

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from modules.questions.definitions import feedback, keys_to_order, to_table
from modules.questions.errors import ResponseError
from modules.questions.kinds import KINDS, kind_of
from tests.modules.questions.strategies import definitions, key_of, responses, trials, words

MARKED_BY_MACHINE = tuple(name for name in KINDS if name != "short")
WITH_PARTS = (
    "single",
    "hotspot",
    "multiple",
    "truefalse",
    "multiple_truefalse",
    "matching",
    "ordering",
)
SECRET_TEXTS = {"feedback", "feedback_wrong", "model", "rubric"}

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("a")
junk = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def prefix_of(value) -> str:
    if isinstance(value, int):
        return "step-"
    return "statement-" if value in ("true", "false") else "premise-"


def form_of(response) -> QueryDict:
    """What a browser sends for `response`, beside a token and an empty field."""
    post = QueryDict("csrfmiddlewaretoken=x&note=", mutable=True)
    if isinstance(response, dict):
        for key, value in response.items():
            post[prefix_of(value) + key] = str(value)
    else:
        post.setlist("answer", response if isinstance(response, list) else [response])
    return post


@trials
@given(st.data())
def test_mark_is_a_fraction_in_range_and_the_key_earns_all(data):
    question = data.draw(definitions(MARKED_BY_MACHINE))
    lowest = -1 if question["method"] == "penalised" else 0

    mark = kind_of(question).mark(question, data.draw(responses(question)))

    assert isinstance(mark, Fraction)
    assert lowest <= mark <= 1
    assert kind_of(question).mark(question, key_of(question)) == 1


@trials
@given(definitions())
def test_nothing_answered_is_worth_nothing(question):
    kind = kind_of(question)

    assert kind.read(form_of("")) is None
    assert kind.mark(question, None) == 0


@trials
@given(st.data())
def test_order_of_options_does_not_change_a_mark(data):
    question = data.draw(definitions(tuple(set(WITH_PARTS) - {"ordering"})))
    response = data.draw(responses(question))
    turned = deepcopy(question)
    for parts in turned["structure"].values():
        if isinstance(parts, list):
            parts.reverse()

    mark = kind_of(question).mark
    assert mark(turned, response) == mark(question, response)


@trials
@given(definitions(("multiple",)))
def test_choosing_everything_never_beats_the_key(question):
    question["method"] = "plus_minus"
    mark = KINDS["multiple"].mark

    everything = mark(question, [option["key"] for option in question["structure"]["options"]])

    assert everything < mark(question, key_of(question)) == 1


@trials
@given(st.data())
def test_what_a_form_sends_is_read_as_it_was_meant(data):
    question = data.draw(definitions())
    response = data.draw(responses(question))

    read = kind_of(question).read(form_of(response))

    assert read == response
    assert json.loads(json.dumps(read)) == read


@trials
@given(st.data())
def test_form_has_an_input_for_every_part_and_reads_back_from_their_names(data):
    question = data.draw(definitions(WITH_PARTS))
    shown = kind_of(question).present(question, None, "en")
    values = [choice.value for choice in shown.choices] or [part.key for part in shown.parts]
    post = QueryDict(mutable=True)
    for place, part in enumerate(shown.parts):
        post[part.name] = values[place % len(values)]

    mark = kind_of(question).mark(question, kind_of(question).read(post))

    assert isinstance(mark, Fraction)


@trials
@given(st.data())
def test_presented_question_holds_none_of_its_secrets(data):
    question = data.draw(definitions())
    kind = kind_of(question)
    secret = words(kind.SHAPE, question["structure"], "en", "CANARY")
    for name, text in question["texts"]["en"].items():
        if name in SECRET_TEXTS:
            question["texts"]["en"][name] = secret[name]
        elif isinstance(text, dict):
            for key, inner in text.items():
                inner.update({k: v for k, v in secret[name][key].items() if k == "feedback"})
    if kind.KIND == "numeric":
        question["structure"] = {"answer": "777001", "min": "777000", "max": "777002"}
    keys = data.draw(st.permutations(keys_to_order(question)))

    shown = json.dumps(asdict(kind.present(question, keys, "en")))

    assert "CANARY" in json.dumps(to_table(question, "en"))
    assert "CANARY" not in shown
    assert "77700" not in shown


@trials
@given(st.data())
def test_another_key_is_presented_the_same(data):
    question = data.draw(definitions(WITH_PARTS))
    other = deepcopy(question)
    structure = other["structure"]
    for option in (*structure.get("options", []), *structure.get("statements", [])):
        option["correct"] = not option["correct"]
    for premise in structure.get("premises", []):
        premise["match"] = structure["responses"][0]["key"]
    structure.get("steps", []).reverse()
    keys = data.draw(st.permutations(keys_to_order(question)))
    present = kind_of(question).present

    if question["kind"] == "ordering" or keys:
        assert present(other, keys, "en") == present(question, keys, "en")
    else:
        assert present(other, None, "en") == present(question, None, "en")


@trials
@given(definitions())
def test_presented_in_the_language_asked_for_or_in_english(question):
    for lang in ("en", "ur", "km", "lo"):
        shown = kind_of(question).present(question, None, lang)

        expected = lang if lang in question["texts"] else "en"
        assert shown.lang == expected
        assert shown.stem == question["texts"][expected]["stem"]


@trials
@given(st.data())
def test_everything_is_right_exactly_when_the_mark_is_full(data):
    question = data.draw(definitions(MARKED_BY_MACHINE))
    response = data.draw(responses(question) | st.just(key_of(question)))
    if question["method"] == "longest_run":
        question["method"] = "exact_positions"

    states = {remark.state for remark in feedback(question, response, "en").parts}

    assert (states <= {"right", ""}) == (kind_of(question).mark(question, response) == 1)


@trials
@given(st.data(), junk)
def test_junk_is_marked_or_refused(data, response):
    question = data.draw(definitions())

    with suppress(ResponseError):
        mark = kind_of(question).mark(question, response)
        assert mark is None or -1 <= mark <= 1
    with suppress(ResponseError):
        feedback(question, response, "en")


names = st.sampled_from(["answer", "step-a", "premise-a", "statement-a", "step-", "premise-A", "x"])


@trials
@given(st.sampled_from(sorted(KINDS)), st.lists(st.tuples(names, st.text(max_size=8))))
def test_any_form_is_read_or_refused(kind, fields):
    post = QueryDict(mutable=True)
    for name, value in fields:
        post.appendlist(name, value)

    with suppress(ResponseError):
        json.dumps(KINDS[kind].read(post))
