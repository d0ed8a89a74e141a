"""R6: three devices answer one test. Whatever is lost, repeated or overtaken on the way, nothing
that was acknowledged is lost or doubled, all readers find the same answers in force, and every
question that two devices answered differently is told.
"""

import random
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from learning.attempts.models import Answer, Sitting
from learning.attempts.noticing import conflicts_in
from learning.attempts.scoring import in_force
from learning.attempts.taking import Refused, hand_in, save_answer, start
from modules.courses.models import CoursePage
from modules.papers.models import Purpose
from modules.questions.models import QuestionVersion
from tests.drills.figures import Figures
from tests.drills.replaying import replay
from tests.drills.sizes import ON_BOTH_DATABASES, SIZES
from tests.learning.attempts.sitting import answer, enrol, make_tested_course

pytestmark = ON_BOTH_DATABASES

COURSE = "synced"
SAID = {1: ["a", "b", None], 2: [["a"], ["a", "c"], None], 3: ["73.3", "1", None]}

# --- a history: what three people's devices, or one person's three, go through


@dataclass(frozen=True)
class Event:
    """`what`: "give" an answer, "send" one of those that wait, or "repeat" one that was stored.

    Of what is sent, `fate` says: "well", "lost", or "unheard" (stored, but no word came back).
    `which` chooses among those that could be sent next, or have been.
    """

    what: str
    device: int
    position: int = 1
    response: int = 0
    which: int = 0
    fate: str = "well"
    second_tab: bool = False  # counts like the first one, which it does not know of
    at_once: bool = False  # arrives at the same moment as the one before


devices = st.integers(0, 2)
EVENTS = st.lists(
    st.one_of(
        st.builds(
            Event,
            st.just("give"),
            devices,
            position=st.integers(1, 3),
            response=st.integers(0, 2),
            second_tab=st.booleans(),
        ),
        st.builds(
            Event,
            st.just("send"),
            devices,
            which=st.integers(0, 2),
            fate=st.sampled_from(["well", "lost", "unheard"]),
            at_once=st.booleans(),
        ),
        st.builds(Event, st.just("repeat"), devices, which=st.integers(0, 20)),
    ),
    min_size=12,
    max_size=40,
)


@dataclass
class Device:
    """A browser: its name, its count, and what waits there until it is acknowledged."""

    name: uuid.UUID = field(default_factory=uuid.uuid4)
    seq: int = 0
    waiting: list[Answer] = field(default_factory=list)


@dataclass
class History:
    """Plays events against the database and keeps what every device was told."""

    sitting: Sitting
    now: datetime
    devices: list[Device] = field(default_factory=lambda: [Device() for _n in range(3)])
    acknowledged: dict[uuid.UUID, Answer] = field(default_factory=dict)
    arrived: list[Answer] = field(default_factory=list)  # each once, in the order of arrival

    def play(self, events: Iterable[Event]) -> "History":
        for event in events:
            getattr(self, event.what)(event, self.devices[event.device])
        for device in self.devices:  # at last all of them have a network
            while device.waiting:
                self.send(Event("send", 0), device)
        return self

    def give(self, event: Event, device: Device) -> None:
        device.seq += 0 if event.second_tab and device.seq else 1
        said = SAID[event.position][event.response]
        given = answer(self.sitting, event.position, said, seq=device.seq, device=device.name)
        device.waiting.append(given)

    def send(self, event: Event, device: Device) -> None:
        if not device.waiting or event.fate == "lost":
            return
        given = device.waiting[min(event.which, len(device.waiting) - 1)]
        if self.arrive(given, at_once=event.at_once) and event.fate == "well":
            device.waiting.remove(given)
            self.acknowledged[given.pk] = given

    def arrive(self, given: Answer, *, at_once: bool = False) -> bool:
        """Whether it was stored; one that was counted twice takes a name of its own, as the page
        does, and waits on."""
        self.now += timedelta(0) if at_once else timedelta(milliseconds=1)
        try:
            save_answer(self.sitting, as_sent(given), self.now)
        except Refused as refused:
            if refused.code != "sequence":
                raise
            given.device, given.device_seq = uuid.uuid4(), 1
            return False
        if given.pk not in [one.pk for one in self.arrived]:
            given.received_at = self.now
            self.arrived.append(given)
        return True

    def repeat(self, event: Event, device: Device) -> None:
        """A copy comes out of the network, long after the original."""
        if self.arrived:
            assert self.arrive(self.arrived[event.which % len(self.arrived)])


def as_sent(given: Answer) -> Answer:
    """Every try is a new object with the same id, as every request is."""
    facts = {"fact_id": given.pk, "device": given.device, "seq": given.device_seq}
    return answer(given.sitting, given.position, given.response, **facts)


# --- what must come of it, said a second time


