"""Generations: who was trained as a trainer, and what she led afterwards."""

import datetime as dt

import pytest

from learning.cascade.models import Event, EventFact
from learning.reporting.asking import reach_of
from learning.reporting.drawing import MOST_BOXES, tree_of
from learning.reporting.gathering import gather
from learning.reporting.lineage import by_generation, lineage_of
from learning.reporting.periods import period
from learning.reporting.programmes import programme_report
from tests.learning.reporting.making import MARCH, crowd, hold, records

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(1)


def lineage(cast, until=dt.date(2026, 12, 31)):
    reach = reach_of(cast.system_admin, cast.programme)
    return lineage_of(reach.groups, gather(reach.enrolments, reach.groups), until)


def generations(cast):
    found = lineage(cast).sessions
    return [one.generation for one in found]


@pytest.fixture
def master(cast):
    return cast.trainer.person


@pytest.fixture
def cascade(cast, master):
    """Masters are trained, train trainers, and these hold two sessions."""
    trainers = crowd(2)
    hold(cast, [master], kind=Event.Kind.TOMT, day=MARCH)
    hold(cast, trainers, kind=Event.Kind.TOT, day=MARCH + 7 * DAY, lead=master)
    for days, trainer in zip((14, 21), trainers, strict=True):
        hold(cast, crowd(10), day=MARCH + days * DAY, lead=trainer)
    return trainers


def test_each_session_is_one_generation_below_the_training_of_its_lead(cast, cascade):
    assert generations(cast) == [0, 1, 2, 2]


def test_a_session_before_the_training_was_over_descends_from_nothing(cast, master):
    hold(cast, [master], kind=Event.Kind.TOT, day=MARCH)
    hold(cast, crowd(3), day=MARCH, lead=master)

    assert sorted(generations(cast), key=str) == [0, None]


def test_of_several_trainings_the_lowest_generation_counts(cast, cascade, master):
    hold(cast, cascade, kind=Event.Kind.TOMT, day=MARCH + 10 * DAY)

    assert [one.generation for one in lineage(cast).sessions] == [0, 1, 0, 1, 1]


def test_who_was_absent_was_not_trained_as_a_trainer(cast, master):
    hold(cast, [master], kind=Event.Kind.TOT, day=MARCH, present=False)
    hold(cast, crowd(3), day=MARCH + DAY, lead=master)

    assert generations(cast) == [0, None]


def test_what_is_not_verified_plays_no_part(cast, master):
    hold(cast, [master], kind=Event.Kind.TOT, day=MARCH, state=EventFact.What.REPORTED)
    hold(cast, crowd(3), day=MARCH + DAY, lead=master)

    assert generations(cast) == [None]


def test_ordinary_sessions_make_no_trainers(cast, master):
    hold(cast, [master], day=MARCH)
    hold(cast, crowd(3), day=MARCH + DAY, lead=master)

    assert generations(cast) == [None, None]


def test_tree_tells_who_trained_whom(cast, cascade, master):
    (root,) = lineage(cast).roots
    (branch,) = root.branches
    (training,) = branch.trainings

    assert (branch.lead.person, branch.sessions) == (master.pk, 0)
    assert [one.lead.person for one in training.branches] == [one.pk for one in cascade]
    assert (training.active, training.sessions, len(training.people)) == (2, 2, 20)


def test_generations_have_a_table(cast, cascade):
    reach = reach_of(cast.system_admin, cast.programme)
    found = programme_report(cast.system_admin, cast.programme, reach, period("2026"))

    assert [tuple(row.values()) for row in records(found.by_generation)] == [
        ("Generation 0", 1, 0, 1),
        ("Generation 1", 1, 1, 2),
        ("Generation 2", 2, 2, 20),
        ("All", 4, 3, 23),
    ]
    assert list(by_generation(found.lineage.sessions)) == [0, 1, 2]


def test_drawing_goes_along_the_line_of_reading(cast, cascade):
    roots = lineage(cast).roots
    drawn, mirrored = (tree_of(roots, tall=False, rtl=rtl) for rtl in (False, True))

    columns = [box.x for box in sorted(drawn.boxes, key=lambda box: box.x)]
    assert columns == sorted({1, 273, 545})
    assert {drawn.width - box.x - drawn.box for box in mirrored.boxes} == set(columns)
    assert all(edge.x1 < edge.x2 for edge in drawn.edges)
    assert all(edge.x1 > edge.x2 for edge in mirrored.edges)


def test_too_much_is_not_drawn(cast, master):
    for days in range(MOST_BOXES + 1):
        hold(cast, kind=Event.Kind.TOT, day=MARCH + days * DAY)

    assert tree_of(lineage(cast).roots, tall=False, rtl=False) is None
    assert tree_of([], tall=False, rtl=False) is None
