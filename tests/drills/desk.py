"""A trainer's desk for R5: sessions of half a day, each with one participant who is known by name.

Called on the site's own data: see `ground.Ground.run`.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.test import override_settings

from learning.cascade.clashing import Slot
from learning.cascade.models import AttendanceMark, Event, EventFact
from learning.cascade.planning import plan_event
from learning.certificates.models import Certificate, Issuer
from learning.enrolment.models import Enrolment
from learning.people.models import Area, Organisation, Programme, Role, RoleGrant, User
from tests.cast import make_user
from tests.drills.sowing import session_of
from tests.learning.cascade.making import DAY, MORNING, accredit, add, make_plan
from tests.learning.certificates.making import make_version
from tests.learning.imports.making import word

NEW = "Nasreen {word}"  # who is registered by pressing, in a session of her own


@dataclass(frozen=True)
class Team:
    """Those of the shared cast whom a session needs, under names that no other drill has."""

    punjab: Area
    programme: Programme
    trainer: User
    verifier: User


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
@transaction.atomic
def sow(sessions: int) -> dict[str, Any]:
    """A trainer who leads so many sessions, one a day, and who verifies them."""
    team = make_team()
    version = make_version("desk", 66)
    return {
        "trainer": session_of(team.trainer),
        "verifier": session_of(team.verifier),
        "sessions": [make_session(team, version, n) for n in range(sessions)],
    }


def make_team() -> Team:
    pakistan, punjab = Area.objects.get(code="PK"), Area.objects.get(code="PK-PB")
    body = Organisation.objects.create(code="desk", area=punjab, names={"en": "Body of the desk"})
    programme = Programme.objects.create(
        code="desk", area=pakistan, names={"en": "Programme of the desk"}
    )
    Issuer.objects.create(programme=programme, organisation=body, code="PK-DESK")
    users = {}
    for role in (Role.TRAINER, Role.PROGRAMME_ADMIN):
        users[role] = make_user(f"desk-{role}", f"Desk {role}", punjab, body)
        RoleGrant.objects.create(user=users[role], role=role, programme=programme)
    team = Team(punjab, programme, users[Role.TRAINER], users[Role.PROGRAMME_ADMIN])
    accredit(team, team.trainer.person)
    return team


def make_session(team: Team, version: Any, n: int) -> dict[str, Any]:
    """`known` and `fresh` are ids of enrolments; the latter is not registered yet."""
    slots = [Slot(DAY + dt.timedelta(days=n), *MORNING)]
    event = plan_event(make_plan(team, version=version, slots=slots), team.trainer)
    known = add(Event.objects.with_all_it_needs().get(pk=event.pk), f"Karim {word(n)}")
    return {
        "uuid": str(event.uuid),
        "known": str(known.uuid),
        "fresh": str(uuid.uuid4()),
        "mark": str(uuid.uuid4()),
        "name": NEW.format(word=word(n)),
    }


def keys_in(session: str) -> list[int]:
    """Of the participants, as the page of certificates sends them."""
    found = Enrolment.objects.filter(cohort__uuid=session).order_by("pk")
    return list(found.values_list("pk", flat=True))


def rows_of(sessions: list[str]) -> dict[str, dict[str, Any]]:
    """How many rows each session has where one press must make one for each participant."""
    return {session: rows_of_one(session) for session in sessions}


def rows_of_one(session: str) -> dict[str, Any]:
    people = Enrolment.objects.filter(cohort__uuid=session)
    facts = EventFact.objects.filter(event__cohort__uuid=session).order_by("received_at", "pk")
    return {
        "enrolments": people.count(),
        "people": people.values("person__names").distinct().count(),
        "started": list(people.annotate(n=Count("facts")).values_list("n", flat=True)),
        "marks": AttendanceMark.objects.filter(unit__event__cohort__uuid=session).count(),
        "steps": list(facts.values_list("what", flat=True)),
        "certificates": Certificate.objects.filter(enrolment__in=people).count(),
    }


def numbers() -> list[int]:
    """Of all certificates of the desk, in order."""
    issued = Certificate.objects.filter(register__programme__code="desk")
    return sorted(issued.values_list("number", flat=True))
