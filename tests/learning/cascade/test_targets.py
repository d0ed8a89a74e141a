"""The register of targets: each programme's are set by its own administrators."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from learning.cascade.targets import Target
from learning.people.models import Area, Programme
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

ADD = "/admin/targets/new/"


def target(cast, **fields):
    return Target(
        **{"programme": cast.programme, "area": cast.punjab, "unit": "people", "year": 2026}
        | {"value": 40}
        | fields
    )


@pytest.fixture
def abroad(cast) -> Target:
    programme = Programme.objects.create(code="abroad", area=cast.cambodia, names={"en": "A"})
    one = target(cast, programme=programme, area=cast.cambodia)
    one.save()
    return one


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "women", "value": 101},
        {"unit": "unknown"},
        {"value": 0},
        {"year": 1999},
    ],
)
def test_database_refuses_what_no_target_can_be(cast, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        target(cast, **wrong).save()


def test_one_target_for_an_area_a_unit_and_a_year(cast):
    target(cast).save()

    with pytest.raises(ValidationError, match="There is a target"):
        target(cast, value=50).full_clean()


def test_area_lies_in_the_area_of_the_programme(cast):
    with pytest.raises(ValidationError, match="does not lie in"):
        target(cast, area=cast.cambodia).full_clean()


def test_administrator_of_a_programme_sets_its_targets(client, cast):
    sign_in(client, cast.programme_admin)
    client.post(
        ADD,
        {
            "programme": cast.programme.pk,
            "area": cast.punjab.pk,
            "unit": "people",
            "year": 2026,
            "value": 40,
        },
    )

    assert Target.objects.get().value == 40


def test_she_is_offered_her_own_programme_and_its_areas(client, cast, abroad):
    sign_in(client, cast.programme_admin)
    page = client.get(ADD).content.decode()

    assert str(cast.programme) in page
    assert "Punjab" in page
    assert "Phnom Penh" not in page
    assert client.get("/admin/targets/").content.decode().count("Cambodia") == 0


def test_she_cannot_set_the_target_of_another(client, cast, abroad):
    sign_in(client, cast.programme_admin)
    fields = {"programme": abroad.programme_id, "area": abroad.area_id, "unit": "people"}
    client.post(ADD, fields | {"year": 2027, "value": 1})
    client.post(f"/admin/targets/edit/{abroad.pk}/", fields | {"year": 2026, "value": 1})

    assert list(Target.objects.values_list("value", flat=True)) == [40]
    assert client.get(f"/admin/targets/edit/{abroad.pk}/").status_code == 404


def test_target_may_be_deleted(client, cast):
    one = target(cast)
    one.save()
    sign_in(client, cast.programme_admin)
    client.post(f"/admin/targets/delete/{one.pk}/")

    assert not Target.objects.exists()


@pytest.mark.parametrize("who", ["area_admin", "author"])
def test_others_set_no_targets(client, cast, who):
    sign_in(client, getattr(cast, who))

    assert client.get(ADD).status_code == 302
    assert Area.objects.filter(targets__isnull=False).count() == 0
