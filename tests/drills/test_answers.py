"""R1: over a bad line and through killed servers no acknowledged answer is lost or doubled, each
test is handed in and marked once, and its mark is what its answers come to."""

import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from tests.drills.clients import Acknowledged, Again, Device, as_if_new, the_same, turns
from tests.drills.figures import Figures
from tests.drills.ground import Ground, Server
from tests.drills.lossy import FATES, LossyLine
from tests.drills.replaying import replay
from tests.drills.sizes import ON_BOTH_DATABASES, SIZES

pytestmark = ON_BOTH_DATABASES

QUESTIONS, CHANGES = 20, 5  # of each learner
LOSS = 0.05  # of all requests; the control has a far worse line, to need few of them
CONTROL_LOSS, CONTROL_QUESTIONS, CONTROL_CHANGES = 0.6, 8, 7


@dataclass(frozen=True)
class Findings:
    """What became of acknowledged answers and of their tests; all numbers are to be 0."""

    lost: int
    doubled: int
    changed: int
    outdated: int  # positions where another than the last answer is in force
    not_ended_once: int  # tests handed in or marked never, or more than once
    other_marks: int  # tests whose mark is not what their answers come to


def compare(done: list[Acknowledged], found: dict[str, Any], ends: dict[str, Any]) -> Findings:
    """`found` and `ends` as `counting.answers` and `counting.ends` return them.

    Actions are told by when they were captured, which every retry says alike: an answer that was
    stored again under another id is found, too.
    """
    stored = {row["id"]: row["response"] for row in found["stored"]}
    times = Counter(
        (row["sitting"], datetime.fromisoformat(row["captured"])) for row in found["stored"]
    )
    last = {(a.action.sitting, a.action.position): a for a in sorted(done, key=moment)}
    in_force = found["in_force"]
    return Findings(
        lost=sum(a.id not in stored for a in done),
        doubled=sum(count - 1 for count in times.values()),
        changed=sum(a.id in stored and stored[a.id] != a.action.response for a in done),
        outdated=sum(in_force[s].get(str(position)) != a.id for (s, position), a in last.items()),
        not_ended_once=sum(not ended_once(end) for end in ends["sittings"].values()),
        other_marks=sum(
            run != replay(end["paper"], ends["versions"], said_in(sitting, last))
            for sitting, end in ends["sittings"].items()
            for run in end["runs"]
        ),
    )


def moment(acknowledged: Acknowledged) -> datetime:
    return acknowledged.action.captured


def ended_once(end: dict[str, Any]) -> bool:
    return end["handed_in_by"] == "person" and len(end["runs"]) == 1


def said_in(sitting: str, last: dict[tuple[str, int], Acknowledged]) -> dict[int, Any]:
    return {position: a.action.response for (s, position), a in last.items() if s == sitting}


def out_of_order(stored: list[dict[str, Any]]) -> int:
    """Answers that were stored after one which the same device gave later."""
    rows = sorted(stored, key=lambda row: (row["device"], row["received"]))
    late = 0
    for _device, group in groupby(rows, key=lambda row: row["device"]):
        newest = 0
        for row in group:
            late += row["seq"] < newest
            newest = max(newest, row["seq"])
    return late


def work_off(devices: deque[Device], done: list[Acknowledged]) -> None:
    """Give one device after the other its turn, until all have handed in."""
    while devices:
        try:
            device = devices.popleft()
        except IndexError:
            return  # the last ones are in the hands of others
        if device.go_on(done):
            devices.append(device)


def all_sit(
    devices: list[Device],
    senders: int,
    meanwhile: Callable[[list[Acknowledged]], None] = lambda done: None,
) -> list[Acknowledged]:
    """All sittings go on at the same time, `senders` of them sending at any moment."""
    done: list[Acknowledged] = []
    waiting = deque(devices)
    with ThreadPoolExecutor(senders) as pool:
        working: list[Future[None]] = [
            pool.submit(work_off, waiting, done) for _sender in range(senders)
        ]
        meanwhile(done)
    for work in working:
        work.result()
    return done


def devices_of(
    learners: list[dict[str, Any]], port: int, again: Again, questions: int, changes: int
) -> list[Device]:
    return [
        Device(port, who["session"], who["sitting"], turns(who, questions, changes, seed), again)
        for seed, who in enumerate(learners)
    ]


def killing(server: Server, kills: int, answers: int) -> Callable[[list[Acknowledged]], None]:
    """Kills the server and starts it again, at even distances on the way to `answers`."""

    def kill(done: list[Acknowledged]) -> None:
        for number in range(1, kills + 1):
            due = answers * number // (kills + 1)
            ends = time.monotonic() + 120
            while len(done) < due and time.monotonic() < ends:
                time.sleep(0.005)
            server.kill()
            server.start()

    return kill


def test_no_acknowledged_answer_is_lost_or_doubled(ground: Ground, sown: dict[str, Any]):
    figures = Figures("R1", ground.database)
    learners = sown["learners"]
    answers = SIZES.learners * (QUESTIONS + CHANGES)
    with ground.serving() as server, LossyLine(ground.port, LOSS, seed=1) as line:
        devices = devices_of(learners, line.port, the_same, QUESTIONS, CHANGES)
        done = all_sit(devices, SIZES.senders, killing(server, SIZES.kills, answers))
    sittings = [who["sitting"] for who in learners]
    found = ground.run("counting.answers", sittings=sittings)
    ends = ground.run("counting.ends", sittings=sittings)

    findings = compare(done, found, ends)
    assert findings == Findings(0, 0, 0, 0, 0, 0)
    assert len(done) == len(found["stored"]) == answers
    assert len(ends["sittings"]) == SIZES.learners
    assert found["integrity"] == "ok"
    assert all(line.happened[fate] for fate in FATES), line.happened
    late = out_of_order(found["stored"])
    assert late > 0
    figures.write(
        learners=SIZES.learners,
        answers=len(done),
        kills=SIZES.kills,
        disturbed=line.disturbed,
        overtaken=line.happened["overtaken"],
        stored_out_of_order=late,
        retries=sum(a.tries - 1 for a in done),
        **asdict(findings),
    )


def test_control_new_ids_and_ends_without_a_lock_are_found(ground: Ground, sown: dict[str, Any]):
    figures = Figures("R1 control", ground.database)
    learners = sown["control"]
    application = "tests.drills.broken_ends"
    with ground.serving(application), LossyLine(ground.port, CONTROL_LOSS, seed=2) as line:
        devices = devices_of(learners, line.port, as_if_new, CONTROL_QUESTIONS, CONTROL_CHANGES)
        for device in devices:
            device.ends_at = ground.port  # or only chance would have both presses meet
        done = all_sit(devices, len(devices))
    sittings = [who["sitting"] for who in learners]
    found = ground.run("counting.answers", sittings=sittings)

    findings = compare(done, found, ground.run("counting.ends", sittings=sittings))
    assert findings.doubled == len(found["stored"]) - len(done) > 0
    assert findings.not_ended_once > 0
    assert findings.other_marks > 0
    figures.write(
        answers=len(done),
        doubled=findings.doubled,
        not_ended_once=findings.not_ended_once,
        other_marks=findings.other_marks,
    )
