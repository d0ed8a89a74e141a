"""`python -m tests.bench.statistics`: item analysis of tables of marks, in a process of its own.

Beside the seconds of the processor stands how often a million numbers could be sorted meanwhile, in
the same process: that compares machines.
"""

import json
import resource
import sys
import time
from collections.abc import Callable

import numpy as np

from learning.measurement import items, options

ITEMS, OPTIONS = 20, 4
SIZES = (600, 100_000)  # sittings
AIMS = {600: 1, 100_000: 10}  # seconds, of the whole report
AIM_MB = 500
SORTED = 1_000_000  # numbers
SORTS = 10


def measure() -> dict[str, float]:
    """Milliseconds of both analyses by number of sittings, of one sort, and the peak megabytes."""
    warm = answers(50)
    analyse(*warm)
    found = {f"ms_{size}": timed(lambda size=size: analyse(*answers(size))) for size in SIZES}
    return found | {"sort_ms": sort_ms(), "mb": peak_mb()}


def answers(size: int) -> tuple[np.ndarray, np.ndarray]:
    """(sittings, items) of places of options, and of marks: the first option is right."""
    rng = np.random.default_rng(size)
    ability = rng.normal(size=(size, 1))
    right = ability + rng.normal(size=(size, ITEMS)) > 0
    chosen = np.where(right, 0, rng.integers(1, OPTIONS, (size, ITEMS)))
    return chosen.astype(np.int8), right.astype(float)


def analyse(chosen: np.ndarray, marks: np.ndarray) -> None:
    items.analyse(marks)
    options.analyse(chosen, [0] * ITEMS, marks)


def timed(act: Callable[[], None]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def sort_ms() -> float:
    numbers = np.random.default_rng(0).random(SORTED)
    return timed(lambda: [np.sort(numbers) for _ in range(SORTS)] and None) / SORTS


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def as_line(found: dict[str, float]) -> str:
    """One line for people."""
    sizes = "; ".join(
        f"{size:,} sittings of {ITEMS} items (aim: {AIMS[size]} s): {found[f'ms_{size}']:,.0f} ms,"
        f" as long as {found[f'ms_{size}'] / found['sort_ms']:,.1f} sorts"
        for size in SIZES
    )
    return f"Item analysis, {sizes}; {found['mb']:.0f} MB (aim: {AIM_MB} MB)."


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
