"""What needs attention in a programme, each with where it is done."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from learning.attempts.taking import hand_in, save_answer, start
from learning.cascade.certifying import approve_batch, proposals_of
from learning.cascade.models import EventFact
from learning.cascade.registering import participants_of
from learning.certificates.models import CertificateFact
from learning.certificates.revoking import revoke
from learning.enrolment.models import Enrolment
from learning.people.consents import Consent
from learning.reporting.asking import Asked, reach_of
from learning.reporting.gathering import gather
from learning.reporting.needing import ending_accreditations, needs_of
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import answer, make_tested_course, position_of
from tests.learning.attempts.sitting import enrol as enrol_learner
from tests.learning.cascade.making import accredit, verified_event
from tests.learning.reporting.making import crowd, give_certificate, hold, make_cohort
from tests.learning.reporting.reading import on_page

pytestmark = pytest.mark.django_db

PAGE = "/reports/programmes/test-programme/"


def needs(user, cast):
    reach = reach_of(user, cast.programme)
    asked = Asked(reach, {"programme": cast.programme.code})
    lines = gather(reach.enrolments, reach.groups)
    return [need.words for need in needs_of(user, cast.programme, asked, lines)]


def test_sessions_that_are_over_and_not_closed(client, cast):
    hold(cast, crowd(1), state=EventFact.What.PLANNED)
    hold(cast, crowd(1), state=EventFact.What.RETURNED)
    tomorrow = timezone.localdate() + dt.timedelta(1)
    hold(cast, crowd(1), state=EventFact.What.PLANNED, day=tomorrow)

    assert needs(cast.programme_admin, cast) == ["2 sessions are over and not closed"]
    sign_in(client, cast.programme_admin)
    page = client.get("/reports/sessions/?programme=test-programme&due=closing").content.decode()
    assert len(on_page(page)) == 2


def test_sessions_that_wait_for_verification_and_how_long(client, cast):
    now = timezone.now()
    with time_machine.travel(now - dt.timedelta(19, 60), tick=False):
        hold(cast, crowd(1), state=EventFact.What.REPORTED)
    hold(cast, crowd(1), state=EventFact.What.REPORTED)

    assert needs(cast.programme_admin, cast) == ["2 sessions wait for verification"]
    sign_in(client, cast.programme_admin)
    assert "The oldest for 19 days." in client.get(PAGE).content.decode()
    page = client.get("/reports/sessions/?state=reported").content.decode()
    assert len(on_page(page)) == 2


def test_certificates_that_wait_for_approval(client, cast):
    event = verified_event(cast)
    assert "3 certificates wait for approval" in needs(cast.programme_admin, cast)

    first = participants_of(event)[0]
    approve_batch(event, [first.pk], cast.programme_admin)
    Consent.objects.filter(person=participants_of(event)[1].person).update(
        withdrawn_at=timezone.now()
    )
    assert "1 certificate waits for approval" in needs(cast.programme_admin, cast)
    sign_in(client, cast.programme_admin)
    page = client.get("/reports/sessions/?due=certifying").content.decode()
    assert len(on_page(page)) == 1


def test_answers_to_mark_open_the_desk_of_the_programme_alone(client, cast):
    course = make_tested_course()
    first, second = (sat(user, course) for user in (cast.learner, cast.area_admin))
    other = make_cohort(cast, version=second.course_version)
    Enrolment.objects.filter(pk=second.enrolment_id).update(cohort=other)
    sign_in(client, cast.system_admin)

    def waiting(address):
        answers = re.findall(r"(\d+) answers? waits?</span>", client.get(address).content.decode())
        return sum(map(int, answers))

    for programme in (cast.programme, first.enrolment.cohort.programme):
        page = client.get(f"/reports/programmes/{programme.code}/").content.decode()
        assert "1 answer waits to be marked" in page
        assert f'href="/training/marking/?programme={programme.code}"' in page
        assert waiting(f"/training/marking/?programme={programme.code}") == 1
    assert waiting("/training/marking/") == 2


def sat(user, course):
    """A test handed in with an answer in the person's own words."""
    sitting = start(enrol_learner(user, course), Purpose.POST)
    save_answer(sitting, answer(sitting, position_of(sitting, "short"), "In my words."))
    return hand_in(sitting, user)


def test_a_revoked_certificate_waits_for_nobody(client, cast):
    event = verified_event(cast)
    chosen = [one.pk for one in participants_of(event)]
    for certificate in approve_batch(event, chosen, cast.programme_admin):
        revoke(certificate, by=None, code=CertificateFact.Code.ERROR, note="")

    assert not [line for line in proposals_of(event) if line.is_due]
    assert not [words for words in needs(cast.programme_admin, cast) if "certificate" in words]
    sign_in(client, cast.programme_admin)
    page = client.get("/reports/sessions/?due=certifying").content.decode()
    assert "No training session here" in page


def test_who_lost_the_better_certificate_may_still_get_the_other(cast):
    event = verified_event(cast)
    _, second, _ = participants_of(event)
    better = give_certificate(cast, second, "achievement")
    revoke(better, by=None, code=CertificateFact.Code.ERROR, note="")

    due = [line for line in proposals_of(event) if line.is_due]
    assert len(due) == 3
    assert "3 certificates wait for approval" in needs(cast.programme_admin, cast)


@time_machine.travel("2026-11-01")
def test_accreditations_that_end_soon(cast):
    hold(cast, crowd(1), lead=cast.trainer.person)
    accredit(cast)

    assert needs(cast.programme_admin, cast) == ["1 accreditation ends within 90 days"]
    assert ending_accreditations(cast.programme_admin, cast.programme) == {cast.trainer.person.pk}


@time_machine.travel("2026-06-01")
def test_accreditations_that_end_later_need_nothing(cast):
    hold(cast, crowd(1), lead=cast.trainer.person)
    accredit(cast)

    assert needs(cast.programme_admin, cast) == []


def test_viewer_is_asked_for_nothing(cast):
    hold(cast, crowd(1), state=EventFact.What.REPORTED)

    assert needs(cast.viewer, cast) == []


def test_who_administers_a_province_is_told_of_its_sessions_alone(cast):
    hold(cast, crowd(1), state=EventFact.What.REPORTED, area="PK-SD")

    assert needs(cast.area_admin, cast) == []
    assert needs(cast.programme_admin, cast) == ["1 session waits for verification"]
