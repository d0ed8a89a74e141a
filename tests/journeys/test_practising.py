"""Practising for a test, and a test without a time limit: on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_reading import sign_up
from tests.pages.axe import NARROW, faults
from tests.pages.kinds_seeding import CODE

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(page: Page, base_url: str, places) -> Page:
    """A new learner on the page of the course, once it is started."""
    page.set_viewport_size({"width": NARROW, "height": 780})
    sign_up(page, base_url)
    page.goto(f"{base_url}/courses/{CODE}/start/")
    page.select_option("[name=country]", index=1)
    page.click("main form .actions button")
    page.wait_for_url(f"**/courses/{CODE}/")
    return page


def test_practice_tells_its_reasons_and_begins_again(phone: Page):
    phone.click("main >> text=Practice test")
    phone.click("text=Start practising")
    phone.wait_for_url("**/tests/*/1/")
    phone.goto(f"{phone.url.removesuffix('1/')}3/")
    expect(phone.locator("main")).to_contain_text("a wrong answer costs ⅓")
    phone.get_by_label("Insurance").check()
    phone.click("main >> text=Check")

    expect(phone.locator("#reply")).to_contain_text("Not right. It costs ⅓.")
    expect(phone.get_by_label("Insurance")).to_be_disabled()
    assert faults(phone, NARROW) == []
    phone.click("text=Finish the practice")
    phone.click("button >> text=Hand in")
    expect(phone.locator("h1")).to_contain_text("Practice: −⅓ of 6 marks")
    phone.click("text=Practise again")
    expect(phone.locator("text=Start practising")).to_be_visible()


def test_test_without_a_limit_shows_no_clock(phone: Page):
    phone.click("text=Begin with the pre-test")
    expect(phone.locator("main")).to_contain_text("There is no time limit")
    phone.click("text=Start the pre-test")
    phone.wait_for_url("**/tests/*/1/")

    expect(phone.locator("#clock")).to_have_count(0)
    phone.goto(f"{phone.url.removesuffix('1/')}3/")
    phone.locator("#q3 input[type=radio]").first.check()
    expect(phone.locator("#q3 [data-state]")).to_contain_text("Answer saved")
    expect(phone.locator("#count")).to_have_text("1 of 6 answered")
