import pytest

from learning.enrolment.enrolling import self_paced_cohort, self_paced_programme
from learning.imports.models import Roster
from learning.imports.permissions import (
    countries_for_rosters_of,
    imports_rosters,
    may_add_person,
    people_invitable_by,
    people_matchable_by,
    programmes_for_rosters_of,
    programmes_open_to_rosters_of,
    rosters_handled_by,
    rosters_visible_to,
)
from learning.imports.planning import Target
from learning.people.models import Area, Organisation, Person, Programme
from tests.learning.imports.making import imported, kept, row

pytestmark = pytest.mark.django_db

IMPORTING = {"area_admin", "organisation_admin", "programme_admin", "system_admin"}
OTHERS = {"learner", "trainer", "viewer", "author", "reviewer", "translator", "outsider"}


@pytest.fixture
def elsewhere(cast) -> Organisation:
    return Organisation.objects.create(code="abroad", area=cast.cambodia, names={"en": "Abroad"})


def test_administrators_import_and_nobody_else(cast):
    assert {
        name for name in IMPORTING | OTHERS if imports_rosters(getattr(cast, name))
    } == IMPORTING


@pytest.mark.parametrize(
    ("role", "programmes"),
    [
        ("area_admin", {"of-punjab"}),
        ("organisation_admin", set()),
        ("programme_admin", {"test-programme"}),
        ("system_admin", {"of-punjab", "test-programme", "abroad"}),
        ("viewer", set()),
    ],
)
def test_programmes_that_one_administers(cast, role, programmes):
    assert cast.programme
    Programme.objects.create(code="of-punjab", area=cast.punjab)
    Programme.objects.create(code="abroad", area=cast.cambodia)

    found = programmes_for_rosters_of(getattr(cast, role))

    assert set(found.values_list("code", flat=True)) == programmes


@pytest.mark.parametrize("role", sorted(IMPORTING - {"system_admin"}))
def test_self_paced_courses_of_ones_country_are_open_to_every_administrator(cast, role):
    own = self_paced_programme(cast.pakistan)
    foreign = self_paced_programme(cast.cambodia)
    user = getattr(cast, role)

    assert [area.code for area in countries_for_rosters_of(user)] == ["PK"]
    assert own in programmes_open_to_rosters_of(user)
    assert foreign not in programmes_open_to_rosters_of(user)


def test_people_of_ones_programme_can_be_matched(cast, version):
    stranger = Person.objects.create(names={"Latn": "Zz Far"}, area_of_work=cast.cambodia)
    cohort = self_paced_cohort(cast.programme, version)
    assert stranger not in people_matchable_by(cast.programme_admin)

    cohort.enrolments.create(person=stranger)

    assert stranger in people_matchable_by(cast.programme_admin)
    assert stranger not in people_matchable_by(cast.area_admin)


@pytest.mark.parametrize(
    ("role", "area", "organisation", "allowed"),
    [
        ("area_admin", "PK-PB", "", True),
        ("area_admin", "PK-SD", "", False),
        ("area_admin", "", "test-ssi", False),
        ("area_admin", "", "", False),
        ("organisation_admin", "", "test-ssi", True),
        ("organisation_admin", "PK-SD", "test-ssi", True),
        ("organisation_admin", "PK-PB", "", False),
        ("organisation_admin", "", "abroad", False),
        ("programme_admin", "", "", True),
        ("programme_admin", "PK-SD", "test-ssi", True),
        ("programme_admin", "KH-12", "", False),
        ("programme_admin", "", "abroad", False),
        ("system_admin", "KH-12", "abroad", True),
        ("viewer", "PK-PB", "test-ssi", False),
    ],
)
def test_who_may_add_whom(cast, elsewhere, role, area, organisation, allowed):
    places = {"test-ssi": cast.institution, "abroad": elsewhere}
    found = Area.objects.filter(code=area).first()

    may = may_add_person(getattr(cast, role), cast.programme, found, places.get(organisation))

    assert may == allowed


def test_an_administrator_of_one_programme_adds_nobody_through_another(cast):
    other = Programme.objects.create(code="other", area=cast.pakistan)

    assert not may_add_person(cast.programme_admin, other, cast.punjab, None)


def test_a_list_that_is_not_confirmed_is_for_its_owner_alone(cast, target):
    draft = kept(cast.area_admin, target, row("Ali Khan"))

    seeing = {
        name for name in IMPORTING | OTHERS if draft in rosters_visible_to(getattr(cast, name))
    }

    assert seeing == {"area_admin"}


def test_a_confirmed_list_is_seen_where_its_programme_is_administered(cast, version):
    target = Target(cast.programme, version)
    done = imported(cast.programme_admin, target, row("Ali Khan"))
    cast.area_admin.role_grants.update(area=cast.pakistan)

    def names(function) -> set[str]:
        return {name for name in IMPORTING | OTHERS if done in function(getattr(cast, name))}

    assert names(rosters_visible_to) == {"area_admin", "programme_admin", "system_admin"}
    assert names(rosters_handled_by) == {"programme_admin", "system_admin"}


def test_whose_role_ended_handles_no_list_any_more(cast, version):
    done = imported(cast.programme_admin, Target(cast.programme, version), row("Ali Khan"))
    cast.programme_admin.role_grants.update(valid_from="2026-01-01", valid_until="2026-01-02")
    again = type(cast.programme_admin).objects.get(pk=cast.programme_admin.pk)

    assert not rosters_handled_by(again).exists()
    assert not rosters_visible_to(again).exists()
    assert Roster.objects.get() == done


def test_accounts_are_opened_for_whom_one_made_known_or_manages(cast, version):
    target = Target(cast.programme, version)
    imported(cast.programme_admin, target, row("Ali Khan"))
    made_known = Person.objects.get(names__Latn="Ali Khan")
    managed = cast.learner.person

    invitable = people_invitable_by(cast.programme_admin)
    assert made_known in invitable
    assert managed not in invitable
    assert managed in people_invitable_by(cast.area_admin)
    assert made_known not in people_invitable_by(cast.organisation_admin)
    assert people_invitable_by(cast.system_admin).count() == Person.objects.count()
