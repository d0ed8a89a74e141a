import json

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.test import Client

from learning.people.models import Person, User
from tests.cast import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client, cast) -> Client:
    return sign_in(client, cast.learner)


def confirm_password(client: Client, user: User) -> None:
    """What the page that asks for the password again leaves in the session."""
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method="password", reauthenticated=True)
    request.session.save()


def test_shows_what_is_kept(learner):
    html = learner.get("/me/data/").content.decode()

    assert "People" in html
    assert "Accounts" in html


def test_what_libraries_keep_has_a_name_in_every_language(learner, cast):
    EmailAddress.objects.create(user=cast.learner, email="lubna@example.org")

    html = learner.get("/ur/me/data/").content.decode()
    assert "<td>ای میل پتے</td>" in html
    assert "mail addresses" not in html


def test_file_holds_everything_about_me_and_nothing_of_others(learner, cast):
    assert cast.trainer

    response = learner.get("/me/data/file/")

    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert json.loads(response.content)["people.Person"][0]["names"]["Latn"] == "Lubna Learner"
    assert b"Tariq" not in response.content
    assert "no-store" in response["Cache-Control"]


def test_erasing_asks_for_the_password_again(learner, cast):
    response = learner.post("/me/data/erase/", {"understood": "yes"})

    assert response.status_code == 302
    assert "reauthenticate" in response["Location"]
    assert User.objects.filter(pk=cast.learner.pk).exists()


def test_erasing_needs_the_tick(learner, cast):
    confirm_password(learner, cast.learner)

    response = learner.post("/me/data/erase/")

    assert "Nothing was erased." in response.content.decode()
    assert User.objects.filter(pk=cast.learner.pk).exists()


def test_erases_and_signs_out(learner, cast):
    person = cast.learner.person
    confirm_password(learner, cast.learner)

    response = learner.post("/me/data/erase/", {"understood": "yes"}, follow=True)

    assert "Your name and your account are erased." in response.content.decode()
    assert Person.objects.get(pk=person.pk).names == {}
    assert not User.objects.filter(username="learner").exists()
    assert learner.get("/me/").status_code == 302


def test_account_without_a_person_has_no_data_page(client):
    client.force_login(
        User.objects.create_user("machine"), backend="learning.people.adapter.AccountBackend"
    )

    assert client.get("/me/data/").status_code == 404
    assert client.get("/me/").status_code == 200
