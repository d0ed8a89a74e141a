"""What a programme sets for itself. The JSON may hold more: whoever needs it adds it here."""

from fractions import Fraction

from learning.people.models import Programme

MIN_TRAINING_HOURS = 6  # hours a session must offer to count as training
MIN_ATTENDANCE = 80  # per cent of the minutes offered that make somebody trained
DOUBLE_ENTRY = 10  # per cent of the slips of a test that are typed a second time
MOST_DIFFERING = 2  # per cent of what was typed twice; above it every slip is typed again


def min_training_hours(programme: Programme) -> Fraction:
    """Hours that a session must offer to count as training; shorter ones only reach people."""
    return Fraction(programme.settings.get("min_training_hours", MIN_TRAINING_HOURS))


def min_attendance(programme: Programme) -> int:
    """The least share of the minutes offered that makes somebody trained, in per cent."""
    return programme.settings.get("min_attendance", MIN_ATTENDANCE)


def double_entry(programme: Programme) -> int:
    """The share of the slips of a test on paper that is typed a second time, in per cent."""
    return programme.settings.get("double_entry", DOUBLE_ENTRY)


def most_differing(programme: Programme) -> Fraction:
    """Per cent of what was typed twice that may differ; above it every slip is typed again."""
    return Fraction(programme.settings.get("most_differing", MOST_DIFFERING))
