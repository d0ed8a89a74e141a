"""R14: a test goes from start over answers to its end, whatever is asked in whatever order.

Every step is tried in every state, by the page's form and by its script. A step that is not due is
refused (403, 404, 409) or, sent by a form, led to the page that says how things stand; and nothing
at all is changed by it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from learning.attempts.keying import key_total, take_back
from learning.attempts.models import Answer, HandMark, ScoringRun, Sitting, TypedTotal
from learning.attempts.taking import hand_in, save_answer, start
from learning.certificates.models import Certificate
from learning.enrolment.models import Enrolment, EnrolmentFact
from learning.progress.models import StepDone
from modules.courses.models import CoursePage
from modules.papers.models import Purpose
from tests.cast import Cast, sign_in
from tests.drills.figures import Figures
from tests.drills.sizes import ON_SQLITE
from tests.learning.attempts.sitting import answer, enrol, make_tested_course

pytestmark = ON_SQLITE

COURSE = "flowing"
JSON = {"Accept": "application/json"}
HELD = (Enrolment, EnrolmentFact, Sitting, Answer, HandMark, TypedTotal, ScoringRun, StepDone)
DAY = timedelta(days=1)

# --- steps


@dataclass(frozen=True)
class Step:
    """One request of the person who sits the test, or wants to."""

    method: str
    path: str  # below the sitting, unless it begins with a stroke
    is_script: bool = False
    response: str | None = None

    def ask(self, client: Client, sitting: uuid.UUID) -> HttpResponse:
        path = self.path if self.path.startswith("/") else f"/tests/{sitting}/{self.path}"
        fields: dict[str, Any] = {} if self.response is None else {"answer": self.response}
        if self.is_script:
            fields |= {"fact": uuid.uuid4(), "device": uuid.uuid4(), "seq": 1}
        send = getattr(client, self.method)
        return send(path, fields, headers=JSON if self.is_script else {})


START = f"/courses/{COURSE}/tests"
STEPS = {
    "start pre": Step("post", f"{START}/pre/"),
    "start post": Step("post", f"{START}/post/"),
    "go on": Step("get", ""),
    "read": Step("get", "1/"),
    "read beyond": Step("get", "3/"),
    "answer": Step("post", "1/", response="1"),
    "answer by script": Step("post", "1/", is_script=True, response="1"),
    "answer beyond": Step("post", "3/", is_script=True, response="1"),
    "look back": Step("get", "review/"),
    "hand in": Step("post", "hand-in/"),
    "hand in by link": Step("get", "hand-in/"),
    "result": Step("get", "result/"),
}

# --- states: what happened before


def never_started(cast: Cast) -> uuid.UUID:
    return uuid.uuid4()


def running(cast: Cast) -> Sitting:
    sitting = start(enrol(cast.learner, course()), Purpose.PRE)
    save_answer(sitting, answer(sitting, 2, "By its members."))
    return sitting


def overdue(cast: Cast) -> Sitting:
    sitting = running(cast)
    Sitting.objects.filter(pk=sitting.pk).update(
        started_at=timezone.now() - 2 * DAY, deadline_at=timezone.now() - DAY
    )
    return sitting


def handed_in(cast: Cast) -> Sitting:
    sitting = running(cast)
    hand_in(sitting, cast.learner)
    return sitting


def on_paper(cast: Cast) -> Sitting:
    enrolment = enrol(cast.learner, course())
    words = {"line_id": uuid.uuid4(), "sat_at": timezone.now() - DAY}
    return key_total(enrolment, Purpose.PRE, "A", Fraction(1), 2, None, **words)


def taken_back(cast: Cast) -> Sitting:
    sitting = on_paper(cast)
    take_back(sitting, None, "Of somebody else.")
    return sitting


def of_another(cast: Cast) -> Sitting:
    enrol(cast.learner, course())
    return start(enrol(cast.outsider, course()), Purpose.PRE)


def after_the_post_test(cast: Cast) -> Sitting:
    """Whose second attempt has to wait for a week."""
    sitting = start(enrol(cast.learner, course()), Purpose.POST)
    hand_in(sitting, cast.learner)
    return sitting


def closed(cast: Cast) -> Sitting:
    sitting = of_another(cast)
    yesterday = timezone.localdate() - DAY
    cast.learner.person.enrolments.get().cohort.__class__.objects.update(closes=yesterday)
    return sitting


def course() -> CoursePage:
    return CoursePage.objects.get(slug=COURSE, locale__language_code="en")


# --- what each step comes to: a status, or the last part of the address it leads to

OVER = {
    "start pre": "/pre/",
    "start post": "/1/",
    "go on": "/result/",
    "read": "/result/",
    "read beyond": "/result/",
    "answer": "/result/",
    "answer by script": 409,
    "answer beyond": 400,
    "look back": "/result/",
    "hand in": "/result/",
    "hand in by link": 405,
    "result": 200,
}
# Only its total was typed in: no answer fits it, and that is said first.
WITHOUT_QUESTIONS = OVER | {"start post": "sitting", "answer": "/1/", "answer by script": 400}
UNKNOWN = dict.fromkeys(STEPS, 404) | {"hand in by link": 405}
STATES: dict[Callable[[Cast], Any], dict[str, int | str]] = {
    never_started: UNKNOWN | {"start pre": "/start/", "start post": "/start/"},
    running: {
        "start pre": "sitting",
        "start post": "sitting",
        "go on": "/1/",
        "read": 200,
        "read beyond": 404,
        "answer": "/2/",
        "answer by script": 200,
        "answer beyond": 400,
        "look back": 200,
        "hand in": "/result/",
        "hand in by link": 405,
        "result": "sitting",
    },
    overdue: OVER | {"start pre": "sitting", "start post": "sitting"},
    handed_in: OVER | {"start post": "sitting"},
    on_paper: WITHOUT_QUESTIONS,
    taken_back: WITHOUT_QUESTIONS | {"result": 404},
    of_another: UNKNOWN | {"start pre": "sitting", "start post": "sitting"},
    after_the_post_test: OVER | {"start post": "/post/"},
    closed: UNKNOWN | {"start pre": "/pre/", "start post": "/post/"},
}
# Steps that are due, or of which the clock makes something: the others must leave no trace.
DUE: dict[str, set[str]] = {
    "running": {"start post", "answer", "answer by script", "hand in"},
    "overdue": {"start post", "hand in", "result"},
    "handed_in": {"start post"},
    "on_paper": {"start post"},
    "taken_back": {"start post"},
    "of_another": {"start pre", "start post"},
}


@pytest.fixture(scope="module")
def _course(made_once) -> None:
    make_tested_course(COURSE, kinds=("single", "short"))


@pytest.fixture
def learner(db, _course, cast) -> Client:
    return sign_in(Client(), cast.learner)


def outcome(response: HttpResponse) -> int | str:
    return response["Location"] if response.status_code == 302 else response.status_code


def fits(found: int | str, expected: int | str) -> bool:
    if expected == "sitting":
        return isinstance(found, str) and found.startswith("/tests/") and "result" not in found
    return found == expected or (isinstance(expected, str) and str(found).endswith(expected))


def held() -> dict[str, list[Any]]:
    """All that a sitting could leave behind."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in HELD} | {
        "certificates": list(Certificate.objects.values())
    }


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_step_that_is_not_due_is_refused_and_leaves_no_trace(learner, cast, state):
    found = state(cast)
    sitting = found.uuid if isinstance(found, Sitting) else found
    before, outcomes, traces = held(), {}, set()
    for name, step in STEPS.items():
        point = transaction.savepoint_create()
        outcomes[name] = outcome(step.ask(learner, sitting))
        traces |= {name} if held() != before else set()
        transaction.savepoint_rollback(point)

    expected = STATES[state]
    assert set(expected) == set(STEPS)
    assert {n: found for n, found in outcomes.items() if not fits(found, expected[n])} == {}
    assert traces == DUE.get(state.__name__, set())


