"""Registering a room full of people: by keyboard, without a network, without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.shots import TRAINER, sign_in
from tests.site import Site

pytestmark = pytest.mark.browser

FIRST = ("Ayesha", "Bilal", "Chanda", "Danish", "Erum")
LAST = ("Abbasi", "Butt", "Chaudhry", "Dar", "Elahi")
NAMES = [f"{first} {last}" for last in LAST for first in FIRST]  # 25
REGISTERED = "#people > [id^='p-']"


def open_list(page: Page, base_url: str, session: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    sign_in(page, base_url, TRAINER)
    page.goto(f"{base_url}/training/{session}/people/")


def refuse_posts(route) -> None:
    route.abort() if route.request.method == "POST" else route.continue_()


def type_name(page: Page, name: str) -> None:
    page.fill("#id_name", name)


class Keys:
    """Counts what is pressed beyond the letters of names."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def person(self, name: str, sex: str, age: str, *more: str) -> None:
        self.page.keyboard.type(name)
        self.press("Tab", sex, "Tab", age, *more, "Enter")


def test_25_people_in_150_keys_without_loading_the_page(page: Page, base_url: str, places):
    open_list(page, base_url, places["people_keyboard"])
    page.evaluate("window.stayed = true")
    page.focus("#id_name")
    keys = Keys(page)
    # The first one says for whom they all work; every fifth is from elsewhere, and the next back.
    keys.person(NAMES[0], "f", "3", "Tab", "g", "Tab", "d")
    for n, name in enumerate(NAMES[1:], 1):
        more = {5: ("Tab", "w"), 6: ("Tab", "g"), 15: ("Tab", "e"), 16: ("Tab", "g")}.get(n, ())
        keys.person(name, "fm"[n % 2], "2345"[n % 4], *more)
        expect(page.locator("#id_name")).to_be_focused()

    expect(page.locator(REGISTERED)).to_have_count(25, timeout=30_000)
    expect(page.locator("#count")).to_have_text("25 people registered")
    assert keys.pressed <= 150
    assert page.evaluate("window.stayed")
    codes = page.locator(f"{REGISTERED} .code").all_inner_texts()
    assert [int(code.split("-")[0]) for code in codes] == list(range(1, 26))
    rows = page.locator(REGISTERED)
    expect(rows.nth(0)).to_contain_text("female · 35-44 · government · Demo institution")
    expect(rows.nth(5)).to_contain_text("workers · Demo institution")
    expect(rows.nth(24)).to_contain_text("Erum Elahi")
    expect(rows.nth(24)).to_contain_text("female · 25-34 · government · Demo institution")


def test_new_row_appears_at_once_and_is_announced(page: Page, base_url: str, places):
    open_list(page, base_url, places["people_away"])
    held = []
    page.route("**/people/", lambda route: held.append(route))  # noqa: PLW0108, Playwright marks it
    type_name(page, "Ghazala Hameed")
    page.press("#id_name", "Enter")
    waiting = page.locator("#people > [id^='w-']")
    expect(waiting).to_contain_text("Ghazala Hameed")
    expect(waiting.locator(".code")).to_have_text(re.compile(r"^\d\d-[A-Z]$"))
    expect(waiting).to_contain_text("Sending")
    held.pop().continue_()

    expect(page.locator("#said")).to_have_text(re.compile("Ghazala Hameed: registered."))
    expect(page.locator(REGISTERED, has_text="Ghazala Hameed")).to_have_count(1)


def test_without_a_network_rows_are_kept_through_a_reload_and_arrive_once(
    page: Page, base_url: str, places
):
    open_list(page, base_url, places["people_away"])
    page.route("**/people/", refuse_posts)
    for name in ("Kept First", "Kept Second"):
        type_name(page, name)
        page.press("#id_name", "Enter")
    expect(page.locator("#warning")).to_contain_text("Kept on this device: 2.")
    expect(page.locator("#save-state")).to_have_text("2 kept here")
    type_name(page, "Half a na")
    page.reload()
    expect(page.locator("#people > [id^='w-']")).to_have_count(2)
    expect(page.locator("#id_name")).to_have_value("Half a na")
    page.unroute("**/people/")

    expect(page.locator(REGISTERED, has_text="Kept")).to_have_count(2, timeout=30_000)
    expect(page.locator("#save-state")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(REGISTERED, has_text="Kept")).to_have_count(2)
    expect(page.locator("#people > [id^='w-']")).to_have_count(0)


