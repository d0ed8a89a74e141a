"""The whole demo: who there is, and what they did until today. Told once."""

import datetime as dt
import random
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from learning.cascade.models import Event
from learning.certificates.models import Certificate, Issuer
from learning.demo.clock import Clock, clock_of
from learning.demo.coursework import Coursework
from learning.demo.invented import Inventor
from learning.demo.learners import Learners
from learning.demo.panels import tell_of_a_panel
from learning.demo.trainings import Team, Trainings
from learning.enrolment.models import Enrolment
from learning.people.demo_accounts import make_demo_accounts
from learning.people.models import Area, Organisation, Person, Programme, Role, User
from learning.people.roles import DEMO_USERNAMES, grant_role
from modules.courses.models import Course
from modules.courses.releasing import release

SEED = "cascade demo 1"
PROGRAMME = "simplify-demo"
SIMPLIFY_VERSION = "0.1"
# Public bodies of the demo, one a province; real ones are not named.
BODIES = {
    "PK-PB": "Directorate 07, Punjab (demo)",
    "PK-KP": "Directorate 12, Khyber Pakhtunkhwa (demo)",
    "PK-SD": "Directorate 15, Sindh (demo)",
    "PK-BA": "Directorate 18, Balochistan (demo)",
    "KH-12": "Fund office 01, Phnom Penh (demo)",
    "LA-VT": "Fund office 02, Viangchan (demo)",
}


@dataclass(frozen=True)
class Told:
    """What the demo made; `already`: it was there, and nothing was done."""

    people: int = 0
    sessions: int = 0
    enrolments: int = 0
    certificates: int = 0
    already: bool = False


def is_told() -> bool:
    """Whether this database holds demo data, its accounts included; one query or two."""
    accounts = User.objects.filter(username__in=DEMO_USERNAMES)
    return accounts.exists() or Programme.objects.filter(code=PROGRAMME).exists()


@transaction.atomic
def tell(people: int, today: dt.date | None = None) -> Told:
    """Make the demo accounts and, the first time, everything that invented people did.

    `people` take Coordination by themselves; with 0 only the accounts are made. The same number on
    the same day makes the same data.
    """
    make_demo_accounts()
    if not people or Programme.objects.filter(code=PROGRAMME).exists():
        return Told(already=True)
    with clock_of(today or timezone.localdate()) as clock:
        chance = random.Random(SEED)  # noqa: S311 (invented data)
        bodies = make_bodies()
        trainings = make_trainings(clock, chance, bodies)
        trainings.tell()
        team = trainings.team
        Learners(clock, chance, team.trainer, team.admin, bodies).tell(people)
        Coursework(clock, chance).tell()
        tell_of_a_panel(clock, chance, team.trainer, team.admin)
    return Told(
        people=Person.objects.count(),
        sessions=Event.objects.count(),
        enrolments=Enrolment.objects.count(),
        certificates=Certificate.objects.count(),
    )


def make_bodies() -> dict[str, Organisation]:
    """The demo's organisations by the code of their area."""
    areas = {area.code: area for area in Area.objects.filter(code__in=BODIES)}
    return {
        code: Organisation.objects.get_or_create(
            code=f"demo-{code.lower()}", defaults={"area": areas[code], "names": {"en": name}}
        )[0]
        for code, name in BODIES.items()
    }


def make_trainings(
    clock: Clock, chance: random.Random, bodies: dict[str, Organisation]
) -> Trainings:
    """The programme with its issuer and trainers, ready to tell its sessions."""
    clock.at(-420)
    pakistan = Area.objects.get(code="PK")
    programme = Programme.objects.create(
        code=PROGRAMME,
        area=pakistan,
        names={"en": "SIMPLIFY (demo)", "ur": "سمپلیفائی (ڈیمو)"},
        settings={"min_training_hours": 3},
    )
    Issuer.objects.create(programme=programme, organisation=bodies["PK-PB"], code="PK-DEMO-SIMP")
    version = release(Course.objects.get(code="simplify"), SIMPLIFY_VERSION)
    accounts = {user.username: user for user in User.objects.filter(username__in=DEMO_USERNAMES)}
    _learner, trainer, admin = (accounts[name] for name in DEMO_USERNAMES)
    grant_role(trainer, Role.TRAINER, programme)
    inventor = Inventor(chance)
    national = [_national(inventor, pakistan) for _ in range(2)]
    team = Team(trainer=trainer, admin=admin, national=national)
    return Trainings(clock, chance, programme, version, team, bodies)


def _national(inventor: Inventor, area: Area) -> Person:
    about = inventor.person(["trainer"], area)
    return Person.objects.create(
        names=about.names,
        sex=about.sex,
        age_band=about.age_band,
        constituency=about.constituency,
        job_role=about.job_role,
        area_of_work=area,
    )