def test_visitor_is_led_to_sign_in_and_leaves_no_trace(learner, cast):
    sitting, visitor = running(cast).uuid, Client()
    before = held()

    for step in STEPS.values():
        response = step.ask(visitor, sitting)
        assert response["Location"].startswith("/accounts/login/"), step
    assert held() == before


def test_steps_without_the_token_of_the_form_are_refused(learner, cast):
    sitting, stranger = running(cast).uuid, Client(enforce_csrf_checks=True)
    sign_in(stranger, cast.learner)
    before = held()

    statuses = [s.ask(stranger, sitting).status_code for s in STEPS.values() if s.method == "post"]

    assert statuses == [403] * 6
    assert held() == before


@pytest.mark.parametrize("path", ["1/", "", "review/", "hand-in/", "result/"])
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(learner, cast, method, path):
    sitting = running(cast).uuid
    before = held()

    assert getattr(learner, method)(f"/tests/{sitting}/{path}").status_code == 405
    assert held() == before


def test_trainer_cannot_mark_what_still_runs(learner, cast):
    running(cast)
    trainer = sign_in(Client(), cast.system_admin)
    before = held()

    reply = trainer.post(f"/training/marking/{COURSE}-a-short/1/", {"mark": "1"})

    assert reply["Location"] == "/training/marking/"
    assert held() == before


def save_late(sitting: Sitting, given: Answer) -> Answer:
    """The fault to be found: nobody asks whether the test is over."""
    given.sitting, given.received_at = sitting, timezone.now()
    given.save(force_insert=True)
    return given


def test_control_saving_without_asking_is_found(learner, cast, monkeypatch):
    figures = Figures("R14", "sqlite")
    monkeypatch.setattr("learning.attempts.sitting_views.save_answer", save_late)
    sitting = handed_in(cast)
    before = held()

    assert STEPS["answer by script"].ask(learner, sitting.uuid).status_code == 200
    assert held() != before
    figures.write(states=len(STATES), steps=len(STATES) * len(STEPS), traces=0, control_traces=1)
