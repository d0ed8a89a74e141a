import pytest
from django.http import QueryDict

from modules.questions.asking import ask, ask_all, prepare, token_of
from modules.questions.errors import ResponseError
from tests.modules.questions.making import make
from tests.modules.questions.samples import definition

STEPS = ["rules", "problem", "decide", "date"]


def test_steps_stand_under_tokens_in_an_order_that_tells_nothing():
    asked = prepare("co-steps", definition("ordering"), "en")

    shown = [part.key for part in asked.shown.parts]
    assert sorted(shown) == sorted(token_of("co-steps", step) for step in STEPS)
    assert shown != [token_of("co-steps", step) for step in STEPS]
    assert [part.name for part in asked.shown.parts] == [f"step-{token}" for token in shown]
    assert prepare("co-steps", definition("ordering"), "en") == asked


def test_no_question_shows_its_steps_in_the_right_order():
    for number in range(100):
        asked = prepare(f"co-{number}", definition("ordering"), "en")

        assert [part.key for part in asked.shown.parts] != list(asked.tokens.values()), number


def test_places_are_read_back_under_the_keys_of_the_steps():
    asked = prepare("co-steps", definition("ordering"), "en")
    sent = "&".join(
        f"step-{token_of('co-steps', step)}={place}" for place, step in enumerate(STEPS, 1)
    )

    assert asked.read(QueryDict(sent)) == {"rules": 1, "problem": 2, "decide": 3, "date": 4}


def test_responses_are_read_back_from_their_tokens():
    asked = prepare("co-pairs", definition("matching"), "en")

    assert {choice.value for choice in asked.shown.choices}.isdisjoint({"x", "y"})
    assert asked.read(QueryDict(f"premise-a={token_of('co-pairs', 'x')}")) == {"a": "x"}


@pytest.mark.parametrize(
    ("kind", "sent"), [("ordering", "step-rules=1"), ("matching", "premise-a=x")]
)
def test_keys_instead_of_tokens_are_refused(kind, sent):
    with pytest.raises(ResponseError) as refusal:
        prepare("co-one", definition(kind), "en").read(QueryDict(sent))

    assert refusal.value.code == "unknown_part"


@pytest.mark.parametrize("kind", ["ordering", "matching", "single", "numeric"])
def test_nothing_sent_is_no_response(kind):
    assert prepare("co-one", definition(kind), "en").read(QueryDict("")) is None


@pytest.mark.django_db
def test_all_questions_of_a_lesson_take_one_query(django_assert_num_queries):
    for number, kind in enumerate(("single", "multiple", "ordering")):
        make(f"co-{number}", kind)

    with django_assert_num_queries(1):
        found = ask_all(["co-0", "co-1", "co-2", "co-none"], "en")

    assert {key: asked.shown.kind for key, asked in found.items()} == {
        "co-0": "single",
        "co-1": "multiple",
        "co-2": "ordering",
    }


@pytest.mark.django_db
def test_a_question_is_asked_in_the_language_it_has():
    make("co-one", "numeric")
    make("co-two", "numeric")
    make("co-two", "numeric", lang="ur")

    assert ask("co-one", "ur").shown.lang == "en"
    assert ask("co-two", "ur").shown.lang == "ur"


@pytest.mark.django_db
def test_questions_of_tests_and_drafts_are_not_asked():
    make("co-test", use="test")
    make("co-draft").unpublish()

    assert ask_all(["co-test", "co-draft"], "en") == {}


@pytest.mark.django_db
def test_one_broken_question_takes_no_other_with_it(caplog):
    make("co-one")
    broken = make("co-two")
    broken.definition[0].value["options"].pop()
    broken.definition[0].value["stem"] = ""
    broken.save()

    assert list(ask_all(["co-one", "co-two"], "en")) == ["co-one"]
    assert "co-two cannot be asked" in caplog.text
