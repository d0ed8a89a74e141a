"""Opening an account: allauth's address with our form."""

import hashlib

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from learning.people.consents import Consent
from learning.people.forms import CONSENT_TEXT, CONSENT_VERSION
from learning.people.models import Organisation, Person, User

SIGNUP = "/accounts/signup/"
NEEDED = {
    "full_name": "  Nadia   Newcomer ",
    "username": "Nadia.N",
    "password1": "a long new password",
    "consent": "on",
}


def errors(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_name_username_and_password_are_enough(client, db):
    response = client.post(SIGNUP, NEEDED)
    user = User.objects.get()

    assert response.headers["Location"] == "/"
    assert user.username == "nadia.n"
    assert user.person.names == {"Latn": "Nadia Newcomer"}
    assert client.get("/accounts/").status_code == 200
    assert mail.outbox == []


def test_consent_is_kept_with_text_language_and_channel(client, db):
    client.post("/ur/accounts/signup/", NEEDED)
    consent = Consent.objects.get()

    assert (consent.purpose, consent.channel, consent.language) == ("record", "web", "ur")
    assert consent.text_version == CONSENT_VERSION
    assert consent.person == User.objects.get().person


def test_other_words_need_another_version():
    """Whoever changes the text changes the version and this line with it."""
    text = hashlib.sha256(str(CONSENT_TEXT).encode()).hexdigest()

    assert (CONSENT_VERSION, text[:12]) == ("2026-11", "56a5da4315fe")


def test_without_consent_there_is_no_account(client, db):
    page = errors(client.post(SIGNUP, NEEDED | {"consent": ""}))

    assert "only if you agree" in page
    assert not User.objects.exists()
    assert not Person.objects.exists()


def test_everything_else_is_optional_and_kept(client, cast):
    about = {
        "other_name": "نادیہ",
        "other_script": "Arab",
        "sex": "female",
        "age_band": "25-34",
        "constituency": "government",
        "organisation": cast.institution.pk,
        "job_role": "Inspector",
        "area_of_work": cast.punjab.pk,
        "language": "ur",
        "email": "Nadia@Example.org",
    }
    client.post(SIGNUP, NEEDED | about)
    person = User.objects.get(username="nadia.n").person

    assert person.names == {"Latn": "Nadia Newcomer", "Arab": "نادیہ"}
    assert (person.sex, person.age_band, person.constituency) == ("female", "25-34", "government")
    assert (person.organisation, person.area_of_work) == (cast.institution, cast.punjab)
    assert (person.job_role, person.language) == ("Inspector", "ur")


def test_a_name_is_kept_under_its_own_script(client, db):
    client.post(SIGNUP, NEEDED | {"full_name": "សុខា", "other_name": "Sokha"})

    assert User.objects.get().person.names == {"Khmr": "សុខា", "Latn": "Sokha"}


def test_the_language_of_the_page_is_offered_first(client, db):
    page = client.get("/km/accounts/signup/").content.decode()

    assert '<option value="km" selected>' in page


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({"other_name": "Nadia", "other_script": "Laoo"}, "not written in the script you chose"),
        ({"other_name": "Nadia"}, "Your full name is in this script already"),
        ({"organisation": "0"}, "Select a valid choice"),
        ({"username": "ab"}, "at least 3 characters"),
        ({"username": "two words"}, "without spaces"),
        ({"username": "nаdia"}, "letters of one script only"),
        ({"password1": "12345678"}, "too common"),
        ({"full_name": " "}, "This field is required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, db, about, message):
    page = errors(client.post(SIGNUP, NEEDED | about))

    assert message in page
    assert not User.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.parametrize("taken", ["learner", "LEARNER", "ｌearner", "lea\u200drner"])
def test_a_taken_username_is_called_so_in_any_spelling(client, cast, taken):
    assert cast.learner
    page = errors(client.post(SIGNUP, NEEDED | {"username": taken}))

    assert "This username is taken" in page


def test_of_two_who_take_a_username_at_once_the_slower_is_told(client, cast, monkeypatch):
    assert cast.learner
    monkeypatch.setattr(
        "learning.people.adapter.AccountAdapter.clean_username", lambda self, name: name.lower()
    )
    response = client.post(SIGNUP, NEEDED | {"username": "learner"}, follow=True)

    assert "This username is taken" in response.content.decode()
    assert not Person.objects.filter(names__Latn="Nadia Newcomer").exists()


def test_a_known_email_address_is_not_told_and_not_taken_over(client, cast):
    EmailAddress.objects.create(user=cast.learner, email="learner@example.org", verified=True)
    client.post(SIGNUP, NEEDED | {"email": "learner@example.org"})
    client.post("/accounts/logout/")
    client.post(
        "/accounts/login/", {"login": "learner@example.org", "password": NEEDED["password1"]}
    )

    assert client.get("/accounts/").status_code == 302
    assert User.objects.filter(username="nadia.n").exists()


def test_the_address_is_confirmed_by_a_link(client, db):
    client.post(SIGNUP, NEEDED | {"email": "nadia@example.org"})
    link = mail.outbox[0].body.split("http://testserver")[1].split()[0]
    page = client.get(link).content.decode()

    assert "nadia@example.org" in page
    assert not EmailAddress.objects.get().verified
    client.post(link)
    assert EmailAddress.objects.get().verified


def test_a_mail_server_that_is_down_stops_nobody(client, db, monkeypatch):
    def refuse(self, letters):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    response = client.post(SIGNUP, NEEDED | {"email": "nadia@example.org"}, follow=True)
    page = response.content.decode()

    assert "could not send an e-mail message" in page
    assert "We sent a message" not in page
    assert client.get("/accounts/").status_code == 200


@pytest.mark.parametrize("organisations", [1, 3])
def test_the_page_costs_the_same_however_many_organisations(
    client, cast, django_assert_num_queries, organisations
):
    for number in range(organisations):
        Organisation.objects.create(code=f"o{number}", area=cast.punjab, names={"en": f"O{number}"})
    with django_assert_num_queries(4):  # areas, organisations, and the countries of both
        page = client.get(SIGNUP).content.decode()

    assert page.count('<optgroup label="Pakistan">') == 2
    assert "All of Cambodia" in page
