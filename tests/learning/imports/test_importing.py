import time
from resource import RUSAGE_SELF, getrusage

import pytest
from django.db import DatabaseError

from learning.enrolment.enrolling import self_paced_cohort
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.imports import importing
from learning.imports.errors import NotReady
from learning.imports.importing import confirm
from learning.imports.models import Roster, RosterEntry
from learning.imports.planning import Target
from learning.people.models import Person, User
from tests.learning.imports.making import imported, kept, row, rows

pytestmark = pytest.mark.django_db

ALI = row("Ali Khan", "m", "ali@example.org", organisation="test-ssi")


def test_a_confirmed_list_makes_people_known_and_enrols_them(cast, target):
    assert cast.institution

    roster = imported(cast.area_admin, target, ALI, row("Sana Bibi", "f"))

    ali = Person.objects.get(names={"Latn": "Ali Khan"})
    assert (ali.sex, ali.organisation, ali.area_of_work) == ("male", cast.institution, cast.punjab)
    facts = EnrolmentFact.objects.filter(enrolment__cohort=Cohort.objects.get())
    assert {(f.what, f.captured_via, f.recorded_by) for f in facts} == {
        ("started", "import", cast.area_admin)
    }
    assert facts.count() == 2
    assert roster.confirmed_by == cast.area_admin
    assert roster.counts == {
        "new": 2, "known": 0, "twins": 0, "enrolled": 2, "again": 0, "already": 0,
    }  # fmt: skip


def test_the_rows_go_and_the_address_stays_with_its_entry_alone(cast, target):
    assert cast.institution

    imported(cast.area_admin, target, ALI, row("Sana Bibi"))

    assert list(Roster.objects.values_list("rows", "choices")) == [(None, {})]
    entries = RosterEntry.objects.values_list("row", "is_new", "way", "email")
    assert list(entries) == [
        (2, True, "invitation", "ali@example.org"),
        (3, True, "paper", ""),
    ]


def test_confirming_twice_imports_once(cast, target):
    roster = kept(cast.area_admin, target, *rows(3))
    first = confirm(roster, cast.area_admin)
    people = Person.objects.count()

    again = confirm(roster, cast.area_admin)

    assert again.confirmed_at == first.confirmed_at
    assert (Person.objects.count(), RosterEntry.objects.count()) == (people, 3)
    assert EnrolmentFact.objects.count() == 3


def test_the_record_of_somebody_known_stays_as_it_is(cast, target):
    learner = cast.learner.person
    named = row("Lubna LEARNER", "m", "learner@example.org")

    imported(cast.area_admin, target, named)

    learner.refresh_from_db()
    assert (learner.names, learner.sex) == ({"Latn": "Lubna Learner"}, "")
    assert Enrolment.objects.get().person == learner
    assert RosterEntry.objects.get().is_new is False


@pytest.mark.parametrize(
    "bad", [row("Ali 2"), row("Sana Bibi", area="PK-SD"), row("Person aaaaa"), None]
)
def test_one_row_that_is_not_ready_keeps_all_from_being_imported(cast, target, bad):
    """To mend, outside the scope, to decide; and a list of nobody."""
    people = [*rows(3), bad] if bad else []
    roster = kept(cast.area_admin, target, *people)
    before = Person.objects.count()

    with pytest.raises(NotReady, match=r"Nothing was imported\.$"):
        confirm(roster, cast.area_admin)

    assert Person.objects.count() == before
    assert not Enrolment.objects.exists()
    roster.refresh_from_db()
    assert (roster.confirmed_at, len(roster.rows)) == (None, len(people) + 1)


@pytest.mark.parametrize("step", ["enrol_list", "close", "entry"])
def test_what_fails_midway_leaves_nothing_behind(cast, target, monkeypatch, step):
    roster = kept(cast.area_admin, target, *rows(3))
    before = Person.objects.count()

    def fail(*args, **kwargs):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(importing, step, fail)
    with pytest.raises(DatabaseError):
        confirm(roster, cast.area_admin)

    assert Person.objects.count() == before
    assert not Enrolment.objects.exists()
    assert not RosterEntry.objects.exists()
    assert Roster.objects.get().confirmed_at is None


def test_who_has_an_account_gets_news_only_if_it_is_news(cast, target):
    named = row("Lubna Learner", email="learner@example.org")
    assert cast.learner.person

    imported(cast.area_admin, target, named)
    imported(cast.area_admin, target, named)

    ways = RosterEntry.objects.order_by("roster").values_list("way", "email")
    assert sorted(ways) == [("enrolled", ""), ("none", "")]


def test_a_closed_account_and_one_without_address_get_nothing(cast, target):
    User.objects.filter(pk=cast.learner.pk).update(is_active=False)
    User.objects.filter(pk=cast.trainer.pk).update(email="")
    choices = {"3": f"person:{cast.trainer.person.uuid}"}
    tariq = row("Tariq Trainer", organisation="test-ssi")
    roster = kept(cast.area_admin, target, row("Lubna Learner", email="learner@example.org"), tariq)
    roster.choices = choices
    roster.save()

    confirm(roster, cast.area_admin)

    assert set(RosterEntry.objects.values_list("way", flat=True)) == {"none"}


def test_no_code_goes_out_for_somebody_the_importer_does_not_manage(cast, version):
    """A code opens the whole record: results of other programmes, too."""
    known = Person.objects.create(names={"Latn": "Ali Khan"}, area_of_work=cast.punjab)
    target = Target(cast.programme, version)
    self_paced_cohort(cast.programme, version).enrolments.create(person=known)
    named = row("Ali Khan", email="mine@example.org")
    roster = kept(cast.programme_admin, target, named)
    roster.choices = {"2": f"person:{known.uuid}"}
    roster.save()

    confirm(roster, cast.programme_admin)

    assert list(RosterEntry.objects.values_list("way", "email")) == [("none", "")]


@pytest.mark.parametrize("many", [3, 30])
def test_the_number_of_queries_does_not_grow_with_the_list(
    cast, target, many, django_assert_num_queries
):
    roster = kept(cast.area_admin, target, *rows(many, email="p{n}@example.org"))

    with django_assert_num_queries(29):
        confirm(roster, cast.area_admin)

    assert RosterEntry.objects.count() == many


@pytest.mark.drill
def test_five_thousand_people_take_less_than_a_minute_and_300_mb(cast, target):
    """Some three seconds, and 50 MB, on two cores that nobody else uses."""
    roster = kept(cast.area_admin, target, *rows(5_000, email="p{n}@example.org"))
    before, began = getrusage(RUSAGE_SELF).ru_maxrss, time.monotonic()

    confirm(roster, cast.area_admin)

    assert time.monotonic() - began < 60
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 300 * 1024
    assert Enrolment.objects.count() == 5_000
