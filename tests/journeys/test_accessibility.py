"""axe-core finds nothing on any page: WCAG 2.2 A and AA, and its own best practices."""

from collections.abc import Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.pages.shots import SHOTS, Shot, address, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


def violations(page: Page) -> list[str]:
    """What axe finds: rule and the first place of each."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


def open_shot(page: Page, url: str, shot: Shot, language: str, places: Mapping[str, str]) -> None:
    page.emulate_media(color_scheme="dark" if shot.dark else "light")
    page.goto(url + address(shot, language, places))
    shot.act(page)
    page.wait_for_load_state("networkidle")


# From right to left the wide layout is the same, mirrored; `make pages` has it to look at.
LANGUAGES_AT = {360: ("en", "ur"), 1280: ("en",)}


@pytest.mark.parametrize("width", LANGUAGES_AT)
@pytest.mark.parametrize("user", dict.fromkeys(shot.user for shot in SHOTS), ids=str)
def test_axe_finds_nothing(page: Page, base_url: str, places, user: str, width: int):
    page.set_viewport_size({"width": width, "height": 780})
    if user:
        sign_in(page, base_url, user)
    found = {}
    for shot in (shot for shot in SHOTS if shot.user == user):
        for language in LANGUAGES_AT[width]:
            open_shot(page, base_url, shot, language, places)
            found[f"{shot.name}-{language}"] = violations(page)

    assert {name: rules for name, rules in found.items() if rules} == {}


@pytest.mark.parametrize("language", ["km", "lo"])
def test_axe_finds_nothing_in_the_other_scripts(page: Page, base_url: str, language: str):
    for path in ("/", "/accounts/login/", "/accounts/signup/"):
        page.goto(f"{base_url}/{language}{path}")
        assert violations(page) == [], path


def test_axe_does_find_what_is_wrong(page: Page, base_url: str):
    page.goto(base_url)
    page.evaluate("document.documentElement.removeAttribute('lang')")

    assert any(rule.startswith("html-has-lang") for rule in violations(page))


def test_no_page_is_wider_than_a_phone(page: Page, base_url: str, places):
    page.set_viewport_size({"width": 360, "height": 780})
    too_wide = []
    for shot in (shot for shot in SHOTS if not shot.user):
        for language in ("en", "ur"):
            open_shot(page, base_url, shot, language, places)
            if page.evaluate("document.documentElement.scrollWidth") > 360:
                too_wide.append(f"{shot.name}-{language}")

    assert too_wide == []
