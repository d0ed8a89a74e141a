"""The matrix of addresses and roles, and that it notices when a permission says yes."""

import inspect
from collections import Counter
from types import FunctionType

import pytest
from django.core.cache import cache
from django.db import connection

from learning.attempts import permissions as attempts_permissions
from learning.cascade import permissions as cascade_permissions
from learning.certificates import permissions as certificates_permissions
from learning.coursework import permissions as coursework_permissions
from learning.enrolment import permissions as enrolment_permissions
from learning.imports import permissions as imports_permissions
from learning.people import permissions as people_permissions
from learning.reporting import permissions as reporting_permissions
from learning.standards import permissions as standards_permissions
from modules.composing import permissions as composing_permissions
from modules.editions import permissions as editions_permissions
from modules.reference.statements import Statement
from modules.translating import permissions as translating_permissions
from tests.cast import Cast
from tests.routes.expectations import ROWS
from tests.routes.rows import ROLES
from tests.routes.sparing import draw_once, refuse_once
from tests.routes.walking import (
    Asking,
    all_roles,
    library_of,
    names_without_expectation,
    one_for_each_answer,
    url_names,
)
from tests.routes.world import World

pytestmark = pytest.mark.django_db

PERMISSION_MODULES = [
    people_permissions,
    attempts_permissions,
    coursework_permissions,
    certificates_permissions,
    enrolment_permissions,
    imports_permissions,
    cascade_permissions,
    reporting_permissions,
    standards_permissions,
    translating_permissions,
    editions_permissions,
    composing_permissions,
]


@pytest.fixture(scope="module")
def world(made_once) -> World:
    cast = Cast()
    for role in set(ROLES) - {"anonymous"}:
        getattr(cast, role)
    return World(cast)


@pytest.fixture
def asking(db, world, monkeypatch) -> Asking:
    draw_once(monkeypatch)
    refuse_once(monkeypatch)
    return Asking(world)


def test_every_address_has_an_expectation():
    assert names_without_expectation() == set()


def test_a_new_address_without_expectation_is_noticed(monkeypatch):
    monkeypatch.setattr("tests.routes.walking.ROWS", ROWS[1:])

    assert names_without_expectation() == {"healthz"}


def test_every_row_speaks_of_every_role():
    assert all(set(row.answers) == set(ROLES) for row in ROWS)


def test_matrix(asking):
    """Who may what is Python; PostgreSQL has but to understand the SQL of each page and role."""
    roles_of = all_roles if connection.vendor == "sqlite" else one_for_each_answer

    assert list(asking.mismatches(ROWS, roles_of)) == []


def test_roles_that_take_turns_get_every_answer_and_all_have_one():
    asked = [set(one_for_each_answer(row, turn)) for turn, row in enumerate(ROWS)]

    for row, roles in zip(ROWS, asked, strict=True):
        assert {row.answers[role] for role in roles} == set(row.answers.values())
    turns = Counter(role for roles in asked for role in roles)
    assert set(turns) == set(ROLES)
    assert min(turns.values()) > len(ROWS) / len(ROLES) / 2


def test_no_library_opens_its_pages_to_those_who_must_stay_outside(asking):
    names = [name for name in url_names() if library_of(name)]

    assert len(names) > 100
    assert [leak for name in names for leak in asking.leaks(name)] == []


def yes(*args, **kwargs):
    return True


def nothing(*args, **kwargs):
    return None


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


def every_event(*args, **kwargs):
    return Event.objects.all()  # noqa: F821


def every_facilitation(*args, **kwargs):
    return Facilitation.objects.all()  # noqa: F821


def every_programme(*args, **kwargs):
    return Programme.objects.all()  # noqa: F821


def any_sitting(user, uuid):
    return Sitting.objects.filter(uuid=uuid).first()  # noqa: F821


def every_roster(*args, **kwargs):
    return Roster.objects.all()  # noqa: F821


