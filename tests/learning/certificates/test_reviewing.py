"""Certificates of a cohort under review while its record is returned."""

import pytest

from learning.certificates.models import CertificateFact, Grade
from learning.certificates.reviewing import clear_cohort, review_cohort
from learning.certificates.revoking import revoke
from learning.certificates.standing import State, look_up
from tests.learning.certificates.making import certify, read_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(enrolment):
    return enrolment.cohort


def state(certificate) -> State:
    return look_up(certificate.token).state


def test_valid_ones_come_under_review_and_back(certificate, cohort, cast):
    assert review_cohort(cohort, cast.programme_admin, "The sheet is missing") == 1
    assert state(certificate) == State.UNDER_REVIEW

    assert clear_cohort(cohort, cast.system_admin) == 1

    assert state(certificate) == State.VALID
    facts = CertificateFact.objects.values_list("what", "reason", "recorded_by")
    assert list(facts) == [
        ("under_review", "The sheet is missing", cast.programme_admin.pk),
        ("cleared", "", cast.system_admin.pk),
    ]


def test_twice_is_once(certificate, cohort):
    assert (review_cohort(cohort, None, "a"), review_cohort(cohort, None, "b")) == (1, 0)
    assert (clear_cohort(cohort, None), clear_cohort(cohort, None)) == (1, 0)
    assert CertificateFact.objects.count() == 2


def test_what_has_ended_is_left_alone(enrolment, cohort, cast):
    attendance = certify(enrolment, Grade.ATTENDANCE)
    achievement = certify(enrolment, Grade.ACHIEVEMENT)
    revoke(achievement, cast.system_admin, "error")

    assert review_cohort(cohort, None, "a") == 0
    assert [state(one) for one in (attendance, achievement)] == [State.REPLACED, State.REVOKED]


def test_revoked_under_review_it_stays_revoked(certificate, cohort, cast):
    review_cohort(cohort, None, "a")
    revoke(certificate, cast.system_admin, "session")

    assert clear_cohort(cohort, None) == 0
    assert state(certificate) == State.REVOKED


def test_other_cohorts_are_not_touched(certificate, version, cast):
    other = read_everything(cast.outsider.person, version)
    elsewhere = certify(other)

    review_cohort(other.cohort, None, "a")

    assert [state(one) for one in (certificate, elsewhere)] == [State.VALID, State.UNDER_REVIEW]


@pytest.mark.parametrize("people", [1, 3])
def test_reading_does_not_grow_with_people(cast, version, people, django_assert_num_queries):
    users = [cast.learner, cast.trainer, cast.author][:people]
    enrolments = [read_everything(user.person, version) for user in users]
    for enrolment in enrolments:
        certify(enrolment)

    with django_assert_num_queries(4 + people):  # an insert for each
        review_cohort(enrolments[0].cohort, None, "a")
