"""The admin of coursework: what is saved, what is refused, and where its question is used."""

import pytest
from django.urls import reverse

from modules.bank.uses import CourseworkUse, uses_of
from modules.coursework.models import Assignment
from tests.modules.questions.making import make
from tests.modules.questions.samples import english

pytestmark = pytest.mark.django_db

PAGE = "/courses/coordination/"


def with_example() -> dict:
    """What makes the sample of an essay one with an example."""
    criteria = english("essay")["criteria"]
    return {
        "title": "Two families",
        "example": "Members pay.",
        "criteria": [one | {"example": "0", "why": "Too short."} for one in criteria],
    }


def post(client, view="add", *args, **changed):
    sent = {
        "course_code": "coordination", "key": "plan", "question_key": "co-task",
        "handed_in_as": "either", "file_types": ["pdf"], "most_mb": "4", "reviews": "2",
        "days_to_review": "5",
    } | changed  # fmt: skip
    return client.post(reverse(f"wagtailsnippets_modules_assignment:{view}", args=args), sent)


def test_an_author_makes_coursework_that_keeps_its_key(author):
    make("co-task", "essay", use="test", **with_example())

    post(author)

    made = Assignment.objects.get()
    assert (made.question_key, made.file_types, made.reviews) == ("co-task", ["pdf"], 2)
    post(author, "edit", made.pk, key="other", reviews="1")
    made.refresh_from_db()
    assert (made.key, made.reviews) == ("plan", 1)
    assert uses_of("co-task").coursework == (CourseworkUse("Coordination in full", "plan", PAGE),)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"question_key": "co-plain"}, "has no example that reviewers rate first"),
        ({"question_key": "co-t1"}, "Select a valid choice"),
        ({"file_types": []}, "Choose at least one type of file."),
        ({"reviews": "6"}, "less than or equal to 5"),
        ({"most_mb": "0"}, "greater than or equal to 1"),
    ],
)
def test_coursework_that_nobody_could_mark_is_refused(author, changed, words):
    make("co-task", "essay", use="test", **with_example())
    make("co-plain", "essay", use="test")

    answer = post(author, **changed)

    assert words in answer.text
    assert not Assignment.objects.exists()


def test_a_trainer_who_marks_alone_needs_no_example(author):
    make("co-plain", "essay", use="test")

    post(author, question_key="co-plain", reviews="0")

    assert Assignment.objects.get().reviews == 0
