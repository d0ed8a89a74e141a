"""When a certificate is due, and that each is issued once."""

import datetime as dt
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from learning.certificates.errors import CannotIssue
from learning.certificates.issuing import Evidence, approve, award, issue_due, new_token
from learning.certificates.models import (
    AwardRule,
    Certificate,
    CertificateFact,
    Grade,
    Issuer,
    Proposal,
    Register,
)
from learning.certificates.revoking import revoke
from learning.certificates.serials import make_serial
from learning.certificates.signing import SigningKeyMissing, is_genuine
from learning.certificates.standing import State, look_up, standings_of
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import Organisation, Programme
from learning.privacy.erasing import erase_person
from modules.papers import models as papers
from tests.learning.certificates.making import (
    certify,
    enrol,
    has_result,
    make_version,
    read_everything,
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


# --- registers -----------------------------------------------------------------------------------


def test_numbers_run_by_issuer_and_year(cast, version):
    people = [cast.learner, cast.trainer, cast.author]
    with time_machine.travel(dt.datetime(2026, 12, 31, 18, 59, tzinfo=dt.UTC), tick=False):
        old = certify(read_everything(people[0].person, version))
    with time_machine.travel(dt.datetime(2026, 12, 31, 19, 1, tzinfo=dt.UTC), tick=False):
        new = [certify(read_everything(user.person, version)) for user in people[1:]]
    abroad = certify(read_everything(cast.outsider.person, version))

    assert old.serial == make_serial("PK-CASC", "working-together", 2026, 1)
    assert [c.serial[:-2] for c in new] == [
        "PK-CASC-WORK-2027-000001",
        "PK-CASC-WORK-2027-000002",
    ]
    assert abroad.serial.startswith("KH-CASC-WORK-")
    assert abroad.number == 1


def test_a_failure_after_the_number_was_taken_leaves_no_gap(enrolment, cast, monkeypatch):
    def breaks(*args):
        raise CannotIssue("broken")

    with monkeypatch.context() as patch:
        patch.setattr("learning.certificates.issuing.sign", breaks)
        with pytest.raises(CannotIssue):
            certify(enrolment)

    assert certify(enrolment).number == 1


def test_who_comes_second_gets_what_the_first_made(enrolment, monkeypatch):
    first = certify(enrolment)
    # As if the first had not committed yet when the second looked.
    seen = iter([None, first])
    monkeypatch.setattr("learning.certificates.issuing._original", lambda proposal: next(seen))

    assert approve(Proposal.objects.get()) == first
    assert Register.objects.get().last == 1


def test_other_broken_rules_of_the_database_are_not_hidden(enrolment, cast, monkeypatch):
    certify(enrolment)
    monkeypatch.setattr("learning.certificates.issuing.make_serial", lambda *args: "PK-SAME")
    others = [read_everything(user.person, enrolment.cohort.course_version)
              for user in (cast.trainer, cast.author)]  # fmt: skip
    certify(others[0])

    with pytest.raises(IntegrityError):
        certify(others[1])


def test_default_issuer_is_sober(enrolment):
    certificate = issue_due(enrolment)

    issuer = Issuer.objects.get()
    assert (issuer.code, issuer.time_zone) == ("PK-CASC", "Asia/Karachi")
    assert issuer.organisation.names["en"] == "Cascade, Pakistan"
    assert certificate.facts["en"]["signatories"] == []
    assert certificate.facts["en"]["signed"] == ("Issued electronically; valid without signature.")


def test_second_programme_of_a_country_gets_a_code_of_its_own(cast, version):
    programme = Programme.objects.create(code="other", area=cast.pakistan, names={"en": "Other"})
    cohort = Cohort.objects.create(programme=programme, course_version=version)
    certify(read_everything(cast.learner.person, version))

    enrolment = Enrolment.objects.create(cohort=cohort, person=cast.trainer.person)

    assert certify(enrolment).serial.startswith(f"PK-CASC-P{programme.pk}-WORK-")
    assert Organisation.objects.filter(code="cascade-pk").count() == 1


# --- what is frozen ------------------------------------------------------------------------------


def test_facts_stay_whatever_happens_to_course_and_issuer(certificate):
    before = certificate.facts
    version = certificate.course_version
    version.manifest["titles"] = {"en": "Something else"}
    version.save()
    organisation = Issuer.objects.get().organisation
    organisation.names = {"en": "Somebody else"}
    organisation.save()
    certificate.person.names = {"Latn": "Somebody Else"}
    certificate.person.save()

    certificate.refresh_from_db()

    assert certificate.facts == before
    assert certificate.facts["en"]["course"] == "Working together"
    assert certificate.names == {"Latn": "Lubna Learner"}


def test_signature_is_over_the_frozen_facts(certificate):
    assert is_genuine(certificate.token, certificate.statement, certificate.signature)
    assert certificate.serial in certificate.statement
    assert "Lubna" not in certificate.statement


def test_tokens_are_random_and_long(cast, version):
    tokens = {
        certify(read_everything(user.person, version)).token for user in (cast.learner, cast.author)
    }

    assert len(tokens) == 2
    assert {len(token) for token in tokens} == {24}  # 144 bits in base 64


def test_tokens_survive_mail_programs_and_commands(monkeypatch):
    tokens = iter(["-starts", "ends-", "_x", "x_", "good-1"])
    monkeypatch.setattr("secrets.token_urlsafe", lambda octets: next(tokens))

    assert new_token() == "good-1"


def test_day_of_issue_is_that_of_the_issuer(cast, version):
    late = dt.datetime(2026, 11, 20, 19, 30, tzinfo=dt.UTC)
    with time_machine.travel(late, tick=False):
        certificate = certify(read_everything(cast.learner.person, version))

    assert certificate.issued_at.astimezone(ZoneInfo("Asia/Karachi")).day == 21
    assert certificate.facts["en"]["issued"] == "Issued on 21 November 2026"
    assert certificate.statement.endswith("~20261121")


def test_own_certificates_newest_first_in_two_queries(
    enrolment, monkeypatch, django_assert_num_queries
):
    has_result(monkeypatch, Fraction(6, 10))
    issue_due(enrolment)
    has_result(monkeypatch, Fraction(8, 10))
    issue_due(enrolment)

    with django_assert_num_queries(2):
        own = [(one.certificate.grade, one.state) for one in standings_of(enrolment.person)]

    assert own == [("achievement", State.VALID), ("attendance", State.REPLACED)]


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (["under_review"], State.UNDER_REVIEW),
        (["under_review", "cleared"], State.VALID),
        (["under_review", "cleared", "under_review"], State.UNDER_REVIEW),
        (["under_review", "revoked", "cleared"], State.REVOKED),
    ],
)
def test_state_follows_from_the_facts(certificate, events, state):
    for event in events:
        code = "error" if event == "revoked" else ""
        CertificateFact.objects.create(certificate=certificate, what=event, code=code)

    assert look_up(certificate.token).state == state


def test_database_knows_one_certificate_of_a_kind(certificate):
    certificate.pk, certificate.token, certificate.serial = None, "another", "another"
    certificate.number += 1

    with pytest.raises(IntegrityError):
        certificate.save(force_insert=True)


def test_another_version_is_another_certificate(certificate, cast):
    later = make_version("later-course", 72)

    assert certify(read_everything(cast.learner.person, later)) != certificate
