"""The page of a programme: four figures, provinces against the plan, generations, e-learning.

Built once by `programme_report`, concealed where the reader is a viewer, and shown alike by page,
CSV, XLSX and PDF.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.enrolment.models import Cohort
from learning.people.models import Programme
from learning.people.roles import AnyUser
from learning.reporting.asking import Asked, Reach
from learning.reporting.completing import PEOPLE, completion_table
from learning.reporting.concealing import Counted, conceal, count_or_words, is_few
from learning.reporting.cutting import MINE
from learning.reporting.figures import Figure, figures_of, figures_table
from learning.reporting.gathering import Line, gather
from learning.reporting.lineage import Lineage, Node, Session, by_generation, lineage_of
from learning.reporting.narrowing import ANY, generation_code, generation_words
from learning.reporting.periods import Period, period
from learning.reporting.permissions import paths_planned_for
from learning.reporting.planning import plan_of
from learning.reporting.provinces import (
    ONLY_COUNTED,
    PEOPLE_LIST,
    SESSION_LIST,
    Province,
    provinces_of,
    provinces_table,
)
from learning.reporting.stages import ABOUT, Stage
from learning.reporting.tables import Cell, Column, Kind, Level, Row, Table
from learning.reporting.training import Training, training_of


@dataclass(frozen=True)
class Remark:
    """A sentence, and the list behind its number."""

    text: str
    link: str


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
    not_included: list[Remark]
    provinces: list[Province]
    by_province: Table
    lineage: Lineage
    trainings: Table | None
    by_generation: Table
    elearning: Table
    lines: Sequence[Line]

    @property
    def tables(self) -> list[Table]:
        """What paper has below the figures."""
        return [self.by_province, self.by_generation, self.elearning]

    @property
    def sheets(self) -> list[Table]:
        """What files have: everything on the screen in its order, but charts and what to do."""
        left_out = [_("Not included: {what}").format(what=one.text) for one in self.not_included]
        figures = figures_table(self.asked, self.figures, left_out)
        trainings = [self.trainings] if self.trainings else []
        return [figures, self.by_province, *trainings, self.by_generation, self.elearning]


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
        trainings=trainings_table(asked, lineage) if reach.exact else None,
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
    parts = [*((generation_code(n), own) for n, own in found.items()), (ANY, held)]
    rows = [
        _generation_row(asked, code, own, count)
        for (code, own), count in zip(parts, shown, strict=True)
    ]
    return Table(
        name="generations",
        title=_("By generation"),
        columns=(
            Column("generation", _("Generation"), Kind.TEXT),
            Column("sessions", _("Sessions")),
            Column("trainers", _("Lead trainers")),
            Column("people", _("People trained")),
        ),
        rows=tuple(rows),
        about=asked.in_words(),
        notes=(
            _(
                "A session led by somebody who was trained in a session of generation 0 is of"
                " generation 1, and so on."
            ),
        ),
    )


def _generation_row(
    asked: Asked, code: str, sessions: Sequence[Session], people: int | None
) -> Row:
    leads = {one.lead for one in sessions if one.lead is not None}
    own = {"generation": code}
    trained = own | {"stage": str(Stage.TRAINED), "count": PEOPLE}
    cells = (
        Cell(_("All") if code == ANY else generation_words(code)),
        Cell(len(sessions), asked.link(SESSION_LIST, **own) if sessions else ""),
        Cell(len(leads), asked.link("report_trainers", **own) if leads else ""),
        Cell(count_or_words(people), asked.link(PEOPLE_LIST, **trained) if people else ""),
    )
    return Row(cells, Level.TOTAL if code == ANY else Level.BODY)


def trainings_table(asked: Asked, lineage: Lineage) -> Table:
    """Who trained whom: each training of trainers with those of its people who led sessions since.

    Until the end of the period, whenever it was.
    """
    until = period(asked.period.until) if asked.period else None
    whole = replace(asked, period=until)
    nodes = [node for root in lineage.roots for node in root.everything]
    return Table(
        name="trainings",
        title=_("Who trained whom"),
        columns=(
            Column("training", _("Training"), Kind.TEXT),
            Column("lead", _("Led by"), Kind.TEXT),
            Column("trainer", _("Led sessions since"), Kind.TEXT),
            Column("generation", _("Generation")),
            Column("trained", _("Trained there"), about=str(ABOUT[Stage.TRAINED])),
            Column(
                "sessions",
                _("Sessions since"),
                about=_("Verified sessions that train no trainers, until the end of the period."),
            ),
            Column("people", _("People trained since")),
        ),
        rows=tuple(row for node in nodes for row in _training_rows(whole, node)),
        about=whole.in_words(),
    )


def _training_rows(asked: Asked, node: Node) -> Iterator[Row]:
    """One for each who led something since; one in any case."""
    group, trained = node.session.group, {"stage": str(Stage.TRAINED), "count": PEOPLE}
    n = len(node.session.people)
    named = (Cell(group.label), Cell(node.lead.name if node.lead else ""))
    generation = Cell(node.session.generation)
    there = Cell(n, asked.link(PEOPLE_LIST, cohort=group.uuid, **trained) if n else "")
    for place, branch in enumerate(node.branches):
        since = {"after": group.uuid, "lead": branch.lead.uuid}
        people = len(branch.people)
        yield Row(
            (
                *named,
                Cell(branch.lead.name),
                generation,
                Cell(None) if place else there,
                Cell(branch.sessions, asked.link(SESSION_LIST, **since) if branch.sessions else ""),
                Cell(people, asked.link(PEOPLE_LIST, **since, **trained) if people else ""),
            )
        )
    if not node.branches:
        yield Row((*named, Cell(""), generation, there, Cell(0), Cell(0)))


def not_included(training: Training) -> list[Remark]:
    """What the figures leave out, in sentences."""
    return list(_left_out(training))


def _left_out(training: Training) -> Iterator[Remark]:
    headcounts, waiting, asked = training.counted_only, training.waiting, training.asked
    exact = asked.reach.exact
    if headcounts:
        text = ngettext(
            "{n} session in which people were only counted ({people}).",
            "{n} sessions in which people were only counted ({people}).",
            len(headcounts),
        ).format(n=len(headcounts), people=_people(training.counted, exact=exact))
        yield Remark(text, asked.link(SESSION_LIST, **ONLY_COUNTED))
    if waiting:
        text = ngettext(
            "{n} session not yet verified ({people}).",
            "{n} sessions not yet verified ({people}).",
            len(waiting),
        ).format(n=len(waiting), people=_people(training.enrolled_in(waiting), exact=exact))
        yield Remark(text, asked.link(SESSION_LIST, due="unverified"))
    if training.reached and exact:
        text = ngettext(
            "{n} person who was there, but not for long enough to count as trained.",
            "{n} people who were there, but not for long enough to count as trained.",
            training.reached,
        ).format(n=training.reached)
        yield Remark(text, asked.link(PEOPLE_LIST, stage=Stage.REACHED, count=PEOPLE))


def _people(n: int, *, exact: bool) -> str:
    if not exact and is_few(n):
        return _("fewer than five people")
    return ngettext("{n} person", "{n} people", n).format(n=n)
