"""Two records of one person: joined after a look at both, and taken apart again."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Count

from learning.certificates.standing import best_in_force, standings_of
from learning.enrolment.models import Enrolment
from learning.people.links import PersonLink
from learning.people.merging import (
    all_records_of,
    identity,
    merge,
    undo,
    with_their_other_records,
)
from learning.people.models import Person
from learning.privacy.erasing import erase_person
from learning.privacy.exporting import export_person
from tests.cast import sign_in
from tests.learning.certificates.making import certify, make_version, read_everything

pytestmark = pytest.mark.django_db

WHY = "Same number on the service card"


@pytest.fixture
def double(cast) -> Person:
    """A record of the learner made on paper."""
    return Person.objects.create(
        names={"Latn": "L. Learner"}, area_of_work=cast.punjab, organisation=cast.institution
    )


def people_enrolled() -> int:
    counted = Enrolment.objects.aggregate(n=Count(identity("person"), distinct=True))
    return counted["n"]


def test_two_records_count_as_one_person_until_taken_apart(cast, double):
    version = make_version()
    read_everything(cast.learner.person, version)
    read_everything(double, make_version("another", 72))
    assert people_enrolled() == 2

    link = merge(cast.learner.person, double, WHY, cast.area_admin)
    assert people_enrolled() == 1

    undo(link, "Two sisters", cast.area_admin)
    assert people_enrolled() == 2


def test_she_sees_what_both_records_have(cast, double):
    certificate = certify(read_everything(double, make_version()))

    merge(cast.learner.person, double, WHY, cast.area_admin)

    assert [one.certificate for one in standings_of(cast.learner.person)] == [certificate]
    for record in (cast.learner.person, Person.objects.get(pk=double.pk)):
        assert best_in_force(record, certificate.course_version_id) == certificate


def test_records_are_found_from_either_side(cast, double):
    merge(cast.learner.person, double, WHY, cast.area_admin)
    both = {cast.learner.person.pk, double.pk}

    for key in both:
        assert with_their_other_records([key]) == both
        assert {one.pk for one in all_records_of(Person.objects.get(pk=key))} == both


def test_undoing_twice_is_undoing_once(cast, double):
    link = merge(cast.learner.person, double, WHY, cast.area_admin)

    undo(link, "Two sisters", cast.area_admin)
    undo(link, "Again", cast.system_admin)

    link.refresh_from_db()
    assert (link.undone_by, link.undone_why) == (cast.area_admin, "Two sisters")


def test_merged_again_after_a_mistake(cast, double):
    undo(merge(cast.learner.person, double, WHY, None), "Wrong", None)

    merge(cast.learner.person, double, "Right after all", None)

    assert PersonLink.objects.filter(alias=double).count() == 2


@pytest.mark.parametrize("code", ["same", "account", "anonymous", "erased", "merged", "has_merged"])
def test_what_cannot_be_merged_says_why(cast, double, code):
    kept, given_up = cast.learner.person, double
    third = Person.objects.create(names={"Latn": "Third"})
    if code == "same":
        given_up = kept
    elif code == "account":
        kept, given_up = given_up, kept
    elif code == "anonymous":
        given_up = Person.objects.create(is_anonymous=True)
    elif code == "erased":
        erase_person(double)
        Person.objects.filter(pk=double.pk).update(is_anonymous=False)
    elif code == "merged":
        merge(third, double, WHY, None)
    else:
        merge(double, third, WHY, None)

    with pytest.raises(ValidationError) as raised:
        merge(kept, given_up, WHY, None)

    assert raised.value.code == code


def test_export_and_erasure_take_both_records(cast, double):
    read_everything(double, make_version())
    merge(cast.learner.person, double, WHY, None)

    assert len(export_person(cast.learner.person)["learning.Enrolment"]) == 1
    assert len(export_person(cast.learner.person)["people.Person"]) == 2

    erase_person(cast.learner.person)

    both = Person.objects.filter(pk__in=[double.pk, cast.learner.person.pk])
    assert [(one.names, one.erased_at is not None) for one in both] == [({}, True)] * 2
    assert people_enrolled() == 1


# --- pages ---------------------------------------------------------------------------------------


def page_of(person: Person, *, records: bool = False) -> str:
    return f"/admin/people/{person.pk}/{'records' if records else 'merge'}/"


def test_both_are_shown_side_by_side_before_anything_is_done(client, cast, double):
    sign_in(client, cast.area_admin)

    page = client.get(page_of(cast.learner.person), {"other": double.pk}).content.decode()

    assert "Lubna Learner" in page
    assert "L. Learner" in page
    assert "Yes, merge the two" in page
    assert not PersonLink.objects.exists()


def test_merging_needs_a_reason_and_keeps_it(client, cast, double):
    sign_in(client, cast.area_admin)
    client.post(page_of(cast.learner.person), {"other": double.pk, "reason": " "})
    assert not PersonLink.objects.exists()

    client.post(page_of(cast.learner.person), {"other": double.pk, "reason": WHY})

    link = PersonLink.objects.get()
    assert (link.alias, link.reason, link.decided_by) == (double, WHY, cast.area_admin)


def test_taking_apart_by_page(client, cast, double):
    link = merge(cast.learner.person, double, WHY, cast.area_admin)
    sign_in(client, cast.area_admin)

    client.post(
        page_of(cast.learner.person, records=True), {"link": link.pk, "reason": "Two sisters"}
    )

    assert Person.objects.get(pk=double.pk).merged_into is None


def test_nobody_is_found_or_merged_beyond_ones_scope(client, cast):
    abroad = Person.objects.create(names={"Latn": "Lubna Abroad"}, area_of_work=cast.cambodia)
    sign_in(client, cast.area_admin)

    found = client.get(page_of(cast.learner.person), {"q": "Lubna"}).content.decode()
    taken = client.post(page_of(cast.learner.person), {"other": abroad.pk, "reason": WHY})

    assert "Lubna Abroad" not in found
    assert taken.status_code == 404
    assert not PersonLink.objects.exists()
