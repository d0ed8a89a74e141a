"""The demo: told once, of the same days whenever, and in all states that pages show."""

import datetime as dt
from collections import Counter

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.attempts.models import ScoringRun, Sitting
from learning.cascade.headcounting import COUNTED
from learning.cascade.models import AttendanceMark, Event, EventFact, Headcount
from learning.cascade.permissions import events_recordable_by
from learning.certificates.models import Certificate
from learning.demo.learners import STATES
from learning.demo.telling import is_told, tell
from learning.demo.trainings import TRAINED, Trainings
from learning.enrolment.models import Enrolment
from learning.people.models import Person, User
from learning.standards.models import Study
from learning.standards.showing import shown_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

TODAY = dt.date(2026, 11, 20)


class Enough(Exception):
    """The telling has come far enough; with what has been told."""


def test_told_twice_on_one_day_it_is_the_same(monkeypatch):
    first = beginning_of_story(monkeypatch)
    tell(len(STATES), today=TODAY)
    whole = story()

    assert whole[: len(first)] == first
    assert (len(first) > 30, len(whole) > 100) == (True, True)
    assert_trainings_are_those_of_the_source()
    assert_nothing_lies_in_the_future_but_the_next_session()
    assert_learners_are_in_every_state()
    assert_everybody_is_a_role_and_a_number()
    assert_sessions_were_recorded_by_who_may()
    assert_a_panel_came_closer()
    assert tell(50, today=TODAY).already
    assert story() == whole
    assert abs(timezone.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def beginning_of_story(monkeypatch) -> list[tuple[str, dt.datetime]]:
    """As it is told until the second province begins; nothing of it stays."""
    province = Trainings.province

    def until_the_second(self, code: str, day: int) -> Person:
        if self.masters:
            raise Enough(story())
        return province(self, code, day)

    with monkeypatch.context() as patched:
        patched.setattr(Trainings, "province", until_the_second)
        with pytest.raises(Enough) as told:
            tell(len(STATES), today=TODAY)
    return told.value.args[0]


def story() -> list[tuple[str, dt.datetime]]:
    return list(Certificate.objects.order_by("pk").values_list("serial", "issued_at"))


def assert_trainings_are_those_of_the_source() -> None:
    trainings = Event.objects.with_state().filter(kind=Event.Kind.TOT)
    sizes = {event.area.code: event.cohort.enrolments.count() for event in trainings}
    states = Counter(event.state for event in Event.objects.with_state())

    assert sizes == TRAINED
    assert sum(sizes.values()) == 100
    assert states == {"verified": 10, "planned": 2, "reported": 1, "returned": 1}
    assert sum(Headcount.objects.values_list("n", flat=True)) == 60


def assert_nothing_lies_in_the_future_but_the_next_session() -> None:
    end = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    later = Event.objects.filter(units__date__gt=TODAY)

    assert not EventFact.objects.filter(received_at__gte=end).exists()
    assert not AttendanceMark.objects.filter(received_at__gte=end).exists()
    assert not ScoringRun.objects.filter(made_at__gte=end).exists()
    assert not Certificate.objects.filter(issued_at__gte=end).exists()
    assert [event.units.get().date for event in later] == [TODAY + dt.timedelta(days=5)]


def assert_a_panel_came_closer() -> None:
    study = Study.objects.get()
    rounds = shown_of(study).rounds

    assert study.judges.filter(person__user__username="trainer@demo.test").count() == 1
    assert study.judges.count() == 3
    assert 0 < rounds[2].se < rounds[1].se
    assert not study.decisions.exists()


def assert_learners_are_in_every_state() -> None:
    learners = Enrolment.objects.filter(cohort__kind="self_paced")

    assert learners.count() == len(STATES)
    assert learners.filter(certificates__grade="achievement").count() == 2
    assert Sitting.objects.filter(handed_in_at=None).count() == 1
    assert learners.filter(facts__what="withdrawn").count() == 1
    assert learners.filter(steps=None, sittings=None).count() == 1


def assert_everybody_is_a_role_and_a_number() -> None:
    names = set(Person.objects.filter(user__isnull=True).values_list("names__Latn", flat=True))

    assert all(name.rpartition(" ")[2].isdecimal() for name in names)


def assert_sessions_were_recorded_by_who_may() -> None:
    marks = AttendanceMark.objects.order_by().values_list("recorded_by", "unit__event").distinct()
    users = User.objects.in_bulk({user for user, _event in marks})

    assert {user.username for user in users.values()} == {"trainer@demo.test", "admin@demo.test"}
    for user, event in marks:
        assert events_recordable_by(users[user]).filter(pk=event).exists()
    counted = Event.objects.get(counting=Event.Counting.HEADCOUNT)
    assert ModelLogEntry.objects.for_instance(counted).filter(action=COUNTED).count() == 1


def test_accounts_alone_when_nobody_is_to_learn(db):
    tell(0)

    assert is_told()
    assert User.objects.count() == 3
    assert not Event.objects.exists()


def test_no_demo_data_without_demo(db):
    with pytest.raises(CommandError, match="only under DEMO=1"):
        call_command("demo")

    assert not is_told()
