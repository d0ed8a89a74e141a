"""The whole way: sign up, pre-test, lessons, practice, post-test, gain, certificate, check."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.answering import answer_all, right_answers
from tests.journeys.test_reading import sign_up, start
from tests.site import Site

pytestmark = pytest.mark.browser

LESSONS = 7


def sit(page: Page, site: Site, *, wrong: int = 0) -> None:
    """Answer all but the first `wrong` questions rightly, and hand in."""
    answer_all(page, right_answers(site, page)[wrong:])
    expect(page.locator("#hand-in button")).to_be_enabled(timeout=30_000)
    page.click("#hand-in button")
    page.wait_for_url("**/result/")


def practise(page: Page) -> None:
    """Answer the first practice question of the lesson in its place."""
    form = page.locator("form.ask").first
    form.locator("input:not([type=hidden]), select, textarea").first.wait_for()
    if form.locator("input[type=radio], input[type=checkbox]").count():
        form.locator("input[type=radio], input[type=checkbox]").first.check()
    elif form.locator("select").count():
        form.locator("select").first.select_option(index=1)
    else:
        form.locator("[name=answer]").fill("12")
    form.locator("button:has-text('Check')").click()
    expect(page.locator("form.ask").first.locator(".verdict")).to_be_visible()


def read_lessons(page: Page) -> None:
    """From the first lesson to the course page, with a practice question on the way."""
    for number in range(1, LESSONS + 1):
        expect(page.locator(".numeral")).to_have_text(f"1.{number}")
        if number == 1:
            practise(page)
        page.locator(".next form button").click()


def test_from_sign_up_to_a_verified_certificate(
    page: Page, base_url: str, site: Site, browser: Browser
):
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(base_url)
    page.click("text=See the courses")
    page.click("main >> text=Coordination")
    sign_up(page, base_url)
    start(page, base_url)

    page.click("text=Begin with the pre-test")
    page.click("text=Start the pre-test")
    sit(page, site, wrong=9)
    expect(page.locator("h1")).to_contain_text("Before the course: 5 of 15 marks")
    page.click("text=Go on with the course")
    page.click("text=Continue: lesson 1.1")
    read_lessons(page)
    page.click("text=Take the post-test")
    page.click("text=Start the post-test")
    sit(page, site, wrong=2)

    expect(page.locator("h1")).to_contain_text("You passed: 12 of 15 marks")
    expect(page.locator("table tfoot")).to_contain_text("+47")
    expect(page.locator("main")).to_contain_text("This result is provisional.")
    page.click("text=Open your certificate")
    page.wait_for_url("**/certificates/*/")
    expect(page.locator("h1 .word")).to_have_text("Valid")

    stranger = browser.new_context().new_page()
    stranger.goto(page.url)
    expect(stranger.locator("h1 .word")).to_have_text("Valid")
    expect(stranger.locator("main")).to_contain_text("Nasreen Gul")
    for language in ("en", "ur", "km", "lo"):
        address = stranger.locator(f".papers a[lang={language}]").get_attribute("href")
        paper = stranger.request.get(f"{base_url}{address}")
        assert paper.status == 200
        assert paper.body().startswith(b"%PDF-")

    serial = stranger.locator("bdi", has_text=re.compile(r"-\d{6}-")).inner_text()
    stranger.goto(f"{base_url}/verify/")
    stranger.fill("[name=number]", serial)
    stranger.fill("[name=name]", "nasreen  GUL")
    stranger.click("main form button")
    expect(stranger.locator("h1 .word")).to_have_text("Valid")

    page.goto(f"{base_url}/me/")
    expect(page.locator("main")).to_contain_text(re.compile("Certificate of Achievement"))
    expect(page.locator("main")).to_contain_text("12 of 15 marks")


def test_first_half_in_urdu_with_the_pre_test(page: Page, base_url: str, site: Site):
    page.set_viewport_size({"width": 360, "height": 780})
    sign_up(page, base_url, "/ur")
    start(page, base_url, "/ur")
    page.locator("main .actions a.button").click()
    page.wait_for_url("**/ur/courses/coordination/tests/pre/")
    page.locator("main form .button").click()
    page.wait_for_url("**/ur/tests/*/1/")
    sit(page, site)

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).to_contain_text("14")
    page.locator("main .actions a.button").click()
    page.wait_for_url("**/ur/courses/coordination/")
    page.locator("main .actions a.button").first.click()
    page.wait_for_url("**/ur/courses/coordination/one-language/")
    page.locator(".next form button").click()
    page.wait_for_url("**/ur/courses/coordination/two-axes/")
