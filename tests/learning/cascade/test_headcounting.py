"""People who are only counted: all numbers or none, and never two people's over one another."""

import pytest
from wagtail.models import ModelLogEntry

from learning.cascade.closing import report
from learning.cascade.errors import Refused
from learning.cascade.headcounting import CELLS, counts_of, set_headcounts, stamp_of_counts
from learning.cascade.models import Event
from learning.cascade.stamping import Stale
from learning.enrolment.models import Enrolment
from tests.learning.cascade.making import loaded, make_event

pytestmark = pytest.mark.django_db

WOMEN, MEN, UNKNOWN = ("female", "worker"), ("male", "employer"), ("", "")


@pytest.fixture
def event(cast) -> Event:
    return make_event(cast, counting="headcount")


def test_every_sex_and_constituency_has_a_cell_not_stated_too():
    assert len(CELLS) == len(set(CELLS)) == 28
    assert UNKNOWN in CELLS


def test_numbers_replace_those_before_and_zeros_are_not_kept(cast, event):
    set_headcounts(event, {WOMEN: 12, MEN: 27}, cast.trainer)
    set_headcounts(event, {WOMEN: 0, MEN: 30, UNKNOWN: 2}, cast.trainer)

    assert counts_of(event) == {MEN: 30, UNKNOWN: 2}
    assert not Enrolment.objects.filter(cohort=event.cohort).exists()


def test_history_keeps_who_counted_how_many(cast, event):
    set_headcounts(event, {WOMEN: 12, MEN: 27}, cast.trainer)
    set_headcounts(event, {WOMEN: 12, MEN: 27}, cast.area_admin)  # nothing new

    entry = ModelLogEntry.objects.for_instance(event).get()
    assert (entry.user, str(entry.message)) == (cast.trainer, "39 people counted")


@pytest.mark.parametrize("wrong", [{WOMEN: 5, MEN: -1}, {WOMEN: 5, ("female", "pilots"): 1}])
def test_one_wrong_number_and_none_is_kept(cast, event, wrong):
    set_headcounts(event, {MEN: 3}, cast.trainer)

    with pytest.raises(Refused, match="no numbers of people"):
        set_headcounts(event, wrong, cast.trainer)

    assert counts_of(event) == {MEN: 3}


def test_named_people_are_not_counted_beside(cast):
    with pytest.raises(Refused, match="people are registered"):
        set_headcounts(make_event(cast), {MEN: 3}, cast.trainer)


def test_closed_session_keeps_its_numbers(cast, event):
    set_headcounts(event, {MEN: 3}, cast.trainer)
    report(event, cast.trainer)

    with pytest.raises(Refused, match="was sent for verification"):
        set_headcounts(event, {MEN: 4}, cast.trainer)

    assert counts_of(loaded(event)) == {MEN: 3}


def test_of_two_who_type_at_once_the_second_is_told(cast, event):
    seen = stamp_of_counts(counts_of(event))
    set_headcounts(event, {MEN: 3}, cast.trainer, seen=seen)

    with pytest.raises(Stale, match="Somebody else saved other numbers"):
        set_headcounts(event, {MEN: 4}, cast.area_admin, seen=seen)

    assert counts_of(event) == {MEN: 3}


def test_same_numbers_sent_twice_are_no_conflict(cast, event):
    seen = stamp_of_counts(counts_of(event))
    for _press in range(2):
        set_headcounts(event, {MEN: 3}, cast.trainer, seen=seen)

    assert counts_of(event) == {MEN: 3}
