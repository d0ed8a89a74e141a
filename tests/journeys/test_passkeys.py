"""A passkey from the first fingerprint to signing in with it alone, with a virtual device."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

PASSWORD = "cascade-demo"

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    """A page on a phone that can keep passkeys and knows its owner's finger."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    protocol.detach()


def confirm(page: Page) -> None:
    """Types the password again where that is asked for."""
    if "reauthenticate" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")


def sign_out(page: Page, url: str) -> None:
    page.goto(f"{url}/accounts/logout/")
    page.click("main form button")
    page.wait_for_url(f"{url}/")


def add_passkey(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/accounts/2fa/webauthn/add/")
    confirm(page)
    page.fill("[name=name]", name)
    page.click("form[data-passkey] button")
    expect(page.get_by_text("Your passkey is added.")).to_be_visible()


def test_a_passkey_is_added_used_and_removed(phone: Page, base_url: str):
    phone.goto(f"{base_url}/accounts/login/")
    phone.fill("[name=login]", "learner@demo.test")
    phone.fill("[name=password]", PASSWORD)
    phone.click("main form button")
    add_passkey(phone, base_url, "My phone")
    sign_out(phone, base_url)

    phone.goto(f"{base_url}/accounts/login/?next=/accounts/2fa/webauthn/")
    phone.click("form[data-passkey=login] button")
    phone.wait_for_url(f"{base_url}/accounts/2fa/webauthn/")
    expect(phone.locator("main")).to_contain_text("My phone")

    phone.get_by_role("link", name="Remove My phone").click()
    confirm(phone)
    phone.click("main form button")
    expect(phone.get_by_text("You have no passkey yet.")).to_be_visible()


def test_breaking_off_says_so_and_changes_nothing(page: Page, base_url: str):
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('off'))")
    page.goto(f"{base_url}/accounts/login/")
    page.click("form[data-passkey=login] button")

    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed.")
