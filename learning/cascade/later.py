"""The test some months after a training session, on paper: which waves it has, and their days.

The record of the session is closed by then. What is typed here changes nothing of it: no pair, no
proposal, no certificate.
"""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.attempts.models import Sitting
from learning.cascade.errors import Refused
from learning.cascade.models import Event
from modules.papers.models import Purpose, Test
from modules.papers.naming import name_of_test, read_test
from modules.papers.waves import OPEN, TO_COME, Wave, wave_after, waves_after
from modules.reference.dates import in_words


def waves_of(event: Event) -> list[Wave]:
    """The waves of the session, counted from its last day; one query."""
    tests = Test.objects.filter(course_code=_course(event), purpose=Purpose.RETENTION)
    test = tests.first()
    if test is None:
        return []
    return waves_after(event.last_day, test.months, test.tolerance_days)


def begun_waves(event: Event, today: dt.date | None = None) -> list[Wave]:
    """Those of them that are open or over; one query."""
    day = today or timezone.localdate()
    return [wave for wave in waves_of(event) if wave.state(day) != TO_COME]


def open_waves(event: Event, today: dt.date | None = None) -> list[Wave]:
    """Those that are open or still to come, for which papers may be printed; one query."""
    day = today or timezone.localdate()
    return [wave for wave in waves_of(event) if wave.closes >= day]


def wave_named(event: Event, name: str) -> Wave | None:
    """The wave of the session that a name of a test stands for; None for another test.

    Also one that the course has no more, of which somebody typed results. One or two queries.
    """
    purpose, months = read_test(name) or ("", 0)
    if purpose != Purpose.RETENTION:
        return None
    found = next((wave for wave in waves_of(event) if wave.months == months), None)
    if found is None and _has_results(event, months):
        return wave_after(event.last_day, months, 0)
    return found


def _has_results(event: Event, months: int) -> bool:
    sat = Sitting.objects.handed_in().filter(enrolment__cohort=event.cohort_id, wave=months)
    return sat.exists()


def name_of_wave(wave: Wave) -> str:
    return name_of_test(Purpose.RETENTION, wave.months)


def usual_day(wave: Wave, today: dt.date | None = None) -> dt.date:
    """The day that the page begins with: today, or of a wave that is over its due day."""
    day = today or timezone.localdate()
    return wave.due if wave.state(day) != OPEN else day


def check_day(wave: Wave, day: dt.date | None, today: dt.date | None = None) -> dt.date:
    """The day on which the test was taken. Raises `Refused` for one outside of the wave."""
    last = min(wave.closes, today or timezone.localdate())
    if day is None or not wave.opens <= day <= last:
        raise Refused(
            _("Say on which day this test was taken: from {first} to {last}.").format(
                first=_said(wave.opens), last=_said(last)
            )
        )
    return day


def _said(day: dt.date) -> str:
    return in_words(day.isoformat(), get_language() or "en")


def _course(event: Event) -> str:
    return event.cohort.course_version.course.code


def names_of(waves: Sequence[Wave]) -> list[str]:
    return [name_of_wave(wave) for wave in waves]
