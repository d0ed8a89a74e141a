"""Certificates of a training session: proposed from the facts, issued when somebody approves."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from learning.attempts.taking import hand_in, save_answer, start
from learning.cascade.accrediting import withdraw
from learning.cascade.attending import mark
from learning.cascade.certifying import (
    accreditation_note,
    approve_batch,
    is_led_by_accredited_trainer,
    obstacles,
    proposals_of,
    valid_certificates_of,
)
from learning.cascade.closing import report, send_back, verify
from learning.cascade.errors import Refused
from learning.cascade.models import Accreditation
from learning.cascade.planning import cancel_unit
from learning.cascade.registering import participants_of
from learning.certificates import issuing
from learning.certificates.errors import CannotIssue
from learning.certificates.issuing import issue_due
from learning.certificates.models import AwardRule, Certificate, Issuer, Proposal, Register
from learning.certificates.revoking import revoke
from learning.certificates.standing import State, look_up
from learning.people.consents import Consent
from learning.people.merging import merge
from modules.papers.models import Purpose
from tests.learning.attempts.sitting import answer, make_tested_course, open_test, position_of
from tests.learning.cascade.making import (
    DAY,
    accredit,
    add,
    give_issuer,
    loaded,
    make_event,
    result,
    there,
    verified_event,
)
from tests.learning.certificates.making import make_version, read_everything

pytestmark = pytest.mark.django_db

ONE = dt.timedelta(days=1)
SECOND_DAY = DAY + ONE
AT_THE_END = dt.datetime.combine(SECOND_DAY, dt.time(11), dt.UTC)


@pytest.fixture
def version_read(cast):
    """The learner has read everything of a course online."""
    return read_everything(cast.learner.person, make_version())


def session_with_answers_to_mark(cast):
    """One participant under a rule that looks at marks alone; an answer of hers waits."""
    page = make_tested_course()
    version = page.course.versions.get()
    event = make_event(cast, version=version)
    AwardRule.objects.create(course_version=version, scheme="S2", effective_from=DAY)
    open_test(event.cohort, Purpose.POST)
    sitting = start(add(event, "Aamir"), Purpose.POST, AT_THE_END)
    given = answer(sitting, position_of(sitting, "short"), "In my words")
    save_answer(sitting, given, AT_THE_END)
    hand_in(sitting, None, AT_THE_END)
    there(event)
    return loaded(event)


def everybody(event) -> list[int]:
    return [enrolment.pk for enrolment in participants_of(event)]


def test_grades_follow_from_attendance_and_the_test_after(cast):
    event = verified_event(cast)

    assert [line.grade for line in proposals_of(event)] == [
        "achievement",
        "attendance",
        "achievement",
    ]
    assert obstacles(event) == []


def test_one_more_mark_changes_what_is_proposed(cast):
    event = verified_event(cast)
    send_back(event, cast.programme_admin, "One name is missing on the sheet")
    aamir = participants_of(event)[0]

    mark(event.held_units[0], aamir, "absent", cast.trainer, fact_id=uuid.uuid4())

    assert proposals_of(loaded(event))[0].grade is None
    assert Proposal.objects.count() == 0


def test_a_batch_is_issued_once(cast):
    event = verified_event(cast)

    first = approve_batch(event, everybody(event), cast.programme_admin)
    second = approve_batch(event, everybody(event), cast.programme_admin)

    assert [one.grade for one in first] == ["achievement", "attendance", "achievement"]
    assert [one.number for one in first] == [1, 2, 3]
    assert second == []
    assert first[0].facts["en"]["hours"] == "14 hours"
    assert first[0].facts["en"]["form"] == "Training session, Directorate 07, Faisalabad"
    assert first[1].facts["en"]["required"] == "Required: present for 80% of the time"


def test_only_who_was_chosen_gets_one(cast):
    event = verified_event(cast)

    issued = approve_batch(event, everybody(event)[:1], cast.programme_admin)

    assert [one.person.name("en") for one in issued] == ["Aamir"]


def test_nothing_is_issued_before_verification_or_without_accreditation(cast):
    give_issuer(cast)
    event = make_event(cast)
    add(event, "Aamir")
    there(event)

    with pytest.raises(Refused, match=r"verified training sessions only.*not accredited"):
        approve_batch(event, everybody(event), cast.programme_admin)

    assert Certificate.objects.count() == 0


def test_no_certificate_without_name_or_consent(cast):
    event = make_event(cast)
    add(event)
    add(event, "Aamir", agreed=False)
    there(event)

    assert [line.why_not for line in proposals_of(loaded(event))] == ["no_name", "no_consent"]


def test_certificates_are_under_review_while_the_record_is_returned(cast):
    event = verified_event(cast)
    certificate = approve_batch(event, everybody(event), cast.programme_admin)[0]

    send_back(event, cast.programme_admin, "The sheet shows another name")
    assert look_up(certificate.token).state == State.UNDER_REVIEW

    report(event, cast.trainer)
    verify(event, cast.programme_admin)
    assert look_up(certificate.token).state == State.VALID


def test_one_that_fails_keeps_all_from_being_issued(cast, monkeypatch):
    event = verified_event(cast)
    really = issuing.issue_earned

    def fail_at_the_last(enrolment, evidence, by):
        if enrolment.person.name("en") == "Chand":
            raise CannotIssue("The printer of numbers is broken.")
        return really(enrolment, evidence, by)

    monkeypatch.setattr("learning.cascade.certifying.issue_earned", fail_at_the_last)

    with pytest.raises(Refused, match=r"Nothing was issued\. The printer of numbers is broken\."):
        approve_batch(event, everybody(event), cast.programme_admin)

    assert (Certificate.objects.count(), Proposal.objects.count()) == (0, 0)
    assert not Register.objects.filter(last__gt=0).exists()


@pytest.mark.parametrize("obstacle", ["issuer", "key", "returned", "accreditation"])
def test_what_is_in_the_way_is_said_and_nothing_issued(cast, settings, obstacle):
    event = verified_event(cast)
    if obstacle == "issuer":
        Issuer.objects.all().delete()
    elif obstacle == "key":
        settings.SIGNING_KEY = None
    elif obstacle == "returned":
        send_back(event, cast.programme_admin, "One more look")
    else:
        withdraw(Accreditation.objects.get(), "Rules were broken", cast.system_admin)

    with pytest.raises(Refused) as refused:
        approve_batch(event, everybody(event), cast.programme_admin)

    assert [str(refused.value)] == obstacles(loaded(event))
    assert Certificate.objects.count() == 0


# --- the lead trainer (I7) -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "is_accredited"),
    [
        (DAY, SECOND_DAY, True),
        (SECOND_DAY, SECOND_DAY, False),
        (DAY, DAY, False),
    ],
)
def test_lead_is_accredited_on_every_day_of_the_session(cast, begins, ends, is_accredited):
    event = make_event(cast)
    accredit(cast, days=(begins, ends))

    assert is_led_by_accredited_trainer(event) is is_accredited
    assert (accreditation_note(event) == "") is is_accredited


def test_a_day_that_was_cancelled_needs_no_accreditation(cast):
    event = make_event(cast)
    accredit(cast, days=(DAY, DAY))
    for unit in event.units.filter(date=SECOND_DAY):
        cancel_unit(event, unit, "Flood")

    assert is_led_by_accredited_trainer(loaded(event))


def test_the_note_names_who_leads(cast, django_assert_num_queries):
    event = make_event(cast)
    accredit(cast, level="candidate")

    with django_assert_num_queries(2):
        note = accreditation_note(event)

    assert note.startswith("Tariq Trainer leads this session and is not accredited")


def test_a_helper_who_is_accredited_is_not_enough(cast):
    team = [(cast.learner.person, "lead"), (cast.trainer.person, "co")]
    accredit(cast)

    assert not is_led_by_accredited_trainer(make_event(cast, team=team))


# --- what was issued stays (I10, I11) ------------------------------------------------------------


def test_later_rules_touch_neither_what_was_issued_nor_what_was_earned(cast):
    event = verified_event(cast)
    first = approve_batch(event, everybody(event)[:1], cast.programme_admin)[0]
    version = event.cohort.course_version

    AwardRule.objects.create(course_version=version, effective_from=SECOND_DAY + ONE, a_min=100,
                             pass_mark=100)  # fmt: skip
    again = proposals_of(event)

    assert [line.grade for line in again] == ["achievement", "attendance", "achievement"]
    first.refresh_from_db()
    assert first.facts["en"]["required"].endswith("80% of the time, 70% of the marks")
    assert look_up(first.token).is_valid


def test_the_rule_of_the_last_day_is_the_one(cast):
    event = verified_event(cast)
    version = event.cohort.course_version

    AwardRule.objects.create(course_version=version, effective_from=SECOND_DAY, pass_mark=50)

    assert [line.grade for line in proposals_of(event)] == ["achievement"] * 3


def test_achievement_of_a_session_takes_the_place_of_attendance_online(cast, version_read):
    online = issue_due(version_read)
    event = verified_event(cast, version=version_read.cohort.course_version)
    send_back(event, cast.programme_admin, "One is missing")
    enrolment = add(event, known=cast.learner.person)
    result(enrolment, "post", 20)
    there(event)
    report(event, cast.trainer)
    verify(event, cast.programme_admin)

    line = proposals_of(loaded(event))[-1]
    assert (line.certificate, line.is_from_elsewhere, line.is_due) == (online, True, True)
    (issued,) = approve_batch(event, [enrolment.pk], cast.programme_admin)

    assert (online.grade, issued.grade) == ("attendance", "achievement")
    assert look_up(online.token).state == State.REPLACED
    assert look_up(online.token).fact.successor == issued
    assert approve_batch(event, [enrolment.pk], cast.programme_admin) == []


def test_achievement_by_another_record_of_the_same_person(cast):
    """Two records that were merged are one person: she has one certificate of a grade."""
    event = verified_event(cast)
    issued = approve_batch(event, everybody(event), cast.programme_admin)
    aamir, bano = issued[0].person, issued[1].person
    merge(aamir, bano, "One man under two names", cast.system_admin)

    lines = proposals_of(loaded(event))

    assert [line.certificate for line in lines[:2]] == [issued[0], issued[0]]
    assert not any(line.is_due for line in lines)


def test_a_revoked_certificate_is_not_issued_again(cast):
    event = verified_event(cast)
    issued = approve_batch(event, everybody(event), cast.programme_admin)
    revoke(issued[0], cast.system_admin, "misconduct")

    line = proposals_of(loaded(event))[0]

    assert (line.why_not, line.is_due, line.certificate) == ("ended", False, None)
    assert approve_batch(event, everybody(event), cast.programme_admin) == []


def test_consent_withdrawn_before_approval_and_after_it(cast):
    event = verified_event(cast)
    approve_batch(event, everybody(event)[:1], cast.programme_admin)
    Consent.objects.update(withdrawn_at=timezone.now())

    lines = proposals_of(loaded(event))

    assert [line.why_not for line in lines] == ["", "no_consent", "no_consent"]
    assert [line.is_due for line in lines] == [False, False, False]
    assert len(valid_certificates_of(participants_of(event))) == 1


def test_marks_that_wait_are_not_missing(cast):
    event = session_with_answers_to_mark(cast)

    assert [line.why_not for line in proposals_of(event)] == ["unmarked"]


def test_valid_ones_in_the_order_of_the_stickers(cast, django_assert_num_queries):
    event = verified_event(cast)
    approve_batch(event, everybody(event)[2:], cast.programme_admin)
    first = approve_batch(event, everybody(event), cast.programme_admin)[0]
    revoke(first, cast.system_admin, "error")
    participants = participants_of(event)

    with django_assert_num_queries(2):
        valid = valid_certificates_of(participants)

    assert [one.person.name("en") for one in valid] == ["Bano", "Chand"]


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(cast, django_assert_num_queries, people):
    event = make_event(cast)
    for n in range(people):
        result(add(event, f"Person {n}"), "post", 16)
    there(event)
    event = loaded(event)

    with django_assert_num_queries(7):
        proposals_of(event)
