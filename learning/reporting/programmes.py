"""The page of a programme: four figures, provinces against the plan, generations, e-learning.

Built once by `programme_report`, concealed where the reader is a viewer, and shown alike by page,
CSV, XLSX and PDF.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.enrolment.models import Cohort
from learning.people.models import Programme
from learning.people.roles import AnyUser
from learning.reporting.asking import Asked, Reach
from learning.reporting.completing import completion_table
from learning.reporting.concealing import Counted, conceal, count_or_words, is_few
from learning.reporting.cutting import MINE
from learning.reporting.figures import Figure, figures_of
from learning.reporting.gathering import Line, gather
from learning.reporting.lineage import Lineage, Session, by_generation, lineage_of
from learning.reporting.periods import Period
from learning.reporting.permissions import paths_planned_for
from learning.reporting.planning import plan_of
from learning.reporting.provinces import Province, provinces_of, provinces_table
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table
from learning.reporting.training import Training, training_of


@dataclass(frozen=True)
class Report:
    """Everything that the page of a programme shows. `lines` are those of all times.

    `is_part` says that the reader sees her own scope only, not the whole programme.
    """

    programme: Programme
    is_part: bool
    asked: Asked
    training: Training
    figures: list[Figure]
    not_included: list[str]
    provinces: list[Province]
    by_province: Table
    lineage: Lineage
    by_generation: Table
    elearning: Table
    lines: Sequence[Line]

    @property
    def tables(self) -> list[Table]:
        return [self.by_province, self.by_generation, self.elearning]


def programme_report(user: AnyUser, programme: Programme, reach: Reach, within: Period) -> Report:
    """What `user` may know of a programme in a period; ten queries at most.

    `reach` is what `reach_of` says of both.
    """
    asked = sessions_of(reach, programme, within)
    lines = gather(reach.enrolments, reach.groups)
    training = training_of(asked, lines)
    paths = paths_planned_for(user, programme)
    plan = plan_of(programme, within.year, paths)
    provinces = provinces_of(training, plan)
    lineage = lineage_of([g for g in reach.groups if g.in_scope], lines, within.last)
    return Report(
        programme=programme,
        is_part=programme.area.path not in paths,
        asked=asked,
        training=training,
        figures=figures_of(training, plan, provinces[-1]),
        not_included=not_included(training),
        provinces=provinces,
        by_province=provinces_table(training, provinces, plan),
        lineage=lineage,
        by_generation=generations_table(asked, lineage),
        elearning=elearning_table(asked, lines),
        lines=lines,
    )


def sessions_of(reach: Reach, programme: Programme, within: Period) -> Asked:
    """The training sessions of a programme that are counted for the reader."""
    chosen = {"programme": programme.code, "way": str(Cohort.Kind.EVENT), "scope": MINE}
    return Asked(reach, chosen, within)


def figures_beside(user: AnyUser, asked: Asked, lines: Sequence[Line]) -> list[Figure]:
    """The figures of a programme with their targets, to stand beside the completion of its courses.

    None where people are filtered further: a part of them has no target. Two queries.
    """
    found = [one.programme for one in asked.reach.groups if asked.has(one)]
    if not (asked.reach.exact and asked.period and set(asked.chosen) == {"programme"} and found):
        return []
    programme = found[0]
    training = training_of(sessions_of(asked.reach, programme, asked.period), lines)
    plan = plan_of(programme, asked.period.year, paths_planned_for(user, programme))
    return figures_of(training, plan, provinces_of(training, plan)[-1])


def elearning_table(asked: Asked, lines: Sequence[Line]) -> Table:
    """Completion of the courses people take by themselves, a line for each course."""
    chosen = {"programme": asked.chosen["programme"], "way": str(Cohort.Kind.SELF_PACED)}
    of_period = Asked(asked.reach, chosen, asked.period)
    return completion_table(of_period, "course", lines=of_period.among(lines))


def generations_table(asked: Asked, lineage: Lineage) -> Table:
    """Sessions of the period and their people, by how many trainings lie before them.

    Of the period alone: of two tables that each begin with the first session, a viewer could
    subtract one from the other.
    """
    within = asked.period
    held = [one for one in lineage.sessions if within is None or one.last_day in within]
    found = by_generation(held)
    people = [frozenset().union(*(one.people for one in own)) for own in found.values()]
    everybody: frozenset[int] = frozenset().union(*people)
    counted = Counted([len(own) for own in people], len(everybody))
    shown: list[int | None] = [*counted.whole, counted.whole_total]
    if not asked.reach.exact:
        hidden = conceal(counted)
        shown = [*hidden.whole, hidden.whole_total]
    rows = [
        _generation_row(_generation(n), own, count)
        for (n, own), count in zip(found.items(), shown, strict=False)
    ]
    total = _generation_row(_("All"), held, shown[-1], Level.TOTAL)
    return Table(
        name="generations",
        title=_("By generation"),
        columns=(
            Column("generation", _("Generation"), Kind.TEXT),
            Column("sessions", _("Sessions")),
            Column("trainers", _("Lead trainers")),
            Column("people", _("People trained")),
        ),
        rows=(*rows, total),
        about=asked.in_words(),
        notes=(
            _(
                "A session led by somebody who was trained in a session of generation 0 is of"
                " generation 1, and so on."
            ),
        ),
    )


def _generation(number: int | None) -> str:
    if number is None:
        return _("Led by somebody whose training as a trainer is not on record")
    return _("Generation {n}").format(n=number)


def _generation_row(
    label: str, sessions: Sequence[Session], people: int | None, level: Level = Level.BODY
) -> Row:
    leads = {one.lead for one in sessions if one.lead is not None}
    values = (label, len(sessions), len(leads), count_or_words(people))
    return Row(tuple(map(Cell, values)), level)


def not_included(training: Training) -> list[str]:
    """What the figures leave out, in sentences."""
    return list(_left_out(training))


def _left_out(training: Training) -> Iterator[str]:
    headcounts, waiting = training.counted_only, training.waiting
    exact = training.asked.reach.exact
    if headcounts:
        yield ngettext(
            "{n} session in which people were only counted ({people}).",
            "{n} sessions in which people were only counted ({people}).",
            len(headcounts),
        ).format(n=len(headcounts), people=_people(training.counted, exact=exact))
    if waiting:
        yield ngettext(
            "{n} session not yet verified ({people}).",
            "{n} sessions not yet verified ({people}).",
            len(waiting),
        ).format(n=len(waiting), people=_people(training.enrolled_in(waiting), exact=exact))
    if training.reached and exact:
        yield ngettext(
            "{n} person who was there, but not for long enough to count as trained.",
            "{n} people who were there, but not for long enough to count as trained.",
            training.reached,
        ).format(n=training.reached)


def _people(n: int, *, exact: bool) -> str:
    if not exact and is_few(n):
        return _("fewer than five people")
    return ngettext("{n} person", "{n} people", n).format(n=n)
