"""axe-core finds nothing on any page: WCAG 2.2 A and AA, and its own best practices."""

from collections.abc import Iterator, Mapping

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.pages.shots import SHOTS, Shot, nothing, open_page, sign_in

pytestmark = pytest.mark.browser

NARROW, WIDE = 360, 1280  # px
SCREEN = 780  # px


OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}


def violations(page: Page) -> list[str]:
    """What axe finds: rule and the first place of each."""
    if not page.evaluate("'axe' in window"):  # at a second width it is there already
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


def faults(page: Page, width: int) -> list[str]:
    """What axe finds, and whether one has to scroll sideways."""
    page.set_viewport_size({"width": width, "height": SCREEN})
    needed, height = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    # As tall as the page: a bar that stays at the bottom of the screen covers whatever is there.
    page.set_viewport_size({"width": width, "height": max(height, SCREEN)})
    found = violations(page)
    return found + ([f"{needed} px wide"] if needed > width else [])


def open_shot(page: Page, url: str, shot: Shot, language: str, places: Mapping[str, str]) -> None:
    open_page(page, url, shot, language, places)
    if shot.act is not nothing:
        shot.act(page)
        page.wait_for_load_state("networkidle")  # what it did may lead to another page


def visits(user: str) -> Iterator[tuple[Shot, str, tuple[int, ...]]]:
    """Phones in English and Urdu, wide screens in English.

    Questions and dark pages are looked at once: their text is English in any case, and their
    layout the same. `make pages` has every combination, to look at.
    """
    for shot in SHOTS:
        once = shot.dark or shot.name.startswith("practice-")
        if shot.user == user:
            yield shot, "en", (NARROW,) if once else (NARROW, WIDE)
            if not once:
                yield shot, "ur", (NARROW,)


@pytest.mark.parametrize("user", dict.fromkeys(shot.user for shot in SHOTS), ids=str)
def test_axe_finds_nothing(page: Page, base_url: str, places, user: str):
    page.set_viewport_size({"width": NARROW, "height": SCREEN})
    if user:
        sign_in(page, base_url, user)
    found = {}
    for shot, language, widths in visits(user):
        page.set_viewport_size({"width": NARROW, "height": SCREEN})
        open_shot(page, base_url, shot, language, places)
        for width in widths:
            found[f"{shot.name}-{language}-{width}"] = faults(page, width)

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["km", "lo"])
def test_axe_finds_nothing_in_the_other_scripts(page: Page, base_url: str, language: str):
    lesson, in_part = (f"/courses/coordination/{key}/" for key in ("one-language", "two-axes"))
    page.set_viewport_size({"width": NARROW, "height": SCREEN})
    for path in ("/", "/accounts/login/", "/accounts/signup/", lesson, in_part):
        page.goto(f"{base_url}/{language}{path}")
        assert faults(page, NARROW) == [], path


def test_axe_does_find_what_is_wrong(page: Page, base_url: str):
    page.goto(base_url)
    page.evaluate("document.documentElement.removeAttribute('lang')")

    assert any(rule.startswith("html-has-lang") for rule in violations(page))
