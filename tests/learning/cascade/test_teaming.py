"""Whom a trainer may name as facilitator, and what a guess at an account tells: nothing."""

import datetime as dt

import pytest

from learning.cascade.teaming import find_colleague, people_to_offer
from learning.people.merging import merge
from learning.people.models import Person, Role, RoleGrant
from tests.cast import make_user
from tests.learning.cascade.making import DAY, accredit, add, make_event, two_days

pytestmark = pytest.mark.django_db


def find(cast, typed: str) -> Person | None:
    return find_colleague(typed, cast.pakistan, cast.trainer)


def test_those_are_offered_who_train_or_were_trained_to(cast):
    of_trainers = make_event(cast, kind="tot")
    graduate = add(of_trainers, "Graduate").person
    version, later = of_trainers.cohort.course_version, two_days(DAY + dt.timedelta(weeks=1))
    participant = add(make_event(cast, version=version, slots=later), "Participant").person
    accredited = Person.objects.create(names={"Latn": "Accredited"})
    accredit(cast, accredited)

    offered = set(people_to_offer(cast.trainer))

    assert offered == {cast.trainer.person, graduate, accredited}
    assert participant not in offered


def test_person_with_two_records_is_offered_once(cast):
    event = make_event(cast, kind="tot")
    records = [add(event, name).person for name in ("Aamir", "Amir")]
    merge(*records, "Same card", None)

    assert set(people_to_offer(cast.trainer)) == {cast.trainer.person, records[0]}


@pytest.mark.parametrize("typed", ["area_admin", " AREA_ADMIN ", "Area_admin@Example.org"])
def test_account_is_found_by_its_exact_name_or_address(cast, typed):
    assert find(cast, cast.area_admin.username) == cast.area_admin.person
    assert find(cast, typed) == cast.area_admin.person


@pytest.mark.parametrize("typed", ["area_admi", "nobody", "", "%", "Amina Area"])
def test_guesses_find_nobody(cast, typed):
    assert cast.area_admin
    assert find(cast, typed) is None


def test_who_holds_no_role_in_the_country_is_not_told(cast):
    learner = cast.learner
    RoleGrant.objects.create(user=learner, role=Role.LEARNER, area=cast.pakistan)
    foreign = make_user("sokha", "Sokha Chan", cast.cambodia)
    RoleGrant.objects.create(user=foreign, role=Role.TRAINER, area=cast.cambodia)
    former = make_user("former", "Former", cast.punjab)
    RoleGrant.objects.create(
        user=former, role=Role.TRAINER, area=cast.punjab, valid_from=DAY, valid_until=DAY
    )

    assert [find(cast, name) for name in ("learner", "sokha", "former")] == [None] * 3


def test_who_is_known_already_is_found_without_a_role(cast):
    add(make_event(cast), known=cast.learner.person)

    assert find(cast, "learner") == cast.learner.person


def test_closed_account_and_ambiguous_address_find_nobody(cast):
    cast.area_admin.is_active = False
    cast.area_admin.save()
    for user in (cast.programme_admin, cast.viewer):
        user.email = "office@example.org"
        user.save()

    assert find(cast, "area_admin") is None
    assert find(cast, "office@example.org") is None
