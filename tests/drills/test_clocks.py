"""R7: the server's clock decides. No clock, replay or edited field gains time, and no honest person
is turned away because the clock of her phone is wrong; who has to know that it was, is told.
"""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from learning.attempts import sitting_views, taking
from learning.attempts.models import Answer, Sitting
from learning.attempts.noticing import MOST_SKEW, remarks_on
from learning.attempts.taking import GRACE, start
from modules.courses.models import CoursePage
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.drills.figures import Figures
from tests.drills.sizes import ON_SQLITE
from tests.learning.attempts.sitting import enrol, make_tested_course, position_of

pytestmark = ON_SQLITE

SECOND, MINUTE, YEAR = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=365)
SKEWS = (-2 * YEAR, -60 * MINUTE, -6 * MINUTE, 0 * MINUTE, 6 * MINUTE, 60 * MINUTE, 2 * YEAR)
# When an answer arrives, seen from the deadline; the last of them that counts arrives with GRACE.
IN_TIME = (-24 * MINUTE, -SECOND, 0 * SECOND, GRACE)
TOO_LATE = (GRACE + SECOND, 5 * MINUTE, 60 * MINUTE)
# What somebody might add to a form, or change in it.
EDITED = {
    "left": "999999",
    "deadline_at": "2099-01-01T00:00:00Z",
    "minutes": "999",
    "started_at": "2099-01-01T00:00:00Z",
    "received_at": "2020-01-01T00:00:00Z",
    "handed_in_at": "",
    "seed": "1",
}


@pytest.fixture(scope="module")
def _course(made_once) -> None:
    make_tested_course("clocked")


@pytest.fixture
def sitting(db, _course, cast, client) -> Sitting:
    """Begun now, by the learner who is signed in."""
    sign_in(client, cast.learner)
    course = page()
    return start(enrol(cast.learner, course), Purpose.PRE)


def page() -> CoursePage:
    return CoursePage.objects.get(slug="clocked", locale__language_code="en")


def sent(skew: timedelta, response: str = "1", **fields: Any) -> dict[str, Any]:
    """What a page sends now, by a clock that is off."""
    captured = (timezone.now() + skew).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    made = {"fact": str(uuid.uuid4()), "device": str(uuid.uuid4()), "seq": 1, "captured": captured}
    return {"answer": response} | made | fields


def send(client: Client, sitting: Sitting, fields: dict[str, Any]):
    address = f"/tests/{sitting.uuid}/{position_of(sitting, 'single')}/"
    return client.post(address, fields, headers={"Accept": "application/json"})


def try_all(client: Client, sitting: Sitting) -> dict[str, int]:
    """Answers in time and too late, by clocks of all sorts; what came of it."""
    last = sitting.deadline_at + GRACE
    evicted = 0
    for arrives in (*IN_TIME, *TOO_LATE):
        with time_machine.travel(sitting.deadline_at + arrives, tick=False):
            replies = [send(client, sitting, sent(skew, **EDITED)) for skew in SKEWS]
            evicted += sum(r.status_code != 200 for r in replies) if arrives in IN_TIME else 0
    stored = Answer.objects.filter(sitting=sitting)
    return {
        "sent": len(SKEWS) * (len(IN_TIME) + len(TOO_LATE)),
        "stored": stored.count(),
        "evicted": evicted,
        "late": stored.filter(received_at__gt=last).count(),
    }


def unchanged(sitting: Sitting) -> dict[str, Any]:
    names = [field.attname for field in Sitting._meta.concrete_fields]
    return Sitting.objects.filter(pk=sitting.pk).values(*names).get()


def test_no_clock_and_no_field_gains_time_or_costs_somebody_hers(client, sitting):
    figures, before = Figures("R7", "sqlite"), unchanged(sitting)

    found = try_all(client, sitting)

    assert found == {"sent": 49, "stored": len(SKEWS) * len(IN_TIME), "evicted": 0, "late": 0}
    assert unchanged(sitting) == before
    figures.write(**found)


