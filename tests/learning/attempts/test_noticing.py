"""What is said of clocks and of answers that two devices gave differently."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.attempts.noticing import MOST_SKEW, conflicts_in, remarks_on, skew_of
from learning.attempts.taking import hand_in, save_answer, start
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import answer, enrol, position_of

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
PHONE, LAPTOP = uuid.UUID(int=1), uuid.UUID(int=2)
MINUTE = timedelta(minutes=1)
YEARS = timedelta(days=730)


@dataclass
class Given:
    """An answer that arrived `minute` minutes after the start, from a clock that is off."""

    minute: float
    skew: timedelta = timedelta(0)
    waited: timedelta = timedelta(seconds=1)
    device: uuid.UUID = PHONE
    position: int = 1
    response: str = "a"
    device_seq: int = 1
    pk: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def received_at(self) -> datetime:
        return START + self.minute * MINUTE

    @property
    def captured_at(self) -> datetime:
        return self.received_at - self.waited + self.skew


@pytest.mark.parametrize("skew", [YEARS, -YEARS, 6 * MINUTE, -6 * MINUTE])
def test_clock_that_is_off_by_more_than_five_minutes_is_told(skew):
    said = skew_of(START, [Given(1, skew), Given(12, skew, waited=10 * MINUTE)])

    assert said == skew - timedelta(seconds=1)


@pytest.mark.parametrize("skew", [timedelta(0), 4 * MINUTE, -4 * MINUTE])
def test_clock_that_is_nearly_right_is_not(skew):
    assert skew_of(START, [Given(1, skew), Given(12, skew, waited=10 * MINUTE)]) is None


def test_answers_that_waited_for_a_network_do_not_make_a_clock_wrong():
    assert skew_of(START, [Given(9, waited=8 * MINUTE), Given(9, waited=timedelta(0))]) is None


def test_clock_that_was_put_back_meanwhile_is_told():
    assert skew_of(START, [Given(1), Given(2, -YEARS)]) < -YEARS + 3 * MINUTE


def test_of_two_devices_the_one_that_is_further_off_is_told():
    given = [Given(1, 9 * MINUTE), Given(2, -YEARS, device=LAPTOP)]

    assert skew_of(START, given) < -YEARS + MINUTE


@given(
    st.timedeltas(-YEARS, YEARS),
    st.lists(st.tuples(st.floats(0, 25), st.floats(0, 1)), min_size=1, max_size=8),
)
def test_what_is_said_never_exceeds_what_is_off_and_right_clocks_are_left_alone(skew, answers):
    """An answer waits at most since the start; one was sent at once."""
    waiting = [Given(minute, skew, waited=minute * share * MINUTE) for minute, share in answers]
    said = skew_of(START, [*waiting, Given(3, skew, waited=timedelta(0))])

    assert (said is not None) == (abs(skew) > MOST_SKEW)
    assert said is None or said == skew


def test_two_devices_that_say_different_things_are_a_conflict():
    given = [
        Given(1, position=2, response="a"),
        Given(2, position=2, response="b", device=LAPTOP),
        Given(3, position=1, response="a"),
        Given(4, position=1, response="a", device=LAPTOP),
    ]

    assert conflicts_in(given) == [2]


def test_changing_ones_mind_on_one_device_is_none():
    given = [
        Given(1, position=1, response="a", device_seq=1),
        Given(2, position=1, response="b", device_seq=2),
        Given(3, position=1, response="b", device=LAPTOP),
    ]

    assert conflicts_in(given) == []


def test_what_a_device_gave_earlier_and_arrived_later_is_none():
    given = [
        Given(1, response="b", device_seq=2),
        Given(2, response="a", device_seq=1),
        Given(3, response="b", device=LAPTOP),
    ]

    assert conflicts_in(given) == []


def test_page_without_scripts_is_one_device():
    first, second = uuid.uuid4(), uuid.uuid4()
    given = [
        Given(1, response="a", device=first, pk=first),
        Given(2, response="b", device=second, pk=second),
    ]

    assert conflicts_in(given) == []


# --- where it is told


@pytest.fixture
def sitting(cast, tested_course):
    return start(enrol(cast.learner, tested_course), Purpose.PRE)


def twice(sitting) -> int:
    """Answer one question differently on two devices."""
    position = position_of(sitting, "single")
    for response in ("a", "b"):
        save_answer(sitting, answer(sitting, position, response))
    return position


def test_look_back_before_handing_in_names_the_questions(client, cast, sitting):
    position = twice(sitting)

    page = sign_in(client, cast.learner).get(f"/tests/{sitting.uuid}/review/").content.decode()

    assert "answered differently on two devices" in page
    assert f'href="/tests/{sitting.uuid}/{position}/">Question {position}</a>' in page


def test_look_back_says_nothing_where_all_agree(client, cast, sitting):
    for _device in "ab":
        save_answer(sitting, answer(sitting, position_of(sitting, "single"), "a"))

    page = sign_in(client, cast.learner).get(f"/tests/{sitting.uuid}/review/").content.decode()

    assert "on two devices" not in page


@pytest.mark.parametrize("sittings", [1, 3])
def test_remarks_take_one_query(cast, tested_course, django_assert_num_queries, sittings):
    people = [cast.learner, cast.outsider, cast.trainer][:sittings]
    started = [start(enrol(user, tested_course), Purpose.PRE) for user in people]
    for one in started:
        twice(one)
        hand_in(one, None)
        one.refresh_from_db()

    with django_assert_num_queries(1):
        found = remarks_on(started)

    assert {pk: len(one.conflicts) for pk, one in found.items()} == {s.pk: 1 for s in started}
