"""The second step at sign-in: app, recovery codes, passkeys; allauth's addresses, our words."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD

ACTIVATE = "/accounts/2fa/totp/activate/"
CODES = "/accounts/2fa/recovery-codes/"


def code_for(secret: str, periods: int = 0) -> str:
    """What an app shows now, or that many periods of 30 seconds later."""
    now = int(timezone.now().timestamp()) // 30
    return format_hotp_value(hotp_value(secret, now + periods))


def in_urdu_digits(code: str) -> str:
    return code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def sign_in(client: Client) -> None:
    client.post("/accounts/login/", {"login": "learner", "password": PASSWORD})


@pytest.fixture
def learner(client, cast) -> Client:
    """The learner, signed in and just confirmed with her password."""
    assert cast.learner
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def secret(learner, time_machine) -> str:
    """The key of the learner's app, which is set up; a period later she has signed out."""
    time_machine.move_to("2026-11-20 10:00:10+00:00", tick=False)
    learner.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = learner.get(ACTIVATE).content.decode()
    key = re.search(r'<code class="key" dir="ltr">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")
    response = learner.post(ACTIVATE, {"code": code_for(key)})
    assert response.headers["Location"] == CODES
    return key


def test_setting_up_asks_for_the_password_first(client, cast):
    client.force_login(cast.learner)

    assert client.get(ACTIVATE).headers["Location"].startswith("/accounts/reauthenticate/")


def test_the_app_gets_a_picture_and_a_key_in_fours(learner):
    page = learner.get(ACTIVATE).content.decode()

    assert '<img class="qr" src="data:image/svg+xml;base64,' in page
    assert re.search(r"<code[^>]*>([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>", page)


def test_a_wrong_code_sets_nothing_up(learner):
    page = learner.post(ACTIVATE, {"code": "000000"}).content.decode()

    assert "This code is not right" in page
    assert not Authenticator.objects.exists()


def test_the_database_holds_no_readable_secret(secret):
    rows = json.dumps([row.data for row in Authenticator.objects.all()])

    assert Authenticator.objects.count() == 2
    assert secret not in rows


def test_switching_it_off_is_told_by_letter(learner, secret):
    learner.post("/accounts/2fa/totp/deactivate/")

    assert "The authenticator app was switched off." in mail.outbox[0].body
    assert not Authenticator.objects.exists()


def test_signing_in_takes_the_code_in_any_digits(secret):
    client = Client()
    sign_in(client)
    assert client.get("/accounts/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": in_urdu_digits(code_for(secret))})

    assert client.get("/accounts/").status_code == 200


@pytest.mark.parametrize(("periods", "status"), [(-2, 302), (-1, 200), (1, 200), (2, 302)])
def test_a_code_is_good_half_a_minute_before_and_after(secret, periods, status):
    client = Client()
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret, periods)})

    assert client.get("/accounts/").status_code == status


@pytest.mark.parametrize("later", ["10:00:12", "10:00:45", "10:00:58"])
def test_a_code_works_only_once(secret, time_machine, later):
    code = code_for(secret)
    for moment, status in (("10:00:11", 200), (later, 302)):
        time_machine.move_to(f"2026-11-20 {moment}+00:00", tick=False)
        client = Client()
        sign_in(client)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert client.get("/accounts/").status_code == status


def test_guessing_codes_is_limited(secret):
    client = Client()
    sign_in(client)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    page = client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)}).content.decode()

    assert "Wait five minutes" in page


def test_recovery_codes_are_shown_and_each_works_once(learner, secret):
    page = learner.get(CODES).content.decode()
    recovery_codes = re.findall(r"<li><code>(\d{8})</code></li>", page)
    assert len(set(recovery_codes)) == 10
    answers = []
    for _ in range(2):
        client = Client()
        sign_in(client)
        client.post("/accounts/2fa/authenticate/", {"code": recovery_codes[0]})
        answers.append(client.get("/accounts/").status_code)

    assert answers == [200, 302]
    assert "9 of 10 codes are unused" in learner.get(CODES).content.decode()


def test_recovery_codes_can_be_taken_along_as_a_file(learner, secret):
    response = learner.get("/accounts/2fa/recovery-codes/download/")

    assert response.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert len(re.findall(r"^\d{8}$", response.content.decode(), re.MULTILINE)) == 10
    assert "learner" in response.content.decode()


def test_the_overview_tells_how_things_stand(client, cast):
    client.force_login(cast.learner)
    page = client.get("/accounts/2fa/").content.decode()

    assert "Set up an app" in page
    assert "Add a passkey" in page
    assert "You get them when you set up" in page


def test_adding_a_passkey_says_when_it_cannot_work(learner):
    page = learner.get("/accounts/2fa/webauthn/add/").content.decode()

    assert "<noscript>" in page
    assert "Passkeys need JavaScript" in page
    assert re.search(r'<form[^>]* data-passkey="create" hidden>', page)
    assert 'id="passkey-options"' in page


def test_what_is_no_passkey_is_refused(learner):
    page = learner.post("/accounts/2fa/webauthn/add/", {"credential": "{}"}).content.decode()

    assert "The passkey is not added yet." in page
    assert not Authenticator.objects.exists()


def test_signing_in_with_a_passkey_is_offered(client, db):
    page = client.get("/accounts/login/", {"next": "/courses/"}).content.decode()
    form = page[page.index('data-passkey="login"') :]
    options = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})

    assert 'name="next" value="/courses/"' in form
    assert options.json()["request_options"]["publicKey"]["userVerification"] == "required"


def test_no_page_holds_a_script_of_its_own(learner, secret):
    """What is inline would be blocked by our policy."""
    for address in ("", "totp/deactivate/", "recovery-codes/", "webauthn/add/", "webauthn/"):
        page = learner.get(f"/accounts/2fa/{address}").content.decode()
        inline = re.findall(r"<script(?![^>]* src=)[^>]*>", page)
        assert inline in ([], ['<script id="passkey-options" type="application/json">']), address
        assert not re.search(r'\s(style|on\w+)="', page), address
