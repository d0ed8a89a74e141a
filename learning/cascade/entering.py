"""Typing in the results of tests on paper, person by person: answers, or totals only.

A page shows one row per participant of a session. What was taken on a device is shown and never
typed over; what was typed for the wrong person is taken back for a reason.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from learning.attempts.keying import (
    CannotKey,
    Keyed,
    Unreadable,
    key_answers,
    key_total,
    paper_questions,
    plain,
    read_keys,
    take_back,
    typed_lines,
)
from learning.attempts.models import Sitting, TypedTotal
from learning.attempts.questions import questions_of
from learning.attempts.results import Result, results_by_enrolment
from learning.cascade.errors import Refused
from learning.cascade.later import check_day, wave_named
from learning.cascade.models import Event
from learning.cascade.planning import lock_later, lock_open
from learning.cascade.reading_lines import (
    cannot_key,
    number_with_part,
    read_marks,
    unreadable,
)
from learning.cascade.registering import participants_of
from learning.certificates.issuers import time_zone_of
from learning.enrolment.models import Enrolment
from learning.people.facts import Fact
from learning.people.models import User
from modules.papers.asking import PaperQuestion
from modules.papers.contents import Form, Label
from modules.papers.models import Purpose
from modules.papers.naming import read_test
from modules.questions.digits import NumberError
from modules.questions.errors import DefinitionError
from modules.questions.models import Question

# A test on paper that is no form of the course: its total can be typed, its answers cannot.
ANOTHER_TEST = ""
# Which form is handed out when, unless a person got the other one.
USUAL_FORM = {Purpose.PRE: Label.A, Purpose.POST: Label.B}
NOON = dt.time(12)

type Papers = Mapping[str, Sequence[PaperQuestion]]


@dataclass(frozen=True)
class Row:
    """One participant and what is known of the test. `label` is the form to begin with.

    `line` is what was typed, as it would be typed again; empty where only a total is known.
    """

    enrolment: Enrolment
    result: Result | None
    label: str
    line: str = ""
    is_running: bool = False  # sits the test on a device now

    @property
    def is_online(self) -> bool:
        if self.result is None:
            return self.is_running
        return self.result.sitting.handed_in_by != Sitting.HandedInBy.KEYED

    @property
    def sitting(self) -> Sitting | None:
        """What was typed in, with its answers or its total."""
        return self.result.sitting if self.result and not self.is_online else None

    @property
    def grain(self) -> str:
        """ "item", "total" or, without a result, nothing."""
        return self.result.sitting.grain if self.result else ""

    def is_typed_as(self, grain: str) -> bool:
        """Whether a result of this grain was typed in."""
        return self.grain == grain and not self.is_online

    @property
    def form(self) -> str:
        """The form that was typed, else the one to begin with."""
        return self.result.sitting.form_label if self.result else self.label


@dataclass(frozen=True)
class Line:
    """What somebody typed for one person; the id is made where it was typed.

    `day`: of a test some months after the session, when it was taken.
    """

    id: uuid.UUID
    text: str
    label: str
    day: dt.date | None = None


def papers_of(event: Event) -> dict[str, list[PaperQuestion]]:
    """The forms of the course by label, as they are printed; six queries, twelve after a change.

    A form that cannot be printed (a question of it is not published) is left out: its totals can
    still be typed. Empty for a course without tests.
    """
    course = event.cohort.course_version.course.code
    found = {}
    for form in Form.objects.filter(course_code=course).prefetch_related("questions"):
        try:
            found[form.label] = paper_questions(form)
        except (Question.DoesNotExist, DefinitionError):
            continue
    return found


def labels_of(event: Event) -> list[str]:
    """The labels of the forms of the course; one query."""
    course = event.cohort.course_version.course.code
    return list(Form.objects.filter(course_code=course).values_list("label", flat=True))


def full_marks(questions: Sequence[PaperQuestion]) -> Fraction:
    return sum((question.full_mark for question in questions), Fraction(0))


def rows_of(event: Event, test: str, label: str) -> list[Row]:
    """Every participant in order of stickers; `label` is the form of who has typed nothing yet.

    `test` by its name. Some months after the session those who had the test after it, and nobody
    else. Whoever had a form before gets the other one afterwards. Seven queries.
    """
    enrolments = Enrolment.objects.filter(cohort=event.cohort_id)
    results = results_by_enrolment(enrolments)
    purpose, wave = read_test(test) or (test, 0)
    participants = [
        one
        for one in participants_of(event)
        if not wave or _newest(results.get(one.pk, []), Purpose.POST)
    ]
    running = set(
        Sitting.objects.filter(
            enrolment__in=enrolments, purpose=purpose, wave=wave, handed_in_at=None
        ).values_list("enrolment", flat=True)
    )
    newest = {pk: _newest(found, test) for pk, found in results.items()}
    lines = typed_lines(
        result.sitting
        for result in newest.values()
        if result and result.sitting.grain == Sitting.Grain.ITEM
    )
    return [
        Row(
            enrolment=one,
            result=newest.get(one.pk),
            label=_label(results.get(one.pk, []), test, label),
            line=_line(newest.get(one.pk), lines),
            is_running=one.pk in running,
        )
        for one in participants
    ]


def _newest(results: Sequence[Result], test: str) -> Result | None:
    return next((r for r in reversed(results) if r.sitting.test_name == test), None)


def _line(result: Result | None, lines: Mapping[int, str]) -> str:
    if result is None or result.sitting.handed_in_by != Sitting.HandedInBy.KEYED:
        return ""
    return lines.get(result.sitting.pk, "")


def _label(results: Sequence[Result], test: str, label: str) -> str:
    if test not in USUAL_FORM:  # some months later the other one than the last
        last = _newest(results, Purpose.POST)
        other = {last.sitting.form_label} if last else set()
    else:
        before = (r.sitting for r in results if r.sitting.test_name != test)
        other = {one.form_label for one in before if not one.is_later} - {ANOTHER_TEST}
    if len(other) == 1 and other <= set(Label.values):
        return next(one for one in Label.values if one not in other)
    return label


# --- storing -------------------------------------------------------------------------------------


@transaction.atomic
def enter_answers(
    event: Event,
    row: Row,
    test: str,
    line: Line,
    papers: Papers,
    by: User | None,
    via: str = Fact.Via.PAPER,
) -> Sitting:
    """Store a line of answers. Raises `Refused` with the person, the place and what is possible."""
    lock_for(event, test)
    questions = questions_asked(row.sitting, row.enrolment, line.label, papers)
    keyed = read_line(row.enrolment, line, questions)
    when = sat_at(event, test, line.day)
    try:
        return key_answers(
            row.enrolment, test, line.label, keyed, by, line_id=line.id, sat_at=when, via=via
        )
    except CannotKey as refusal:
        raise Refused(cannot_key(row.enrolment, refusal.code))


def read_line(enrolment: Enrolment, line: Line, questions: Sequence[PaperQuestion]) -> list[Keyed]:
    """What was typed of each question. Raises `Refused` with the place and what is possible."""
    try:
        return read_keys(line.text, questions)
    except Unreadable as refusal:
        raise Refused(unreadable(enrolment, refusal, questions, line.label))


def questions_asked(
    typed: Sitting | None, enrolment: Enrolment, label: str, papers: Papers
) -> Sequence[PaperQuestion]:
    """Those of the paper whose answers were typed before, whatever became of the form since."""
    if typed and typed.grain == Sitting.Grain.ITEM and typed.form_label == label:
        return questions_of(typed)
    if label not in papers:
        raise Refused(cannot_key(enrolment, "no_form"))
    return papers[label]


@transaction.atomic
def enter_total(
    event: Event,
    row: Row,
    test: str,
    line: Line,
    full: int | None,
    by: User | None,
    via: str = Fact.Via.PAPER,
) -> Sitting:
    """Store a total of `full` marks. Raises `Refused` with the person and what is possible."""
    lock_for(event, test)
    got = read_marks(row.enrolment, line.text, full)
    when = sat_at(event, test, line.day)
    try:
        return key_total(
            row.enrolment,
            test,
            line.label,
            got,
            full or 0,
            by,
            line_id=line.id,
            sat_at=when,
            via=via,
        )
    except CannotKey as refusal:
        raise Refused(cannot_key(row.enrolment, refusal.code))


@transaction.atomic
def take_result_back(event: Event, result: Result, why: str, by: User | None) -> None:
    """A result that was typed for the wrong person counts no longer. Raises `Refused`."""
    lock_for(event, result.sitting.test_name)
    try:
        take_back(result.sitting, by, why)
    except CannotKey as refusal:
        raise Refused(cannot_key(result.sitting.enrolment, refusal.code))


def lock_for(event: Event, test: str) -> Event:
    """The session with its row locked, if results of `test` may be typed now. Raises `Refused`."""
    return lock_open(event) if test in USUAL_FORM else lock_later(event)


def sat_at(event: Event, purpose: str, day: dt.date | None = None) -> dt.datetime:
    """When everybody had the test on paper: at the beginning of the session, or at its end.

    Some months later on `day`, at noon; raises `Refused` for a day outside of the wave. One query
    for the clock of the place, and two for the wave.
    """
    if purpose not in USUAL_FORM:
        wave = wave_named(event, purpose)
        if wave is None:
            raise Refused(_("There is no such test any more. Nothing was saved."))
        checked = check_day(wave, day)
        return dt.datetime.combine(checked, NOON, tzinfo=time_zone_of(event.cohort))
    units = event.held_units
    unit = units[0] if purpose == Purpose.PRE else units[-1]
    time = unit.starts if purpose == Purpose.PRE else unit.ends
    return dt.datetime.combine(unit.date, time, tzinfo=time_zone_of(event.cohort))


# --- the room ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Room:
    """What the results so far come to: of how many people, and shares of the full marks."""

    people: int
    mean: Fraction
    least: Fraction
    most: Fraction


def room_of(rows: Sequence[Row], changed: Result | None = None) -> Room | None:
    """Of everybody who has a result, `changed` in the place of an older one; None of nobody."""
    results = {row.enrolment.pk: row.result for row in rows if row.result}
    if changed:
        results[changed.sitting.enrolment_id] = changed
    if not results:
        return None
    shares = [result.mark.share for result in results.values()]
    mean = sum(shares, Fraction(0)) / len(shares)
    return Room(len(shares), mean, min(shares), max(shares))


# --- what the page begins with -------------------------------------------------------------------


def is_same_line(row: Row, line: Line) -> bool:
    """Whether these answers are the ones in force already."""
    return bool(row.line) and row.form == line.label and plain(row.line) == plain(line.text)


def is_same_total(row: Row, line: Line, full: int | None) -> bool:
    """Whether this total is the one in force already."""
    if row.result is None or row.grain != Sitting.Grain.TOTAL or row.form != line.label:
        return False
    try:
        got = number_with_part(line.text)
    except NumberError:
        return False
    return (got, full) == (row.result.mark.got, row.result.mark.full)


def usual_form(test: str) -> str:
    """The form that is handed out; some months later mostly the one of the test before."""
    return USUAL_FORM.get(test, Label.A)  # type: ignore[call-overload]


def usual_full(event: Event, test: str, papers: Papers) -> int | None:
    """The full marks that were typed last for this test, else those of the form; one query."""
    purpose, wave = read_test(test) or (test, 0)
    typed = TypedTotal.objects.filter(
        sitting__enrolment__cohort=event.cohort_id,
        sitting__purpose=purpose,
        sitting__wave=wave,
        sitting__taken_back_at=None,
    )
    last = typed.order_by("received_at", "pk").values_list("full", flat=True).last()
    if last:
        return last
    usual = papers.get(usual_form(test)) or next(iter(papers.values()), None)
    return int(full_marks(usual)) if usual else None
