"""Names that are known: offered while one types, and recognised after registering."""

import datetime as dt
import uuid

import pytest

from learning.cascade.attending import mark
from learning.cascade.errors import Refused
from learning.cascade.models import AttendanceMark, Event
from learning.cascade.recognising import begins_like, known_alike, look_up, recognise
from learning.cascade.registering import participants_of, take_off, who_agreed
from learning.enrolment.models import Enrolment
from learning.people.merging import merge
from learning.people.models import Person
from tests.learning.cascade.making import DAY, accredit, add, make_event, two_days


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Bano Bibi", "ban"),
        ("Bano Bibi", "BANO  b"),
        ("Bano Bibi", "bibi ba"),
        ("Zoë Khan", "zoe"),
        ("Abdul-Rehman", "abdulre"),
        ("یاسمین کریم", "ياسمين ك"),
        ("សុខា ចាន់", "ចាន់"),
        ("ນ້ອຍ ວົງສາ", "ວົງ"),
    ],
)
def test_names_that_begin_so(name, typed):
    assert begins_like(name, typed)


@pytest.mark.parametrize("typed", ["ano", "bibi bano x", "bano bibi a"])
def test_names_that_do_not(typed):
    assert not begins_like("Bano Bibi", typed)


pytestmark = pytest.mark.django_db


@pytest.fixture
def known(cast) -> Person:
    """Somebody who took part a week later."""
    later = make_event(cast, lead=cast.learner.person, slots=two_days(DAY + dt.timedelta(days=7)))
    return add(later, "Bano Bibi").person


@pytest.fixture
def event(cast, known) -> Event:
    version = known.enrolments.get().cohort.course_version
    return make_event(cast, version=version)


def test_three_letters_find_and_two_do_not(known, django_assert_num_queries):
    everybody = Person.objects.all()

    assert look_up("ba", everybody) == []
    with django_assert_num_queries(2):
        assert [str(person) for person in look_up("ban", everybody)] == ["Bano Bibi"]


def test_at_most_ten_are_offered(event):
    for n in range(12):
        add(event, f"Karim {'abcdefghijkl'[n]}")

    assert len(look_up("karim", Person.objects.all())) == 10


def test_one_record_of_each_person_is_offered(cast, event, known):
    merge(known, add(event, "Bano Bibi").person, "The same", cast.system_admin)

    assert len(look_up("bano", Person.objects.all())) == 1


def test_same_name_in_another_spelling_is_noticed(event, known):
    new = add(event, "bibi  BANO").person
    other = add(event, "Bano").person

    assert known_alike(new, Person.objects.all()) == [known]
    assert known_alike(other, Person.objects.all()) == []
    assert known_alike(add(event).person, Person.objects.all()) == []


def test_recognised_person_gets_the_enrolment_and_the_new_one_goes(cast, event, known):
    enrolment = add(event, "Bano Bibi")
    new = enrolment.person
    mark(event.held_units[0], enrolment, "late", None, fact_id=uuid.uuid4())
    found = recognise(event, enrolment, known, cast.trainer)

    assert (found.person, found.code) == (known, enrolment.code)
    assert not Person.objects.filter(pk=new.pk).exists()
    assert AttendanceMark.objects.get().enrolment.person == known
    assert [fact.recorded_by for fact in found.facts.all()] == [None, cast.trainer]
    assert [one.person for one in participants_of(event)] == [known]
    assert recognise(event, found, known, cast.trainer) == found


def test_consent_goes_along(cast, event, known):
    known.consents.all().delete()
    agreed = recognise(event, add(event, "Bano Bibi"), known, cast.trainer)

    assert who_agreed([agreed]) == {known.pk}


def test_no_consent_is_made_by_recognising(cast, event, known):
    known.consents.all().delete()
    enrolment = recognise(event, add(event, "Bano", agreed=False), known, cast.trainer)

    assert who_agreed([enrolment]) == set()


def refused(event, enrolment, known, match: str) -> None:
    before = Enrolment.objects.get(pk=enrolment.pk).person
    with pytest.raises(Refused, match=match):
        recognise(event, enrolment, known, None)
    assert Enrolment.objects.get(pk=enrolment.pk).person == before


def test_who_is_elsewhere_in_the_half_day_is_not_recognised(cast, event):
    version = event.cohort.course_version
    other = make_event(cast, version=version, lead=cast.outsider.person)

    refused(event, add(event, "Chand"), add(other, "Chand").person, "in the same half-day")


def test_who_leads_is_not_recognised(cast, event):
    refused(event, add(event, "Tariq Trainer"), cast.trainer.person, "leads or helps")


def test_who_is_on_the_list_already_is_not_recognised_again(event, known):
    first = add(event, known=known)
    refused(event, add(event, "Bano Bibi"), known, f"with sticker {first.code}")


def test_who_was_taken_off_is_not_recognised(event, known):
    enrolment = add(event, "Bano Bibi")
    take_off(event, enrolment, None, "Did not come")

    refused(event, enrolment, known, "taken off")


def test_record_with_an_account_is_never_removed(cast, event, known):
    refused(event, add(event, known=cast.area_admin.person), known, "stay apart")


def test_record_that_is_known_elsewhere_is_never_removed(cast, event, known):
    new = add(event, "Bano Bibi")
    accredit(cast, new.person)

    refused(event, new, known, "stay apart")
