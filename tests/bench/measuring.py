"""Measuring scenarios and yardsticks in turn, so that all of them meet the same machine."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from statistics import median

from tests.bench.served import Reply, Server, Visitor

ROUNDS = 5
CROWDS = (1, 8, 32)  # people at a time
SECONDS = 2.0  # for each crowd


@dataclass
class Scenario:
    """`act` does once what is measured and returns its replies; `visitor` gives who does it next.

    `times` is how often it is done in a round; `aim` its cost in plain pages.
    """

    name: str
    visitor: Callable[[], Visitor]
    act: Callable[[Visitor], Sequence[Reply]]
    times: int = 40
    aim: float | None = None


@dataclass
class Measured:
    scenario: Scenario
    cpu: list[float] = field(default_factory=list)  # seconds, one a round
    queries: int = 0
    octets: int = 0
    peak: int = 0  # MB
    per_second: dict[int, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return median(self.cpu)


def measure_all(
    server: Server, scenarios: Sequence[Scenario], say: Callable[[str], None]
) -> list[Measured]:
    """Every scenario in every round, one after the other; then each by a crowd."""
    found = [Measured(scenario) for scenario in scenarios]
    for one in found:
        say(f"{one.scenario.name} …")
        look_once(server, one)
    for number in range(1, ROUNDS + 1):
        say(f"round {number} of {ROUNDS} …")
        for one in found:
            one.cpu.append(cost(server, one.scenario))
    for one in found:
        say(f"many at a time: {one.scenario.name} …")
        one.per_second = {size: rate(one.scenario, size) for size in CROWDS}
    return found


def look_once(server: Server, one: Measured) -> None:
    """Queries, bytes and memory; it also warms up what is warm in daily use."""
    for _ in range(4):  # both workers
        check(one.scenario.act(one.scenario.visitor()))
    server.forget_peaks()
    visitor = one.scenario.visitor()
    visitor.counts_queries = True
    replies = one.scenario.act(visitor)
    visitor.counts_queries = False
    check(replies)
    one.queries = sum(reply.queries or 0 for reply in replies)
    one.octets = sum(reply.octets for reply in replies)
    one.peak = server.peak()


def check(replies: Sequence[Reply]) -> None:
    wrong = [reply for reply in replies if reply.status >= 400]
    if wrong:
        raise RuntimeError(f"Nothing can be measured: {wrong[0]}")


def cost(server: Server, scenario: Scenario) -> float:
    """Seconds of the server's processors for one time."""
    who = [scenario.visitor() for _ in range(scenario.times)]
    before = server.cpu()
    for visitor in who:
        scenario.act(visitor)
    return (server.cpu() - before) / scenario.times


def rate(scenario: Scenario, size: int) -> float:
    """How often it is done in a second by so many people at a time."""
    done, ends = count(), time.monotonic() + SECONDS

    def keep_asking() -> None:
        while time.monotonic() < ends:
            scenario.act(scenario.visitor())
            next(done)

    threads = [threading.Thread(target=keep_asking) for _ in range(size)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return next(done) / (time.monotonic() - began)
