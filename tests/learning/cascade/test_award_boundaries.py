"""What real sessions earn at the edges of the rule: half-days, minutes and marks (D.2)."""

import datetime as dt
import uuid

import pytest

from learning.cascade.attending import mark
from learning.cascade.certifying import proposals_of
from learning.cascade.clashing import Slot
from learning.cascade.planning import cancel_unit
from learning.certificates.models import AwardRule
from tests.learning.cascade.making import DAY, add, loaded, make_event, note, result

pytestmark = pytest.mark.django_db

NINE = dt.time(9)


def half_days(*minutes: int) -> list[Slot]:
    """A morning for each length, day after day."""
    return [
        Slot(DAY + dt.timedelta(days=n), NINE, (dt.datetime.combine(DAY, NINE) + length).time())
        for n, length in enumerate(dt.timedelta(minutes=one) for one in minutes)
    ]


def session(cast, *minutes: int, **rule):
    event = make_event(cast, slots=half_days(*minutes))
    if rule:
        AwardRule.objects.create(
            course_version=event.cohort.course_version,
            effective_from=DAY,
            **{"scheme": "S2"} | rule,
        )
    return event


def earned(event) -> tuple[str, str]:
    """Grade and what is missing of the one participant."""
    (line,) = proposals_of(loaded(event))
    return str(line.grade or ""), line.why_not


@pytest.mark.parametrize(
    ("half_days_there", "of", "test", "grade", "why_not"),
    [
        (3, 4, (18, 20), "", "too_little"),  # 75 per cent of the time, 90 of the marks
        (8, 10, None, "attendance", ""),  # exactly 80 per cent, no test
        (10, 10, None, "attendance", ""),
        (4, 4, (139, 200), "attendance", ""),  # 69.5 per cent is not rounded up
        (4, 4, (140, 200), "achievement", ""),
        (4, 4, (0, 20), "attendance", ""),
        (0, 4, (20, 20), "", "too_little"),
    ],
)
def test_two_limits(cast, half_days_there, of, test, grade, why_not):
    event = session(cast, *[60] * of)
    enrolment = add(event, "Aamir")
    note(event, enrolment, ["present"] * half_days_there + ["absent"] * (of - half_days_there))
    if test:
        result(enrolment, "post", *test)

    assert earned(event) == (grade, why_not)


@pytest.mark.parametrize(("missed", "grade"), [(210, "attendance"), (211, "")])
def test_one_minute_less_than_four_fifths(cast, missed, grade):
    event = session(cast, 210, 210, 210, 210, missed)
    enrolment = add(event, "Aamir")
    note(event, enrolment, ["present"] * 4 + ["absent"])

    assert earned(event)[0] == grade


def test_half_a_half_day_counts_and_less_does_not(cast):
    event = session(cast, 100, 100)
    first, second = event.units.all()
    there, late = add(event, "Aamir"), add(event, "Bano")
    for enrolment, minutes in ((there, 60), (late, 49)):
        mark(first, enrolment, "present", None, fact_id=uuid.uuid4())
        mark(second, enrolment, "late", None, fact_id=uuid.uuid4(), minutes=minutes)

    lines = proposals_of(loaded(event))

    assert [line.attendance.attended for line in lines] == [160, 100]
    assert [line.grade for line in lines] == ["attendance", None]


def test_a_cancelled_half_day_leaves_both_sides(cast):
    event = session(cast, 60, 60, 60, 60)
    enrolment = add(event, "Aamir")
    note(event, enrolment, ["present"] * 3 + ["absent"])
    assert earned(event) == ("", "too_little")

    cancel_unit(event, event.units.last(), "The hall was closed")

    assert earned(event) == ("attendance", "")


@pytest.mark.parametrize(
    ("got", "there", "gate", "grade", "why_not"),
    [
        (700, 4, None, "achievement", ""),
        (699, 4, None, "attendance", ""),
        (600, 4, None, "attendance", ""),
        (599, 4, None, "", "low_mark"),
        (None, 4, None, "", "no_test"),
        (950, 3, None, "achievement", ""),  # 75 per cent of the time, and no gate
        (950, 3, 80, "", "too_little"),
        (950, 3, 75, "achievement", ""),
    ],
)
def test_one_scale(cast, got, there, gate, grade, why_not):
    event = session(cast, 60, 60, 60, 60, gate=gate)
    enrolment = add(event, "Aamir")
    note(event, enrolment, ["present"] * there + ["absent"] * (4 - there))
    if got is not None:
        result(enrolment, "post", got, 1000)

    assert earned(event) == (grade, why_not)


def test_the_test_before_decides_nothing(cast):
    event = session(cast, 60)
    enrolment = add(event, "Aamir")
    note(event, enrolment, ["present"])
    result(enrolment, "pre", 20)

    assert earned(event) == ("attendance", "")


def test_excused_is_not_there(cast):
    event = session(cast, 60)
    note(event, add(event, "Aamir"), ["excused"])

    assert earned(event) == ("", "too_little")
