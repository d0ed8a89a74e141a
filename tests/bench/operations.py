"""What is measured: the pages and steps of a learner's day, in the real course."""

import uuid
from collections.abc import Callable
from itertools import count
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from learning.attempts.models import Answer, Sitting
from learning.attempts.questions import questions_of
from learning.attempts.taking import hand_in, new_answer, save_answer, start
from learning.certificates.printing import page_of, sheet_of
from learning.certificates.rendering import render
from learning.enrolment.enrolling import country_of, start_course
from learning.enrolment.models import Enrolment
from learning.people.models import Area, User
from learning.serving.caching import renew_generation
from modules.courses.models import Course
from modules.papers.models import Purpose
from tests.bench.measuring import Operation, Yardstick
from tests.cast import make_user
from tests.learning.certificates.making import certify

COURSE = "coordination"
LESSON = f"/courses/{COURSE}/mapping/"
EMPTY_SHEET = '<html lang="en"><title>Empty</title><p></p></html>'
numbers = count(1)


# --- yardsticks


def yardsticks() -> list[Yardstick]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_rows (id integer PRIMARY KEY, words text)")
    return [
        Yardstick("an empty page", ask_for_nothing(visitor())),
        Yardstick("one row read by its key", read_one_row),
        Yardstick("one row written to the disk", write_one_row),
        Yardstick("an empty sheet as PDF", lambda: render(EMPTY_SHEET, "")),
    ]


def ask_for_nothing(client: Client) -> Callable[[], object]:
    """An empty page; the question mark keeps the cache of pages out of it."""

    def ask() -> None:
        assert client.get("/empty/?x").status_code == 200

    return ask


def read_one_row() -> object:
    return Course.objects.get(code=COURSE)


def write_one_row() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_rows VALUES (%s, 'one row')", [next(numbers)])


# --- who and what is needed


def visitor() -> Client:
    return Client(headers={"host": "localhost"})


def new_user() -> User:
    name = f"bench-{next(numbers)}"
    return make_user(name, name.title(), Area.objects.get(code="PK-PB"))


def new_enrolment() -> Enrolment:
    user, course = new_user(), Course.objects.get(code=COURSE)
    return start_course(user.person, course, country_of(user.person, course), by=user)


def new_sitting() -> Sitting:
    return start(new_enrolment(), Purpose.PRE)


def answered_sitting() -> Sitting:
    """With an answer to every question."""
    sitting = new_sitting()
    for question in questions_of(sitting):
        save_answer(sitting, an_answer(sitting, question.item.position, None))
    return sitting


def an_answer(sitting: Sitting, position: int, response: Any) -> Answer:
    return new_answer(
        sitting,
        position,
        response,
        "en",
        None,
        fact_id=uuid.uuid4(),
        device=uuid.uuid4(),
        device_seq=1,
        captured_at=timezone.now(),
    )


def envelope() -> dict[str, Any]:
    return {"answer": "1", "fact": uuid.uuid4(), "device": uuid.uuid4(), "seq": 1}


def signed_in(user: User) -> Client:
    client = visitor()
    client.force_login(user, backend="learning.people.adapter.AccountBackend")
    return client


# --- operations


def operations() -> list[Operation]:
    page, row, written, sheet = yardsticks()
    return [*lessons(page), *tests(written), certificate(sheet), library(row)]


def lessons(page: Yardstick) -> list[Operation]:
    anybody, enrolment = visitor(), new_enrolment()
    learner = signed_in(enrolment.person.user)

    def read(client: Client) -> None:
        assert client.get(LESSON).status_code == 200

    def forget() -> Client:
        renew_generation()
        return anybody

    return [
        Operation("a lesson, visitor, kept", page, read, lambda: anybody),
        Operation("a lesson, visitor, first after a change", page, read, forget),
        Operation("a lesson, learner", page, read, lambda: learner),
    ]


def tests(written: Yardstick) -> list[Operation]:
    sitting = new_sitting()
    client = signed_in(sitting.enrolment.person.user)
    path = f"/tests/{sitting.uuid}/1/"

    def send(fields: dict[str, Any]) -> None:
        reply = client.post(path, fields, headers={"Accept": "application/json"})
        assert reply.status_code == 200

    return [
        Operation(
            "an answer saved",
            written,
            lambda answer: save_answer(sitting, answer),
            lambda: an_answer(sitting, 1, None),
        ),
        Operation("an answer saved, whole request", written, send, envelope),
        Operation("a test begun (drawing 15 questions)", written, begin, new_enrolment, 20),
        Operation(
            "a test handed in and marked (15 answers)",
            written,
            lambda done: hand_in(done, None),
            answered_sitting,
            10,
        ),
    ]


def begin(enrolment: Enrolment) -> None:
    start(enrolment, Purpose.PRE)


def certificate(sheet: Yardstick) -> Operation:
    given = certify(new_enrolment())
    design = sheet_of(given.template_version)
    return Operation(
        "a certificate as PDF", sheet, lambda _: render(page_of(given, "en"), design), times=10
    )


def library(row: Yardstick) -> Operation:
    return Operation(
        "load_library, nothing changed",
        row,
        lambda _: call_command("load_library", verbosity=0),
        times=3,
    )
