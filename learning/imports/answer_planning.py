"""The dry run of a list of results: what it would do, without doing it. The import does that."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from learning.attempts.keying import as_typed
from learning.attempts.models import Sitting
from learning.attempts.questions import questions_by_sitting
from learning.cascade.entering import (
    ANOTHER_TEST,
    USUAL_FORM,
    Line,
    Papers,
    Row,
    papers_of,
    read_line,
    rows_of,
    usual_full,
)
from learning.cascade.errors import Refused
from learning.cascade.models import Event
from learning.cascade.reading_lines import cannot_key, marks_as_typed, read_marks, who
from learning.cascade.stamping import stamp
from learning.cascade.stickers import read_sticker, sticker_code
from learning.imports.answer_rows import AnswerRow, Problem, read_answers
from learning.people.naming import keys_of
from modules.papers.asking import PaperQuestion
from modules.papers.models import Purpose
from modules.questions.digits import NumberError, read_number
from modules.reference.lists import left_to_right

NEW, CHANGED, SAME = "new", "changed", "same"
MOST_MARKS = 1000


@dataclass(frozen=True)
class Planned:
    """A row with its participant, what is taken of it and what is in force now, both as typed.

    `full` are the marks of the whole test, of a total; `remark` is for who looks at it.
    """

    row: AnswerRow
    current: Row
    label: str
    taken: str
    state: str
    before: str = ""
    full: int | None = None
    remark: str = ""


@dataclass
class Plan:
    """What a list would do; nothing of it is done while there are problems."""

    planned: list[Planned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: Sequence[str] = ()
    empty: int = 0
    papers: Papers = field(default_factory=dict)

    @property
    def changing(self) -> list[Planned]:
        return [one for one in self.planned if one.state != SAME]

    @property
    def counts(self) -> Counter[str]:
        """How many results are new, changed, the same."""
        return Counter(one.state for one in self.planned)

    @property
    def is_ready(self) -> bool:
        return bool(self.changing) and not self.problems

    @property
    def stamp(self) -> str:
        """What changes with whatever the list would do, or could not do."""
        rows = [
            (one.row.row, one.current.enrolment.pk, one.label, one.taken, one.full, one.before)
            for one in self.planned
        ]
        return stamp(rows, [(one.row, one.message) for one in self.problems])


@dataclass(frozen=True)
class Known:
    """What the rows of a list are checked against; `asked` by the key of what was typed before."""

    event: Event
    papers: Papers
    current: Mapping[str, Row]
    asked: Mapping[int, Sequence[PaperQuestion]]
    full: int | None

    @classmethod
    def of(cls, event: Event, purpose: str) -> "Known":
        """Some twenty queries, however many people there are."""
        papers = papers_of(event)
        usual = USUAL_FORM[Purpose(purpose)]
        label = usual if usual in papers else next(iter(papers), ANOTHER_TEST)
        rows = rows_of(event, purpose, label)
        typed = [row.sitting for row in rows if row.sitting and row.line]
        return cls(
            event,
            papers,
            {row.enrolment.code: row for row in rows},
            questions_by_sitting(typed),
            usual_full(event, purpose, papers),
        )


def make_plan(event: Event, purpose: str, rows: Sequence[Sequence[str]]) -> Plan:
    """What `rows` would do to the results of a test. Messages are in the active language."""
    reading = read_answers(rows)
    known = Known.of(event, purpose)
    plan = Plan([], list(reading.problems), reading.left_out, reading.empty, known.papers)
    codes = {row.row: _code(row, event) for row in reading.rows}
    twice = _named_twice(codes)
    for row in reading.rows:
        try:
            plan.planned.append(_planned(row, codes[row.row], twice, known))
        except Refused as refused:
            plan.problems.append(Problem(row.row, row.sticker, str(refused)))
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _code(row: AnswerRow, event: Event) -> str:
    """The sticker as we write it; nothing for one of another session."""
    number = read_sticker(row.sticker, event.uuid)
    return "" if number is None else sticker_code(number, event.uuid)


def _named_twice(codes: Mapping[int, str]) -> dict[str, list[int]]:
    """Stickers on several rows, with these rows."""
    rows = defaultdict(list)
    for row, code in codes.items():
        rows[code].append(row)
    return {code: found for code, found in rows.items() if code and len(found) > 1}


def _planned(row: AnswerRow, code: str, twice: Mapping[str, list[int]], known: Known) -> Planned:
    current = known.current.get(code)
    if current is None:
        words = _("Nobody in this session has the sticker {code}.")
        raise Refused(words.format(code=left_to_right(row.sticker)))
    if code in twice:
        numbers = ", ".join(map(str, twice[code]))
        raise Refused(_("This sticker is on several rows: {rows}.").format(rows=numbers))
    if current.is_online:
        raise Refused(cannot_key(current.enrolment, "online"))
    label = _label(row, current, known)
    found = _total(row, current, label, known) if row.is_total else None
    return found or _answers(row, current, label, known)


def _label(row: AnswerRow, current: Row, known: Known) -> str:
    """The form of the row, else the usual one. Raises `Refused` for another than was typed."""
    label = row.form.upper() if row.form else current.form
    if label not in known.papers and (row.form or not row.is_total):
        words = _("{person}: the course has no form “{form}”. Its forms: {forms}.")
        facts = {"form": row.form, "forms": ", ".join(known.papers) or "–"}
        raise Refused(words.format(person=who(current.enrolment), **facts))
    if current.sitting and current.form and row.form and label != current.form:
        words = _(
            "{person}: typed before as form {before}, and the list says {form}. Correct the list,"
            " or take the result back first."
        )
        facts = {"before": current.form, "form": label}
        raise Refused(words.format(person=who(current.enrolment), **facts))
    return label


def _answers(row: AnswerRow, current: Row, label: str, known: Known) -> Planned:
    enrolment, typed = current.enrolment, current.sitting
    is_same_paper = typed is not None and typed.pk in known.asked and typed.form_label == label
    questions = known.asked[typed.pk] if typed and is_same_paper else known.papers[label]
    line = Line(enrolment.uuid, row.line_of(len(questions)), label)
    keyed = read_line(enrolment, line, questions)
    responses = {one.position: one.response for one in keyed}
    shares = {one.position: one.share for one in keyed if one.share is not None}
    taken, before = as_typed(questions, responses, shares), _before(current)
    state = SAME if taken == before else CHANGED if before else NEW
    return Planned(row, current, label, taken, state, before, remark=_remark(row, current))


def _total(row: AnswerRow, current: Row, label: str, known: Known) -> Planned:
    if current.is_typed_as(Sitting.Grain.ITEM):
        words = _("{person}: the answers are known already; a total would hide them.")
        raise Refused(words.format(person=who(current.enrolment)))
    full = _full(row, current) if row.full else known.full
    got = read_marks(current.enrolment, row.total, full)
    taken, before = marks_as_typed(got), _before(current)
    same = before == taken and current.result and current.result.mark.full == full
    state = SAME if same else CHANGED if before else NEW
    return Planned(row, current, label, taken, state, before, full, _remark(row, current))


def _full(row: AnswerRow, current: Row) -> int:
    try:
        full = read_number(row.full, ())
    except NumberError:
        full = None
    if full is None or full.denominator != 1 or not 1 <= full <= MOST_MARKS:
        words = _("{person}: the marks of the whole test are a whole number from 1 to {most}.")
        raise Refused(words.format(person=who(current.enrolment), most=MOST_MARKS))
    return int(full)


def _before(current: Row) -> str:
    """What is in force, as it would be typed; nothing where there is no result."""
    if current.is_typed_as(Sitting.Grain.TOTAL) and current.result:
        return marks_as_typed(current.result.mark.got)
    return current.line


def _remark(row: AnswerRow, current: Row) -> str:
    """That the list names somebody else beside this sticker: perhaps its rows have slipped."""
    if not row.name or keys_of([row.name]) & keys_of(current.enrolment.person.names.values()):
        return ""
    if not current.enrolment.person.names:
        return ""
    return _("The list says {name} here. Are its rows in order?").format(name=row.name[:80])
