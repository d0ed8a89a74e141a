import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import ModelLogEntry

from learning.people.models import Person, User
from learning.people.recovering import remove_second_factors
from tests.cast import PASSWORD, sign_in

pytestmark = pytest.mark.django_db

PHONE_LOST = {"reason": "Phone lost, came to the office"}


def add_factors(user: User) -> None:
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=user, type=kind, data={})


@pytest.fixture
def locked_out(cast) -> User:
    add_factors(cast.learner)
    return cast.learner


def page_of(user: User) -> str:
    return f"/admin/people/{user.person_id}/second-factor/"


def test_removes_everything_and_says_so(client, cast, locked_out):
    sign_in(client, cast.area_admin)

    response = client.post(page_of(locked_out), PHONE_LOST, follow=True)

    assert not Authenticator.objects.filter(user=locked_out).exists()
    assert "The second factor of Lubna Learner is removed." in response.content.decode()


def test_keeps_who_did_it_and_why(client, cast, locked_out):
    sign_in(client, cast.area_admin)

    client.post(page_of(locked_out), PHONE_LOST)

    entry = ModelLogEntry.objects.for_instance(locked_out.person).get()
    assert (entry.action, entry.user) == ("people.remove_second_factor", cast.area_admin)
    assert entry.message == (
        "Second factor removed, all devices signed out. Phone lost, came to the office"
    )


def test_ends_every_session(cast):
    phone = Client(headers={"user-agent": "Phone"})
    phone.post("/accounts/login/", {"login": cast.learner.username, "password": PASSWORD})
    add_factors(cast.learner)
    assert phone.get("/accounts/").status_code == 200

    sign_in(admin := Client(), cast.area_admin)
    admin.post(page_of(cast.learner), PHONE_LOST)

    assert phone.get("/accounts/").status_code == 302
    assert not UserSession.objects.filter(user=cast.learner).exists()


def test_tells_the_person(client, cast, locked_out):
    sign_in(client, cast.area_admin)

    client.post(page_of(locked_out), PHONE_LOST)

    letter = mail.outbox[0]
    assert letter.to == ["learner@example.org"]
    assert letter.subject == "Your second factor was removed"
    assert "Amina Area removed the authenticator app" in letter.body
    assert "account learner" in letter.body


def test_person_without_an_address_gets_no_letter(client, cast, locked_out):
    User.objects.update(email="")
    sign_in(client, cast.area_admin)

    client.post(page_of(locked_out), PHONE_LOST)

    assert mail.outbox == []


def test_nothing_happens_without_a_reason(client, cast, locked_out):
    sign_in(client, cast.area_admin)

    response = client.post(page_of(locked_out), {"reason": "  "})

    assert "This field is required." in response.content.decode()
    assert Authenticator.objects.filter(user=locked_out).count() == 2


@pytest.mark.parametrize("who", ["area_admin", "author", "system_admin"])
def test_neither_ones_own_nor_that_of_someone_more_powerful(client, cast, who):
    sign_in(client, cast.area_admin)
    add_factors(cast.author)
    sign_in(Client(), cast.system_admin)

    response = client.post(page_of(getattr(cast, who)), PHONE_LOST)

    assert response.status_code == 404
    assert Authenticator.objects.filter(user=getattr(cast, who)).exists()


def test_system_administrator_helps_another_administrator(client, cast):
    add_factors(cast.area_admin)
    sign_in(client, cast.system_admin)

    client.post(page_of(cast.area_admin), PHONE_LOST)

    assert not Authenticator.objects.filter(user=cast.area_admin).exists()


def test_account_without_a_second_factor_is_called_so(client, cast):
    sign_in(client, cast.area_admin)

    page = client.get(page_of(cast.learner)).content.decode()

    assert "This account has no second factor." in page
    assert 'name="reason"' not in page


def test_removing_twice_is_refused(client, cast, locked_out):
    sign_in(client, cast.area_admin)
    client.post(page_of(locked_out), PHONE_LOST)

    page = client.post(page_of(locked_out), PHONE_LOST).content.decode()

    assert "This account has no second factor." in page
    assert ModelLogEntry.objects.for_instance(locked_out.person).count() == 1


def test_person_without_an_account_is_called_so(cast):
    person = Person.objects.create(names={"Latn": "Nadia"}, area_of_work=cast.punjab)

    with pytest.raises(ValidationError, match="This person has no account"):
        remove_second_factors(person, by=cast.area_admin, reason="x")


def test_the_register_offers_it_where_it_helps(client, cast, locked_out):
    sign_in(client, cast.area_admin)

    assert page_of(locked_out) in client.get(f"/admin/people/edit/{locked_out.person_id}/").text
    person = Person.objects.create(names={"Latn": "Nadia"}, area_of_work=cast.punjab)
    assert "second-factor" not in client.get(f"/admin/people/edit/{person.pk}/").text
