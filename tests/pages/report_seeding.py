"""A programme with sessions in four provinces, its plan, and somebody who sees aggregates only."""

import datetime as dt
import uuid
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import encrypt

from learning.attempts.models import Answer
from learning.attempts.regrades import Regrading
from learning.attempts.regrading import Choice, decide, go_on
from learning.attempts.regrading import plan as plan_regrading
from learning.cascade.models import Event, EventFact
from learning.cascade.targets import Target
from learning.enrolment.models import Enrolment
from learning.people.models import Area, Person, Programme, Role, User
from learning.people.roles import DEMO_PASSWORD, grant_role
from modules.courses.models import CourseVersion
from modules.questions.models import Question
from tests.learning.reporting.making import MARCH, crowd, hold, make_cohort, sit
from tests.learning.reporting.sitting_forms import (
    RIGHT,
    START,
    answer_as,
    make_form_of,
    make_forms,
    sit_form,
)
from tests.modules.questions.making import make as make_question
from tests.modules.questions.samples import OPTIONS
from tests.pages.report_shots import COORDINATOR, VIEWER
from tests.pages.standard_seeding import make_study

TRAINED = {"PK-PB": 20, "PK-KP": 25, "PK-SD": 38, "PK-BA": 3}
PLANNED = {"PK-PB": 40, "PK-KP": 24, "PK-SD": 60, "PK-BA": 50, "PK-IS": 10}
DAY = dt.timedelta(1)
TRUTHS = ("true", "false", "true", "false", "false")


def make_reports() -> dict[str, str]:
    """Returns what the paths of shots name."""
    pakistan = Area.objects.get(code="PK")
    programme = Programme.objects.create(
        code="shown", area=pakistan, names={"en": "Shown programme", "ur": "دکھایا گیا پروگرام"}
    )
    version = CourseVersion.objects.filter(course__code="coordination").last()
    cast = SimpleNamespace(programme=programme)
    about = {"version": version, "venue": "Directorate 07"}
    for area, value in PLANNED.items():
        plan(programme, Area.objects.get(code=area), Target.Unit.PEOPLE, value)
    for unit, value in ((Target.Unit.SESSIONS, 6), (Target.Unit.WOMEN, 40)):
        plan(programme, pakistan, unit, value)
    trainers = people("Trainer", 4, pakistan)
    hold(cast, trainers, kind=Event.Kind.TOT, area="PK-IS", day=MARCH - 20 * DAY, **about)
    for trainer, (area, n) in zip(trainers, TRAINED.items(), strict=True):
        some = people(f"Inspector {area[-2:]}", n, Area.objects.get(code=area))
        event = hold(cast, some, area=area, lead=trainer, **about)
        take_tests(list(event.cohort.enrolments.order_by("pk")), n % 4)
    hold(cast, crowd(11), lead=trainers[0], state=EventFact.What.REPORTED, **about)
    hold(cast, headcount=60, lead=trainers[1], **about)
    make_two_forms(cast)
    make_parts(cast)
    for name, who, role in (
        (VIEWER, "Demo Viewer", Role.VIEWER),
        (COORDINATOR, "Demo Coordinator", Role.PROGRAMME_ADMIN),
    ):
        person = Person.objects.create(names={"Latn": who})
        user = User.objects.create_user(name, name, DEMO_PASSWORD, person=person)
        grant_role(user, role, programme)
    Authenticator.objects.bulk_create(coordinator_codes(user))
    return {"regraded": str(make_regrading(programme).uuid), **make_study()}


def take_tests(enrolments: list[Enrolment], more: int) -> None:
    """Marks that spread, and a gain of its own for each session; a fifth have no second test."""
    for place in range(5):
        own = enrolments[place::5]
        sit(own, "pre", 6 + 2 * place)
        if place:
            sit(own, "post", 11 + more + place)
            sit(own, "retention", 9 + more + place, wave=3)


def make_two_forms(cast: SimpleNamespace) -> None:
    """Two halves of people before a course of its own, and a question whose key became known."""
    _page, version = make_forms()
    cohort = make_cohort(cast, version=version)
    early = sit_form(cohort, "A", [1, 2, 2, 3, 3, 4, 4, 5, 5, 6] * 6)
    late = sit_form(cohort, "B", [2, 3, 3, 4, 4, 5, 5, 5, 6, 6] * 6, start=START + 9 * DAY)
    sit_form(cohort, "A", [3, 4, 5], lang="ur")
    later = {"purpose": "post", "start": START + 2 * DAY}
    sit_form(cohort, "B", [4, 5, 6] * 20, enrolments=[one.enrolment for one in early], **later)
    for position, sittings in ((5, late), (4, early[:12])):
        Answer.objects.filter(sitting__in=sittings, position=position).update(response=RIGHT)


# Who knows much, something and little: several options, statements, pairs, one option.
MUCH = (["a", "b"], dict(zip("abcde", TRUTHS, strict=True)), {"a": "x", "b": "y", "c": "y"}, "b")
SOME = (["a", "c"], {"a": "true", "b": "true"}, {"a": "x", "b": "x", "c": "x"}, "b")
LITTLE = (["c", "d"], {"a": "false"}, {"a": "y", "b": "x"}, "a")


def make_parts(cast: SimpleNamespace) -> None:
    """Questions whose options, statements and pairs a hundred people were asked, and some more."""
    version = make_form_of("parts-of", ("multiple", "multiple_truefalse", "matching", "single"))
    everybody = [*[MUCH] * 50, *[SOME] * 40, *[LITTLE] * 24, *[([], {}, {}, "c")] * 6]
    sittings = sit_form(make_cohort(cast, version=version), "A", [1] * len(everybody))
    answer_as(sittings, everybody)


def make_regrading(programme: Programme) -> Regrading:
    """A question that everybody gets, and one that was mended and waits for a decision."""
    chosen = Choice("fo-a", (1,), Regrading.How.FULL, programme=programme)
    admin = User.objects.get(username="admin@demo.test")
    reason = "Two of the options say the same."
    made = decide(chosen, reason, admin, uuid.uuid4(), plan_regrading(chosen).digest)
    go_on(made)
    Question.objects.filter(key="fo-2").delete()
    options = [option | {"correct": option["key"] == "a"} for option in OPTIONS]
    make_question("fo-2", "single", use="test", options=options)
    return made


def coordinator_codes(user: User | None = None) -> list[Authenticator]:
    """An app whose codes nobody knows, and recovery codes that a journey can work out."""
    kinds = Authenticator.Type
    codes = {"seed": encrypt("always the same"), "used_mask": 0}
    data = {kinds.TOTP: {"secret": encrypt("UNUSEDUNUSEDUNUS")}, kinds.RECOVERY_CODES: codes}
    return [Authenticator(user=user, type=kind, data=told) for kind, told in data.items()]


def recovery_codes() -> list[str]:
    return RecoveryCodes(coordinator_codes()[-1]).generate_codes()


def plan(programme: Programme, area: Area, unit: str, value: int) -> None:
    Target.objects.create(programme=programme, area=area, unit=unit, year=2026, value=value)


def people(name: str, n: int, area: Area) -> list[Person]:
    """Every third one a woman."""
    return [
        Person.objects.create(
            names={"Latn": f"{name} {number:02d}"},
            sex="male" if number % 3 else "female",
            area_of_work=area,
            constituency="government",
        )
        for number in range(1, n + 1)
    ]
