"""The matrix of addresses and roles, and that it notices when a permission says yes."""

import inspect
from types import FunctionType

import pytest

from learning.attempts import permissions as attempts_permissions
from learning.certificates import permissions as certificates_permissions
from learning.enrolment import permissions as enrolment_permissions
from learning.imports import permissions as imports_permissions
from learning.people import permissions as people_permissions
from tests.routes.expectations import ROWS
from tests.routes.rows import ROLES
from tests.routes.walking import Asking, library_of, names_without_expectation, url_names
from tests.routes.world import World

pytestmark = pytest.mark.django_db

PERMISSION_MODULES = [
    people_permissions,
    attempts_permissions,
    certificates_permissions,
    enrolment_permissions,
    imports_permissions,
]


@pytest.fixture
def asking(cast) -> Asking:
    return Asking(World(cast))


def test_every_address_has_an_expectation():
    assert names_without_expectation() == set()


def test_a_new_address_without_expectation_is_noticed(monkeypatch):
    monkeypatch.setattr("tests.routes.walking.ROWS", ROWS[1:])

    assert names_without_expectation() == {"healthz"}


def test_every_row_speaks_of_every_role():
    assert all(set(row.answers) == set(ROLES) for row in ROWS)


def test_matrix(asking):
    assert list(asking.mismatches(ROWS)) == []


def test_no_library_opens_its_pages_to_those_who_must_stay_outside(asking):
    names = [name for name in url_names() if library_of(name)]

    assert len(names) > 100
    assert [leak for name in names for leak in asking.leaks(name)] == []


def yes(*args, **kwargs):
    return True


def every_country(*args, **kwargs):
    return {"PK", "KH", "LA"}


def every_person(*args, **kwargs):
    return Person.objects.all()  # noqa: F821 (runs with the globals of the mutated function)


def every_organisation(*args, **kwargs):
    return Organisation.objects.all()  # noqa: F821


def every_area(*args, **kwargs):
    return Area.objects.all()  # noqa: F821


def every_sitting(*args, **kwargs):
    return Sitting.objects.all()  # noqa: F821


def every_certificate(*args, **kwargs):
    return Certificate.objects.all()  # noqa: F821


def every_programme(*args, **kwargs):
    return Programme.objects.all()  # noqa: F821


def every_roster(*args, **kwargs):
    return Roster.objects.all()  # noqa: F821


# What says yes to everything in the place of each permission function.
MUTANTS: dict[str, FunctionType] = {
    "countries_of": every_country,
    "people_visible_to": every_person,
    "people_managed_by": every_person,
    "organisations_visible_to": every_organisation,
    "areas_visible_to": every_area,
    "manages_people": yes,
    "may_place_person": yes,
    "may_read_course": yes,
    "sittings_of": every_sitting,
    "sittings_markable_by": every_sitting,
    "marks_tests": yes,
    "certificates_revocable_by": every_certificate,
    "imports_rosters": yes,
    "programmes_for_rosters_of": every_programme,
    "countries_for_rosters_of": every_area,
    "programmes_open_to_rosters_of": every_programme,
    "people_matchable_by": every_person,
    "may_add_person": yes,
    "rosters_visible_to": every_roster,
    "rosters_handled_by": every_roster,
    "people_invitable_by": every_person,
}
FUNCTIONS = {
    name: function
    for module in PERMISSION_MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
}


def test_every_permission_function_has_a_mutant():
    assert set(FUNCTIONS) == set(MUTANTS)


# Where each of them must be noticed; asking the whole matrix for each would take minutes.
NOTICED_AT = {
    "may_read_course": "wagtail_serve",
    "sittings_of": "test_",
    "sittings_markable_by": "mark_question",
    "marks_tests": "marking_desk",
    "certificates_revocable_by": "certificate_revoke",
    "imports_rosters": "roster_list",
    "programmes_for_rosters_of": "roster_new",
    "countries_for_rosters_of": "roster_new",
    "programmes_open_to_rosters_of": "roster_letters",
    "people_matchable_by": "roster",
    "may_add_person": "roster",
    "rosters_visible_to": "roster",
    "rosters_handled_by": "roster_letters",
    "people_invitable_by": "roster",
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_permission_that_says_yes_turns_a_cell_red(asking, monkeypatch, name):
    monkeypatch.setattr(FUNCTIONS[name], "__code__", MUTANTS[name].__code__)
    rows = [row for row in ROWS if row.name.startswith(NOTICED_AT.get(name, "people:"))]

    assert next(asking.mismatches(rows), None) is not None
