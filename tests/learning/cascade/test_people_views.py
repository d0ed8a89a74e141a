"""The list of participants: registering in a row, looking names up, and who may see it."""

import datetime as dt
import uuid

import pytest

from learning.cascade.closing import report
from learning.cascade.models import Event
from learning.cascade.registering import participants_of, take_off
from learning.enrolment.models import Enrolment
from learning.people.models import Organisation, Person
from tests.cast import sign_in
from tests.learning.cascade.making import DAY, add, loaded, make_event, there, two_days

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(days=7)
JSON = {"accept": "application/json"}


@pytest.fixture
def event(cast) -> Event:
    return make_event(cast)


@pytest.fixture
def trainer(client, cast):
    """The trainer who leads the session, signed in."""
    return sign_in(client, cast.trainer)


def address(event, more: str = "") -> str:
    return f"/training/{event.uuid}/people/{more}"


def send(client, event, name: str = "", **fields):
    """The row, as the script sends it."""
    row = {"row": uuid.uuid4(), "name": name, "number": "1", "suggested": "1", "agreed": "on"}
    return client.post(address(event), row | fields, headers=JSON)


def test_empty_list_says_how_to_begin(trainer, event):
    page = trainer.get(address(event)).content.decode()

    assert "Nobody is registered yet" in page
    assert 'value="1"' in page  # the next sticker


def test_list_shows_what_is_known_in_order_of_stickers(trainer, event, cast):
    add(event, "Aamir", sex="male", age_band="35-44", organisation=cast.institution)
    add(event)
    page = trainer.get(address(event)).content.decode()

    assert page.index("Aamir") < page.index("Anonymous participant")
    for words in ("2 people registered", "35-44", "Test institution", "Agreed", "Without a name"):
        assert words in page


def test_names_in_both_scripts(trainer, event):
    enrolment = add(event, "Bano")
    Person.objects.filter(pk=enrolment.person_id).update(names={"Latn": "Bano", "Arab": "بانو"})
    page = trainer.get(address(event)).content.decode()

    assert "<bdi>Bano</bdi>" in page
    assert 'lang="ur">بانو</bdi>' in page


def test_row_registers_and_comes_back_to_the_name(trainer, event, cast):
    fields = {
        "name": "Bano  Bibi",
        "other_name": "بانو بی بی",
        "sex": "female",
        "age_band": "25-34",
        "constituency": "government",
        "organisation": cast.institution.pk,
        "job_role": "Inspector",
        "area": cast.punjab.pk,
        "agreed": "on",
        "number": "7",
        "suggested": "1",
    }
    response = trainer.post(address(event), fields)

    assert response["Location"] == address(event, "#id_name")
    enrolment = participants_of(event)[0]
    assert enrolment.code.startswith("07-")
    assert enrolment.person.names == {"Latn": "Bano Bibi", "Arab": "بانو بی بی"}
    assert enrolment.person.organisation == cast.institution


def test_script_gets_the_code_and_the_row(trainer, event):
    row = str(uuid.uuid4())
    answer = send(trainer, event, "Bano", row=row).json()

    code = participants_of(event)[0].code
    assert (answer["id"], answer["code"]) == (row, code)
    assert f'data-code="{code}"' in answer["html"]
    assert "Bano" in answer["html"]


def test_row_sent_again_registers_once(trainer, event):
    row = uuid.uuid4()
    first, second = (send(trainer, event, "Bano", row=row).json() for _n in range(2))

    assert first["code"] == second["code"]
    assert len(participants_of(event)) == 1


def test_number_that_was_offered_gives_way_and_one_that_was_typed_does_not(trainer, event):
    add(event, "Aamir")
    offered = send(trainer, event, "Bano", number="1", suggested="1")
    typed = send(trainer, event, "Chand", number="1", suggested="2")

    assert offered.json()["code"].startswith("02-")
    assert typed.status_code == 409
    assert "is taken already" in typed.json()["message"]
    assert [one.person.name() for one in participants_of(event)] == ["Aamir", "Bano"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "Type a name, or register without one."),
        ({"name": "Bano", "nameless": "1"}, "A name stands here."),
        ({"name": "Bano", "other_name": "Banu"}, "Both names are in the same script."),
        ({"name": "Bano", "sex": "x"}, "Sex: "),
        ({"name": "Bano", "organisation": "999999"}, "Organisation: "),
        ({"name": "Bano", "number": "1000", "suggested": "1"}, "Sticker: "),
    ],
)
def test_row_that_cannot_be_read_says_why(trainer, event, fields, words):
    response = send(trainer, event, **fields)

    assert response.status_code == 400
    assert words in response.json()["message"]
    page = trainer.post(address(event), fields)
    assert page.status_code == 400
    assert not Enrolment.objects.exists()


def test_anonymous_people_are_registered_by_a_button(trainer, event):
    send(trainer, event, nameless="1", sex="female")

    person = participants_of(event)[0].person
    assert (person.is_anonymous, person.sex) == (True, "female")


def test_organisations_of_other_countries_are_not_named(trainer, event, cast):
    abroad = Organisation.objects.create(code="abroad", area=cast.cambodia, names={"en": "Abroad"})

    assert "Abroad" not in trainer.get(address(event)).content.decode()
    assert send(trainer, event, "Bano", organisation=abroad.pk).status_code == 400


def test_closed_session_shows_its_list_and_takes_nobody(trainer, cast, event):
    add(event, "Aamir")
    there(event)
    report(loaded(event), cast.trainer)
    page = trainer.get(address(event)).content.decode()

    assert "Aamir" in page
    assert 'id="register"' not in page
    response = send(trainer, event, "Bano", number="2", suggested="2")
    assert response.status_code == 409
    assert "sent for verification" in response.json()["message"]


