"""The record of one session as tables, with the same names in every language.

A row per participant, whose results say what they are known from; and apart from them the shows of
hands, which belong to nobody.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from django.conf import settings

from learning.attempts.keying import LETTERS
from learning.attempts.results import Result
from learning.cascade.certifying import Line, proposals_of
from learning.cascade.figures import Participant, tested_in
from learning.cascade.models import Event, EventUnit
from learning.cascade.tallies import Tally
from learning.cascade.tallying import RIGHT, choices_of, counts_in, questions_counted
from learning.people.models import Person
from modules.reference.cells import Cell, exact, to_csv

DEMO_LINE = "# demo data: people and results are invented"
HANDS = ("test", "grain", "form", "people", "question", "version", "option", "hands")
SCRIPTS = {"latin": "Latn", "arabic": "Arab", "khmer": "Khmr", "lao": "Laoo"}
RESULT = ("got", "full", "grain", "form")
ABOUT = ("sex", "age_band", "constituency")


def record_csv(event: Event) -> str:
    """The file; 14 queries. `event` comes with all it needs."""
    demo: list[Sequence[Cell]] = [[DEMO_LINE]] if settings.DEMO else []
    return to_csv([*demo, *record_of(event)])


def record_of(event: Event) -> list[list[Cell]]:
    """The names of the columns, then a row for everybody in order of stickers."""
    units = event.held_units
    tested = {one.enrolment.pk: one for one in tested_in(event)}
    waves = sorted({wave for one in tested.values() for wave in one.later})
    rows = [_row(line, tested[line.enrolment.pk], units, waves) for line in proposals_of(event)]
    return [list(columns(units, waves)), *rows]


def columns(units: Sequence[EventUnit], waves: Sequence[int] = ()) -> list[str]:
    """Stable names: programs read them, whatever the language of who exports.

    Last come the tests some months later, where anybody was tested again.
    """
    return [
        "sticker",
        *(f"name_{script}" for script in SCRIPTS),
        *ABOUT,
        "organisation",
        "role",
        "area",
        *(f"half_day_{unit.n}" for unit in units),
        "minutes_attended",
        "minutes_offered",
        "attendance",
        "attendance_percent",
        *(f"{test}_{what}" for test in ("pre", "post") for what in RESULT),
        "proposed_grade",
        "certificate",
        *(f"months_{wave}_{what}" for wave in waves for what in RESULT),
    ]


def _row(
    line: Line, tested: Participant, units: Sequence[EventUnit], waves: Sequence[int]
) -> list[Cell]:
    enrolment, attendance = line.enrolment, line.attendance
    marks: Mapping[int, Cell] = {pk: mark.value for pk, mark in attendance.marks.items()}
    return [
        enrolment.code,
        *_about(enrolment.person),
        *(marks.get(unit.pk) for unit in units),
        attendance.attended,
        attendance.offered,
        exact(attendance.share),
        one_decimal(attendance.share),
        *_result(tested.before),
        *_result(tested.after),
        str(line.grade or ""),
        line.certificate.serial if line.certificate else "",
        *(cell for wave in waves for cell in _result(tested.later.get(wave))),
    ]


def _about(person: Person) -> list[Cell]:
    return [
        *(person.names.get(script, "") for script in SCRIPTS.values()),
        *(getattr(person, name) for name in ABOUT),
        str(person.organisation or ""),
        person.job_role,
        person.area_of_work.code if person.area_of_work else "",
    ]


def _result(result: Result | None) -> list[Cell]:
    """Marks, full marks, what they are known from, the form; `open` while an answer is unmarked."""
    if result is None:
        return ["", "", "", ""]
    grain = result.sitting.grain if result.mark.is_final else "open"
    return [exact(result.mark.got), exact(result.mark.full), grain, result.sitting.form_label]


def one_decimal(share: Fraction) -> str:
    """Per cent of a share, cut and never rounded up: 139/200 is "69.5", 2/3 is "66.6"."""
    tenths = int(share * 1000)
    return f"{tenths // 10}.{tenths % 10}"


def tally_csv(event: Event) -> str:
    """The shows of hands of a session; a query, and one more for each of them."""
    demo: list[Sequence[Cell]] = [[DEMO_LINE]] if settings.DEMO else []
    tallies = event.tallies.in_force().order_by("-purpose")
    return to_csv([*demo, HANDS, *(row for one in tallies for row in _hands(one))])


def _hands(tally: Tally) -> Iterator[list[Cell]]:
    """A row for each option, by its letter on paper, or for "right" where the trainer judged."""
    counts = counts_in(tally)
    about: list[Cell] = [tally.purpose, "tally", tally.form_label, tally.people]
    for question in questions_counted(tally):
        own = counts.get(question.item.position, {})
        for letter, key in zip(LETTERS, choices_of(question), strict=False):
            if key in own:
                option = RIGHT if key == RIGHT else letter
                asked: list[Cell] = [
                    question.item.position,
                    f"{question.item.question}.{question.item.n}",
                ]
                yield [*about, *asked, option, own[key]]
