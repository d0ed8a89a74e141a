"""The register of trainers: who may train, what each led, and how many people that trained."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from learning.cascade.models import Accreditation, EventFact
from learning.people.merging import identity
from learning.people.models import Person
from learning.people.roles import AnyUser
from learning.reporting.asking import Asked
from learning.reporting.completing import PEOPLE
from learning.reporting.cutting import MINE
from learning.reporting.gathering import gather
from learning.reporting.groups import Group
from learning.reporting.lineage import leads_of
from learning.reporting.listing import managed_keys
from learning.reporting.needing import RENEW_DAYS
from learning.reporting.permissions import programmes_reported_to, trainers_registered_for
from learning.reporting.searching import in_order_of_names, is_found
from learning.reporting.stages import Stage
from learning.reporting.tables import Cell, Column, Kind, Row, Table
from modules.reference.dates import in_words

STATES: dict[str, str | Promise] = {
    "valid": gettext_lazy("Accredited"),
    "ending": gettext_lazy("Ends soon"),
    "ended": gettext_lazy("Ended"),
    "none": gettext_lazy("Not accredited"),
}


@dataclass
class Trainer:
    """Somebody who trains: accreditation and sessions within what was asked for."""

    person: Person
    level: str = ""
    until: date | None = None
    led: list[Group] = field(default_factory=list)
    verified: int = 0
    trained: set[int] = field(default_factory=set)

    @property
    def state(self) -> str:
        """By the accreditation that ends last."""
        today = timezone.localdate()
        if self.until is None:
            return "none"
        if self.until < today:
            return "ended"
        return "ending" if self.until <= today + timedelta(RENEW_DAYS) else "valid"

    @property
    def last_session(self) -> date | None:
        """Of those that are over."""
        days = [group.last_day for group in self.led if group.last_day]
        return max([day for day in days if day <= timezone.localdate()], default=None)


def trainers_found(user: AnyUser, asked: Asked, text: str = "", state: str = "") -> list[Trainer]:
    """The trainers in the register of `user` by name, with what they led in what is asked for.

    Those who led nothing there and hold no accreditation there are left out; where particular
    sessions are asked for, all who led none of them. Three queries beside those of the lines.
    """
    people = trainers_registered_for(user).only("uuid", "names", "is_anonymous")
    found = {person.pk: Trainer(person) for person in in_order_of_names(people)}
    _add_accreditations(found, user, asked)
    _add_sessions(found, asked)
    return [
        one
        for one in found.values()
        if (one.led or (one.level and not asked.narrowed))
        and (not state or one.state == state)
        and (not text or is_found(text, one.person.names.values()))
    ]


def _add_accreditations(found: Mapping[int, Trainer], user: AnyUser, asked: Asked) -> None:
    programmes = programmes_reported_to(user)
    if "programme" in asked.chosen:
        programmes = programmes.filter(code=asked.chosen["programme"])
    held = Accreditation.objects.filter(
        what=Accreditation.What.GRANTED, corrections=None, programme__in=programmes
    )
    for one in held.annotate(who=identity("person")).order_by("valid_until"):
        trainer = found.get(one.who)
        if trainer:
            trainer.level, trainer.until = one.get_level_display(), one.valid_until


def _add_sessions(found: Mapping[int, Trainer], asked: Asked) -> None:
    groups = [one for one in asked.reach.groups if _may_have_led(one, asked)]
    leads = leads_of(groups)
    trained: dict[int, set[int]] = defaultdict(set)
    for line in gather(asked.reach.enrolments, groups):
        if Stage.TRAINED in line.stages:
            trained[line.group.pk].add(line.person)
    for group in groups:
        lead = leads.get(group.pk)
        trainer = found.get(lead.person) if lead else None
        if trainer is None:
            continue
        trainer.led.append(group)
        trainer.verified += group.state == EventFact.What.VERIFIED
        trainer.trained |= trained[group.pk]


def _may_have_led(group: Group, asked: Asked) -> bool:
    if group.last_day is None or not group.in_scope or not asked.has(group):
        return False
    within = asked.period is None or group.last_day in asked.period
    return within and group.state != EventFact.What.CANCELLED


def trainers_table(
    user: AnyUser, asked: Asked, shown: Sequence[Trainer], about: Sequence[tuple[str, str]]
) -> Table:
    """Some trainers; whose record `user` may open is linked. One query."""
    linked = managed_keys(user, [one.person.pk for one in shown])
    return Table(
        name="trainers",
        title=_("Trainers"),
        columns=(
            Column("name", _("Name"), Kind.TEXT),
            Column("level", _("Level"), Kind.TEXT),
            Column("state", _("Accreditation"), Kind.TEXT),
            Column("led", _("Sessions led")),
            Column("verified", _("Verified")),
            Column("trained", _("People trained"), about=_("Distinct people over all sessions.")),
            Column("last", _("Last session"), Kind.DAY),
        ),
        rows=tuple(_row(asked, one, linked) for one in shown),
        about=tuple(about),
    )


def _row(asked: Asked, one: Trainer, linked: Iterable[int]) -> Row:
    link = reverse("people:edit", args=[one.person.pk]) if one.person.pk in set(linked) else ""
    lead = {"lead": str(one.person.uuid)}
    sessions = asked.link("report_sessions", **lead)
    people = {"scope": MINE, "stage": str(Stage.TRAINED), "count": PEOPLE}
    return Row(
        (
            Cell(one.person.name(), link),
            Cell(one.level.capitalize()),
            Cell(_accreditation(one)),
            Cell(len(one.led), sessions if one.led else ""),
            Cell(one.verified, f"{sessions}&state=verified" if one.verified else ""),
            Cell(
                len(one.trained),
                asked.link("report_people", **lead, **people) if one.trained else "",
            ),
            Cell(one.last_session),
        )
    )


def _accreditation(one: Trainer) -> str:
    if one.until is None:
        return str(STATES["none"])
    words = {
        "valid": _("Accredited until {day}"),
        "ending": _("Ends soon, on {day}"),
        "ended": _("Ended on {day}"),
    }
    return words[one.state].format(day=in_words(one.until.isoformat(), get_language() or "en"))