def test_session_of_headcounts_has_no_list(trainer, cast):
    event = make_event(cast, counting=Event.Counting.HEADCOUNT)

    assert trainer.get(address(event)).status_code == 404
    assert trainer.get(address(event, "lookup/?q=abc")).status_code == 404


def test_who_took_part_elsewhere_at_the_time_is_refused_at_the_row(trainer, cast, event):
    version = event.cohort.course_version
    other = make_event(cast, version=version, lead=cast.learner.person)
    other.facilitations.create(person=cast.trainer.person, role="observer")
    person = add(other, "Bano").person
    response = send(trainer, event, known=str(person.uuid))

    assert response.status_code == 409
    assert "Nobody can be in two places" in response.json()["message"]


# --- names that are known -------------------------------------------------------------------------


@pytest.fixture
def known(cast, event) -> Person:
    """Somebody of another session of the trainer, a week later."""
    later = make_event(cast, version=event.cohort.course_version, slots=two_days(DAY + WEEK))
    return add(later, "Bano Bibi", organisation=cast.institution, area=cast.punjab).person


def offered(client, event, typed: str) -> list[str]:
    people = client.get(address(event, "lookup/"), {"q": typed}).json()["people"]
    return [person["name"] for person in people]


def test_known_names_are_offered_with_what_tells_them_apart(trainer, event, known):
    answer = trainer.get(address(event, "lookup/"), {"q": "bano"}).json()

    assert answer["people"] == [
        {"id": str(known.uuid), "name": "Bano Bibi", "about": "Test institution, Punjab"}
    ]
    assert offered(trainer, event, "ba") == []


def test_who_cannot_be_registered_is_not_offered(trainer, event, known):
    enrolment = add(event, known=known)
    assert offered(trainer, event, "bano") == []
    assert offered(trainer, event, "tariq") == []  # who leads

    take_off(event, enrolment, None, "Mistake")
    assert offered(trainer, event, "bano") == ["Bano Bibi"]


def test_nobody_of_another_country_is_offered_or_registered(trainer, cast, event):
    abroad = make_event(
        cast,
        version=event.cohort.course_version,
        area=cast.pakistan,
        lead=cast.outsider.person,
        venue="Elsewhere",
    )
    canary = add(abroad, "Canary Chanthou").person

    assert offered(trainer, event, "canary") == []
    response = send(trainer, event, known=str(canary.uuid))
    assert response.status_code == 409
    assert "Canary" not in response.content.decode()


def test_lookup_asks_few_questions(trainer, event, known, django_assert_num_queries):
    with django_assert_num_queries(7):  # three for who asks, two for the session, two for names
        trainer.get(address(event, "lookup/"), {"q": "bano"})


def test_known_person_who_is_chosen_is_registered(trainer, event, known):
    answer = send(trainer, event, "ban", known=str(known.uuid)).json()

    assert participants_of(event)[0].person == known
    assert "is known" not in answer["html"]


def test_name_that_is_known_is_asked_about_until_somebody_decides(trainer, event, known):
    answer = send(trainer, event, "bibi bano").json()
    enrolment = participants_of(event)[0]
    words = "Somebody with this name is known: Bano Bibi (Test institution, Punjab)."

    assert words in answer["html"]
    assert words in trainer.get(address(event)).content.decode()
    trainer.post(address(event, f"{enrolment.uuid}/recognise/"), {"known": ""})
    assert words not in trainer.get(address(event)).content.decode()
    assert participants_of(event)[0].person == enrolment.person


def test_same_person_after_all(trainer, event, known):
    send(trainer, event, "Bano Bibi")
    enrolment = participants_of(event)[0]
    answer = trainer.post(
        address(event, f"{enrolment.uuid}/recognise/"), {"known": known.uuid}, headers=JSON
    )

    assert participants_of(event)[0].person == known
    assert "is known" not in answer.json()["html"]
    assert not Person.objects.filter(pk=enrolment.person_id).exists()


def test_same_name_in_the_session_is_pointed_out(trainer, event):
    first = add(event, "Bano")
    answer = send(trainer, event, "bano", number="2", suggested="2").json()

    assert f"in this session already: Bano, sticker {first.code}" in answer["html"]
    assert "It is the same person" not in answer["html"]


def test_nobody_out_of_reach_is_recognised(trainer, cast, event):
    enrolment = add(event, "Outi Outsider")
    recognise = address(event, f"{enrolment.uuid}/recognise/")

    assert trainer.post(recognise, {"known": cast.outsider.person.uuid}).status_code == 404
    assert trainer.post(recognise, {"known": "nonsense"}).status_code == 404


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["learner", "outsider", "viewer", "author"])
def test_list_is_closed_to_who_has_nothing_to_do_with_it(client, cast, event, who):
    sign_in(client, getattr(cast, who))

    assert client.get(address(event)).status_code == 404
    assert send(client, event, "Bano").status_code == 404
    assert client.get(address(event, "lookup/?q=bano")).status_code == 404


def test_who_only_reads_cannot_register(client, cast):
    event = make_event(cast, host=cast.institution)
    add(event, "Aamir")
    sign_in(client, cast.organisation_admin)
    page = client.get(address(event)).content.decode()

    assert "Aamir" in page
    assert 'id="register"' not in page
    assert send(client, event, "Bano").status_code == 404


@pytest.mark.parametrize("people", [1, 3, 38])
def test_queries_do_not_grow_with_people(trainer, event, django_assert_num_queries, people):
    for n in range(people):
        add(event, f"Person {n}")

    with django_assert_num_queries(13):
        trainer.get(address(event))
