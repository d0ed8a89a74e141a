"""A course with coursework in the trainer's programme, and three people in one cohort."""

import pytest

from learning.enrolment.models import Cohort, Enrolment
from modules.coursework.models import Assignment
from tests.cast import make_user
from tests.learning.coursework.making import cohort_of, enrol, make_coursework


@pytest.fixture
def assignment(db) -> Assignment:
    return make_coursework()


@pytest.fixture
def cohort(assignment, cast) -> Cohort:
    return cohort_of(assignment, cast.programme)


@pytest.fixture
def people(cohort, cast) -> list[Enrolment]:
    """The learner of the cast and two others."""
    others = [make_user(f"peer-{n}", f"Peer Number {n}", cast.punjab) for n in (1, 2)]
    return [enrol(user, cohort) for user in (cast.learner, *others)]
