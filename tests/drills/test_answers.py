"""R1: over a bad line and through killed servers no acknowledged answer is lost or doubled."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.drills.clients import Acknowledged, Again, actions, answer_all, as_if_new, the_same
from tests.drills.figures import Figures
from tests.drills.ground import Ground, Server
from tests.drills.lossy import LossyLine
from tests.drills.sizes import ON_BOTH_DATABASES, SIZES

pytestmark = ON_BOTH_DATABASES

LOSS = 0.05  # of all requests; the control has a far worse line, to need few of them
CONTROL_LOSS, CONTROL_ANSWERS = 0.6, 60


@dataclass(frozen=True)
class Findings:
    """What became of acknowledged answers; all numbers are to be 0."""

    lost: int
    doubled: int
    changed: int
    outdated: int  # positions where another than the last answer is in force


def compare(done: list[Acknowledged], found: dict[str, Any]) -> Findings:
    """`found` as `counting.answers` returns it.

    Actions are told by when they were captured, which every retry says alike: an answer that was
    stored again under another id is found, too.
    """
    stored = {row["id"]: row["response"] for row in found["stored"]}
    times = Counter(
        (row["sitting"], datetime.fromisoformat(row["captured"])) for row in found["stored"]
    )
    last = {(a.action.sitting, a.action.position): a.id for a in sorted(done, key=moment)}
    in_force = found["in_force"]
    return Findings(
        lost=sum(a.id not in stored for a in done),
        doubled=sum(count - 1 for count in times.values()),
        changed=sum(a.id in stored and stored[a.id] != a.action.response for a in done),
        outdated=sum(in_force[s].get(str(position)) != id_ for (s, position), id_ in last.items()),
    )


def moment(acknowledged: Acknowledged) -> datetime:
    return acknowledged.action.captured


def answer_at_once(
    learners: list[dict[str, Any]],
    answers: int,
    port: int,
    again: Again,
    meanwhile: Callable[[list[Acknowledged]], None] = lambda done: None,
) -> list[Acknowledged]:
    """All learners answer, together `answers` times; returns what was acknowledged to them."""
    done: list[Acknowledged] = []
    shares = [len(range(n, answers, len(learners))) for n in range(len(learners))]
    with ThreadPoolExecutor(len(learners)) as pool:
        working: list[Future[None]] = [
            pool.submit(answer_all, port, who["session"], actions(who, share, seed), done, again)
            for seed, (who, share) in enumerate(zip(learners, shares, strict=True))
        ]
        meanwhile(done)
    for work in working:
        work.result()
    return done


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
    learners = sown["learners"][: SIZES.learners]
    with ground.serving() as server, LossyLine(ground.port, LOSS, seed=1) as line:
        kill = killing(server, SIZES.kills, SIZES.answers)
        done = answer_at_once(learners, SIZES.answers, line.port, the_same, kill)
    found = ground.run("counting.answers", sittings=[who["sitting"] for who in learners])

    findings = compare(done, found)
    assert findings == Findings(lost=0, doubled=0, changed=0, outdated=0)
    assert len(done) == len(found["stored"]) == SIZES.answers
    assert found["integrity"] == "ok"
    disturbed = line.happened.total() - line.happened["well"]
    assert disturbed > 0
    figures.write(
        answers=len(done),
        kills=SIZES.kills,
        disturbed=disturbed,
        retries=sum(a.tries - 1 for a in done),
        lost=findings.lost,
        doubled=findings.doubled,
    )


def test_control_new_id_at_each_retry_is_found(ground: Ground, sown: dict[str, Any]):
    figures = Figures("R1 control", ground.database)
    learners = sown["learners"][SIZES.learners :]
    with ground.serving(), LossyLine(ground.port, CONTROL_LOSS, seed=2) as line:
        done = answer_at_once(learners, CONTROL_ANSWERS, line.port, as_if_new)
    found = ground.run("counting.answers", sittings=[who["sitting"] for who in learners])

    findings = compare(done, found)
    assert findings.doubled == len(found["stored"]) - len(done) > 0
    figures.write(answers=len(done), doubled=findings.doubled)
