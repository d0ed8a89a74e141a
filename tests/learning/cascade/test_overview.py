"""The overview of a session: what is done and left to do, what one may do, what happened."""

import datetime as dt

import pytest
import time_machine

from learning.cascade.closing import cancel, report, send_back, verify
from learning.cascade.headcounting import set_headcounts
from learning.cascade.models import Event
from learning.cascade.overview import overview_of, steps_of
from learning.cascade.planning import cancel_unit
from modules.papers import models as papers
from tests.cast import sign_in
from tests.learning.cascade.making import (
    accredit,
    add,
    give_issuer,
    loaded,
    make_event,
    note,
    result,
    there,
    verified_event,
)

pytestmark = pytest.mark.django_db


def text(client, event: Event) -> str:
    return " ".join(client.get(f"/training/{event.uuid}/").content.decode().split())


def states(event: Event) -> dict[str, str]:
    return {step.label: f"{step.state} {step.words}".strip() for step in steps_of(loaded(event))}


def give_tests(event: Event) -> None:
    """The course has a test before and one after."""
    for purpose in ("pre", "post"):
        code = event.cohort.course_version.course.code
        papers.Test.objects.create(course_code=code, purpose=purpose, minutes=25)


# --- steps ---------------------------------------------------------------------------------------


def test_steps_tell_how_far_each_half_day_and_test_is(cast):
    event = make_event(cast, planned=24)
    give_tests(event)
    aamir, bano = add(event, "Aamir"), add(event, "Bano")
    note(event, aamir, ["present"] * 4)
    cancel_unit(event, event.held_units[3], "Strike")
    for enrolment in (aamir, bano):
        result(enrolment, "pre", 8)
    result(aamir, "post", 16)

    assert states(event) == {
        "Prepared": "done",
        "People registered": "done 2 of 24 expected",
        "Roll, 2 March 2026, 09:00–12:30": "half 1 of 2 people",
        "Roll, 2 March 2026, 13:30–17:00": "half 1 of 2 people",
        "Roll, 3 March 2026, 09:00–12:30": "half 1 of 2 people",
        "Roll, 3 March 2026, 13:30–17:00": "off Cancelled: Strike",
        "Results of the pre-test": "done 2 of 2 people",
        "Pre-test typed a second time": "open 0 of 2 slips",
        "Results of the post-test": "half 1 of 2 people",
        "Post-test typed a second time": "open 0 of 1 slips",
        "Closed and sent for verification": "open",
        "Verified": "open",
    }


def test_nothing_is_done_at_first_and_a_course_without_tests_has_no_results(cast):
    event = make_event(cast)

    assert list(states(event).values()) == [
        "done",
        "open 0 people",
        *["open"] * 4,
        "open",
        "open",
    ]


def test_session_of_people_who_are_counted_has_one_thing_to_record(cast):
    event = make_event(cast, counting="headcount")
    assert states(event)["People counted"] == "open"

    set_headcounts(event, {("female", "worker"): 41}, cast.trainer)

    assert list(states(event)) == [
        "Prepared",
        "People counted",
        "Closed and sent for verification",
        "Verified",
    ]
    assert states(event)["People counted"] == "done 41 people"


def test_closing_and_verifying_are_steps(cast):
    event = verified_event(cast)

    assert states(event)["Verified"] == "done"
    send_back(event, cast.programme_admin, "Look again")
    assert states(event)["Closed and sent for verification"] == "open"


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(cast, django_assert_num_queries, people):
    event = make_event(cast)
    give_tests(event)
    for n in range(people):
        result(add(event, f"Person {n}"), "post", 16)
    there(event)
    event = loaded(event)

    with django_assert_num_queries(14):
        overview_of(event)


# --- the page ------------------------------------------------------------------------------------


def test_page_says_what_is_missing_instead_of_the_button(client, cast):
    event = make_event(cast)
    add(event, "Aamir")
    page = text(sign_in(client, cast.trainer), event)

    assert "The roll is not complete: 4 marks are missing." in page
    assert "/close/" not in page
    there(event)
    assert f'href="/training/{event.uuid}/close/"' in text(client, event)


def test_page_shows_what_when_where_and_who(client, cast):
    event = make_event(cast, host=cast.institution, planned=24)
    page = text(sign_in(client, cast.trainer), event)

    for words in (
        "Working together",
        "Materials: version 1.0",
        "/changes/1.0/",
        "Test programme",
        "Cascade session, in a room",
        '2 March 2026, <bdi dir="ltr">09:00–12:30</bdi>',
        "14 h in all",
        "Punjab",
        "Directorate 07, Faisalabad",
        "Test institution",
        "English, Urdu",
        "<bdi>Tariq Trainer</bdi>",
        "lead trainer",
    ):
        assert words in page


