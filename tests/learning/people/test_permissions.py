"""Who sees whom. The cast lives in Punjab, the outsider in Cambodia."""

import pytest
from django.contrib.auth.models import AnonymousUser

from learning.people.models import Area, Organisation, Person, User
from learning.people.permissions import (
    areas_visible_to,
    may_place_person,
    organisations_visible_to,
    people_managed_by,
    people_visible_to,
)
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def test_anonymous_visitor_sees_nobody(cast):
    assert cast.learner
    assert not people_visible_to(AnonymousUser()).exists()
    assert not organisations_visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("who", ["learner", "trainer", "viewer", "author", "programme_admin"])
def test_sees_only_the_own_record(cast, who):
    user = getattr(cast, who)
    assert cast.outsider

    assert list(people_visible_to(user)) == [user.person]


def test_area_administrator_sees_the_area_and_nothing_beyond(cast):
    elsewhere = make_user("quetta", "Qasim Quetta", Area.objects.get(code="PK-BA"))

    assert cast.learner.person in people_visible_to(cast.area_admin)
    assert elsewhere.person not in people_visible_to(cast.area_admin)
    assert cast.outsider.person not in people_visible_to(cast.area_admin)


def test_organisation_administrator_sees_the_organisation_and_its_parts(cast):
    part = Organisation.objects.create(
        code="part", area=cast.punjab, parent=cast.institution, names={"en": "Part"}
    )
    staff = make_user("staff", "Salma Staff", cast.punjab, part)
    stranger = make_user("stranger", "Saad Stranger", cast.punjab)

    visible = people_visible_to(cast.organisation_admin)
    assert cast.learner.person in visible
    assert staff.person in visible
    assert stranger.person not in visible


def test_system_administrator_sees_everybody(cast):
    assert cast.learner
    assert cast.outsider

    assert people_visible_to(cast.system_admin).count() == Person.objects.count()


def test_nobody_administers_oneself(cast):
    assert cast.area_admin.person in people_visible_to(cast.area_admin)
    assert cast.area_admin.person not in people_managed_by(cast.area_admin)


def test_person_without_account_is_managed_too(cast):
    person = Person.objects.create(names={"Latn": "No Account"}, area_of_work=cast.punjab)

    assert person in people_managed_by(cast.area_admin)


@pytest.mark.parametrize("who", ["author", "programme_admin", "system_admin"])
def test_who_holds_power_is_managed_by_system_administrators_alone(cast, who):
    person = getattr(cast, who).person

    assert person not in people_managed_by(cast.area_admin)
    assert person in people_managed_by(User.objects.create_superuser("root"))


def test_lists_of_other_countries_stay_closed(cast):
    Organisation.objects.create(code="kh-body", area=cast.cambodia, names={"en": "Canary"})

    assert not organisations_visible_to(cast.area_admin).filter(code="kh-body").exists()
    assert organisations_visible_to(cast.outsider).filter(code="kh-body").exists()
    assert set(areas_visible_to(cast.learner).values_list("path", flat=True)) == {
        path for path in Area.objects.values_list("path", flat=True) if path.startswith("PK/")
    }


def test_administrators_place_people_inside_their_scope_only(cast):
    quetta = Area.objects.get(code="PK-BA")

    assert may_place_person(cast.area_admin, cast.punjab, None)
    assert not may_place_person(cast.area_admin, quetta, None)
    assert not may_place_person(cast.area_admin, None, cast.institution)
    assert may_place_person(cast.organisation_admin, None, cast.institution)
    assert may_place_person(cast.system_admin, None, None)
    assert not may_place_person(cast.learner, cast.punjab, cast.institution)
