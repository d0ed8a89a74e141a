"""When a certificate is due, and that each is issued once."""

import datetime as dt
from fractions import Fraction

import pytest
from django.utils import timezone

from learning.certificates.errors import CannotIssue
from learning.certificates.issuing import Evidence, approve, award, issue_due
from learning.certificates.models import (
    AwardRule,
    Certificate,
    Grade,
    Issuer,
    Proposal,
    Register,
)
from learning.certificates.revoking import revoke
from learning.certificates.signing import SigningKeyMissing
from learning.certificates.standing import look_up
from learning.enrolment.models import Cohort, Enrolment
from learning.privacy.erasing import erase_person
from modules.papers import models as papers
from tests.learning.certificates.making import (
    certify,
    enrol,
    has_result,
)

pytestmark = pytest.mark.django_db

ALL = ("one", "two", "three", "four")


def states() -> list[tuple[str, str]]:
    return [(c.grade, look_up(c.token).state) for c in Certificate.objects.order_by("pk")]


# --- what is due ---------------------------------------------------------------------------------


def test_a_course_without_test_gives_attendance(enrolment):
    certificate = issue_due(enrolment)

    assert certificate.grade == Grade.ATTENDANCE
    assert states() == [("attendance", "valid")]


@pytest.mark.parametrize(
    ("done", "issued"), [(("one", "two", "three"), True), (("one", "two", "four"), False)]
)
def test_attendance_counts_minutes_of_lessons(cast, version, done, issued):
    enrolment = enrol(cast.learner.person, version, *done)

    assert (issue_due(enrolment) is not None) is issued


def test_nothing_is_due_before_the_test(enrolment, monkeypatch):
    has_result(monkeypatch, None)

    assert issue_due(enrolment) is None
    assert not Proposal.objects.exists()


def test_passing_gives_achievement_while_answers_still_wait(enrolment, monkeypatch):
    has_result(monkeypatch, Fraction(7, 10), unmarked=2)

    assert issue_due(enrolment).grade == Grade.ACHIEVEMENT


def test_below_the_limit_nothing_is_said_until_all_is_marked(enrolment, monkeypatch):
    has_result(monkeypatch, Fraction(6, 10), unmarked=1)
    assert issue_due(enrolment) is None

    has_result(monkeypatch, Fraction(6, 10))

    assert issue_due(enrolment).grade == Grade.ATTENDANCE


def test_achievement_takes_the_place_of_attendance(enrolment, monkeypatch):
    has_result(monkeypatch, Fraction(6, 10))
    attendance = issue_due(enrolment)
    has_result(monkeypatch, Fraction(8, 10))

    achievement = issue_due(enrolment)

    assert achievement.grade == Grade.ACHIEVEMENT
    assert states() == [("attendance", "replaced"), ("achievement", "valid")]
    assert look_up(attendance.token).fact.successor == achievement


def test_a_worse_mark_later_takes_nothing_away(enrolment, monkeypatch):
    has_result(monkeypatch, Fraction(8, 10))
    achievement = issue_due(enrolment)
    has_result(monkeypatch, Fraction(1, 10))

    assert issue_due(enrolment) == achievement
    assert states() == [("achievement", "valid")]


def test_asking_again_returns_the_same_certificate(enrolment):
    assert issue_due(enrolment) == issue_due(enrolment)
    assert Register.objects.get().last == 1


def test_asking_is_cheap(enrolment, django_assert_num_queries):
    """It happens after every lesson."""
    papers.Test.objects.create(course_code="working-together", purpose="post", minutes=25)
    fresh = Enrolment.objects.select_related("person", "cohort__course_version__course")
    asked = fresh.get(pk=enrolment.pk)
    with django_assert_num_queries(2):
        assert issue_due(asked) is None

    papers.Test.objects.all().delete()
    issue_due(enrolment)
    asked = fresh.select_related("cohort__programme__area").get(pk=enrolment.pk)
    with django_assert_num_queries(7):
        assert issue_due(asked)


def test_same_course_taken_twice_is_certified_once(cast, enrolment):
    first = issue_due(enrolment)
    other = Cohort.objects.create(
        programme=cast.programme, course_version=enrolment.cohort.course_version
    )
    again = Enrolment.objects.create(cohort=other, person=enrolment.person)
    for step in enrolment.steps.all():
        again.steps.create(step_key=step.step_key, course_version=step.course_version)

    assert issue_due(again) == first
    assert certify(again, Grade.ATTENDANCE) == first


def test_revoked_is_not_issued_again(enrolment, cast):
    revoke(issue_due(enrolment), cast.system_admin, "misconduct")

    assert issue_due(enrolment) is None
    assert states() == [("attendance", "revoked")]


