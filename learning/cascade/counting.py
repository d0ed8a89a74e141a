"""What counts as training: a verified session that is long enough, attended for long enough.

The limits are settings of the programme: `min_training_hours` (default 6) and `min_attendance` in
per cent (default 80). Source: counting rules of the programme's results framework.
"""

from learning.cascade.attending import Attendance
from learning.cascade.models import Event, EventFact
from learning.certificates.awarding import reaches
from learning.people.models import Programme

MIN_TRAINING_HOURS = 6
MIN_ATTENDANCE = 80  # per cent of the minutes offered


def least_minutes(programme: Programme) -> int:
    """Minutes that a session must offer to count as training; shorter ones only reach people."""
    return int(programme.settings.get("min_training_hours", MIN_TRAINING_HOURS) * 60)


def is_training(event: Event) -> bool:
    """Whether the session is long enough to train; its state is another matter."""
    return event.minutes >= least_minutes(event.cohort.programme)


def was_trained(event: Event, attendance: Attendance) -> bool:
    """Whether a participant with this attendance counts as trained."""
    settings = event.cohort.programme.settings
    least = settings.get("min_attendance", MIN_ATTENDANCE)
    is_verified = event.state == EventFact.What.VERIFIED  # type: ignore[attr-defined]
    return is_verified and is_training(event) and reaches(attendance.share, least)
