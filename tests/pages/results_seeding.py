"""Training sessions in the states that pictures of results, figures and papers need.

A trainer of their own leads them, so that they never meet other sessions.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from django.utils import timezone

from learning.attempts.keying import Keyed, key_answers, key_total, paper_questions
from learning.attempts.taking import hand_in, start
from learning.cascade.attending import mark
from learning.cascade.clashing import Slot
from learning.cascade.closing import report
from learning.cascade.doubling import doublings_of
from learning.cascade.entering import Line, enter_total, papers_of, rows_of
from learning.cascade.models import Event, Facilitation
from learning.cascade.planning import Plan, plan_event
from learning.cascade.registering import About, participants_of, register
from learning.cascade.retyping import Second, enter_second
from learning.cascade.tallying import Counted, choices_of, count_hands
from learning.enrolment.models import Enrolment
from learning.imports.answer_importing import store_sheet
from learning.people.models import Area, Organisation, Person, Programme, Role, User
from learning.people.roles import DEMO_PASSWORD, grant_role
from modules.courses.models import Course
from modules.papers.contents import Form
from modules.papers.models import Purpose
from modules.questions.kinds import CHOOSING
from tests.learning.attempts.sitting import open_test

TRAINER = "results-trainer@demo.test"
HALF_DAYS = ((dt.time(9), dt.time(12, 30)), (dt.time(13, 30), dt.time(17)))
# Name, name in Urdu, sex, age, constituency.
PEOPLE = [
    ("Aamir Sultan", "عامر سلطان", "male", "25-34", "government"),
    ("Bushra Naz", "بشریٰ ناز", "female", "35-44", "government"),
    ("Chandni Lal", "", "female", "25-34", "employer"),
    ("Danish Raza", "دانش رضا", "male", "45-54", "worker"),
    ("Erum Shahzadi Qureshi of Bahawalnagar", "", "female", "", ""),
    ("", "", "", "", ""),
    ("Farhan Ali", "فرحان علی", "male", "35-44", "worker"),
    ("Gulnaz Bibi", "", "female", "55-64", "cso"),
    ("Haroon Malik", "ہارون ملک", "male", "25-34", "government"),
    ("Iqra Javed", "اقرا جاوید", "female", "25-34", "government"),
    ("Junaid Tariq", "", "male", "35-44", "employer"),
    ("Kiran Shah", "کرن شاہ", "another", "25-34", ""),
]


def make_results(right_answer: Callable[[Mapping[str, Any]], Any]) -> dict[str, str]:
    """The ids that the paths of shots name; `right_answer` of a question's definition."""
    trainer = make_trainer()
    sessions = {
        "results": make_session(trainer, 10, "Directorate 07, Faisalabad", len(PEOPLE)),
        "results_begun": make_session(trainer, 30, "Labour office, Multan", 5),
        "results_nobody": make_session(trainer, 50, "Labour office, Okara", 0),
        "results_closed": make_session(trainer, 70, "Labour office, Sahiwal", 3),
        "results_later": make_session(trainer, 100, "Labour office, Jhang", 12),
    }
    ask_again(sessions["results_later"], trainer)
    counted = make_session(trainer, 90, "Union hall, Sialkot", 0)
    counted.counting = Event.Counting.HEADCOUNT
    counted.save(update_fields=["counting"])
    raise_hands(counted, trainer)
    sessions["results_hands"] = counted
    fill(sessions["results"], right_answer)
    close(sessions["results_closed"], trainer)
    person = participants_of(sessions["results"])[0]
    places = {name: str(event.uuid) for name, event in sessions.items()}
    return places | {
        "results_person": str(person.uuid),
        "results_differs": str(type_twice(sessions["results"], trainer).uuid),
        **make_sheets(sessions["results"], trainer),
    }


def raise_hands(event: Event, trainer: User) -> None:
    """Both tests of a room of 34: most questions asked, more hands at the first option after."""
    for purpose, label, first in ((Purpose.PRE, "A", 9), (Purpose.POST, "B", 20)):
        questions = papers_of(event)[label]
        counts = {
            question.item.position: dict(zip(choices, (first, 5, 3, 1, 0), strict=False))
            for question in questions[:-2]
            if (choices := choices_of(question))
        }
        counted = Counted(uuid.uuid4(), label, 34, counts)
        count_hands(event, purpose, counted, questions, trainer)


def make_trainer() -> User:
    person = Person.objects.create(names={"Latn": "Rubina Trainer", "Arab": "روبینہ ٹرینر"})
    user = User.objects.create_user(TRAINER, TRAINER, DEMO_PASSWORD, person=person)
    grant_role(user, Role.TRAINER, Area.objects.get(code="PK"))
    return user


def make_session(trainer: User, days_ago: int, venue: str, people: int) -> Event:
    """A session of two days, with this many people registered."""
    first = timezone.localdate() - dt.timedelta(days=days_ago)
    pakistan = Area.objects.get(code="PK")
    programme, _made = Programme.objects.get_or_create(
        code="results", defaults={"area": pakistan, "names": {"en": "Results in pictures"}}
    )
    plan = Plan(
        programme=programme,
        course_version=Course.objects.get(code="coordination").versions.last(),
        kind=Event.Kind.CASCADE,
        mode=Event.Mode.ROOM,
        area=Area.objects.get(code="PK-PB"),
        slots=[
            Slot(first + dt.timedelta(days=day), *hours) for day in (0, 1) for hours in HALF_DAYS
        ],
        team=[(trainer.person, Facilitation.Role.LEAD)],
        languages=["en", "ur"],
        venue=venue,
        planned=20,
    )
    event = Event.objects.with_all_it_needs().get(pk=plan_event(plan, trainer).pk)
    organisation = Organisation.objects.filter(code="demo-institution").first()
    for latin, urdu, sex, age, constituency in PEOPLE[:people]:
        about = About(
            names={script: n for script, n in (("Latn", latin), ("Arab", urdu)) if n},
            sex=sex,
            age_band=age,
            constituency=constituency,
            organisation=organisation,
            job_role="Inspector",
        )
        register(event, about, None, enrolment_id=uuid.uuid4())
    return event


