"""Signing in, staying in and out, and getting back in: allauth's addresses with our rules."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.utils import timezone

from learning.people.models import Person, User
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client: Client, login: str, password: str = PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def fail(client: Client, login: str, times: int, **headers) -> None:
    for _ in range(times):
        client.post(LOGIN, {"login": login, "password": "wrong"}, **headers)


# --- signing in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["learner", " LEARNER ", "Learner@example.org", "ｌearner"])
def test_by_username_or_email_in_any_spelling(client, cast, login):
    assert cast.learner
    response = sign_in(client, login)

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, cast):
    assert cast.learner
    answers = [
        re.sub(r'value="[^"]*"', "", sign_in(client, login, "wrong").content.decode())
        for login in ("learner", "nobody")
    ]

    assert answers[0] == answers[1]
    assert "do not go together" in answers[0]


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Every password that went through the slow hash."""
    passwords: list[str] = []
    encode = MD5PasswordHasher.encode

    def count(self, password, salt):
        passwords.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    return passwords


@pytest.mark.parametrize(
    "login", ["learner", "learner@example.org", "nobody", "nobody@example.org"]
)
def test_every_login_costs_one_hash(client, cast, hashed, login):
    """More or fewer would tell by the time whether an account exists."""
    assert cast.learner
    hashed.clear()
    sign_in(client, login, "wrong")

    assert hashed == ["wrong"]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/ur/courses/?page=2", "/ur/courses/?page=2"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("http://localhost/admin/", "/"),  # an allowed host, but not the one in the address bar
        ("javascript:alert(1)", "/"),
    ],
)
def test_goes_on_to_pages_of_this_host_alone(client, cast, wanted, given):
    assert cast.learner
    response = sign_in(client, "learner", next=wanted)

    assert response.headers["Location"] == given


def test_stays_in_the_language_of_the_page(client, cast):
    assert cast.learner
    response = client.post("/ur/accounts/login/", {"login": "learner", "password": PASSWORD})

    assert response.headers["Location"] == "/ur/"


def test_next_is_kept_on_the_way_to_sign_up(client, db):
    page = client.get(LOGIN, {"next": "/courses/"}).content.decode()

    assert '<input type="hidden" name="next" value="/courses/">' in page
    assert "/accounts/signup/?next=%2Fcourses%2F" in page


def test_the_session_is_a_new_one(client, cast):
    assert cast.learner
    client.get("/accounts/claim/")
    session = client.session
    session["before"] = True
    session.save()
    sign_in(client, "learner")

    assert client.session["before"]
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize(("more", "seconds"), [({"remember": "on"}, 2_592_000), ({}, "")])
def test_stays_signed_in_for_30_days_only_when_asked(client, cast, more, seconds):
    assert cast.learner
    response = sign_in(client, "learner", **more)

    assert response.cookies["sessionid"]["max-age"] == seconds


def test_a_closed_account_is_told_so_only_with_its_password(client, cast):
    User.objects.filter(pk=cast.learner.pk).update(is_active=False)

    assert "do not go together" in sign_in(client, "learner", "wrong").content.decode()
    assert sign_in(client, "learner").headers["Location"] == "/accounts/inactive/"
    assert "This account is closed" in client.get("/accounts/inactive/").content.decode()
    assert not is_signed_in(client)


def test_closing_an_account_ends_its_sessions_at_once(client, cast):
    client.force_login(cast.learner)
    assert is_signed_in(client)
    User.objects.filter(pk=cast.learner.pk).update(is_active=False)

    assert not is_signed_in(client)


def test_the_person_comes_with_the_account_in_one_query(client, cast, django_assert_num_queries):
    client.force_login(cast.learner)
    with django_assert_num_queries(3):  # session, account with person, roles, second factor
        page = client.get("/accounts/").content.decode()

    assert "Lubna Learner" in page


def test_signing_out_takes_a_click(client, cast):
    client.force_login(cast.learner)

    assert "Your work is saved" in client.get("/accounts/logout/").content.decode()
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


# --- limits --------------------------------------------------------------------------------------


