"""A trainer prepares a session by keyboard and closes it; an administrator returns it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.shots import ADMIN, LEADING, sign_in

pytestmark = pytest.mark.browser

MOST_TABS = 120
REASON = "The signed sheet of the second afternoon is missing."


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, as somebody does who has no mouse."""
    for _press in range(MOST_TABS):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the keyboard from {page.url}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def prepare_two_days(page: Page, venue: str) -> None:
    """The form from the top to its button, in the order of the page; people are only counted."""
    first = datetime.now(ZoneInfo("Asia/Karachi")).date() - timedelta(days=6)
    press(page, "[name=course_version]", "ArrowDown")
    tab_to(page, "[name=counting]:checked")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#first-day")
    page.keyboard.type(f"{first:%m%d%Y}")
    press(page, "[data-fill] button[value='4']")
    tab_to(page, "[name=area]")
    page.keyboard.type("Sindh")
    tab_to(page, "[name=venue]")
    page.keyboard.type(venue)
    press(page, "main > form:last-of-type > .actions button")


def count_people(page: Page) -> None:
    tab_to(page, "[name=female-worker]")
    page.keyboard.type("12")
    tab_to(page, "[name=male-worker]")
    page.keyboard.type("9")
    expect(page.locator("tfoot output").last).to_have_text("21")
    press(page, "[data-headcount] .actions button")


def test_session_from_the_form_to_its_return(
    page: Page, base_url: str, places: dict[str, str], browser: Browser
):
    page.set_viewport_size({"width": 360, "height": 780})
    sign_in(page, base_url, LEADING)
    page.goto(f"{base_url}/training/")
    press(page, "main a[href='/training/new/']")
    page.wait_for_url("**/training/new/")
    prepare_two_days(page, "Weavers’ hall, Hyderabad")

    expect(page.locator("h1")).to_have_text("Cascade session, Weavers’ hall, Hyderabad")
    expect(page.locator(".half-days li")).to_have_count(4)
    expect(page.locator("main")).to_contain_text("Nobody was counted yet.")
    session = page.url
    press(page, "main a[href$='/headcount/']")
    page.wait_for_url("**/headcount/")
    count_people(page)
    expect(page.locator("main")).to_contain_text("The numbers are saved.")

    page.goto(f"{base_url}/training/")
    row = page.locator(".rows > li", has_text="Weavers’ hall, Hyderabad")
    expect(row).to_contain_text("Everything is recorded.")
    page.goto(f"{session}close/")
    press(page, "main form button")
    expect(page.locator("main")).to_contain_text("is closed and sent for verification")

    office = browser.new_context().new_page()
    sign_in(office, base_url, ADMIN)
    office.goto(f"{base_url}/training/")
    office.click("text=Weavers’ hall, Hyderabad")
    office.click("text=Return with a reason")
    office.fill("[name=reason]", REASON)
    office.click("main form button")
    expect(office.locator("main")).to_contain_text("The session is returned.")

    page.goto(f"{base_url}/training/")
    expect(row).to_contain_text("Returned to you")
    expect(row).to_contain_text(REASON)


def test_form_works_without_javascript(browser: Browser, base_url: str, places: dict[str, str]):
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, base_url, LEADING)
    page.goto(f"{base_url}/training/new/")
    expect(page.locator("[data-fill]")).to_be_hidden()
    page.select_option("[name=course_version]", index=1)
    page.select_option("[name=area]", index=1)
    for name, value in (("date", "2027-05-03"), ("starts", "09:00"), ("ends", "12:30")):
        page.fill(f"[name=unit-0-{name}]", value)
    page.click("text=Prepare the session")

    expect(page.locator("main")).to_contain_text("The training session is prepared.")
    expect(page.locator(".half-days li")).to_have_count(1)
