"""R12: a whole class, or a whole country, sits down at the same hour."""

import http.client
import random
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from tests.drills.clients import Action, envelope, post, turns
from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.sizes import FORM, ON_BOTH_DATABASES, SIZES
from tests.drills.test_outages import get
from tests.drills.test_phones import address_of

pytestmark = ON_BOTH_DATABASES

ON_A_FILE = 50  # people at once that SQLite has to bear; PostgreSQL has to bear all
# Of what people ask, so many of twenty.
MIX = {"save": 14, "read": 2, "look back": 1, "lesson": 3}
PATIENCE = 30.0  # seconds that somebody waits for an answer
NO_ANSWER = 599  # what stands for a request that got none


@dataclass(frozen=True)
class Asked:
    what: str
    status: int
    seconds: float


@dataclass
class Person:
    """Reads, answers and looks around at the speed of people, as long as the hour lasts."""

    port: int
    who: dict[str, Any]
    chance: random.Random
    seq: int = 0

    def work(self, ends: float, think: tuple[float, float]) -> list[Asked]:
        asked = [self.ask("read", self.read)]
        steps = dict(zip(MIX, (self.save, self.read, self.look_back, self.lesson), strict=True))
        while time.monotonic() < ends:
            time.sleep(self.chance.uniform(*think))
            what = self.chance.choices(list(MIX), list(MIX.values()))[0]
            asked.append(self.ask(what, steps[what]))
        return [*asked, self.ask("hand in", self.hand_in), self.ask("result", self.result)]

    def save(self) -> int:
        action = next(self.answers)
        self.seq += 1
        sent = envelope(action, self.who["sitting"], self.seq)  # as good a name as any
        return self.post(f"/tests/{action.sitting}/{action.position}/", action.fields | sent)

    @cached_property
    def answers(self) -> Iterator[Action]:
        rounds = (turns(self.who, 20, 0, self.chance.randrange(9999)) for _round in count())
        return (action for one in rounds for (action,) in one)

    def hand_in(self) -> int:
        return self.post(f"/tests/{self.who['sitting']}/hand-in/", {})

    def result(self) -> int:
        return self.get(f"/tests/{self.who['sitting']}/result/")

    def ask(self, what: str, step: Callable[[], int]) -> Asked:
        began = time.monotonic()
        try:
            status = step()
        except (OSError, http.client.HTTPException):
            status = NO_ANSWER
        return Asked(what, status, time.monotonic() - began)

    def get(self, path: str) -> int:
        return get(self.port, path, self.who["session"])[0]

    def post(self, path: str, fields: dict[str, Any]) -> int:
        headers = {"Accept": "application/json"}
        return post(self.port, path, self.who["session"], fields, PATIENCE, **headers).status

    def read(self) -> int:
        return self.get(address_of(self.who, 1 + self.chance.randrange(20)))

    def look_back(self) -> int:
        return self.get(f"/tests/{self.who['sitting']}/review/")

    def lesson(self) -> int:
        return self.get("/courses/drilled/first/")


def milliseconds(asked: list[Asked], what: str = "") -> int:
    """How long 95 of 100 requests took at most."""
    times = [one.seconds for one in asked if not what or one.what == what]
    return round(1000 * statistics.quantiles(times, n=20, method="inclusive")[-1])


def hour(ground: Ground, people: list[dict[str, Any]], seconds: float) -> list[Asked]:
    """What everybody asked for; they begin one after the other within the first tenth."""
    think = (1.0, 5.0) if FORM == "long" else (0.0, 0.1)
    with ground.serving(), ThreadPoolExecutor(len(people)) as pool:
        began = time.monotonic()

        def one(number: int) -> list[Asked]:
            time.sleep(seconds / 10 * number / len(people))
            person = Person(ground.port, people[number], random.Random(number))
            return person.work(began + seconds, think)

        return [asked for found in pool.map(one, range(len(people))) for asked in found]


def test_nobody_is_turned_away(ground: Ground, sown: dict[str, Any]):
    figures = Figures("R12", ground.database)
    people = sown["hour"][: ON_A_FILE if ground.database == "sqlite" else None]

    asked = hour(ground, people, SIZES.seconds)

    refused = [one for one in asked if one.status >= 500]
    assert refused == []
    assert {one.status for one in asked} <= {200, 302}
    # Everybody reads first, hands in and looks at the result; what stands between is the hour.
    assert len(asked) > 3 * len(people)
    assert {"read", "save", "hand in", "result"} <= {one.what for one in asked}
    figures.write(
        people=len(people),
        requests=len(asked),
        p95_ms=milliseconds(asked),
        p95_ms_of_saving=milliseconds(asked, "save"),
        failed=len(refused),
    )