def test_five_failures_close_an_account_for_five_minutes(client, cast, time_machine):
    assert cast.learner
    fail(client, "learner", 3)
    fail(client, "LEARNER@example.org", 2)

    assert "Wait five minutes" in sign_in(client, "learner").content.decode()
    assert "Wait five minutes" in sign_in(client, "learner@example.org").content.decode()
    time_machine.move_to(timezone.now() + timedelta(minutes=5, seconds=1))
    assert sign_in(client, "learner").status_code == 302


def test_a_made_up_address_does_not_help(client, cast):
    assert cast.learner
    for number in range(5):
        fail(client, "learner", 1, headers={"x-forwarded-for": f"198.51.100.{number}"})

    assert "Wait five minutes" in sign_in(client, "learner").content.decode()


def test_failures_of_one_account_do_not_touch_another(client, cast):
    assert cast.learner
    fail(client, "learner", 6)
    assert cast.trainer

    assert sign_in(client, "trainer").status_code == 302


def test_an_unknown_name_is_limited_alike(client, db):
    fail(client, "nobody", 5)

    assert "Wait five minutes" in sign_in(client, "nobody").content.decode()


def test_a_class_of_40_signs_in_from_one_address(db):
    for number in range(40):
        User.objects.create_user(f"learner{number}", "", PASSWORD)
    clients = [Client() for _ in range(40)]
    for number, client in enumerate(clients):
        fail(client, f"learner{number}", 1)
        sign_in(client, f"learner{number}")

    assert all(is_signed_in(client) for client in clients)


def test_the_limit_of_an_address_has_a_page(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}
    fail(client, "nobody", 2)
    response = sign_in(client, "nobody")

    assert response.status_code == 429
    assert "Wait five minutes" in response.content.decode()


# --- a new password by e-mail --------------------------------------------------------------------


def test_asking_for_a_new_password_tells_nothing(client, cast):
    assert cast.learner
    answers = [
        client.post("/accounts/password/reset/", {"email": address}, follow=True)
        for address in ("learner@example.org", "nobody@example.org")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert answers[0].content == answers[1].content
    assert [letter.subject for letter in mail.outbox] == [
        "A new password for your account",
        "No account with this address",
    ]


def test_the_link_sets_a_new_password_and_ends_other_sessions(client, cast):
    elsewhere = Client()
    elsewhere.force_login(cast.learner)
    fail(client, "learner", 5)
    client.post("/accounts/password/reset/", {"email": "learner@example.org"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link).headers["Location"]
    client.post(form, {"password1": "quite another one", "password2": "quite another one"})

    assert not is_signed_in(elsewhere)
    assert sign_in(client, "learner", "quite another one").status_code == 302
    assert "does not work any more" in Client().get(link).content.decode()


def test_changing_the_password_keeps_this_session_alone(client, cast):
    elsewhere = Client()
    elsewhere.force_login(cast.learner)
    client.force_login(cast.learner)
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "quite another", "password2": "quite another"},
    )

    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert "The password was changed." in mail.outbox[0].body


# --- Wagtail's own doors -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("door", "ours"),
    [
        ("/admin/login/", "/accounts/login/"),
        ("/admin/login/?next=/admin/", "/accounts/login/?next=/admin/"),
        ("/_util/login/", "/accounts/login/"),
        ("/ur/_util/login/", "/ur/accounts/login/"),
        ("/admin/password_reset/", "/accounts/password/reset/"),
        ("/admin/password_reset/confirm/MQ/token/", "/accounts/password/reset/"),
    ],
)
def test_wagtails_doors_lead_to_ours(client, cast, door, ours):
    user = cast.author
    form = {"username": user.username, "password": PASSWORD, "email": user.email}
    response = client.post(door, form)

    assert (response.status_code, response.headers["Location"]) == (302, ours)
    assert "sessionid" not in client.cookies
    assert mail.outbox == []


def test_somebody_without_a_person_may_sign_in(client, db):
    User.objects.create_superuser("root", "", PASSWORD)

    assert sign_in(client, "root").status_code == 302
    assert "root" in client.get("/accounts/").content.decode()
    assert not Person.objects.exists()
