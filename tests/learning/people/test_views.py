import pytest
from django.core import mail
from django.test import Client

from learning.people import codes
from learning.people.access_codes import AccessCode
from learning.people.consents import Consent
from learning.people.models import Person, User
from learning.people.views import device_name
from tests.cast import PASSWORD

CLAIM, RESET = AccessCode.Purpose.CLAIM, AccessCode.Purpose.RESET
NEW = "quite another one"
ACCOUNT = {"username": "nadia", "password1": NEW, "consent": "on"}


# --- your account --------------------------------------------------------------------------------


def test_the_menu_leads_to_all_settings(client, cast):
    client.force_login(cast.learner)
    page = client.get("/accounts/").content.decode()

    for address in ("email/", "password/change/", "2fa/", "sessions/"):
        assert f'href="/accounts/{address}"' in page


def test_the_menu_asks_visitors_to_sign_in(client, db):
    response = client.get("/accounts/")

    assert response.headers["Location"] == "/accounts/login/?next=/accounts/"


def test_the_language_of_messages_can_be_chosen(client, cast):
    client.force_login(cast.learner)
    client.post("/accounts/", {"language": "lo"})
    cast.learner.person.refresh_from_db()

    assert cast.learner.person.language == "lo"
    assert client.post("/accounts/", {"language": "xx"}).status_code == 200


def test_other_devices_are_named_and_signed_out(cast):
    phone, office = (
        Client(headers={"user-agent": f"Mozilla/5.0 ({system}) Chrome/90 Safari/537.36"})
        for system in ("Linux; Android 8.0", "Windows NT 10.0")
    )
    for client in (phone, office):
        client.post("/accounts/login/", {"login": cast.learner.username, "password": PASSWORD})
    page = phone.get("/accounts/sessions/").content.decode()

    assert "Chrome, Android" in page
    assert "Chrome, Windows" in page
    phone.post("/accounts/sessions/")
    assert phone.get("/accounts/").status_code == 200
    assert office.get("/accounts/").status_code == 302


def test_a_device_we_do_not_know_has_a_name_too():
    assert device_name("curl/8") == "another device"


# --- a code for a new password -------------------------------------------------------------------


def reset(client: Client, code: str, username: str = "learner", **more):
    form = {"username": username, "code": code, "password1": NEW, "password2": NEW}
    return client.post("/accounts/reset-code/", form | more)


def test_a_code_sets_a_new_password_and_ends_all_sessions(client, cast):
    code = codes.make_code(cast.learner.person, RESET, cast.area_admin)
    elsewhere = Client()
    elsewhere.force_login(cast.learner)
    for _ in range(5):
        client.post("/accounts/login/", {"login": "learner", "password": "wrong"})

    assert reset(client, code.lower()).headers["Location"] == "/accounts/login/"
    assert elsewhere.get("/accounts/").status_code == 302
    client.post("/accounts/login/", {"login": "learner", "password": NEW})
    assert client.get("/accounts/").status_code == 200
    assert "replaced by a new one" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("username", "code"), [("nobody", "right"), ("trainer", "right"), ("learner", "AAAAA-AAAAA")]
)
def test_every_refusal_reads_the_same(client, cast, username, code):
    assert cast.trainer
    right = codes.make_code(cast.learner.person, RESET, cast.area_admin)
    page = reset(client, right if code == "right" else code, username).content.decode()

    assert "This code does not work." in page
    assert "used already" not in page.split("This code does not work.")[0]
    assert User.objects.get(username="learner").check_password(PASSWORD)


def test_a_mistyped_new_password_does_not_use_the_code_up(client, cast):
    code = codes.make_code(cast.learner.person, RESET, cast.area_admin)
    page = reset(client, code, password2="something else").content.decode()

    assert "are not the same" in page
    assert reset(client, code).status_code == 302


def test_guessing_codes_of_an_account_is_limited(client, db):
    answers = [reset(client, f"AAAAA-AAAA{n}", "  Learner").status_code for n in range(6)]

    assert answers == [200, 200, 200, 200, 200, 429]


# --- a code for one's own record -----------------------------------------------------------------


@pytest.fixture
def nadia(db) -> Person:
    return Person.objects.create(names={"Latn": "Nadia Newcomer"})


@pytest.fixture
def claiming(client, cast, nadia) -> Client:
    """A browser after the first step."""
    code = codes.make_code(nadia, CLAIM, cast.area_admin)
    response = client.post("/accounts/claim/", {"code": code})
    assert response.headers["Location"] == "/accounts/claim/account/"
    return client


def test_a_code_opens_an_account_for_a_known_person(claiming, nadia):
    page = claiming.get("/accounts/claim/account/").content.decode()
    claiming.post("/accounts/claim/account/", ACCOUNT | {"full_name": "Somebody Else"})
    nadia.refresh_from_db()

    assert "Nadia Newcomer" in page
    assert nadia.user.username == "nadia"
    assert nadia.names == {"Latn": "Nadia Newcomer"}
    assert nadia.consents.get().channel == "web"
    assert claiming.get("/accounts/").status_code == 200


def test_consent_given_on_paper_stays_in_force(claiming, nadia):
    Consent.objects.create(
        person=nadia, purpose="record", text_version="1", language="en", channel="paper"
    )
    claiming.post("/accounts/claim/account/", ACCOUNT)

    assert [consent.channel for consent in nadia.consents.all()] == ["paper"]


def test_who_has_no_name_yet_gives_one(client, cast):
    nameless = Person.objects.create(is_anonymous=True)
    code = codes.make_code(nameless, CLAIM, cast.area_admin)
    client.post("/accounts/claim/", {"code": code})
    client.post("/accounts/claim/account/", ACCOUNT | {"full_name": "ສົມພອນ"})
    nameless.refresh_from_db()

    assert (nameless.names, nameless.is_anonymous) == ({"Laoo": "ສົມພອນ"}, False)


def test_the_code_stays_unused_until_the_account_is_open(claiming):
    claiming.post("/accounts/claim/account/", ACCOUNT | {"password1": "short"})
    assert AccessCode.objects.get().used_at is None

    claiming.post("/accounts/claim/account/", ACCOUNT)
    assert AccessCode.objects.get().used_at is not None


def test_of_two_browsers_with_one_code_the_slower_gets_nothing(claiming, nadia):
    codes.use_code(AccessCode.objects.get())
    response = claiming.post("/accounts/claim/account/", ACCOUNT)

    assert response.headers["Location"] == "/accounts/claim/"
    assert not User.objects.filter(username="nadia").exists()


def test_the_second_step_needs_the_first(client, db):
    response = client.get("/accounts/claim/account/", follow=True)

    assert response.redirect_chain == [("/accounts/claim/", 302)]
    assert "This code does not work." in response.content.decode()


def test_who_is_signed_in_claims_nothing(client, cast):
    client.force_login(cast.learner)

    assert client.get("/accounts/claim/").headers["Location"] == "/accounts/"


def test_trying_one_code_again_and_again_is_limited(client, db):
    answers = [
        client.post("/accounts/claim/", {"code": code}).status_code
        for code in (
            "AAAAA-AAAAA",
            "aaaaaaaaaa",
            "aaaaa aaaaa",
            "AAAAAAAAAA",
            "AAAAA-AAAAA",
            "aaaaaAAAAA",
        )
    ]

    assert answers == [200, 200, 200, 200, 200, 429]
