"""What counts as training: a verified session that is long enough, attended for long enough.

The limits are settings of the programme. Source: counting rules of the programme's results
framework.
"""

from learning.cascade.attending import Attendance
from learning.cascade.models import Event, EventFact
from learning.certificates.awarding import reaches
from learning.people.models import Programme
from learning.people.programme_settings import min_attendance, min_training_hours


def least_minutes(programme: Programme) -> int:
    """Minutes that a session must offer to count as training."""
    return int(min_training_hours(programme) * 60)


def is_training(event: Event) -> bool:
    """Whether the session is long enough to train; its state is another matter."""
    return event.minutes >= least_minutes(event.cohort.programme)


def was_trained(event: Event, attendance: Attendance) -> bool:
    """Whether a participant with this attendance counts as trained."""
    least = min_attendance(event.cohort.programme)
    is_verified = event.state == EventFact.What.VERIFIED  # type: ignore[attr-defined]
    return is_verified and is_training(event) and reaches(attendance.share, least)
