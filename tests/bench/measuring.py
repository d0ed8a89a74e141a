"""Measuring an operation and its yardstick in turn, so that both meet the same machine."""

import gc
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Yardstick:
    """Measured before every call of an operation; what counts is the median of the whole run."""

    name: str
    run: Callable[[], object]
    taken: list[float] = field(default_factory=list)  # seconds


@dataclass(frozen=True)
class Operation:
    """`prepare` is not measured; what it returns is what `run` is called with."""

    name: str
    yardstick: Yardstick
    run: Callable[[Any], object]
    prepare: Callable[[], Any] = lambda: None
    times: int = 40


@dataclass(frozen=True)
class Measured:
    operation: Operation
    taken: float  # seconds, median
    queries: int
    memory: int  # of this process afterwards, in MB

    def as_row(self) -> dict[str, Any]:
        """To be asked at the end of the run, when the yardstick knows its length."""
        yardstick = self.operation.yardstick
        length = median(yardstick.taken)
        return {
            "name": self.operation.name,
            "ratio": self.taken / length,
            "yardstick": yardstick.name,
            "milliseconds": self.taken * 1000,
            "yardstick_milliseconds": length * 1000,
            "queries": self.queries,
            "memory": self.memory,
        }


def measure(operation: Operation) -> Measured:
    queries = count_queries(operation)
    taken = []
    for _ in range(operation.times):
        given = operation.prepare()
        operation.yardstick.taken.append(seconds(operation.yardstick.run))
        taken.append(seconds(lambda: operation.run(given)))  # noqa: B023 (called at once)
    return Measured(operation, median(taken), queries, memory_in_use())


def count_queries(operation: Operation) -> int:
    """Of one call that is not measured: it also warms up what is warm in daily use."""
    operation.yardstick.run()
    operation.run(operation.prepare())
    given = operation.prepare()
    with CaptureQueriesContext(connection) as queries:
        operation.run(given)
    return len(queries)


def seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def memory_in_use() -> int:
    """MB that are this process's share of the machine's memory now; 0 where nobody can tell."""
    gc.collect()
    state = Path("/proc/self/statm")
    return int(state.read_text().split()[1]) * PAGE_SIZE // 2**20 if state.exists() else 0


def as_table(rows: Iterable[dict[str, Any]]) -> str:
    lines = [
        "| Operation | Times its yardstick | Yardstick | ms | Yardstick ms | Queries | MB after |",
        "|---|---:|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row['name']} | {row['ratio']:,.1f} | {row['yardstick']} | {row['milliseconds']:,.1f}"
        f" | {row['yardstick_milliseconds']:,.2f} | {row['queries']} | {row['memory']} |"
        for row in rows
    ]
    return "\n".join(lines)
