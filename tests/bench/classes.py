"""A class of many learners at all points of a course, made of the rows that the rules wrote.

The demo lets some dozens of people go through the course by the rules. A class is those people
again and again: enrolled and certified by the rules, and with copies of what was recorded of them.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from itertools import cycle, islice
from typing import Any

from django.db.models import Model

from learning.attempts.models import Answer, HandMark, ScoringRun, Sitting
from learning.certificates.issuing import issue_due
from learning.certificates.models import Issuer
from learning.enrolment.enrolling import current_version, self_paced_cohort, withdraw
from learning.enrolment.enrolling_lists import enrol_list
from learning.enrolment.models import Enrolment
from learning.people.facts import Fact
from learning.people.models import Area, Organisation, Person, Programme, Role, User
from learning.people.roles import grant_role
from learning.progress.models import StepDone
from modules.courses.models import Course
from tests.cast import make_user

AT_ONCE = 500  # rows in one statement
OF_A_SITTING = (Answer, HandMark, ScoringRun)


def make_class(size: int, course: Course) -> User:
    """`size` learners in a programme of their own; returns who administers it."""
    pakistan = Area.objects.get(code="PK")
    programme = Programme.objects.create(
        code=f"class-{size}", area=pakistan, names={"en": f"Class of {size}"}
    )
    body = Organisation.objects.filter(area__path__startswith=pakistan.path)[0]
    Issuer.objects.create(programme=programme, organisation=body, code=f"PK-C{size}")
    cohort = self_paced_cohort(programme, current_version(course))
    lived = enrolments_lived(course)
    models = list(islice(cycle(lived), size))
    people = Person.objects.bulk_create(
        [
            twin(model.person, names={"Latn": f"Class {size} learner {number:04d}"})
            for number, model in enumerate(models, 1)
        ],
        batch_size=AT_ONCE,
    )
    enrol_list(cohort, [person.pk for person in people], None, Fact.Via.DEMO)
    enrolments = list(Enrolment.objects.filter(cohort=cohort).order_by("person"))
    live_again(enrolments, models)
    return administrator(programme, f"class-{size}-administrator")


def enrolments_lived(course: Course) -> list[Enrolment]:
    """Those of the demo's learners, with what `live_again` copies."""
    return list(
        Enrolment.objects.filter(
            cohort__course_version__course=course, person__user__username__startswith="demo-learner"
        )
        .select_related("person")
        .prefetch_related("steps", "facts", "sittings")
    )


def live_again(enrolments: Sequence[Enrolment], models: Sequence[Enrolment]) -> None:
    """Let each of `enrolments` do what the one beside it in `models` has done."""
    pairs = list(zip(enrolments, models, strict=True))
    for enrolment, model in pairs:
        enrolment.created_at = model.created_at
    Enrolment.objects.bulk_update(enrolments, ["created_at"], batch_size=AT_ONCE)
    copy_rows(StepDone, pairs, lambda model: model.steps.all(), "enrolment")
    sittings = copy_rows(Sitting, pairs, lambda model: model.sittings.all(), "enrolment")
    for kind in OF_A_SITTING:
        rows = by_sitting(kind, {model.pk for _new, model in sittings})
        copy_rows(kind, sittings, lambda model, rows=rows: rows.get(model.pk, []), "sitting")
    for enrolment, model in pairs:
        if any(fact.what == fact.What.WITHDRAWN for fact in model.facts.all()):
            withdraw(enrolment, None)
        issue_due(enrolment)


def copy_rows(
    kind: type[Model],
    pairs: Iterable[tuple[Any, Any]],
    rows: Callable[[Any], Iterable[Any]],
    owner: str,
) -> list[tuple[Any, Any]]:
    """The `rows` of each model for the new one beside it; returns new and old rows in pairs."""
    found = [(twin(row, **{owner: new}), row) for new, model in pairs for row in rows(model)]
    kind._default_manager.bulk_create([new for new, _row in found], batch_size=AT_ONCE)
    return found


def twin(row: Any, **fields: Any) -> Any:
    """The same as a row that is not stored yet, with ids of its own."""
    found = copy(row)
    found._state = type(row._state)()
    found.pk = uuid.uuid4() if isinstance(row, Fact) else None
    if hasattr(row, "uuid"):
        found.uuid = uuid.uuid4()
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def by_sitting(kind: type[Model], sittings: set[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in kind._default_manager.filter(sitting__in=sittings):
        found.setdefault(row.sitting_id, []).append(row)
    return found


def administrator(programme: Programme, username: str) -> User:
    user = make_user(username, "Class Administrator", programme.area)
    grant_role(user, Role.PROGRAMME_ADMIN, programme)
    return user
