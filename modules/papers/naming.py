"""Tests of a course by one name each, as addresses and papers have it: "pre", "retention-3"."""

import re

from modules.papers.models import Purpose

OF_A_WAVE = re.compile(rf"{Purpose.RETENTION}-([1-9]\d?)")


def name_of_test(purpose: str, wave: int = 0) -> str:
    """The name of the test for a purpose; of the one some months after with the wave."""
    return f"{purpose}-{wave}" if purpose == Purpose.RETENTION else str(purpose)


def read_test(name: str) -> tuple[str, int] | None:
    """Purpose and wave that a name stands for; None for no test. A wave is 0 but of a retention."""
    if match := OF_A_WAVE.fullmatch(name):
        return Purpose.RETENTION.value, int(match[1])
    is_known = name in Purpose.values and name != Purpose.RETENTION
    return (name, 0) if is_known else None
