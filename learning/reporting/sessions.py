"""The list of training sessions behind a number."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.cascade.models import EventFact
from learning.cascade.permissions import events_visible_to
from learning.people.roles import AnyUser
from learning.reporting.asking import Asked
from learning.reporting.gathering import gather
from learning.reporting.groups import Group
from learning.reporting.lineage import Lead
from learning.reporting.needing import due_by_cohort, not_closed
from learning.reporting.stages import Stage
from learning.reporting.tables import Cell, Column, Kind, Row, Table
from learning.reporting.training import headcounts_of, over_and_not_verified

CANCELLED = EventFact.What.CANCELLED
COUNTED, TO_APPROVE = "counted", "to_approve"  # columns that are no stages


@dataclass(frozen=True)
class Found:
    """Sessions asked for, the latest first, with what is counted of each by its key.

    `counted`: people without names. `to_approve`: certificates, None where nobody asks for them.
    """

    groups: Sequence[Group]
    enrolled: Counter[int] = field(default_factory=Counter)
    trained: Counter[int] = field(default_factory=Counter)
    counted: Counter[int] = field(default_factory=Counter)
    to_approve: Counter[int] | None = None


def sessions_asked(asked: Asked, due: str = "") -> Found:
    """The sessions asked for, with numbers of all of them.

    Cancelled ones count nowhere: they are listed only where their state is asked for.
    """
    groups = [group for group in asked.reach.groups if _is_asked_for(group, asked)]
    if due == "closing":
        groups = not_closed(groups, timezone.localdate())
    elif due == "unverified":
        groups = over_and_not_verified(groups)
    lines = gather(asked.reach.enrolments, groups)
    to_approve = due_by_cohort(lines) if due == "certifying" else None
    if to_approve is not None:
        groups = [group for group in groups if to_approve[group.pk]]
    return Found(
        groups=sorted(groups, key=lambda group: group.order[2:], reverse=True),
        enrolled=Counter(line.group.pk for line in lines if Stage.ENROLLED in line.stages),
        trained=Counter(line.group.pk for line in lines if Stage.TRAINED in line.stages),
        counted=headcounts_of(group for group in groups if group.is_headcount),
        to_approve=to_approve,
    )


def _is_asked_for(group: Group, asked: Asked) -> bool:
    if group.event is None or not group.in_scope or not asked.has(group):
        return False
    if group.state == CANCELLED and asked.chosen.get("state") != CANCELLED:
        return False
    return asked.period is None or group.event.last_day in asked.period


def sessions_table(
    asked: Asked, found: Found, shown: Sequence[Group], leads: Mapping[int, Lead], user: AnyUser
) -> Table:
    """Some of the sessions as a table; whose record `user` may open is linked. One query."""
    linked = _linked(user, [group.pk for group in shown])
    numbers = list(_numbers(found))
    rows = (
        Row((*_words(asked, group, leads, linked), *_cells(asked, group, numbers, linked)))
        for group in shown
    )
    return Table(
        name="sessions",
        title=_("Training sessions"),
        columns=(
            Column("session", _("Session"), Kind.TEXT),
            Column("day", _("Last day"), Kind.DAY),
            Column("place", _("Province"), Kind.TEXT),
            Column("lead", _("Lead trainer"), Kind.TEXT),
            Column("state", _("State"), Kind.TEXT),
            *(column for column, _counts in numbers),
        ),
        rows=tuple(rows),
        about=asked.in_words(),
        notes=()
        if "state" in asked.chosen
        else (_("Cancelled sessions are listed only where this state is chosen."),),
    )


type Numbers = Sequence[tuple[Column, Counter[int]]]


def _numbers(found: Found) -> Iterator[tuple[Column, Counter[int]]]:
    """Columns of numbers; people without names stand in one of their own, if there are any."""
    yield Column(Stage.ENROLLED, _("Enrolled")), found.enrolled
    yield Column(Stage.TRAINED, _("Trained")), found.trained
    if found.counted:
        yield Column(COUNTED, _("Only counted"), about=_("People without names.")), found.counted
    if found.to_approve is not None:
        about = _("Certificates that were earned and wait for approval.")
        yield Column(TO_APPROVE, _("To approve"), about=about), found.to_approve


def _words(
    asked: Asked, group: Group, leads: Mapping[int, Lead], linked: Collection[int]
) -> Iterator[Cell]:
    places = asked.reach.places
    address = reverse("event", args=[group.uuid]) if group.pk in linked else ""
    yield Cell(f"{group.title}: {group.name}", address)
    yield Cell(group.last_day)
    yield Cell(places.name(places.province(group.area)))
    yield Cell(leads[group.pk].name if group.pk in leads else "")
    yield Cell(str(EventFact.What(group.state).label).capitalize())


def _cells(asked: Asked, group: Group, numbers: Numbers, linked: Collection[int]) -> Iterator[Cell]:
    """Each number with what is behind it; nothing where there can be none."""
    one = {"programme": group.programme.code, "cohort": group.uuid}
    for column, counts in numbers:
        n, link = counts[group.pk], ""
        if group.is_headcount != (column.key == COUNTED):
            yield Cell(None)
            continue
        if column.key == TO_APPROVE and group.pk in linked:
            link = reverse("event_certificates", args=[group.uuid])
        elif column.key in {Stage.ENROLLED, Stage.TRAINED} and n:
            link = asked.link_of("report_people", **one, stage=column.key)
        yield Cell(n, link)


def _linked(user: AnyUser, cohorts: Collection[int]) -> set[int]:
    events: Iterable[int] = (
        events_visible_to(user).filter(cohort__in=cohorts).values_list("cohort_id", flat=True)
    )
    return set(events)
