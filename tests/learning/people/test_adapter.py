from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from learning.people.adapter import MESSAGES, AccountBackend, account_of
from learning.people.models import User
from tests.cast import PASSWORD

# --- who is it? ----------------------------------------------------------------------------------


def test_a_confirmed_address_comes_before_a_username(cast):
    EmailAddress.objects.create(user=cast.learner, email="learner@example.org", verified=True)
    User.objects.create_user("learner@example.org", "", PASSWORD)

    assert account_of("learner@example.org") == cast.learner


def test_a_username_comes_before_an_address_that_anybody_may_have_given(cast):
    taken = User.objects.create_user("learner@example.org", "", PASSWORD)
    assert cast.learner

    assert account_of("learner@example.org") == taken


def test_an_address_that_two_gave_names_nobody(cast):
    User.objects.filter(pk=cast.trainer.pk).update(email=cast.learner.email)

    assert account_of(cast.learner.email) is None


def test_get_user_reads_the_person_too(cast, django_assert_num_queries):
    number = cast.learner.pk
    with django_assert_num_queries(1):
        user = AccountBackend().get_user(number)
        name = user.get_full_name()

    assert name == "Lubna Learner"


def test_get_user_knows_no_closed_account(cast):
    User.objects.filter(pk=cast.learner.pk).update(is_active=False)

    assert AccountBackend().get_user(cast.learner.pk) is None


# --- words ---------------------------------------------------------------------------------------


# Telephones and codes for signing in are not switched on.
SILENT = {"login_code_sent.txt", "phone_verification_sent.txt", "phone_verified.txt"}


def test_every_message_of_allauth_is_said_in_our_words():
    templates = Path(allauth.__file__).parent / "templates"
    known = {
        str(path.relative_to(templates))
        for app in ("account", "mfa", "usersessions")
        for path in (templates / app / "messages").iterdir()
        if path.name not in SILENT
    }

    assert known == set(MESSAGES)


def pages() -> list[str]:
    """Names of allauth's addresses that take no parameters."""
    reverses = get_resolver().reverse_dict
    return sorted(
        name
        for name in reverses
        if isinstance(name, str)
        and name.startswith(("account_", "mfa_", "usersessions_"))
        and not any(parameters for _text, parameters in reverses[name][0])
    )


def test_there_are_pages_to_look_at():
    assert len(pages()) > 20


@pytest.mark.parametrize("name", pages())
def test_no_page_speaks_in_allauths_words(cast, name):
    """Pages that people reach have templates of ours, and none shows a placeholder."""
    client = Client()
    client.force_login(cast.learner)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get(reverse(name), follow=True)
    used = [template.origin.name for template in response.templates if template.name]

    assert [path for path in used if "/allauth/templates/" in path] == []
    assert "placeholder=" not in response.content.decode()


# --- letters -------------------------------------------------------------------------------------


def test_a_letter_is_written_in_the_language_of_its_reader(client, cast, monkeypatch):
    languages = []
    send = DefaultAccountAdapter.send_mail

    def note(self, *args):
        languages.append(translation.get_language())
        send(self, *args)

    monkeypatch.setattr(DefaultAccountAdapter, "send_mail", note)
    cast.learner.person.language = "km"
    cast.learner.person.save()
    client.post("/ur/accounts/password/reset/", {"email": cast.learner.email})
    client.post("/ur/accounts/password/reset/", {"email": "nobody@example.org"})

    assert languages == ["km", "ur"]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("action", ["action_primary", "action_remove", "action_add"])
def test_email_addresses_change_only_after_the_password(client, cast, action):
    client.force_login(cast.learner)
    client.get("/accounts/email/")
    form = {"email": "other@example.org" if action == "action_add" else cast.learner.email}
    response = client.post("/accounts/email/", form | {action: ""})

    assert response.headers["Location"].startswith("/accounts/reauthenticate/")
    assert EmailAddress.objects.get().email == cast.learner.email


def test_removing_an_address_is_told_to_it(client, cast):
    EmailAddress.objects.create(user=cast.learner, email="second@example.org")
    client.force_login(cast.learner)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": "second@example.org", "action_remove": ""})

    assert "The e-mail address second@example.org was removed." in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["learner@example.org"]


# --- second factor -------------------------------------------------------------------------------


def test_secrets_survive_a_new_secret_key(settings):
    sealed = get_mfa_adapter().encrypt("KEY")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another " * 10

    assert sealed != "KEY"
    assert get_mfa_adapter().decrypt(sealed) == "KEY"


def test_the_picture_for_the_app_brings_its_own_white():
    drawing = get_mfa_adapter().build_totp_svg("otpauth://totp/x?secret=KEY")

    assert drawing.startswith("<svg")
    assert 'fill="#fff"' in drawing


def test_the_adapter_is_ours():
    assert type(get_adapter()).__module__ == "learning.people.adapter"
