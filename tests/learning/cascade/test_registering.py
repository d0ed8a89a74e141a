"""Registering: each person once, with the sticker that was handed out."""

import datetime as dt
import uuid

import pytest

from learning.cascade.closing import report
from learning.cascade.errors import ListRefused, Refused, StickerTaken
from learning.cascade.models import Event
from learning.cascade.registering import (
    About,
    Listed,
    change_participant,
    next_number,
    note_agreement,
    participants_of,
    put_back,
    register,
    register_list,
    set_sticker,
    take_off,
    taken_off,
    who_agreed,
)
from learning.cascade.stickers import sticker_code
from learning.enrolment.models import Enrolment, EnrolmentFact
from learning.people.consents import Consent
from learning.people.merging import merge
from learning.people.models import Person
from tests.learning.cascade.making import DAY, add, loaded, make_event, there, two_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast) -> Event:
    return make_event(cast)


def numbers(event) -> list[int]:
    return [int(one.code.partition("-")[0]) for one in participants_of(event)]


def elsewhere(cast, event, **fields) -> Event:
    """Another session of the same course, by default in the same half-days."""
    version = event.cohort.course_version
    return make_event(cast, version=version, lead=cast.learner.person, **fields)


def test_new_person_is_made_of_what_was_told(cast, event):
    about = About({"Latn": "Aamir"}, "male", "35-44", "worker", cast.institution, "Clerk",
                  cast.punjab)  # fmt: skip
    enrolment = register(event, about, cast.trainer, enrolment_id=uuid.uuid4())

    person = Person.objects.get(pk=enrolment.person_id)
    assert person.names == {"Latn": "Aamir"}
    assert (person.sex, person.age_band, person.constituency) == ("male", "35-44", "worker")
    assert (person.organisation, person.job_role) == (cast.institution, "Clerk")
    assert person.area_of_work == cast.punjab
    assert enrolment.code == sticker_code(1, event.uuid)
    assert enrolment.facts.get().recorded_by == cast.trainer


def test_sent_twice_is_registered_once(event):
    row = uuid.uuid4()
    first = register(event, About({"Latn": "Aamir"}), None, enrolment_id=row)

    assert register(event, About({"Latn": "Aamir"}), None, enrolment_id=row) == first
    assert Person.objects.filter(names={"Latn": "Aamir"}).count() == 1
    assert first.facts.count() == 1


def test_row_of_another_session_is_refused(cast, event):
    row = add(elsewhere(cast, event), "Aamir").uuid

    with pytest.raises(Refused, match="another training session"):
        register(event, About({"Latn": "Aamir"}), None, enrolment_id=row)


def test_consent_is_noted_when_it_was_given(event):
    typed = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
    yes = register(event, About({"Latn": "A"}), None, enrolment_id=uuid.uuid4(), captured_at=typed)
    no, nameless = add(event, "Bano", agreed=False), add(event)

    assert who_agreed(participants_of(event)) == {yes.person_id}
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"record", "certificate"}
    assert {consent.at for consent in Consent.objects.all()} == {typed}
    assert (no.person.is_anonymous, nameless.person.is_anonymous) == (False, True)


def test_what_was_typed_earlier_keeps_its_time(event):
    typed = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
    about = About({"Latn": "Aamir"})
    one = register(event, about, None, enrolment_id=uuid.uuid4(), captured_at=typed)

    fact = one.facts.get()
    assert (one.created_at, fact.captured_at) == (typed, typed)
    assert fact.received_at > typed


def test_numbers_go_on_above_the_highest(event):
    for name in ("Aamir", "Bano"):
        add(event, name)
    register(event, About(), None, enrolment_id=uuid.uuid4(), number=21)
    take_off(event, participants_of(event)[2], None, "Did not come")

    assert numbers(event) == [1, 2]
    assert next_number(event) == 22


def test_sticker_that_is_taken_or_too_high_is_refused(event):
    add(event, "Aamir")
    with pytest.raises(StickerTaken, match="Sticker 01-"):
        register(event, About(), None, enrolment_id=uuid.uuid4(), number=1)
    with pytest.raises(Refused, match="1 to 999"):
        register(event, About(), None, enrolment_id=uuid.uuid4(), number=1000)

    assert Enrolment.objects.count() == 1


def test_stickers_are_exchanged_by_way_of_a_free_one(event):
    aamir, bano = add(event, "Aamir"), add(event, "Bano")
    with pytest.raises(StickerTaken):
        set_sticker(event, aamir, 2)
    set_sticker(event, aamir, 1)  # her own already
    set_sticker(event, bano, 9)
    set_sticker(event, aamir, 2)

    assert [one.person.name() for one in participants_of(event)] == ["Aamir", "Bano"]
    assert numbers(event) == [2, 9]


def test_known_person_is_registered_as_herself(cast, event):
    enrolment = add(event, known=cast.learner.person)

    assert enrolment.person == cast.learner.person
    assert add(event, known=cast.learner.person) == enrolment


def test_known_person_who_was_taken_off_comes_back_with_her_sticker(cast, event):
    enrolment = add(event, known=cast.learner.person, agreed=False)
    take_off(event, enrolment, cast.trainer, "By mistake")
    again = add(event, known=cast.learner.person)

    assert (again, again.code) == (enrolment, enrolment.code)
    assert [fact.what for fact in again.facts.all()] == ["started", "withdrawn", "reinstated"]
    assert who_agreed([again]) == {cast.learner.person.pk}