def test_answer_that_got_lost_registers_nobody_twice(page: Page, base_url: str, places):
    open_list(page, base_url, places["people_away"])
    lost = []

    def lose_the_first_answer(route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route("**/people/", lose_the_first_answer)
    type_name(page, "Lost Answer")
    page.press("#id_name", "Enter")

    expect(page.locator(REGISTERED, has_text="Lost Answer")).to_have_count(1, timeout=30_000)
    assert len(lost) == 1
    page.reload()
    expect(page.locator(REGISTERED, has_text="Lost Answer")).to_have_count(1)


def test_sticker_that_is_taken_is_refused_at_the_row_and_put_right(
    page: Page, base_url: str, places
):
    open_list(page, base_url, places["people_plain"])
    for number in ("5", "5"):
        type_name(page, "Sticker Five")
        page.fill("#id_number", number)
        page.press("#id_number", "Enter")
        expect(page.locator(REGISTERED, has_text="Sticker Five")).to_have_count(1)
    refused = page.locator("#people > [id^='w-']")
    expect(refused).to_contain_text("Not registered.")
    expect(refused).to_contain_text("is taken already")
    refused.locator("[data-correct]").click()
    expect(page.locator("#id_name")).to_have_value("Sticker Five")
    page.fill("#id_number", "6")
    page.press("#id_number", "Enter")

    expect(page.locator(REGISTERED, has_text="Sticker Five")).to_have_count(2)
    expect(page.locator("#people > [id^='w-']")).to_have_count(0)


def test_known_person_is_chosen_from_the_names_offered(page: Page, base_url: str, places):
    open_list(page, base_url, places["people_known"])
    page.focus("#id_name")
    page.keyboard.type("noy vong")
    expect(page.locator("#offers [role=option]").first).to_contain_text("Noy Vongsa")
    expect(page.locator("#id_name")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#offers [aria-selected=true]")
    expect(page.locator("#id_name")).to_have_attribute(
        "aria-activedescendant", chosen.get_attribute("id")
    )
    page.keyboard.press("Enter")

    expect(page.locator(REGISTERED, has_text="Noy Vongsa")).to_contain_text("Demo institution")
    expect(page.locator("#id_name")).to_have_value("")
    expect(page.locator("#offers")).to_be_hidden()


def test_same_person_after_all(page: Page, base_url: str, places):
    open_list(page, base_url, places["people_known"])
    type_name(page, "Ghulam Mustafa C")
    page.press("#id_name", "Enter")
    row = page.locator(REGISTERED, has_text="Ghulam Mustafa C")
    expect(row).to_contain_text("Somebody with this name is known")
    expect(page.locator("#said")).to_contain_text("Somebody with this name is known")
    row.locator("text=It is the same person").click()

    expect(row).not_to_contain_text("is known")
    expect(row).to_contain_text("Demo institution")


def test_whole_registration_without_javascript(browser: Browser, base_url: str, places):
    page = browser.new_context(java_script_enabled=False).new_page()
    open_list(page, base_url, places["people_plain"])
    type_name(page, "Plain Person")
    page.select_option("#id_sex", "male")
    page.press("#id_name", "Enter")
    expect(page.locator(REGISTERED, has_text="Plain Person")).to_contain_text("male")
    expect(page.locator("#id_name")).to_be_focused()
    page.locator(REGISTERED, has_text="Plain Person").locator("text=Correct").click()
    page.fill("[name=reason]", "Only a test")
    page.click("button:has-text('Take off the list')")

    expect(page.locator("main")).to_contain_text("is off the list.")
    page.click("text=Put back")
    expect(page.locator(REGISTERED, has_text="Plain Person")).to_have_count(1)


def test_pasted_list(page: Page, base_url: str, places, site: Site):
    open_list(page, base_url, places["people_pasted"])
    page.click("text=Paste a list from a spreadsheet")
    page.fill("[name=text]", "Name\tSex\nPasted One\tf\nPasted Two\tm\n")
    page.check("[name=agreed][value=yes]")
    page.click("text=Look at the list")
    page.locator("[name=who-3]").select_option("out")
    page.click("text=Register the list")

    expect(page.locator(REGISTERED)).to_have_count(1)
    expect(page.locator(REGISTERED)).to_contain_text("Pasted One")


def test_no_page_breaks_the_policy(page: Page, base_url: str, places):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    open_list(page, base_url, places["people_plain"])
    type_name(page, "Policy Person")
    page.press("#id_name", "Enter")
    expect(page.locator(REGISTERED, has_text="Policy Person")).to_have_count(1)
    page.goto(f"{base_url}/training/{places['people_form']}/roll/4/")
    page.locator(".call .present").first.click()
    expect(page.locator("#save-state")).to_contain_text("Saved")

    assert complaints == []
