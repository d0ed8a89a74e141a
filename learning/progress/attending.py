"""Attendance of a self-paced course."""

from fractions import Fraction

from learning.enrolment.models import Enrolment
from learning.progress.recording import steps_done


def attendance(enrolment: Enrolment) -> Fraction:
    """Notional minutes of the lessons marked done / of all lessons of the course version.

    In [0, 1]; one query when the course version is loaded. A version without lessons is attended
    by nobody: 0.
    """
    minutes = enrolment.cohort.course_version.lesson_minutes
    return share_attended(minutes, steps_done(enrolment))


def share_attended(minutes: dict[str, int], done: set[str]) -> Fraction:
    """The share of `minutes` (by lesson) that belongs to the lessons in `done`."""
    total = sum(minutes.values())
    attended = sum(spent for key, spent in minutes.items() if key in done)
    return Fraction(attended, total) if total else Fraction(0)