def every_answer_sheet(*args, **kwargs):
    return AnswerSheet.objects.all()  # noqa: F821


def everything(*args, **kwargs):
    return Q()  # noqa: F821


def planned(*args, **kwargs):
    return "planned"


def every_accreditation(*args, **kwargs):
    return Accreditation.objects.all()  # noqa: F821


def any_enrolment(user, uuid):
    return Enrolment.objects.filter(uuid=uuid).first()  # noqa: F821


def every_cohort(*args, **kwargs):
    return Cohort.objects.all()  # noqa: F821


def every_enrolment(*args, **kwargs):
    return Enrolment.objects.all()  # noqa: F821


def every_second_mark(*args, **kwargs):
    return HandMark.objects.filter(role="second")  # noqa: F821


def every_regrading(*args, **kwargs):
    return Regrading.objects.all()  # noqa: F821


def every_grant(user):
    return active_grants(user)  # noqa: F821


def every_work(*args, **kwargs):
    return Work.objects.filter(handed_in_at__isnull=False)  # noqa: F821


def every_task(*args, **kwargs):
    return ReviewTask.objects.all()  # noqa: F821


def any_file(user, uuid):
    return HandedFile.objects.filter(uuid=uuid).first()  # noqa: F821


def every_path(*args, **kwargs):
    return [""]


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
    "sitting_of": any_sitting,
    "sitting_in_course": any_sitting,
    "session_enrolment_of": any_enrolment,
    "cohorts_opened_by": every_cohort,
    "sittings_markable_by": every_sitting,
    "marks_tests": yes,
    "programmes_regraded_by": every_programme,
    "regradings_visible_to": every_regrading,
    "regrades_tests": yes,
    "certificates_revocable_by": every_certificate,
    "enrolment_for_coursework": any_enrolment,
    "tasks_of": every_task,
    "cohorts_tutored_by": every_cohort,
    "works_tutored_by": every_work,
    "file_to_open": any_file,
    "imports_rosters": yes,
    "programmes_for_rosters_of": every_programme,
    "countries_for_rosters_of": every_area,
    "programmes_open_to_rosters_of": every_programme,
    "people_matchable_by": every_person,
    "may_add_person": yes,
    "rosters_visible_to": every_roster,
    "rosters_handled_by": every_roster,
    "answer_sheets_handled_by": every_answer_sheet,
    "people_invitable_by": every_person,
    "has_training_desk": yes,
    "verifies_training": yes,
    "events_visible_to": every_event,
    "events_recordable_by": every_event,
    "events_verifiable_by": every_event,
    "may_record": yes,
    "may_place_event": yes,
    "programmes_for_training": every_programme,
    "areas_for_training": every_area,
    "people_known_to_trainer": every_person,
    "accreditations_visible_to": every_accreditation,
    "programmes_accredited_by": every_programme,
    "people_to_accredit": every_person,
    "programmes_targeted_by": every_programme,
    "_by_record_of": everything,
    "_facilitations_of": every_facilitation,
    "_within": everything,
    "_state": planned,
    "opens_reports": yes,
    "sees_exact": yes,
    "programmes_reported_to": every_programme,
    "events_counted_for": every_event,
    "enrolments_counted_for": every_enrolment,
    "measures_questions": yes,
    "sees_keys": yes,
    "enrolments_measured_for": every_enrolment,
    "certificates_registered_for": every_certificate,
    "second_marks_compared_for": every_second_mark,
    "people_registered_for": every_person,
    "trainers_registered_for": every_person,
    "paths_planned_for": every_path,
    "_grants": every_grant,
    "sets_standards": yes,
    "may_translate": yes,
    "may_publish": yes,
    "may_confirm": yes,
    "reads_trainers_matter": yes,
    "composes_tests": yes,
    "refusal": nothing,
    "refusal_of_page": nothing,
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
    "may_place_person": "people:edit own, moved to another province",
    "organisations_visible_to": "people:add",
    "areas_visible_to": "people:add",
    "countries_of": "people:add",
    "may_read_course": "wagtail_serve lesson for who started the course",
    "sitting_of": "test_question",
    "sitting_in_course": "test_sitting",
    "session_enrolment_of": "session_test_start",
    "cohorts_opened_by": "cohort_tests",
    "sittings_markable_by": "mark_question",
    "marks_tests": "marking_desk",
    "programmes_regraded_by": "regrade_question",
    "regradings_visible_to": "regrade other",
    "regrades_tests": "regrades",
    "certificates_revocable_by": "certificate_revoke",
    "enrolment_for_coursework": "coursework",
    "tasks_of": "coursework_review",
    "cohorts_tutored_by": "coursework_round",
    "works_tutored_by": "coursework_work",
    "file_to_open": "coursework_file",
    "imports_rosters": "roster_list",
    "programmes_for_rosters_of": "roster_new",
    "countries_for_rosters_of": "roster_new",
    "programmes_open_to_rosters_of": "roster_letters uploaded by somebody",
    "people_matchable_by": "roster draft with people outside the scope",
    "may_add_person": "roster draft with people outside the scope",
    "rosters_visible_to": "roster draft with people outside the scope",
    "rosters_handled_by": "roster_letters",
    "answer_sheets_handled_by": "event_import_check",
    "people_invitable_by": "roster draft with somebody whom others manage",
    "has_training_desk": "training_desk",
    "verifies_training": "training_desk what waits",
    "events_visible_to": "event",
    "events_recordable_by": "event_close",
    "events_verifiable_by": "event_verify",
    "may_record": "event_edit closed",
    "may_place_event": "event_plan where the programme does not reach",
    "programmes_for_training": "event_plan",
    "areas_for_training": "event_plan",
    "people_known_to_trainer": "event_plan",
    "accreditations_visible_to": "accreditations",
    "programmes_accredited_by": "accreditation_grant",
    "people_to_accredit": "accreditation_grant",
    "programmes_targeted_by": "targets",
    "_by_record_of": "test_sitting",
    "_facilitations_of": "event",
    "_within": "event_edit",
    "_state": "event_edit closed",
    "opens_reports": "reports",
    "sees_exact": "report_people",
    "programmes_reported_to": "report_programme",
    "events_counted_for": "report_sessions",
    "enrolments_counted_for": "report_people",
    "composes_tests": "wagtailsnippets_modules_blueprint:list",
    "measures_questions": "report_forms",
    "enrolments_measured_for": "report_forms",
    "sees_keys": "report_item",
    "certificates_registered_for": "report_certificates",
    "second_marks_compared_for": "marking_agreement",
    "people_registered_for": "report_people_register",
    "trainers_registered_for": "report_trainers one who works and trains",
    "paths_planned_for": "report_programme targets of a part",
    "_grants": "reports",
    "sets_standards": "standards",
    "may_translate": "translations",
    "may_publish": "translation_update",
    "may_confirm": "translation_review",
    "reads_trainers_matter": "edition_again",
    "refusal": "edition_file for trainers",
    "refusal_of_page": "edition_file of a course that nobody here has started",
}


def test_a_permission_that_says_yes_turns_a_cell_red(asking, monkeypatch, subtests):
    for name, mutant in MUTANTS.items():
        place = NOTICED_AT.get(name, "people:")
        rows = [row for row in ROWS if f"{row.name} {row.note}".startswith(place)]
        with subtests.test(name), monkeypatch.context() as patched:
            cache.clear()
            patched.setattr(FUNCTIONS[name], "__code__", mutant.__code__)
            build_statements_anew()
            assert next(asking.mismatches(rows), None) is not None
    build_statements_anew()


def build_statements_anew() -> None:
    """What is asked with SQL that was built of the permission functions as they were before."""
    for module in PERMISSION_MODULES:
        for _name, statement in inspect.getmembers(module, lambda one: isinstance(one, Statement)):
            vars(statement).pop("compiled", None)