def expected_in_force(arrived: Iterable[Answer]) -> dict[int, uuid.UUID]:
    """Of each device what it gave last; of the devices the one whose last answer came last."""
    chosen: dict[int, Answer] = {}
    for (position, _device), last in last_of_devices(arrived).items():
        known = chosen.get(position)
        if known is None or arrival(known) < arrival(last):
            chosen[position] = last
    return {position: one.pk for position, one in chosen.items()}


def last_of_devices(arrived: Iterable[Answer]) -> dict[tuple[int, uuid.UUID], Answer]:
    in_order = sorted(arrived, key=lambda one: one.device_seq)
    return {(one.position, one.device): one for one in in_order}


def arrival(given: Answer) -> tuple[datetime, str]:
    return given.received_at, str(given.device)


def expected_conflicts(arrived: Iterable[Answer]) -> list[int]:
    said: dict[int, set[str]] = {}
    for (position, _device), last in last_of_devices(arrived).items():
        said.setdefault(position, set()).add(repr(last.response))
    return sorted(position for position, different in said.items() if len(different) > 1)


type InForce = Callable[[Iterable[Answer]], Mapping[int, Answer]]


def is_sound(history: History, choose: InForce = in_force) -> bool:
    rows = list(Answer.objects.filter(sitting=history.sitting))
    shuffled = random.Random(1).sample(rows, len(rows))
    expected = expected_in_force(history.arrived)
    return (
        {row.pk for row in rows} == {one.pk for one in history.arrived}
        and set(history.acknowledged) <= {row.pk for row in rows}
        and all(row.response == history_of(history, row).response for row in rows)
        and {position: one.pk for position, one in choose(rows).items()} == expected
        and {position: one.pk for position, one in choose(shuffled).items()} == expected
        and conflicts_in(rows) == expected_conflicts(history.arrived)
    )


def history_of(history: History, row: Answer) -> Answer:
    return next(one for one in history.arrived if one.pk == row.pk)


# --- the drill


@pytest.fixture(scope="module")
def _course(made_once) -> None:
    make_tested_course(COURSE, kinds=("single", "multiple", "numeric"), attempts=30_000)


@pytest.fixture
def first(db, _course, cast) -> Sitting:
    page = CoursePage.objects.get(slug=COURSE, locale__language_code="en")
    return start(enrol(cast.learner, page), Purpose.PRE)


@dataclass
class Sittings:
    """A sitting of the same paper for each history."""

    first: Sitting
    made: int = 1

    def another(self) -> History:
        Sitting.objects.filter(handed_in_at=None).update(
            handed_in_at=self.first.started_at, handed_in_by="person"
        )
        self.made += 1
        sitting = Sitting.objects.get(pk=self.first.pk)
        sitting.pk, sitting.uuid, sitting.attempt_no = None, uuid.uuid4(), self.made
        sitting.handed_in_at, sitting.handed_in_by = None, ""
        sitting.save(force_insert=True)
        return History(sitting, sitting.started_at)


def quietly(histories: int) -> settings:
    return settings(
        max_examples=histories,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def test_three_devices_converge_and_lose_nothing(first):
    figures, sittings = Figures("R6", connection.vendor), Sittings(first)
    versions = {f"{v.key}.{v.n}": v.content for v in QuestionVersion.objects.all()}
    counts = {"histories": 0, "answers": 0, "conflicts": 0}

    @quietly(SIZES.histories)
    @given(EVENTS)
    def converge(events: list[Event]) -> None:
        history = sittings.another().play(events)
        assert is_sound(history)
        hand_in(history.sitting, None, history.now)
        run = history.sitting.scoring_runs.get()
        assert replay(first.paper, versions, said_in(history))["got"] == [run.num, run.den]
        counts["histories"] += 1
        counts["answers"] += len(history.arrived)
        counts["conflicts"] += len(expected_conflicts(history.arrived))

    converge()
    assert min(counts.values()) > 0
    figures.write(**counts, lost=0, doubled=0, untold=0)


def said_in(history: History) -> dict[int, Any]:
    chosen = expected_in_force(history.arrived).values()
    return {one.position: one.response for one in history.arrived if one.pk in chosen}


def as_they_arrive(answers: Iterable[Answer]) -> dict[int, Answer]:
    """The fault to be found: whatever arrived last counts, however late it is."""
    return {one.position: one for one in sorted(answers, key=lambda one: one.received_at)}


def test_control_counting_what_arrived_last_is_found(first):
    sittings = Sittings(first)

    events = find(
        EVENTS,
        lambda events: not is_sound(sittings.another().play(events), as_they_arrive),
        settings=settings(quietly(500), phases=[Phase.generate]),
        random=random.Random(1),
    )

    assert len([event for event in events if event.what == "give"]) >= 2
