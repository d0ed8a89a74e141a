"""From the page of the course to work that is handed in, on a phone and with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_reading import sign_up
from tests.pages.axe import NARROW, faults

pytestmark = pytest.mark.browser


def press(page: Page, text: str) -> None:
    """Reach a link or button and press it without a pointer."""
    place = page.locator("main").locator("a, button").filter(has_text=text).first
    place.focus()
    expect(place).to_be_focused()
    page.keyboard.press("Enter")


def test_a_learner_writes_looks_hands_in_and_takes_back(page: Page, base_url: str, places):
    page.set_viewport_size({"width": NARROW, "height": 780})
    sign_up(page, base_url)
    page.goto(f"{base_url}/courses/coordination/start/")
    page.select_option("[name=country]", label="Cambodia")
    page.click("main form .actions button")
    page.wait_for_url("**/courses/coordination/")
    press(page, "A one-page note: design a coordination body")
    page.wait_for_url("**/coursework/**")

    page.get_by_label("Your text").fill("One form for two registers.")
    page.set_input_files(
        "[name=file]", {"name": "a.pdf", "mimeType": "text/html", "buffer": b"<script>"}
    )
    press(page, "Look at it and hand in")
    expect(page.get_by_text("something else inside")).to_be_visible()
    assert faults(page, NARROW) == []
    page.set_input_files(
        "[name=file]", {"name": "a.pdf", "mimeType": "", "buffer": b"%PDF-1.7 one form"}
    )
    press(page, "Look at it and hand in")
    page.wait_for_url("**/hand-in/")
    expect(page.locator("main")).to_contain_text("One form for two registers.")
    assert faults(page, NARROW) == []

    press(page, "Hand in")
    expect(page.get_by_text("Your work is handed in.")).to_be_visible()
    with page.expect_download() as saved:
        press(page, "a.pdf")
    assert saved.value.suggested_filename == "a.pdf"
    press(page, "Take it back to change it")
    expect(page.get_by_label("Your text")).to_have_value("One form for two registers.")
