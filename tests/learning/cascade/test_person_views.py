"""One participant: put right, another sticker, off the list and back."""

import pytest

from learning.cascade.closing import report
from learning.cascade.models import Event
from learning.cascade.registering import participants_of, take_off, taken_off, who_agreed
from learning.enrolment.models import EnrolmentFact
from learning.people.models import Person
from tests.cast import sign_in
from tests.learning.cascade.making import add, loaded, make_event, there

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast) -> Event:
    return make_event(cast)


@pytest.fixture
def trainer(client, cast):
    return sign_in(client, cast.trainer)


def address(event, enrolment, more: str = "") -> str:
    return f"/training/{event.uuid}/people/{enrolment.uuid}/{more}"


def row(event, enrolment) -> str:
    return f"/training/{event.uuid}/people/#p-{enrolment.uuid}"


def test_form_shows_what_is_known_and_keeps_what_it_does_not_show(trainer, event):
    enrolment = add(event, "Bano", sex="female")
    names = {"Latn": "Bano", "Arab": "بانو", "Khmr": "បាណូ"}
    Person.objects.filter(pk=enrolment.person_id).update(names=names)
    page = trainer.get(address(event, enrolment)).content.decode()
    assert 'value="Bano"' in page
    assert 'value="بانو"' in page
    fields = {"name": "Bano Bibi", "other_name": "بانو", "sex": "female", "agreed": "on"}
    response = trainer.post(address(event, enrolment), fields)

    assert response["Location"] == row(event, enrolment)
    person = Person.objects.get(pk=enrolment.person_id)
    assert person.names == names | {"Latn": "Bano Bibi"}


def test_agreement_is_given_and_taken_back(trainer, event):
    enrolment = add(event, "Bano", agreed=False)
    trainer.post(address(event, enrolment), {"name": "Bano", "agreed": "on"})
    assert who_agreed([enrolment])
    trainer.post(address(event, enrolment), {"name": "Bano"})
    assert not who_agreed([enrolment])


def test_names_in_one_script_are_not_saved(trainer, event):
    enrolment = add(event, "Bano")
    response = trainer.post(address(event, enrolment), {"name": "Bano", "other_name": "Banu"})

    assert response.status_code == 400
    assert "Both names are in the same script" in response.content.decode()


def test_details_of_who_has_an_account_are_shown_and_not_changed(trainer, cast, event):
    enrolment = add(event, known=cast.learner.person, agreed=False)
    page = trainer.get(address(event, enrolment)).content.decode()

    assert "belong to the person" in page
    assert 'name="name"' not in page
    response = trainer.post(address(event, enrolment), {"name": "Other"})
    assert response.status_code == 400
    assert cast.learner.person.names == {"Latn": "Lubna Learner"}
    trainer.post(address(event, enrolment, "agreed/"))
    assert who_agreed([enrolment])


def test_another_sticker(trainer, event):
    aamir, bano = add(event, "Aamir"), add(event, "Bano")
    taken = trainer.post(address(event, bano, "sticker/"), {"number": "1"})
    free = trainer.post(address(event, bano, "sticker/"), {"number": "9"})

    assert taken.status_code == 400
    assert f"Sticker {aamir.code} is taken already." in taken.content.decode()
    assert free["Location"] == row(event, bano)
    assert participants_of(event)[1].code.startswith("09-")


def test_off_the_list_needs_a_reason(trainer, event):
    enrolment = add(event, "Bano")
    assert trainer.post(address(event, enrolment, "off/"), {"reason": ""}).status_code == 400
    response = trainer.post(
        address(event, enrolment, "off/"), {"reason": "Came twice"}, follow=True
    )

    page = response.content.decode()
    assert f"{enrolment.code} is off the list." in page
    assert "Put back" in page
    fact = enrolment.facts.get(what=EnrolmentFact.What.WITHDRAWN)
    assert (fact.reason, fact.recorded_by.username) == ("Came twice", "trainer")


def test_put_back(trainer, event):
    enrolment = add(event)
    take_off(event, enrolment, None, "Mistake")
    response = trainer.post(address(event, enrolment, "back/"))

    assert response["Location"] == row(event, enrolment)
    assert (participants_of(event), taken_off(event)) == ([enrolment], [])


def test_closed_session_changes_nothing_and_says_so(trainer, cast, event):
    enrolment = add(event, "Bano")
    there(event)
    report(loaded(event), cast.trainer)

    assert "The record of this session is closed" in trainer.get(
        address(event, enrolment)
    ).content.decode()  # fmt: skip
    for more, fields in (
        ("", {"name": "Other"}),
        ("sticker/", {"number": "9"}),
        ("off/", {"reason": "No"}),
    ):
        assert trainer.post(address(event, enrolment, more), fields).status_code == 400
    trainer.post(address(event, enrolment, "back/"))
    assert [one.person.name() for one in participants_of(event)] == ["Bano"]


def test_participant_of_another_session_is_not_found_here(trainer, cast, event):
    other = make_event(cast, version=event.cohort.course_version, lead=cast.learner.person)
    foreign = add(other, "Bano")

    assert trainer.get(address(event, foreign)).status_code == 404
    assert trainer.get(address(other, foreign)).status_code == 404


@pytest.mark.parametrize("more", ["", "agreed/", "sticker/", "off/", "back/", "recognise/"])
def test_who_only_reads_changes_nothing(client, cast, more):
    event = make_event(cast, host=cast.institution)
    enrolment = add(event, "Bano")
    sign_in(client, cast.organisation_admin)

    assert client.post(address(event, enrolment, more), {"name": "X"}).status_code == 404
