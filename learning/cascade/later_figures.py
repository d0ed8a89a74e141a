"""What the people of one session still know some months later, wave by wave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import get_language_bidi

from learning.attempts.charting import Line, line_of_three
from learning.attempts.waves import TAKEN
from learning.cascade.figures import Figures, Participant
from learning.cascade.later import waves_of
from learning.cascade.models import Event
from learning.cascade.retained import Retained, waves_in
from learning.cascade.retained_wording import about_missing, cautions_about, told_of
from learning.certificates.awarding import reaches
from modules.papers.models import Purpose
from modules.papers.naming import name_of_test


@dataclass(frozen=True)
class LaterPart:
    """One wave in which somebody was tested again."""

    name: str
    found: Retained[Participant]
    says: str
    cautions: Sequence[str]
    missing: str
    line: Line | None


def later_in_session(event: Event, figures: Figures) -> list[LaterPart]:
    """Every wave in which anybody was tested again; one query."""
    today = timezone.localdate()
    waves = {wave.months: wave for wave in waves_of(event)}
    people = [
        replace(one, states={months: wave.state(today) for months, wave in waves.items()})
        if one.after
        else one
        for one in figures.participants
    ]

    def passes(_one: Participant, share: Fraction) -> bool:
        return reaches(share, figures.pass_mark)

    found = (Retained(months, people, passes) for months in waves_in(people))
    return list(_parts(one for one in found if one.of(TAKEN)))


def _parts(waves: Iterator[Retained[Participant]]) -> Iterator[LaterPart]:
    for one in waves:
        means = one.means
        yield LaterPart(
            name_of_test(Purpose.RETENTION, one.months),
            one,
            told_of(one),
            cautions_about(one),
            about_missing(one) if one.missed else "",
            line_of_three(*means, rtl=get_language_bidi()) if means else None,
        )
