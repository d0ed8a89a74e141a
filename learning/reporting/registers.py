"""Registers to look something up in: certificates, people. Scoped, searched in any script."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from learning.certificates.models import Certificate, Grade
from learning.certificates.serials import canonical
from learning.certificates.standing import State, standing
from learning.enrolment.models import Cohort
from learning.people.merging import identity
from learning.people.models import Person, name_in
from learning.people.roles import AnyUser
from learning.reporting.listing import link_to, managed_keys
from learning.reporting.permissions import (
    certificates_registered_for,
    enrolments_counted_for,
    people_registered_for,
)
from learning.reporting.places import Places
from learning.reporting.searching import in_order_of_names, is_found
from learning.reporting.tables import Cell, Column, Kind, Row, Table

# --- certificates --------------------------------------------------------------------------------


# What a filter of certificates looks at.
LOOKUPS = {
    "programme": "enrolment__cohort__programme__code",
    "course": "course_version__course__code",
    "grade": "grade",
}


def certificates_found(
    user: AnyUser, filters: Mapping[str, str], text: str = "", state: str = ""
) -> Sequence[Certificate] | QuerySet[Certificate]:
    """The certificates in the register of `user`, the newest first; two queries.

    `text` is part of a name in any script, or of a number. Text and state are looked for among all
    of them; without, the database gives one page.
    """
    wanted_ = {LOOKUPS[name]: value for name, value in filters.items() if value}
    found = certificates_registered_for(user).filter(**wanted_).order_by("-issued_at", "-pk")
    wanted = found.annotate(titles=F("course_version__manifest__titles")).defer("facts")
    loaded = wanted.prefetch_related("happenings")
    if not text and not state:
        return loaded
    plain = canonical(text)
    return [
        one
        for one in loaded
        if (not state or state_of(one) == state) and (not text or _is_named(one, text, plain))
    ]


def state_of(certificate: Certificate) -> State:
    """No query for one that `certificates_found` gave."""
    return standing(certificate, certificate.happenings.all()).state


def _is_named(certificate: Certificate, text: str, plain: str) -> bool:
    by_number = bool(plain) and plain in certificate.serial.replace("-", "")
    return by_number or is_found(text, certificate.names.values())


def certificates_table(shown: Iterable[Certificate], about: Sequence[tuple[str, str]]) -> Table:
    return Table(
        name="certificates",
        title=_("Certificates"),
        columns=(
            Column("serial", _("Number"), Kind.TEXT),
            Column("name", _("Name"), Kind.TEXT),
            Column("course", _("Course"), Kind.TEXT),
            Column("grade", _("Grade"), Kind.TEXT),
            Column("issued", _("Issued"), Kind.DAY),
            Column("state", _("State"), Kind.TEXT),
        ),
        rows=tuple(map(_certificate_row, shown)),
        about=tuple(about),
    )


def _certificate_row(certificate: Any) -> Row:
    name = Person(names=certificate.names).name() if certificate.names else ""
    return Row(
        (
            Cell(certificate.serial, reverse("certificate", args=[certificate.token])),
            Cell(name),
            Cell(name_in(certificate.titles or {})),
            Cell(str(Grade(certificate.grade).label)),
            Cell(timezone.localdate(certificate.issued_at)),
            Cell(str(state_of(certificate).label)),
        )
    )


# --- people --------------------------------------------------------------------------------------


def people_found(
    user: AnyUser, filters: Mapping[str, str], places: Places, text: str = ""
) -> list[Person]:
    """The people in the register of `user` by name; `text` is part of a name. One query."""
    found = people_registered_for(user)
    named = found.only("uuid", "names", "is_anonymous", "organisation", "area_of_work")
    return in_order_of_names(
        person
        for person in named
        if _is_at(person, filters, places) and (not text or is_found(text, person.names.values()))
    )


def _is_at(person: Person, filters: Mapping[str, str], places: Places) -> bool:
    found = {
        "organisation": places.organisation(person.organisation_id),
        "area": places.province(person.area_of_work_id),
    }
    return all(found[name] == value for name, value in filters.items())


@dataclass
class Part:
    """What somebody took part in: titles of courses, and how many sessions."""

    courses: list[str] = field(default_factory=list)
    sessions: int = 0


def people_register_table(
    user: AnyUser, shown: Sequence[Person], places: Places, about: Sequence[tuple[str, str]]
) -> Table:
    """Some people with what they took part in. Two queries."""
    keys = [person.pk for person in shown]
    linked, parts = managed_keys(user, keys), _parts(user, keys)
    return Table(
        name="people-register",
        title=_("People"),
        columns=(
            Column("name", _("Name"), Kind.TEXT),
            Column("organisation", _("Organisation"), Kind.TEXT),
            Column("area", _("Area of work"), Kind.TEXT),
            Column("courses", _("Courses by themselves"), Kind.TEXT),
            Column("sessions", _("Sessions")),
        ),
        rows=tuple(_person_row(person, places, parts.get(person.pk), linked) for person in shown),
        about=tuple(about),
    )


def _person_row(person: Person, places: Places, part: Part | None, linked: Collection[int]) -> Row:
    """A name leads where it does in every list, if there is anything to see."""
    known = part or Part()
    sessions = urlencode({"way": str(Cohort.Kind.EVENT), "person": str(person.uuid)})
    return Row(
        (
            Cell(person.name(), link_to(person, linked) if part or person.pk in linked else ""),
            Cell(places.stated(places.organisation(person.organisation_id))),
            Cell(places.stated(places.province(person.area_of_work_id))),
            Cell("; ".join(known.courses)),
            Cell(
                known.sessions,
                f"{reverse('report_people')}?{sessions}" if known.sessions else "",
            ),
        )
    )


def _parts(user: AnyUser, people: Sequence[int]) -> dict[int, Part]:
    found: dict[int, Part] = defaultdict(Part)
    enrolments: Any = enrolments_counted_for(user)
    in_force = enrolments.in_force().annotate(who=identity("person"))
    rows = in_force.filter(who__in=people).order_by("cohort__course_version")
    for person, titles, kind in rows.values_list(
        "who", "cohort__course_version__manifest__titles", "cohort__kind"
    ):
        if kind == Cohort.Kind.EVENT:
            found[person].sessions += 1
        else:
            found[person].courses.append(name_in(titles or {}))
    return found