def given_at(now: Callable[[Answer], datetime]):
    """A way of saving that takes the time from the answer."""

    def save(sitting: Sitting, answer: Answer) -> Answer:
        saved = taking.save_answer(sitting, answer, now(answer))
        Answer.objects.filter(pk=saved.pk).update(received_at=timezone.now())
        return saved

    return save


def test_control_trusting_the_clock_of_the_device_is_found(client, sitting, monkeypatch):
    figures = Figures("R7 control", "sqlite")
    monkeypatch.setattr(sitting_views, "save_answer", given_at(lambda answer: answer.captured_at))

    found = try_all(client, sitting)

    assert found["evicted"] > 0
    assert found["late"] > 0
    figures.write(**found)


@pytest.mark.parametrize("skew", SKEWS)
def test_clock_that_is_off_by_more_than_five_minutes_is_told_to_trainers(client, sitting, skew):
    for minute in (1, 20):
        with time_machine.travel(sitting.started_at + minute * MINUTE, tick=False):
            assert send(client, sitting, sent(skew)).status_code == 200

    remarks = remarks_on([sitting])
    assert {one.skew for one in remarks.values()} == ({skew} if abs(skew) > MOST_SKEW else set())


def test_replay_after_the_end_is_acknowledged_and_changes_nothing(client, sitting):
    in_time = sent(0 * SECOND)
    assert send(client, sitting, in_time).status_code == 200
    before = list(Answer.objects.values())

    with time_machine.travel(sitting.deadline_at + GRACE + SECOND, tick=False):
        again = send(client, sitting, in_time)
        other = send(client, sitting, in_time | {"answer": "2"})
        new = send(client, sitting, sent(-10 * MINUTE))

    assert (again.status_code, again.json()["id"]) == (200, in_time["fact"])
    assert (again.json()["left"], other.status_code, other.json()) == (0, 409, {"error": "forged"})
    assert (new.status_code, new.json()) == (409, {"error": "over"})
    assert list(Answer.objects.values()) == before


@pytest.mark.parametrize(
    "edited",
    [
        {"seq": "0"},
        {"seq": "-1"},
        {"seq": str(2**31)},
        {"seq": "1e9"},
        {"device": ""},
        {"device": "x"},
        {"fact": "x"},
        {"captured": "tomorrow"},
        {"captured": "9999999-01-01T00:00:00.000Z"},
    ],
)
def test_envelope_that_was_edited_is_refused_and_stores_nothing(client, sitting, edited):
    reply = send(client, sitting, sent(0 * SECOND, **edited))

    assert (reply.status_code, reply.json()) == (400, {"error": "malformed"})
    assert not Answer.objects.exists()


def test_id_of_somebody_elses_answer_is_refused_and_credits_nobody(client, sitting, cast):
    own = sent(0 * SECOND)
    send(client, sitting, own)
    other = start(enrol(cast.outsider, page()), Purpose.PRE)

    reply = send(sign_in(Client(), cast.outsider), other, own)

    assert (reply.status_code, reply.json()) == (409, {"error": "forged"})
    assert list(Answer.objects.values_list("sitting", flat=True)) == [sitting.pk]


def test_start_form_with_other_minutes_gives_the_minutes_of_the_test(client, cast, sitting):
    with time_machine.travel(sitting.deadline_at + 60 * MINUTE, tick=False):
        client.get(f"/tests/{sitting.uuid}/result/")
        client.post("/courses/clocked/tests/post/", EDITED)
    post = Sitting.objects.get(purpose=Purpose.POST)

    assert post.deadline_at - post.started_at == 25 * MINUTE
    assert post.seed != 1


def test_hand_in_after_the_end_counts_from_the_deadline(client, sitting):
    with time_machine.travel(sitting.deadline_at + 60 * MINUTE, tick=False):
        client.post(f"/tests/{sitting.uuid}/hand-in/", EDITED)
    sitting.refresh_from_db()

    assert (sitting.handed_in_at, sitting.handed_in_by) == (sitting.deadline_at, "deadline")
