import pytest

from learning.enrolment.enrolling import start_course, withdraw
from learning.enrolment.models import Cohort, Enrolment
from learning.imports.importing import confirm
from learning.imports.matching import ANOTHER
from learning.imports.planning import Plan, Target, make_plan
from learning.people.models import Person, Programme
from tests.learning.imports.making import HEADINGS, imported, kept, row, rows

pytestmark = pytest.mark.django_db


def plan(user, target, *people, choices=None) -> Plan:
    return make_plan([HEADINGS, *people], user, target, choices)


def counts(found: Plan) -> dict[str, int]:
    return {name: count for name, count in found.counts.items() if count}


def test_a_dry_run_changes_nothing(cast, target):
    admin = cast.area_admin
    before = Person.objects.count(), Programme.objects.count()

    found = plan(admin, target, *rows(3))

    assert counts(found) == {"new": 3, "enrolled": 3}
    assert found.is_ready
    assert (Person.objects.count(), Programme.objects.count()) == before
    assert not Cohort.objects.exists()
    assert not Enrolment.objects.exists()


def test_known_people_are_counted_by_how_they_stand_to_the_course(cast, target, version):
    learner, trainer = cast.learner.person, cast.trainer.person
    start_course(learner, version.course, cast.pakistan, cast.learner)
    left = start_course(trainer, version.course, cast.pakistan, cast.trainer)
    withdraw(left, None)
    named = [
        row("Lubna Learner", email="learner@example.org"),
        row("Tariq Trainer", email="trainer@example.org"),
        row("Victor Viewer", email=cast.viewer.email),
    ]

    found = plan(cast.area_admin, target, *named)

    assert counts(found) == {"known": 3, "already": 1, "again": 1, "enrolled": 1}


def test_two_rows_of_one_person_are_one_person(cast, target):
    same = row("Ali Khan", email="ali@example.org")
    learner = row("Lubna Learner", email="learner@example.org")
    assert cast.learner.person

    found = plan(cast.area_admin, target, same, same, learner, learner)

    assert counts(found) == {"new": 1, "known": 1, "enrolled": 2, "twins": 2}
    assert [one.row.row for one in found.people] == [2, 4]


def test_a_chain_of_rows_ends_at_the_first(cast, target):
    people = [row("Ali Khan")] * 3

    found = plan(cast.area_admin, target, *people, choices={"3": "row:2", "4": "row:2"})

    assert [one.twin for one in found.planned] == [0, 2, 2]


def test_an_open_question_keeps_the_list_from_being_ready(cast, target):
    people = [row("Ali Khan")] * 2

    assert not plan(cast.area_admin, target, *people).is_ready
    assert plan(cast.area_admin, target, *people, choices={"3": ANOTHER}).is_ready


def test_nobody_is_no_plan(cast, target):
    assert not plan(cast.area_admin, target).is_ready


def test_a_row_outside_ones_scope_is_a_problem_of_that_row(cast, target):
    found = plan(
        cast.area_admin,
        target,
        row("Ali Khan"),
        row("Sana Bibi", area="PK-SD"),
        row("No Place", area=""),
    )

    assert [(p.row, p.column) for p in found.problems] == [(3, "area"), (4, "area")]
    assert found.problems[0].message.startswith("You can add people within your own area")


def test_somebody_known_may_be_named_wherever_the_row_says(cast, target):
    assert cast.learner.person
    known = row("Lubna Learner", area="PK-SD", email="learner@example.org")

    assert plan(cast.area_admin, target, known).problems == []
    elsewhere = plan(cast.area_admin, target, known, choices={"2": ANOTHER})
    assert [p.row for p in elsewhere.problems] == [2]


def test_a_foreign_country_is_not_even_known(cast, target):
    found = plan(cast.area_admin, target, row("Ali Khan", area="KH-12"))

    assert found.problems[0].message.startswith("“KH-12” is not known here.")


def test_without_a_target_the_people_alone_are_looked_at(cast):
    found = plan(cast.area_admin, None, row("Ali Khan", area="PK-SD"))

    assert (found.problems, counts(found)) == ([], {"new": 1, "enrolled": 1})


def test_what_was_imported_is_known_the_next_time(cast, target):
    imported(cast.area_admin, target, row("Ali Khan", "m"))

    found = plan(cast.area_admin, target, row("Khan Ali", "m"))

    assert [question.row.row for question in found.open_questions] == [2]


def test_an_administrator_of_a_programme_plans_for_it(cast, version):
    target = Target(cast.programme, version)

    found = plan(cast.programme_admin, target, row("Ali Khan", area=""))

    assert (found.problems, counts(found)) == ([], {"new": 1, "enrolled": 1})


@pytest.mark.parametrize("many", [3, 30])
def test_the_number_of_queries_does_not_grow_with_the_list(
    cast, target, many, django_assert_num_queries
):
    imported(cast.area_admin, target, *rows(40))
    known = rows(many)
    news = [row(f"New {name}", email=f"{name[-5:]}@example.org") for name, *rest in known]
    first = Person.objects.get(names={"Latn": known[0][0]})
    choices = {"2": f"person:{first.uuid}"}

    with django_assert_num_queries(9):
        found = plan(cast.area_admin, target, *known, *news, choices=choices)

    assert (len(found.planned), found.counts["already"]) == (2 * many, 1)


def test_choices_of_a_stored_list_hold(cast, target):
    roster = kept(cast.area_admin, target, row("Ali Khan"), row("Ali Khan"))
    roster.choices = {"3": "row:2"}
    roster.save()

    assert confirm(roster, cast.area_admin).counts["new"] == 1
