"""A stranger opens the course, signs up, starts it and reads her way through it."""

import secrets

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from modules.blocks.markdown import render
from tests.journeys.weighing import first_visit

pytestmark = pytest.mark.browser


def sign_up(page: Page, base_url: str, prefix: str = "") -> str:
    """Open an account the way a new user does; returns the username."""
    username = f"walker-{secrets.token_hex(4)}"
    page.goto(f"{base_url}{prefix}/accounts/signup/")
    page.fill("[name=full_name]", "Nasreen Gul")
    page.fill("[name=username]", username)
    page.fill("[name=password1]", "a fine long word 9")
    page.check("[name=consent]")
    page.click("main form .actions button")
    expect(page.locator("header")).to_contain_text("Nasreen Gul")
    return username


def start(page: Page, base_url: str, prefix: str = "") -> None:
    page.goto(f"{base_url}{prefix}/courses/coordination/start/")
    page.select_option("[name=country]", index=1)
    page.click("main form .actions button")
    page.wait_for_url(f"{base_url}{prefix}/courses/coordination/")


def test_from_sign_up_to_the_last_lesson(page: Page, base_url: str):
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(base_url)
    page.click("text=See the courses")
    page.click("main >> text=Coordination")
    sign_up(page, base_url)
    start(page, base_url)
    page.click("text=Go to lesson 1 without it")
    for number in range(1, 8):
        expect(page.locator(".numeral")).to_have_text(f"1.{number}")
        page.locator(".next form button").click()

    page.wait_for_url(f"{base_url}/courses/coordination/")
    expect(page.locator("main")).to_contain_text("You have read all lessons of this course.")
    page.goto(f"{base_url}/me/")
    expect(page.locator("main")).to_contain_text("7 of 7 lessons done")


def test_first_half_in_urdu(page: Page, base_url: str):
    page.set_viewport_size({"width": 360, "height": 780})
    sign_up(page, base_url, "/ur")
    start(page, base_url, "/ur")
    page.locator("main .actions a.plain").first.click()
    page.wait_for_url(f"{base_url}/ur/courses/coordination/one-language/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("main div[lang=en]").first).to_have_attribute("dir", "ltr")
    page.locator(".next form button").click()

    page.wait_for_url(f"{base_url}/ur/courses/coordination/two-axes/")


def test_works_without_javascript(browser, base_url: str):
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_up(page, base_url)
    start(page, base_url)
    page.goto(f"{base_url}/courses/coordination/one-language/")
    page.locator(".next form button").click()

    expect(page.locator(".numeral")).to_have_text("1.2")


def test_no_page_breaks_the_policy(page: Page, base_url: str):
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    for path in ("/", "/courses/coordination/mapping/", "/glossary/", "/accounts/signup/"):
        page.goto(base_url + path)

    assert [text for text in refused if "Content Security Policy" in text] == []


def test_first_visit_to_a_lesson_is_light(page: Page, base_url: str):
    sizes = first_visit(page, f"{base_url}/courses/coordination/mapping/")

    assert len(sizes) <= 8
    assert sum(sizes.values()) <= 30_000  # of the 50 kB that a lesson may weigh
    assert sum(size for url, size in sizes.items() if url.endswith(".js")) <= 15_000


def test_first_visit_in_urdu_is_within_its_budget(page: Page, base_url: str):
    """With one font for its text, and that of the names of the other languages."""
    sizes = first_visit(page, f"{base_url}/ur/courses/coordination/mapping/")
    fonts = sorted(size for url, size in sizes.items() if url.endswith(".woff2"))

    assert len(fonts) <= 2
    assert sum(fonts[:-1]) <= 3_000
    assert sum(sizes.values()) <= 160_000


# Where the first letter or digit of each of these stands on the page, from the left.
LEFT_EDGES = """names => names.map(name => {
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = nodes.nextNode());) {
    const at = node.data.indexOf(name);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().left;
  }
})"""


def test_names_and_numbers_stand_in_order_in_an_urdu_text(page: Page):
    with translation.override("ur"):
        html = render("سال 2014-15 میں ILO (Geneva Office) نے 20,000 × 6% = 1,200 گنے۔\n\n1. قدم")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.set_content(f'<html lang="ur" dir="rtl"><body>{html}</body></html>')

    total = page.evaluate(LEFT_EDGES, ["20,000", "×", "6%", "= ", "1,200"])
    assert total == sorted(total)
    line = page.evaluate(LEFT_EDGES, ["گنے", "20,000", "نے", "ILO", "Geneva", "Office"])
    assert line == sorted(line)
    year, rest, word, first = page.evaluate(LEFT_EDGES, ["2014", "15", "میں", "سال"])
    assert word < year < rest < first
