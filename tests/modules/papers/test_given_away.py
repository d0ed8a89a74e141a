"""Tests of one course that would give one another away."""

import pytest
from django.core.exceptions import ValidationError

from modules.papers.models import Drawing, given_away
from modules.papers.models import Test as Rules


def rules(purpose, **own):
    return Rules(**{"course_code": "x", "purpose": purpose, "drawing": Drawing.FIXED} | own)


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        ([rules("pre", feedback_when="handed_in"), rules("post")], "asks for the same"),
        ([rules("pre", feedback_when="handed_in")], ""),
        ([rules("pre", feedback_when="closed"), rules("post")], ""),
        ([rules("pre"), rules("post", feedback_when="handed_in")], ""),
        ([rules("practice", drawing=Drawing.FORMS), rules("post")], "Practice may not use forms"),
        ([rules("practice", drawing=Drawing.FORMS)], ""),
        ([rules("practice"), rules("post")], ""),
        ([], ""),
    ],
)
def test_given_away(tests, words):
    found = given_away(tests)

    assert words in found
    assert bool(found) == bool(words)


@pytest.mark.django_db
def test_a_test_is_checked_with_the_others_of_its_course():
    Rules.objects.create(course_code="x", purpose="post")
    Rules.objects.create(course_code="y", purpose="pre", feedback_when="handed_in")
    before = Rules(course_code="x", purpose="pre", feedback_when="handed_in")

    with pytest.raises(ValidationError, match="asks for the same"):
        before.full_clean()
    before.feedback_when = "closed"
    before.full_clean()
