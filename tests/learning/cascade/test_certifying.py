"""Certificates of a training session: proposed from the facts, issued when somebody approves."""

import uuid

import pytest

from learning.cascade.attending import mark
from learning.cascade.certifying import approve_batch, obstacles, proposals_of
from learning.cascade.closing import report, send_back, verify
from learning.cascade.errors import Refused
from learning.cascade.registering import participants_of
from learning.certificates.models import Certificate, Proposal
from learning.certificates.standing import State, look_up
from tests.learning.cascade.making import (
    add,
    give_issuer,
    loaded,
    make_event,
    result,
    there,
    verified_event,
)

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(cast, django_assert_num_queries, people):
    event = make_event(cast)
    for n in range(people):
        result(add(event, f"Person {n}"), "post", 16)
    there(event)
    event = loaded(event)

    with django_assert_num_queries(7):
        proposals_of(event)