def fill(event: Event, right_answer: Callable[[Mapping[str, Any]], Any]) -> None:
    """Attendance of all, answers of ten, a total, a test on a device; two have one test only."""
    people = participants_of(event)
    for one in people:
        come(event, one)
    for n, one in enumerate(people[:10]):
        type_answers(one, Purpose.PRE, "A", 4 + n % 5, right_answer)
    for n, one in enumerate(people[:9]):
        type_answers(one, Purpose.POST, "B", 8 + n % 6, right_answer)
    type_total(people[10], Purpose.PRE, Fraction(13, 2))
    type_total(people[10], Purpose.POST, Fraction(11))
    online = moment(people[11], Purpose.POST)
    open_test(event.cohort, Purpose.POST)
    hand_in(start(people[11], Purpose.POST, online), None, online)


def close(event: Event, trainer: User) -> None:
    for one in participants_of(event):
        come(event, one)
        type_total(one, Purpose.PRE, Fraction(7))
    report(event, trainer)


def ask_again(event: Event, trainer: User) -> None:
    """A closed session whose people were tested again but for two; one had no test after it."""
    people = participants_of(event)
    for n, one in enumerate(people):
        come(event, one)
        type_total(one, Purpose.PRE, Fraction(6))
        if n:
            type_total(one, Purpose.POST, Fraction(11))
    report(event, trainer)
    day = timezone.localdate() - dt.timedelta(days=5)
    rows = {row.enrolment.pk: row for row in rows_of(event, "retention-3", "A")}
    for n, one in enumerate(people[1:-2]):
        line = Line(uuid.uuid4(), str(8 + n % 4), "A", day)
        enter_total(event, rows[one.pk], "retention-3", line, 15, trainer)


def type_twice(event: Event, trainer: User) -> Enrolment:
    """Of the slips of the post-test one twice the same, one in two ways, which is returned."""
    papers = papers_of(event)
    again = []
    due = [slip for slip in doublings_of(event)[Purpose.POST].due if not slip.is_total]
    for slip in due[:2]:
        row = next(
            row for row in rows_of(event, Purpose.POST, "B") if row.enrolment == slip.enrolment
        )
        text = row.line if not again else row.line.translate(str.maketrans("AB", "BA"))
        line = Line(uuid.uuid4(), text, row.form)
        again.append(enter_second(event, slip, Second(line), papers, trainer).sitting.enrolment)
    return again[-1]


def make_sheets(event: Event, trainer: User) -> dict[str, str]:
    """Lists of results: one that can be imported, one with rows to mend."""
    rows = rows_of(event, Purpose.POST, "B")
    codes, line = [row.enrolment.code for row in rows], rows[0].line
    headings = ["Sticker", "Name", "Form", "Answers", "Total", "Of"]
    good = [
        [codes[9], "Iqra Javed", "B", line, "", ""],
        [codes[1], "Aamir Sultan", "B", line, "", ""],
        [codes[10], "Farhan Ali", "", "", "12½", "15"],
    ]
    bad = [
        [codes[9], "Iqra Javed", "B", f"{line} Z", "", ""],
        [codes[0], "Aamir Sultan", "A", line, "", ""],
        ["99-X", "", "", "AAAAA", "", ""],
        [codes[11], "Kiran Shah", "", "", "7", "15"],
        [codes[10], "", "", "AAAAA", "7", ""],
    ]
    return {
        name: str(store_sheet(event, Purpose.POST, [headings, *rows], trainer, f"{name}.xlsx").uuid)
        for name, rows in (("sheet_good", good), ("sheet_bad", bad))
    }


def come(event: Event, enrolment: Enrolment) -> None:
    """Everybody is there; number 2 comes late and number 4 leaves after the first day."""
    number = int(enrolment.code.partition("-")[0])
    values = {(2, 1): "late", (4, 3): "absent", (4, 4): "absent"}
    for unit in event.units.all():
        value = values.get((number, unit.n), "present")
        mark(unit, enrolment, value, None, fact_id=uuid.uuid4())


def type_answers(
    enrolment: Enrolment,
    purpose: Purpose,
    label: str,
    right: int,
    right_answer: Callable[[Mapping[str, Any]], Any],
) -> None:
    """The first questions answered rightly, or marked full; the others left open."""
    questions = paper_questions(Form.objects.get(course_code="coordination", label=label))
    keyed = []
    for question in questions:
        position = question.item.position
        is_right = position <= right
        if question.kind in CHOOSING:
            keyed.append(Keyed(position, right_answer(question.definition) if is_right else None))
        else:
            keyed.append(Keyed(position, share=Fraction(is_right)))
    at = moment(enrolment, purpose)
    key_answers(enrolment, purpose, label, keyed, None, line_id=uuid.uuid4(), sat_at=at)


def type_total(enrolment: Enrolment, purpose: Purpose, got: Fraction) -> None:
    at = moment(enrolment, purpose)
    key_total(enrolment, purpose, "", got, 15, None, line_id=uuid.uuid4(), sat_at=at)


def moment(enrolment: Enrolment, purpose: Purpose) -> dt.datetime:
    """In the first hours of the session, or on its last day."""
    hours = 4 if purpose == Purpose.PRE else 36
    first = dt.datetime.combine(enrolment.cohort.opens, dt.time(0), dt.UTC)
    return first + dt.timedelta(hours=hours)
