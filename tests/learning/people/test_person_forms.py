import pytest

from learning.people.models import Organisation
from learning.people.person_forms import AreaField, NameField, OrganisationField, script_of


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Amina", "Latn"),
        ("(نادیہ)", "Arab"),
        ("សុខា", "Khmr"),
        ("ສົມພອນ", "Laoo"),
        ("Александр", "Latn"),
        ("12", "Latn"),
    ],
)
def test_the_script_of_a_name(name, script):
    assert script_of(name) == script


def test_a_name_is_written_one_way():
    assert NameField().clean("  Jose\u0301   Khan ") == "José Khan"


def grouped(field) -> dict[str, list[str]]:
    """The labels by country."""
    return {
        country: [label for _value, label in things] for country, things in field.choices if country
    }


def test_areas_stand_under_their_country(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        groups = grouped(AreaField(empty_label="Not stated"))

    assert list(groups) == ["Cambodia", "Lao PDR", "Pakistan"]
    assert groups["Pakistan"][:2] == ["All of Pakistan", "Balochistan"]


@pytest.mark.parametrize("count", [1, 3])
def test_organisations_stand_under_their_country(cast, django_assert_num_queries, count):
    for number in range(count):
        Organisation.objects.create(code=f"o{number}", area=cast.punjab, names={"en": f"O{number}"})
    Organisation.objects.create(code="nssf", area=cast.cambodia, names={"en": "NSSF"})
    with django_assert_num_queries(2):
        groups = grouped(OrganisationField(empty_label="Not in this list"))

    assert groups["Cambodia"] == ["NSSF"]
    assert len(groups["Pakistan"]) == count
