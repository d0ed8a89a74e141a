import pytest
from django.utils import translation

from learning.people.areas import load_areas
from learning.people.models import Area

pytestmark = pytest.mark.django_db


def test_three_countries_with_the_parts_iso_lists():
    parts = {c.code: c.children.count() for c in Area.objects.filter(parent=None)}

    assert parts == {"PK": 7, "KH": 25, "LA": 18}


def test_every_area_says_which_list_it_is_from():
    assert not Area.objects.filter(listed_on=None).exists()


def test_loading_again_changes_nothing():
    before = list(Area.objects.values("pk", "code", "path", "names"))

    assert load_areas(Area) == 53
    assert list(Area.objects.values("pk", "code", "path", "names")) == before


def test_path_follows_the_parent():
    district = Area.objects.create(
        code="PK-PB-LHR", kind="district", parent=Area.objects.get(code="PK-PB")
    )

    assert district.path == "PK/PK-PB/PK-PB-LHR/"
    assert district.country_code == "PK"


def test_name_in_the_language_of_the_reader():
    punjab = Area.objects.get(code="PK-PB")

    with translation.override("ur"):
        assert str(punjab) == "پنجاب"
    with translation.override("lo"):
        assert str(punjab) == "Punjab"