#                      trainer                        programme administrator
ACTIONS = {
    "planned": ("edit cancel close", "edit cancel close"),
    "reported": ("", "verify return"),
    "returned": ("edit close", "edit close"),
    "verified": ("", "return"),
    "cancelled": ("", ""),
}


@pytest.mark.parametrize("state", ACTIONS)
@pytest.mark.parametrize("who", ["trainer", "programme_admin"])
def test_actions_follow_state_and_reader(client, cast, state, who):
    event = make_event(cast)
    note(event, add(event, "Aamir"), ["absent"] * 4)
    if state == "cancelled":
        cancel(event, cast.trainer, "Flood")
    elif state != "planned":
        report(event, cast.trainer)
    if state == "verified":
        verify(event, cast.programme_admin)
    if state == "returned":
        send_back(event, cast.programme_admin, "Look again")
    page = text(sign_in(client, getattr(cast, who)), event)

    names = ("edit", "cancel", "close", "verify", "return")
    shown = [name for name in names if f'"/training/{event.uuid}/{name}/"' in page]

    assert shown == ACTIONS[state][who != "trainer"].split()


def test_who_led_does_not_verify_even_as_administrator(client, cast):
    event = make_event(cast, lead=cast.programme_admin.person)
    add(event, "Aamir")
    there(event)
    report(event, cast.programme_admin)
    sign_in(client, cast.programme_admin)

    assert "/verify/" not in text(client, event)
    assert client.post(f"/training/{event.uuid}/verify/").status_code == 404
    assert loaded(event).state == "reported"


def test_history_names_who_did_what_and_why_for_those_who_run_or_verify(client, cast):
    event = make_event(cast, host=cast.institution)
    add(event, "Aamir")
    there(event)
    report(event, cast.trainer)
    send_back(event, cast.programme_admin, "One name is missing")
    seen = {
        who: text(sign_in(client, getattr(cast, who)), event)
        for who in ("trainer", "organisation_admin")
    }

    assert "Returned to the trainer: <bdi>Parveen Programme</bdi>" in seen["trainer"]
    assert "Sent for verification: <bdi>Tariq Trainer</bdi>" in seen["trainer"]
    assert seen["trainer"].count("One name is missing") == 2
    for secret in ("Parveen Programme", "One name is missing"):
        assert secret not in seen["organisation_admin"]


def test_history_of_a_count_names_who_counted(client, cast):
    event = make_event(cast, counting="headcount")
    set_headcounts(event, {("", ""): 7}, cast.trainer)
    page = text(sign_in(client, cast.programme_admin), event)

    assert "7 people counted: <bdi>Tariq Trainer</bdi>" in page
    assert f'href="/training/{event.uuid}/headcount/"' in page


def test_others_do_not_see_the_session(client, cast):
    event = make_event(cast)
    accredit(cast, cast.outsider.person)
    give_issuer(cast)
    sign_in(client, cast.outsider)

    assert client.get(f"/training/{event.uuid}/").status_code == 404


def test_steps_lead_to_the_pages_where_they_are_done(cast, client):
    event = make_event(cast)
    give_tests(event)
    sign_in(client, cast.trainer)
    links = [step.url.partition(str(event.uuid))[2] for step in steps_of(loaded(event))]

    assert [link for link in links if link] == [
        "/people/",
        *(f"/roll/{n}/" for n in (1, 2, 3, 4)),
        "/results/pre/",
        "/results/post/",
    ]
    assert f'<a href="/training/{event.uuid}/roll/2/">' in text(client, event)


def test_nobody_is_led_to_numbers_that_she_may_not_record(cast, client):
    event = make_event(cast, counting=Event.Counting.HEADCOUNT, host=cast.institution)
    address = f'<a href="/training/{event.uuid}/headcount/">People counted</a>'
    for user, is_led in ((cast.trainer, True), (cast.organisation_admin, False)):
        sign_in(client, user)
        assert (address in text(client, event)) is is_led


def test_a_session_that_is_over_and_open_says_so(cast, client):
    sign_in(client, cast.trainer)
    event = make_event(cast)
    with time_machine.travel(dt.datetime(2026, 3, 3, 17, tzinfo=dt.UTC)):
        assert "Not closed yet" not in text(client, event)
    with time_machine.travel(dt.datetime(2026, 3, 4, 17, tzinfo=dt.UTC)):
        assert "Not closed yet" in text(client, event)
