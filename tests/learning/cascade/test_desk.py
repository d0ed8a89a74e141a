"""The trainer's desk: what comes next, what is to be finished, what waits to be verified."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from learning.cascade.clashing import Slot
from learning.cascade.closing import cancel, report, send_back, verify
from learning.cascade.desk import RECENT, desk_of, waiting_for
from learning.cascade.headcounting import set_headcounts
from learning.cascade.models import Event
from learning.cascade.planning import cancel_unit
from learning.people.merging import merge
from learning.people.models import Person
from modules.courses.models import CourseVersion
from tests.cast import Cast, sign_in
from tests.learning.cascade.making import (
    AFTERNOON,
    MORNING,
    accredit,
    add,
    make_event,
    there,
)

pytestmark = pytest.mark.django_db

DESK = "/training/"


def session(cast: Cast, day: int, **fields) -> Event:
    """On one day, so many days from today; all sessions of a test share a course version."""
    date = timezone.localdate() + dt.timedelta(days=day)
    slots = [Slot(date, *MORNING), Slot(date, *AFTERNOON)]
    version = CourseVersion.objects.first()
    return make_event(cast, **{"slots": slots, "version": version} | fields)


def held(cast: Cast, day: int, **fields) -> Event:
    """With one person who was there."""
    event = session(cast, day, **fields)
    add(event, "Aamir")
    there(event)
    return event


def sent(cast: Cast, day: int, **fields) -> Event:
    event = held(cast, day, **fields)
    report(event, cast.trainer)
    return event


def ago(**time: int) -> time_machine.travel:
    """What is done within was done so long ago: facts are in the order of their moments."""
    return time_machine.travel(timezone.now() - dt.timedelta(**time))


def text(client: Client, path: str = DESK) -> str:
    return " ".join(client.get(path).content.decode().split())


# --- the own sessions ----------------------------------------------------------------------------


def test_next_session_is_the_first_that_is_not_over(cast):
    session(cast, -1)
    later, soon = session(cast, 9), session(cast, 5)
    cancel(session(cast, 2), cast.trainer, "Flood")
    add(soon, "Aamir")

    desk = desk_of(cast.trainer.person)

    assert (desk.next.event, desk.next.when, desk.next.people) == (soon, "in 5 days", 1)
    assert [unit.n for unit in desk.next.units] == [1, 2]
    assert desk.coming == [later]


@pytest.mark.parametrize(("day", "words"), [(2, "in 2 days"), (1, "tomorrow"), (0, "today")])
def test_when_the_next_session_is(cast, day, words):
    session(cast, day)

    assert desk_of(cast.trainer.person).next.when == words


def test_session_under_way_shows_the_day_that_is_left(cast):
    today = timezone.localdate()
    days = [today - dt.timedelta(days=1), today + dt.timedelta(days=1)]
    event = session(cast, 0, slots=[Slot(day, *MORNING) for day in days])

    desk = desk_of(cast.trainer.person)

    assert (desk.next.when, desk.next.units[0].date) == ("under way", days[1])
    cancel_unit(event, event.held_units[1], "Strike")
    assert desk_of(cast.trainer.person).next is None


def test_to_finish_is_what_is_over_and_not_long_verified_the_urgent_first(cast):
    done = sent(cast, -1)
    verify(done, cast.programme_admin)
    with ago(days=RECENT.days, hours=1):
        verify(sent(cast, -2), cast.programme_admin)
    waits = sent(cast, -3)
    gaps = session(cast, -4)
    full = held(cast, -5)
    returned = sent(cast, -6)
    send_back(returned, cast.programme_admin, "One name is missing")

    lines = desk_of(cast.trainer.person).to_finish

    assert [line.event for line in lines] == [returned, full, gaps, waits, done]
    assert [str(line.state.label) for line in lines] == [
        "Returned to you",
        "Not closed yet",
        "Not closed yet",
        "Waits for verification",
        "Verified",
    ]
    complete = "Everything is recorded. Close it and send it for verification."
    assert [line.sentences for line in lines] == [
        [complete], [complete], ["Nobody is registered yet."], [], []
    ]  # fmt: skip
    assert lines[0].event.why == "One name is missing"


def test_desk_shows_what_she_runs_under_any_record(cast):
    double = Person.objects.create(names={"Latn": "Tariq T."})
    event = session(cast, 3, lead=double)
    merge(cast.trainer.person, double, "Same card", None)
    observed = session(cast, 4, lead=cast.area_admin.person)
    observed.facilitations.create(person=cast.trainer.person, role="observer")

    desk = desk_of(cast.trainer.person)

    assert (desk.next.event, desk.coming) == (event, [])


# --- the page ------------------------------------------------------------------------------------


def test_page_of_a_trainer(client, cast):
    session(cast, 5, planned=24)
    counted = session(cast, -9, counting="headcount")
    set_headcounts(counted, {("", ""): 41}, cast.trainer)
    report(counted, cast.trainer)
    verify(counted, cast.programme_admin)
    verify(sent(cast, -2), cast.programme_admin)
    accredit(cast)
    page = text(sign_in(client, cast.trainer))

    for words in (
        "in 5 days",
        "Cascade session, Directorate 07, Faisalabad",
        "09:00 to 17:00",
        "24 expected",
        "English, Urdu",
        "<b>1</b> person trained: 0 women, 1 not stated",
        "<b>2</b> sessions verified, of 2 led",
        "<b>1</b> area: Punjab",
        "1 session in which people were only counted (41 in all) is kept apart.",
        "<b>Certified trainer</b>",
        "until 31 December 2026",
        "Answers to mark",
    ):
        assert words in page
    assert "To verify" not in page


def test_first_visit_says_how_to_begin(client, cast):
    page = text(sign_in(client, cast.trainer))

    assert "No training session yet" in page
    assert 'href="/training/new/"' in page
    assert "You are not accredited at present." in page


def test_trainer_finds_old_sessions_in_the_list(client, cast):
    with ago(days=RECENT.days, hours=1):
        old = sent(cast, -2)
        verify(old, cast.programme_admin)
    sign_in(client, cast.trainer)

    assert str(old.uuid) not in text(client)
    assert str(old.uuid) in text(client, f"{DESK}?state=")


def test_what_waits_longest_is_verified_first(cast):
    events = [held(cast, day) for day in (-3, -2, -1)]
    for event, minutes in zip(events, (1, 5, 3), strict=True):
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=10 - minutes)):
            report(event, cast.trainer)
    verify(sent(cast, -4), cast.programme_admin)

    waiting = [line.event for line in waiting_for(cast.programme_admin)]

    assert waiting == [events[1], events[2], events[0]]
    assert waiting_for(cast.trainer) == []


def test_administrator_sees_what_waits_before_everything_else(client, cast):
    waits, planned = sent(cast, -2), session(cast, 5)
    page = text(sign_in(client, cast.area_admin))

    verify_part, list_part = page[page.index("To verify") :].split("All sessions")
    assert str(waits.uuid) in verify_part
    assert "1 person. Sent on" in verify_part
    assert str(planned.uuid) not in verify_part
    assert str(planned.uuid) in list_part
    assert "My accreditation" not in page
    assert "Nothing" not in page


def test_administrator_without_sessions_is_told(client, cast):
    page = text(sign_in(client, cast.area_admin))

    assert "No session waits for verification." in page
    assert "No sessions yet" in page


def test_organisation_administrator_reads_and_verifies_nothing(client, cast):
    event = sent(cast, -2, host=cast.institution)
    page = text(sign_in(client, cast.organisation_admin))

    assert str(event.uuid) in page
    assert "To verify" not in page
    assert "Prepare a training session" not in page


def test_list_is_filtered_by_the_address(client, cast):
    events = {"reported": sent(cast, -2), "planned": session(cast, 5)}
    sign_in(client, cast.programme_admin)

    def shown(query: str) -> list[str]:
        page = text(client, DESK + query)
        list_part = page[page.index("All sessions") :]
        return [name for name, event in events.items() if str(event.uuid) in list_part]

    assert shown("?state=reported") == ["reported"]
    assert shown("?state=planned&programme=test-programme") == ["planned"]
    assert shown("?state=verified") == []
    for query in ("", "?programme=other", "?state=nonsense", "?page=99"):
        assert shown(query) == ["reported", "planned"], query


def test_filter_that_fits_nothing_leads_back(client, cast):
    session(cast, 5)
    page = text(sign_in(client, cast.programme_admin), f"{DESK}?state=cancelled")

    assert "No session fits" in page
    assert ">Show all</a>" in page


def test_long_list_is_paged_and_keeps_the_filter(client, cast):
    for day in range(13):
        session(cast, day + 1)
    page = text(sign_in(client, cast.programme_admin), f"{DESK}?state=planned")

    assert "1–12 of 13" in page
    assert "?state=planned&amp;page=2" in page


@pytest.mark.parametrize("who", ["learner", "viewer", "author"])
def test_others_have_no_desk(client, cast, who):
    sign_in(client, getattr(cast, who))

    assert client.get(DESK).status_code == 403
    assert "Training desk" not in text(client, "/glossary/")


@pytest.mark.parametrize("who", ["trainer", "organisation_admin", "system_admin"])
def test_menu_leads_to_the_desk(client, cast, who):
    sign_in(client, getattr(cast, who))

    assert f'<a href="{DESK}">Training desk</a>' in text(client, "/glossary/")


@pytest.mark.parametrize("many", [1, 3])
def test_queries_of_the_desk_do_not_grow(cast, django_assert_num_queries, many):
    for n in range(many):
        session(cast, 5 + n)
        held(cast, -5 - n)
        sent(cast, -15 - n)
        verify(sent(cast, -25 - n), cast.area_admin)
        counted = session(cast, -35 - n, counting="headcount")
        set_headcounts(counted, {("", ""): 4}, cast.trainer)
        report(counted, cast.trainer)
        verify(counted, cast.area_admin)
    for user in (cast.trainer, cast.programme_admin):
        client = sign_in(Client(), user)
        client.get(DESK)
        with django_assert_num_queries(18):
            assert client.get(DESK).status_code == 200


def test_who_accredits_finds_the_register_from_the_desk(client, cast):
    link = 'href="/training/accreditation/"'

    assert link in sign_in(client, cast.programme_admin).get(DESK).content.decode()
    session(cast, 3)
    assert link in sign_in(client, cast.trainer).get(DESK).content.decode()  # her own grants
