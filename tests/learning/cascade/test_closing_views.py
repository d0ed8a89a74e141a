"""The pages that close, verify, return and cancel a session: each says what will happen."""

import pytest
from django.test import Client

from learning.cascade.certifying import approve_batch
from learning.cascade.closing import last_step, report, send_back, verify
from learning.cascade.models import Event
from learning.cascade.registering import participants_of
from learning.certificates.standing import State, look_up
from tests.cast import sign_in
from tests.learning.cascade.making import (
    add,
    loaded,
    make_event,
    note,
    there,
    verified_event,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete(cast) -> Event:
    event = make_event(cast)
    add(event, "Aamir")
    there(event)
    return event


@pytest.fixture
def sent(cast, complete) -> Event:
    report(complete, cast.trainer)
    return complete


def get(client: Client, event: Event, step: str) -> str:
    response = client.get(f"/training/{event.uuid}/{step}/", follow=True)
    return " ".join(response.content.decode().split())


def press(client: Client, event: Event, step: str, **fields) -> str:
    fields = {"seen": last_step(event).pk} | fields
    response = client.post(f"/training/{event.uuid}/{step}/", fields, follow=True)
    return " ".join(response.content.decode().split())


def state(event: Event) -> str:
    return loaded(event).state


# --- closing -------------------------------------------------------------------------------------


def test_trainer_closes_and_sends(client, cast, complete):
    sign_in(client, cast.trainer)

    assert "After this the record cannot be changed." in get(client, complete, "close")
    assert "is closed and sent for verification" in press(client, complete, "close")
    assert state(complete) == "reported"
    assert last_step(complete).recorded_by == cast.trainer


def test_page_of_an_incomplete_record_has_no_button(client, cast):
    event = make_event(cast)
    add(event, "Aamir")
    page = get(sign_in(client, cast.trainer), event, "close")

    assert "This session cannot be closed yet." in page
    assert "Close and send</button>" not in page
    assert "The roll is not complete" in press(client, event, "close")
    assert state(event) == "planned"


# --- verifying -----------------------------------------------------------------------------------


def test_administrator_verifies_what_she_saw(client, cast, sent):
    sign_in(client, cast.area_admin)

    assert "agree with the signed sheets" in get(client, sent, "verify")
    assert "It counts from now on." in press(client, sent, "verify")
    assert state(sent) == "verified"


def test_second_press_changes_nothing_and_says_so(client, cast, sent):
    sign_in(client, cast.area_admin)
    seen = last_step(sent).pk
    press(client, sent, "verify", seen=seen)

    page = press(client, sent, "verify", seen=seen)

    assert "That was done already: the session is verified. Nothing was changed." in page
    assert sent.facts.filter(what="verified").count() == 1


def test_press_on_a_stale_page_gets_one_clear_message(client, cast, sent):
    seen = last_step(sent).pk
    verify(sent, cast.programme_admin)
    page = press(
        sign_in(client, cast.area_admin), sent, "return", seen=seen, reason="One name is missing"
    )

    assert page.count("Somebody was faster") == 1
    assert state(sent) == "verified"


@pytest.mark.parametrize("step", ["close", "verify", "return", "cancel"])
def test_page_that_fits_no_more_leads_to_the_session(client, cast, complete, step):
    if step in ("close", "cancel"):
        report(complete, cast.trainer)
    page = get(sign_in(client, cast.programme_admin), complete, step)

    assert "There is nothing to do there in the state the session has now." in page
    assert "Cascade session, Directorate 07, Faisalabad</h1>" in page


# --- returning -----------------------------------------------------------------------------------


def test_record_is_returned_for_a_reason(client, cast, sent):
    sign_in(client, cast.area_admin)

    page = press(client, sent, "return", reason=" ")
    assert "Not returned yet." in page
    assert state(sent) == "reported"

    assert "is returned" in press(client, sent, "return", reason="One name is missing")
    assert last_step(sent).reason == "One name is missing"
    trainer = get(sign_in(Client(), cast.trainer), sent, "close")
    assert "Returned to the trainer" in trainer


def test_return_of_a_verified_session_warns_of_its_certificates(client, cast):
    event = verified_event(cast)
    everybody = [one.pk for one in participants_of(event)]
    certificate = approve_batch(event, everybody, cast.programme_admin)[0]
    page = get(sign_in(client, cast.programme_admin), event, "return")
    assert "This session is verified already." in page
    assert "3 certificates were issued for it: whoever checks one reads “under review”" in page
    assert look_up(certificate.token).state == State.VALID

    press(client, event, "return", reason="The sheet shows another name")

    assert look_up(certificate.token).state == State.UNDER_REVIEW


# --- cancelling ----------------------------------------------------------------------------------


def test_session_is_cancelled_for_a_reason(client, cast):
    event = make_event(cast)
    sign_in(client, cast.trainer)

    assert "Not cancelled yet." in press(client, event, "cancel", reason="")
    page = press(client, event, "cancel", reason="Flood")
    assert "The session is cancelled." in page
    assert "Cancelled on" in page
    assert state(event) == "cancelled"


def test_session_in_which_people_were_is_not_cancelled(client, cast):
    event = make_event(cast)
    note(event, add(event, "Aamir"), ["present", "absent", "absent", "absent"])
    sign_in(client, cast.trainer)

    assert "cannot be cancelled any more" in get(client, event, "cancel")
    assert "cannot be cancelled any more" in press(client, event, "cancel", reason="Flood")
    assert state(event) == "planned"


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["close", "verify", "return", "cancel"])
@pytest.mark.parametrize("who", ["learner", "outsider", "organisation_admin"])
def test_others_find_nothing(client, cast, complete, step, who):
    sign_in(client, getattr(cast, who))

    for method in (client.get, client.post):
        assert method(f"/training/{complete.uuid}/{step}/").status_code == 404


@pytest.mark.parametrize("step", ["verify", "return"])
def test_trainer_does_not_decide_on_her_own(client, cast, sent, step):
    sign_in(client, cast.trainer)
    response = client.post(f"/training/{sent.uuid}/{step}/", {"reason": "Mine"})

    assert response.status_code == 404
    assert state(sent) == "reported"


def test_returned_record_is_sent_once_more(client, cast, sent):
    send_back(sent, cast.programme_admin, "One name is missing")
    press(sign_in(client, cast.trainer), sent, "close")

    assert state(sent) == "reported"
