"""Tests of one course that would give one another away."""

import pytest
from django.core.exceptions import ValidationError

from modules.papers.models import Test as Rules


@pytest.mark.django_db
def test_a_test_is_checked_with_the_others_of_its_course():
    Rules.objects.create(course_code="x", purpose="post")
    Rules.objects.create(course_code="y", purpose="pre", feedback_when="handed_in")
    before = Rules(course_code="x", purpose="pre", feedback_when="handed_in")

    with pytest.raises(ValidationError, match="asks for the same"):
        before.full_clean()
    before.feedback_when = "closed"
    before.full_clean()


@pytest.mark.django_db
def test_a_post_test_cannot_come_beside_a_pre_test_that_tells():
    Rules.objects.create(course_code="y", purpose="pre", feedback_when="handed_in")
    after = Rules(course_code="y", purpose="post", minutes=5)

    with pytest.raises(ValidationError, match="asks for the same"):
        after.full_clean()
    after.course_code = "x"
    after.full_clean()
