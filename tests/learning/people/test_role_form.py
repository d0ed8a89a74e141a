"""The form that gives a role: who is who, and what a role may not be."""

import pytest

from learning.people.admin_forms import RoleGrantForm
from learning.people.models import User

pytestmark = pytest.mark.django_db


def form(cast, **given) -> RoleGrantForm:
    data = {"user": cast.learner.pk, "role": "trainer", "valid_from": "2026-11-01", **given}
    return RoleGrantForm(data, for_user=cast.system_admin)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Say where this role holds: area, organisation or programme."),
        (
            {"area": "punjab", "programme": "programme"},
            "Choose one of area, organisation or programme. A second role can hold another.",
        ),
        ({"area": "punjab", "valid_until": "2026-10-31"}, "The last day is before the first."),
    ],
)
def test_what_a_role_lacks_is_said_once(cast, given, said):
    named = {
        name: getattr(cast, value).pk if hasattr(cast, value) else value
        for name, value in given.items()
    }

    assert form(cast, **named).errors == {"__all__": [said]}


def test_a_role_in_one_place_is_given(cast):
    assert form(cast, area=cast.punjab.pk, valid_until="2026-11-01").is_valid()


def test_people_of_one_name_are_told_apart(cast):
    cast.outsider.person.names = cast.learner.person.names
    cast.outsider.person.save()
    nameless = User.objects.create_user("nameless")

    labels = dict(form(cast).fields["user"].choices)

    name = cast.learner.person.name()
    assert labels[cast.learner.pk] == f"{name} ({cast.learner.username})"
    assert labels[cast.outsider.pk] == f"{name} ({cast.outsider.username})"
    assert labels[nameless.pk] == "nameless"
