"""What counts as training, by the settings of the programme. A bound is reached, never rounded."""

import pytest

from learning.cascade.attending import Attendance
from learning.cascade.clashing import Slot
from learning.cascade.counting import is_training, least_minutes, was_trained
from learning.cascade.models import EventFact
from learning.people.models import Programme
from tests.learning.cascade.making import AFTERNOON, DAY, MORNING, make_event

pytestmark = pytest.mark.django_db

ONE_DAY = [Slot(DAY, *MORNING), Slot(DAY, *AFTERNOON)]  # 7 hours


def attended(minutes: int) -> Attendance:
    return Attendance(minutes, 420, {})


@pytest.fixture
def verified(cast):
    event = make_event(cast, slots=ONE_DAY)
    event.state = EventFact.What.VERIFIED
    return event


@pytest.mark.parametrize(
    ("settings", "minutes"),
    [({}, 360), ({"min_training_hours": 3}, 180), ({"min_training_hours": 6.5}, 390)],
)
def test_least_minutes_are_the_programmes(settings, minutes):
    assert least_minutes(Programme(settings=settings)) == minutes


@pytest.mark.parametrize(("hours", "counts"), [(7, True), (7.5, False)])
def test_session_trains_when_it_is_long_enough(verified, hours, counts):
    verified.cohort.programme.settings = {"min_training_hours": hours}

    assert is_training(verified) == counts
    assert was_trained(verified, attended(420)) == counts


@pytest.mark.parametrize(("minutes", "trained"), [(336, True), (335, False), (0, False)])
def test_four_fifths_of_the_time_are_enough(verified, minutes, trained):
    assert was_trained(verified, attended(minutes)) == trained


def test_programme_may_ask_for_more(verified):
    verified.cohort.programme.settings = {"min_attendance": 100}

    assert was_trained(verified, attended(420))
    assert not was_trained(verified, attended(419))


@pytest.mark.parametrize("state", [one for one in EventFact.What if one != "verified"])
def test_only_verified_sessions_train(verified, state):
    verified.state = state

    assert not was_trained(verified, attended(420))
