"""A pasted list: shown as it was understood, then registered as a whole or not at all."""

import datetime as dt
import re

import pytest

from learning.cascade.models import Event
from learning.cascade.pasting import preview
from learning.cascade.registering import participants_of, who_agreed
from learning.enrolment.models import Enrolment
from learning.people.models import Person
from tests.cast import sign_in
from tests.learning.cascade.making import DAY, add, make_event, two_days

pytestmark = pytest.mark.django_db

LIST = (
    "Name\tSex\tAge\tOrganisation\tPhone\n"
    "Aamir Khan\tm\t35\ttest-ssi\t0300\n"
    "Bano Bibi\tFemale\t25-34\tTest institution\t\n"
)


@pytest.fixture
def event(cast) -> Event:
    assert cast.institution
    return make_event(cast)


@pytest.fixture
def trainer(client, cast):
    return sign_in(client, cast.trainer)


@pytest.fixture
def known(cast, event) -> Person:
    """Bano Bibi, of another session of the trainer, a week later."""
    slots = two_days(DAY + dt.timedelta(days=7))
    later = make_event(cast, version=event.cohort.course_version, slots=slots)
    return add(later, "Bano Bibi", organisation=cast.institution, sex="female").person


def address(event) -> str:
    return f"/training/{event.uuid}/people/paste/"


def look(client, event, text: str = LIST, agreed: str = "yes"):
    return client.post(address(event), {"text": text, "agreed": agreed})


def confirm(client, event, page, **choices: str):
    """Sends the fields of the preview with these choices, by row: who_2="out"."""
    html = page.content.decode()
    fields = dict(re.findall(r'name="(id-\d+)" value="([^"]+)"', html))
    for name, options in re.findall(r'<select name="(who-\d+)".*?>(.*?)</select>', html, re.S):
        fields[name] = re.search(r'value="([^"]+)" selected', options)[1]
    fields |= {name.replace("_", "-"): value for name, value in choices.items()}
    text = page.wsgi_request.POST["text"]
    agreed = page.wsgi_request.POST["agreed"]
    return client.post(
        address(event), fields | {"text": text, "agreed": agreed, "confirm": "1"}, follow=True
    )


def names(event) -> list[str]:
    return [one.person.name() for one in participants_of(event)]


def test_preview_shows_each_row_and_registers_nobody(trainer, event):
    page = look(trainer, event).content.decode()

    for words in ("Aamir Khan", "35-44", "Test institution", "Punjab"):
        assert words in page
    assert "These columns are not read: <bdi>Phone</bdi>" in page
    assert not Enrolment.objects.exists()


def test_confirmed_list_is_registered_in_its_order(trainer, event):
    page = confirm(trainer, event, look(trainer, event))

    assert "2 people of the list are registered." in page.content.decode()
    aamir, bano = participants_of(event)
    assert (aamir.person.name(), aamir.person.age_band) == ("Aamir Khan", "35-44")
    assert (bano.person.sex, bano.person.area_of_work) == ("female", event.area)
    assert who_agreed([aamir, bano]) == {aamir.person_id, bano.person_id}


def test_not_agreed_is_noted_as_such(trainer, event):
    confirm(trainer, event, look(trainer, event, agreed="no"))

    assert who_agreed(participants_of(event)) == set()


def test_confirmed_twice_is_registered_once(trainer, event):
    page = look(trainer, event)
    for _n in range(2):
        confirm(trainer, event, page)

    assert names(event) == ["Aamir Khan", "Bano Bibi"]
    assert Person.objects.filter(names={"Latn": "Aamir Khan"}).count() == 1


def test_problems_are_told_by_row_and_column(trainer, event):
    page = look(trainer, event, LIST + "Chand\tmm\t200\ttest-ssi\t\n").content.decode()

    assert "Row 4, Sex:" in page
    assert "Row 4, Age:" in page
    assert "Register the list" not in page
    assert "Chand" in page  # the list is still there to be put right


@pytest.mark.parametrize("text", [" ", "\n\n"])
def test_no_list_at_all(trainer, event, text):
    response = look(trainer, event, text)

    assert response.status_code == 400
    assert "No list could be read here." in response.content.decode()


def test_too_long_a_list(trainer, event):
    response = look(trainer, event, "Name\n" + "Aamir\n" * 201)

    assert "more than 200 rows" in response.content.decode()


def test_whether_they_agreed_must_be_said(trainer, event):
    response = trainer.post(address(event), {"text": LIST})

    assert response.status_code == 400
    assert "Register the list" not in response.content.decode()


def test_who_is_registered_already_is_left_out(trainer, event):
    aamir = add(event, "Aamir Khan")
    page = look(trainer, event)
    assert f"Registered already: Aamir Khan, sticker {aamir.code}." in page.content.decode()
    confirm(trainer, event, page)

    assert names(event) == ["Aamir Khan", "Bano Bibi"]


def test_same_name_twice_in_the_list_is_left_out_unless_somebody_says_so(trainer, event):
    page = look(trainer, event, LIST + "Khan Aamir\tm\t36\ttest-ssi\t\n")
    assert "Row 2 has the same name." in page.content.decode()
    confirm(trainer, event, page)
    assert len(names(event)) == 2

    confirm(trainer, event, page, who_4="new")
    assert len(names(event)) == 3


def test_known_person_with_nothing_against_it_is_meant(trainer, event, known):
    page = look(trainer, event)
    assert "It is Bano Bibi (Test institution)" in page.content.decode()
    confirm(trainer, event, page)

    assert participants_of(event)[1].person == known


def test_known_person_of_another_sex_is_not_meant_unless_somebody_says_so(trainer, event, known):
    page = look(trainer, event, LIST.replace("Female", "male"))
    confirm(trainer, event, page, who_2="out")
    assert participants_of(event)[0].person != known


def test_all_or_nobody(trainer, cast, event, known):
    other = make_event(cast, version=event.cohort.course_version, lead=cast.learner.person)
    add(other, known=known)
    page = confirm(trainer, event, look(trainer, event)).content.decode()

    assert "Nobody was registered." in page
    assert "Nobody can be in two places." in page
    assert names(event) == []


def test_nobody_of_another_country_is_named(trainer, cast, event):
    abroad = make_event(
        cast, version=event.cohort.course_version, lead=cast.outsider.person, venue="Elsewhere"
    )
    canary = add(abroad, "Bano Bibi").person
    page = look(trainer, event)

    assert str(canary.uuid) not in page.content.decode()
    response = confirm(trainer, event, page, who_3=str(canary.uuid))
    assert response.status_code == 400
    assert names(event) == []


def test_who_only_reads_pastes_nothing(client, cast):
    event = make_event(cast, host=cast.institution)
    sign_in(client, cast.organisation_admin)

    assert client.get(address(event)).status_code == 404
    assert look(client, event).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_asks_no_more_for_more_rows(cast, event, django_assert_num_queries, rows):
    text = "Name\n" + "".join(f"Person {'abc'[n]}\n" for n in range(rows))
    cast.trainer.person  # noqa: B018 (known before)

    with django_assert_num_queries(5):
        preview(text, event, cast.trainer, agreed=True)
