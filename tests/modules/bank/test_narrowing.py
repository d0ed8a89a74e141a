"""The list of questions, narrowed to what somebody looks for. All that is asked of one bank."""

import pytest
from django.urls import reverse

from tests.cast import sign_in
from tests.modules.bank.making import make, make_outcome
from tests.modules.courses.making import make_course

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_modules_question:list"


@pytest.fixture(scope="module")
def _bank(made_once) -> None:
    """Two courses, with five questions in every state, and an outcome that none asks for."""
    make("co-one", outcome="CO1", level="apply", tags="law, numbers")
    make("co-two", kind="numeric", outcome="CO2", level="analyse", use="test", tags="law")
    make("ce-one", kind="matching", outcome="CE1", level="apply", live=False)
    make("ce-two", outcome="CE1", live=False, review="reviewed", tags="by-law")
    make("ce-old", outcome="CE1", retired=True)
    for course, number, codes in (
        ("coordination", 71, ("CO1", "CO2", "CO9")),
        ("compliance", 72, ("CE1",)),
    ):
        make_course(course, number=number)
        for code in codes:
            make_outcome(code, course)


@pytest.fixture
def author(client, cast, _bank):
    return sign_in(client, cast.author)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, {"co-one", "co-two", "ce-one", "ce-two", "ce-old"}),
        ({"outcome": "CO1"}, {"co-one"}),
        ({"level": "analyse"}, {"co-two"}),
        ({"kind": "matching"}, {"ce-one"}),
        ({"kind": "numeric"}, {"co-two"}),
        ({"use": "test"}, {"co-two"}),
        ({"state": "draft"}, {"ce-one"}),
        ({"state": "reviewed"}, {"ce-two"}),
        ({"state": "live"}, {"co-one", "co-two"}),
        ({"state": "retired"}, {"ce-old"}),
        ({"tags": "law"}, {"co-one", "co-two"}),
        ({"tags": "numbers"}, {"co-one"}),
        ({"course": "coordination"}, {"co-one", "co-two"}),
        ({"course": "coordination", "kind": "single"}, {"co-one"}),
        ({"q": "co-tw"}, {"co-two"}),
        ({"q": "EHSAAS eobi"}, {"ce-one"}),
        ({"q": "Ehsaas numbers"}, set()),
        ({"q": "both families", "state": "retired"}, {"ce-old"}),
    ],
)
def test_the_list_is_narrowed(author, query, keys):
    answer = author.get(reverse(LIST), query)

    assert {row.key for row in answer.context["object_list"]} == keys


def test_states_are_counted_and_missing_outcomes_named(author):
    page = " ".join(author.get(reverse(LIST), {"outcome": "CO1"}).text.split())

    assert "5 questions in the bank:" in page
    for state, n in (("draft", 1), ("reviewed", 1), ("live", 2), ("retired", 1)):
        assert f'?state={state}">{state} {n}</a>' in page
    assert "No question asks for these outcomes: CO9" in page