def test_merged_record_means_the_one_that_stands_for_both(cast, event):
    later = elsewhere(cast, event, slots=two_days(DAY + dt.timedelta(days=7)))
    person, alias = add(later, "Bano").person, add(later, "Banu").person
    merge(person, alias, "The same", cast.system_admin)
    alias.refresh_from_db()
    enrolment = add(event, known=alias)

    assert enrolment.person == person
    assert add(event, known=person) == enrolment


def test_nobody_is_in_two_places_in_one_half_day(cast, event):
    there_already = elsewhere(cast, event)
    person = add(there_already, "Aamir").person

    with pytest.raises(Refused, match=r"in the same half-day.*2 March 2026"):
        add(event, known=person)
    assert participants_of(event) == []


def test_half_days_on_other_days_do_not_clash(cast, event):
    later = elsewhere(cast, event, slots=two_days(DAY + dt.timedelta(days=7)))
    person = add(later, "Aamir").person

    assert add(event, known=person).person == person


def test_who_leads_does_not_take_part(cast, event):
    with pytest.raises(Refused, match="leads or helps"):
        add(event, known=cast.trainer.person)


def test_only_named_sessions_register(cast):
    event = make_event(cast, counting=Event.Counting.HEADCOUNT)

    with pytest.raises(Refused, match="only counted"):
        add(event, "Aamir")


def test_nothing_changes_in_a_closed_session(cast, event):
    enrolment = add(event, "Aamir")
    there(loaded(event))
    report(loaded(event), cast.trainer)

    for act in (
        lambda: add(event, "Bano"),
        lambda: take_off(event, enrolment, None, "Mistake"),
        lambda: set_sticker(event, enrolment, 7),
        lambda: change_participant(event, enrolment, About({"Latn": "Other"})),
        lambda: note_agreement(event, enrolment),
        lambda: register_list(event, [], None),
    ):
        with pytest.raises(Refused, match="sent for verification"):
            act()
    assert [one.person.name() for one in participants_of(event)] == ["Aamir"]


def test_taken_off_and_put_back(cast, event):
    enrolment = add(event)
    take_off(event, enrolment, cast.trainer, "Did not come")
    take_off(event, enrolment, cast.trainer, "Pressed twice")

    assert (participants_of(event), taken_off(event)) == ([], [enrolment])
    assert enrolment.facts.get(what=EnrolmentFact.What.WITHDRAWN).reason == "Did not come"
    put_back(event, enrolment, cast.trainer)
    assert (participants_of(event), taken_off(event)) == ([enrolment], [])


def test_consent_on_the_record_that_stands_for_both_counts(event):
    enrolment = add(event, "Aamir", agreed=False)
    known = add(event, "Aamir Khan").person
    assert known.pk not in who_agreed([enrolment])
    take_off(event, Enrolment.objects.get(person=known), None)
    merge(known, enrolment.person, "Same card", None)

    assert who_agreed(participants_of(event)) == {known.pk}


def test_correcting_changes_the_person(event):
    enrolment = add(event, "Aamer", agreed=False)
    change_participant(event, enrolment, About({"Latn": "Aamir"}, "male"))

    person = Person.objects.get(pk=enrolment.person_id)
    assert (person.names, person.sex) == ({"Latn": "Aamir"}, "male")
    assert who_agreed([enrolment]) == {person.pk}


def test_a_name_makes_an_anonymous_person_known_and_back(event):
    enrolment = add(event)
    change_participant(event, enrolment, About({"Latn": "Aamir"}))
    assert not Person.objects.get(pk=enrolment.person_id).is_anonymous
    assert who_agreed([enrolment]) == {enrolment.person_id}

    change_participant(event, enrolment, About())
    assert Person.objects.get(pk=enrolment.person_id).is_anonymous
    assert who_agreed([enrolment]) == set()


def test_who_has_an_account_is_left_as_she_is(cast, event):
    enrolment = add(event, known=cast.learner.person, agreed=False)

    with pytest.raises(Refused, match="has an account"):
        change_participant(event, enrolment, About({"Latn": "Other"}))
    note_agreement(event, enrolment)
    assert who_agreed([enrolment]) == {cast.learner.person.pk}


def test_who_took_part_elsewhere_is_left_as_she_is(cast, event):
    later = elsewhere(cast, event, slots=two_days(DAY + dt.timedelta(days=7)))
    enrolment = add(event, known=add(later, "Aamir").person)

    with pytest.raises(Refused, match="took part elsewhere"):
        change_participant(event, enrolment, About({"Latn": "Other"}))


def listed(*names: str, **more) -> list[Listed]:
    return [
        Listed(row, uuid.uuid4(), About({"Latn": name}), **more)
        for row, name in enumerate(names, 1)
    ]


def test_list_is_registered_in_its_order_and_once(event):
    rows = listed("Aamir", "Bano", "Chand")
    first = register_list(event, rows, None)

    assert register_list(event, rows, None) == first
    assert [one.person.name() for one in participants_of(event)] == ["Aamir", "Bano", "Chand"]
    assert numbers(event) == [1, 2, 3]


def test_list_with_somebody_refused_registers_nobody(cast, event):
    person = add(elsewhere(cast, event), "Chand").person
    rows = [*listed("Aamir", "Bano"), Listed(3, uuid.uuid4(), About(), person)]
    with pytest.raises(ListRefused) as refused:
        register_list(event, rows, None)

    assert list(refused.value.rows) == [3]
    assert "same half-day" in refused.value.rows[3]
    assert participants_of(event) == []
