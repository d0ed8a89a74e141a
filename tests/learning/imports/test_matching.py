import pytest

from learning.imports.matching import ANOTHER, Question, questions
from learning.people.models import Person
from learning.people.rows import PersonRow, Why

pytestmark = pytest.mark.django_db


def listed(row: int, name: str, **facts) -> PersonRow:
    return PersonRow(row, {"Latn": name}, **facts)


def ask(*people: PersonRow, choices=None, within=None) -> dict[int, Question]:
    scope = Person.objects.all() if within is None else within
    return questions(people, scope, choices or {})


def found(question: Question) -> list[tuple[Why, str]]:
    return [(one.why, one.key) for one in question.candidates]


def test_the_address_and_a_name_of_an_account_are_taken_for_one_person(cast):
    learner = cast.learner.person
    row = listed(2, "LUBNA  Learner", email="Learner@Example.org")

    question = ask(row)[2]

    assert found(question) == [(Why.ADDRESS_AND_NAME, f"person:{learner.uuid}")]
    assert question.answer == question.default == f"person:{learner.uuid}"
    assert question.meant.person == learner


def test_an_address_with_another_name_is_asked(cast):
    assert cast.learner.email == "learner@example.org"
    question = ask(listed(2, "Somebody Else", email="learner@example.org"))[2]

    assert [one.why for one in question.candidates] == [Why.ADDRESS]
    assert (question.answer, question.meant) == ("", None)


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"sex": "female", "organisation": "test-ssi"}, True),
        ({"organisation": "test-ssi"}, True),
        ({"sex": "male", "organisation": "test-ssi"}, False),
        ({"sex": "female"}, False),
    ],
)
def test_a_name_counts_with_sex_and_organisation(cast, facts, asked):
    Person.objects.create(
        names={"Latn": "Nasreen Gul"}, sex="female", organisation=cast.institution
    )

    question = ask(listed(2, "Gul, Nasreen", **facts)).get(2)

    assert (question is not None) == asked
    if question:
        assert (question.candidates[0].why, question.answer) == (Why.NAME, "")


def test_who_works_nowhere_is_compared_with_those_who_work_nowhere():
    nobody = Person.objects.create(names={"Latn": "Nasreen Gul"})

    assert found(ask(listed(2, "Nasreen Gul"))[2]) == [(Why.NAME, f"person:{nobody.uuid}")]


def test_people_outside_the_scope_are_never_candidates(cast):
    row = listed(2, "Lubna Learner", email="learner@example.org", organisation="test-ssi")
    outside = Person.objects.exclude(pk=cast.learner.person.pk)

    assert ask(row, within=outside) == {}


def test_an_address_of_two_accounts_decides_nothing(cast):
    cast.outsider.email = "learner@example.org"
    cast.outsider.save()
    cast.outsider.person.names = cast.learner.person.names
    cast.outsider.person.save()

    question = ask(listed(2, "Lubna Learner", email="learner@example.org"))[2]

    assert len(question.candidates) == 2
    assert question.answer == ""


def test_earlier_rows_are_candidates():
    people = [
        listed(2, "Nasreen Gul", email="n@example.org"),
        listed(3, "Nasreen Gul", email="n@example.org"),
        listed(4, "Nasreen Gul"),
    ]

    asked = ask(*people)

    assert {row: question.answer for row, question in asked.items()} == {3: "row:2", 4: ""}
    assert asked[3].meant.earlier == people[0]


def test_a_person_goes_before_an_earlier_row(cast):
    learner = cast.learner.person
    people = [listed(n, "Lubna Learner", email="learner@example.org") for n in (2, 3)]

    assert ask(*people)[3].answer == f"person:{learner.uuid}"


def test_a_merged_record_is_shown_and_the_other_is_meant():
    canonical = Person.objects.create(names={"Latn": "Nasreen Gul Khan"})
    alias = Person.objects.create(names={"Latn": "Nasreen Gul"}, merged_into=canonical)

    (candidate,) = ask(listed(2, "Nasreen Gul"))[2].candidates

    assert (candidate.record, candidate.person) == (alias, canonical)
    assert candidate.key == f"person:{canonical.uuid}"


@pytest.mark.parametrize(
    ("choice", "answer"),
    [(ANOTHER, ANOTHER), ("row:2", "row:2"), ("row:99", ""), ("person:x", ""), ("", "")],
)
def test_only_a_possible_choice_counts(choice, answer):
    people = [listed(2, "Nasreen Gul"), listed(3, "Nasreen Gul")]

    assert ask(*people, choices={"3": choice})[3].answer == answer


@pytest.mark.parametrize("many", [3, 30])
def test_the_number_of_queries_does_not_grow_with_the_list(cast, many, django_assert_num_queries):
    assert cast.learner.pk
    people = [listed(n, "Lubna Learner", email="learner@example.org") for n in range(many)]

    with django_assert_num_queries(3):
        assert len(ask(*people)) == many