def test_rule_of_the_day_of_the_test_counts(enrolment, monkeypatch, version):
    AwardRule.objects.create(
        course_version=version, pass_mark=90, effective_from=dt.date(2026, 11, 10)
    )
    before = dt.datetime(2026, 11, 9, 18, 59, tzinfo=dt.UTC)  # 23:59 in Pakistan
    has_result(monkeypatch, Fraction(8, 10), handed_in_at=before)
    assert issue_due(enrolment).grade == Grade.ACHIEVEMENT
    assert Proposal.objects.get().rule["pass_mark"] == 70


def test_rule_of_the_next_day_counts_a_minute_later(enrolment, monkeypatch, version):
    AwardRule.objects.create(
        course_version=version, pass_mark=90, effective_from=dt.date(2026, 11, 10)
    )
    after = dt.datetime(2026, 11, 9, 19, 1, tzinfo=dt.UTC)
    has_result(monkeypatch, Fraction(8, 10), handed_in_at=after)

    assert issue_due(enrolment).grade == Grade.ATTENDANCE
    assert Proposal.objects.get().rule["pass_mark"] == 90


def test_later_rules_do_not_touch_what_was_issued(enrolment, monkeypatch, version):
    has_result(monkeypatch, Fraction(8, 10))
    certificate = issue_due(enrolment)
    AwardRule.objects.create(
        course_version=version, pass_mark=100, effective_from=timezone.localdate()
    )

    assert issue_due(enrolment) == certificate
    assert "70%" in certificate.facts["en"]["required"]


@pytest.mark.parametrize(
    "without_name", [{"is_anonymous": True, "names": {}}, {"names": {}}], ids=str
)
def test_people_without_a_name_get_none(enrolment, without_name):
    type(enrolment.person).objects.filter(pk=enrolment.person.pk).update(**without_name)
    enrolment.person.refresh_from_db()

    assert issue_due(enrolment) is None
    assert not Certificate.objects.exists()


def test_erased_people_get_none(enrolment):
    erase_person(enrolment.person)

    with pytest.raises(CannotIssue, match="a person with a name"):
        certify(enrolment)  # asked with what was read before
    enrolment.person.refresh_from_db()
    assert issue_due(enrolment) is None


def test_training_sessions_hand_in_their_own_attendance(cast, version):
    cohort = Cohort.objects.create(
        programme=cast.programme, course_version=version, kind=Cohort.Kind.EVENT
    )
    Issuer.objects.create(programme=cast.programme, organisation=cast.institution, code="PK-SSI")
    enrolment = Enrolment.objects.create(cohort=cohort, person=cast.learner.person)
    for lesson in ALL:
        enrolment.steps.create(step_key=lesson, course_version=version)
    today = timezone.localdate()
    three_of_four = Evidence(Fraction(3, 4), None, False, today, today, today)

    assert issue_due(enrolment) is None
    assert award(enrolment, three_of_four) is None
    assert award(enrolment, Evidence(Fraction(4, 5), None, False, today, today, today))


# --- who approves --------------------------------------------------------------------------------


def test_without_approval_only_the_proposal_is_stored(enrolment, cast):
    Cohort.objects.update(approval=Cohort.Approval.ISSUER)
    enrolment.cohort.refresh_from_db()

    assert issue_due(enrolment) is None
    proposal = Proposal.objects.get()
    assert (proposal.grade, proposal.decided_at) == ("attendance", None)
    assert (Fraction(proposal.a_num, proposal.a_den), proposal.m_den) == (1, None)

    certificate = approve(proposal, by=cast.programme_admin)

    proposal.refresh_from_db()
    assert proposal.decided_by == cast.programme_admin
    assert issue_due(enrolment) == certificate
    assert approve(proposal, by=cast.system_admin) == certificate
    proposal.refresh_from_db()
    assert proposal.decided_by == cast.programme_admin


def test_without_a_key_the_proposal_waits_and_the_log_says_why(enrolment, settings, caplog):
    key, settings.SIGNING_KEY = settings.SIGNING_KEY, None

    assert issue_due(enrolment) is None
    assert "SIGNING_KEY is not set" in caplog.text
    assert Proposal.objects.get().decided_at is None
    with pytest.raises(SigningKeyMissing):
        approve(Proposal.objects.get())
    assert not Register.objects.exists()

    settings.SIGNING_KEY = key
    assert issue_due(enrolment).number == 1


def test_training_session_without_issuer_is_refused(cast, version):
    cohort = Cohort.objects.create(
        programme=cast.programme, course_version=version, kind=Cohort.Kind.EVENT
    )
    enrolment = Enrolment.objects.create(cohort=cohort, person=cast.learner.person)

    with pytest.raises(CannotIssue, match="has no issuer"):
        certify(enrolment)
