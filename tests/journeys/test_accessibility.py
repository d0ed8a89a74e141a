"""axe-core finds nothing on any page."""

import itertools
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Page

from tests.pages.axe import NARROW, SCREEN, WIDE, bring_axe, faults, misnamed, too_wide, violations
from tests.pages.shots import SHOTS, Shot, nothing, open_page, sign_in

pytestmark = pytest.mark.browser


def open_shot(page: Page, url: str, shot: Shot, language: str, places: Mapping[str, str]) -> None:
    open_page(page, url, shot, language, places)
    if shot.act is not nothing:
        shot.act(page)
        page.wait_for_load_state("networkidle")  # what it did may lead to another page


def is_seen_once(shot: Shot) -> bool:
    """Questions, whose text is English in any case, and dark pages: their layout is the same."""
    return shot.dark or shot.name.startswith("practice-")


def visits(user: str) -> Iterator[tuple[Shot, str, int]]:
    """Each page in one language and at one width, in turns: of four that look alike axe sees all.

    `make pages` asks axe in both at both.
    """
    turns = itertools.cycle((("ur", NARROW), ("en", WIDE), ("en", NARROW), ("ur", WIDE)))
    for shot in SHOTS:
        if shot.user == user:
            yield shot, *(("en", NARROW) if is_seen_once(shot) else next(turns))


@pytest.mark.parametrize("user", dict.fromkeys(shot.user for shot in SHOTS), ids=str)
def test_axe_finds_nothing(page: Page, base_url: str, places, user: str):
    """Nor has one to scroll sideways on a phone, whatever the width at which axe looks."""
    page.set_viewport_size({"width": NARROW, "height": SCREEN})
    if user:
        sign_in(page, base_url, user)
    bring_axe(page.context)
    found = {}
    for shot, language, width in visits(user):
        page.set_viewport_size({"width": NARROW, "height": SCREEN})
        open_shot(page, base_url, shot, language, places)
        at = f"{shot.name}-{language}-{width}"
        found[at] = too_wide(page, NARROW) + faults(page, width)

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


def test_axe_does_look_at_colours(page: Page, base_url: str):
    page.goto(base_url)
    page.evaluate("document.querySelector('main p').style.color = '#eee'")

    assert any(rule.startswith("color-contrast") for rule in violations(page))


def test_urdu_named_english_is_noticed(page: Page, base_url: str):
    page.goto(f"{base_url}/ur/")
    assert misnamed(page) == []
    page.evaluate("document.querySelector('h1').lang = 'en'")

    assert len(misnamed(page)) == 1


def test_a_page_that_is_not_there_is_not_taken_for_one(page: Page, base_url: str):
    with pytest.raises(LookupError, match="gone in ur: 404, expected 200"):
        open_page(page, base_url, Shot("gone", "/no-such-page/"), "ur", {})
