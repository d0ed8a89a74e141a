"""The list of training sessions behind a number."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.cascade.models import EventFact
from learning.cascade.permissions import events_visible_to
from learning.people.roles import AnyUser
from learning.reporting.asking import Asked
from learning.reporting.gathering import Line, gather
from learning.reporting.groups import Group
from learning.reporting.lineage import Lead
from learning.reporting.needing import due_by_cohort, not_closed
from learning.reporting.stages import Stage
from learning.reporting.tables import Cell, Column, Kind, Row, Table


def sessions_asked(
    asked: Asked, leads: Mapping[int, Lead], lead: str = "", due: str = ""
) -> tuple[list[Group], list[Line]]:
    """The sessions asked for, the latest first, and the lines of all of them.

    Cancelled ones count nowhere: they are listed only where their state is asked for.
    """
    within = asked.period
    cancelled = EventFact.What.CANCELLED
    groups = [
        group
        for group in asked.reach.groups
        if group.event
        and group.in_scope
        and asked.has(group)
        and (within is None or group.event.last_day in within)
        and (group.state != cancelled or asked.chosen.get("state") == cancelled)
        and (not lead or (group.pk in leads and leads[group.pk].uuid == lead))
    ]
    if due == "closing":
        groups = not_closed(groups, timezone.localdate())
    lines = gather(asked.reach.enrolments, groups)
    if due == "certifying":
        waiting = due_by_cohort(lines)
        groups = [group for group in groups if waiting[group.pk]]
    return sorted(groups, key=lambda group: group.order[2:], reverse=True), lines


def sessions_table(
    asked: Asked,
    shown: Sequence[Group],
    lines: Iterable[Line],
    leads: Mapping[int, Lead],
    user: AnyUser,
) -> Table:
    """Some sessions as a table; whose record `user` may open is linked. One query."""
    enrolled, trained = Counter[int](), Counter[int]()
    for line in lines:
        enrolled[line.group.pk] += Stage.ENROLLED in line.stages
        trained[line.group.pk] += Stage.TRAINED in line.stages
    linked = _linked(user, [group.pk for group in shown])
    return Table(
        name="sessions",
        title=_("Training sessions"),
        columns=(
            Column("session", _("Session"), Kind.TEXT),
            Column("day", _("Last day"), Kind.DAY),
            Column("place", _("Province"), Kind.TEXT),
            Column("lead", _("Lead trainer"), Kind.TEXT),
            Column("state", _("State"), Kind.TEXT),
            Column("enrolled", _("Enrolled")),
            Column("trained", _("Trained")),
        ),
        rows=tuple(
            _row(asked, group, (enrolled[group.pk], trained[group.pk]), leads, linked)
            for group in shown
        ),
        about=asked.in_words(),
    )


def _row(
    asked: Asked,
    group: Group,
    counts: tuple[int, int],
    leads: Mapping[int, Lead],
    linked: Collection[int],
) -> Row:
    places, one = asked.reach.places, {"programme": group.programme.code, "cohort": group.uuid}
    stages = (Stage.ENROLLED, Stage.TRAINED)
    numbers = [
        Cell(n, asked.link_of("report_people", **one, stage=stage) if n else "")
        for n, stage in zip(counts, stages, strict=True)
    ]
    cells = (
        Cell(f"{group.title}: {group.name}", _address(group) if group.pk in linked else ""),
        Cell(group.last_day),
        Cell(places.name(places.province(group.area))),
        Cell(leads[group.pk].name if group.pk in leads else ""),
        Cell(str(EventFact.What(group.state).label).capitalize()),
    )
    return Row((*cells, *numbers))


def _address(group: Group) -> str:
    return reverse("event", args=[group.uuid])


def _linked(user: AnyUser, cohorts: Collection[int]) -> set[int]:
    events: Iterable[int] = (
        events_visible_to(user).filter(cohort__in=cohorts).values_list("cohort_id", flat=True)
    )
    return set(events)
