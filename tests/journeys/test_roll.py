"""The roll in a room without a network, and two phones that disagree."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.shots import TRAINER, sign_in

pytestmark = pytest.mark.browser


def open_roll(page: Page, base_url: str, session: str, n: int) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    sign_in(page, base_url, TRAINER)
    page.goto(f"{base_url}/training/{session}/roll/{n}/")


def refuse_posts(route) -> None:
    route.abort() if route.request.method == "POST" else route.continue_()


def choice(page: Page, nth: int, value: str):
    return page.locator(".call").nth(nth).locator(f"input[type=radio][value={value}]")


def give(page: Page, nth: int, value: str) -> None:
    choice(page, nth, value).check()


def said(page: Page, nth: int):
    return page.locator(".call").nth(nth).locator("[data-state]")


def test_each_mark_is_saved_as_it_is_given(page: Page, base_url: str, places):
    open_roll(page, base_url, places["people_roll"], 1)
    expect(page.locator("#counts")).to_have_text("0 of 17 marked")
    give(page, 0, "present")
    give(page, 1, "late")
    give(page, 2, "absent")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    words = "3 of 17 marked · 1 present, 1 late, 1 absent"
    expect(page.locator("#counts")).to_have_text(words)
    expect(said(page, 2)).to_be_empty()
    page.reload()

    expect(page.locator("#counts")).to_have_text(words)
    expect(choice(page, 1, "late")).to_be_checked()


def test_network_lost_reload_and_found_again(page: Page, base_url: str, places):
    open_roll(page, base_url, places["people_roll"], 2)
    page.route("**/roll/2/", refuse_posts)
    give(page, 0, "present")
    give(page, 1, "absent")
    give(page, 1, "late")
    expect(page.locator("#away")).to_contain_text("Marks kept on this phone: 2.")
    expect(page.locator("#save-state")).to_have_text("2 kept here")
    expect(said(page, 0)).to_have_text("Kept here")
    page.reload()
    expect(choice(page, 1, "late")).to_be_checked()
    expect(page.locator("#counts")).to_have_text("2 of 17 marked · 1 present, 1 late")
    expect(page.locator("#away")).to_be_visible()
    page.unroute("**/roll/2/")

    expect(page.locator("#save-state")).to_contain_text("Saved", timeout=30_000)
    expect(page.locator("#away")).to_be_hidden()
    expect(said(page, 0)).to_be_empty()
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator("#counts")).to_have_text("2 of 17 marked · 1 present, 1 late")


def test_marks_of_another_half_day_are_sent_from_any_roll(page: Page, base_url: str, places):
    open_roll(page, base_url, places["people_roll"], 3)
    page.route("**/roll/3/", refuse_posts)
    give(page, 0, "present")
    expect(said(page, 0)).to_have_text("Kept here")
    page.unroute("**/roll/3/")
    page.goto(f"{base_url}/training/{places['people_roll']}/roll/4/")
    expect(page.locator("#save-state")).to_contain_text("Saved", timeout=30_000)
    page.click(".halves li:nth-child(3) a")

    expect(page.locator("#counts")).to_have_text("1 of 17 marked · 1 present")


def test_the_rest_with_one_press_and_then_one_of_them_is_late(page: Page, base_url: str, places):
    open_roll(page, base_url, places["people_roll"], 4)
    give(page, 0, "absent")
    expect(page.locator("#rest")).to_have_text("Mark 16 present")
    page.click("#rest")
    expect(page.locator("#counts")).to_have_text("17 of 17 marked · 16 present, 1 absent")
    expect(page.locator("#rest")).to_be_hidden()
    give(page, 5, "late")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    expect(page.locator("[data-state]:not(:empty)")).to_have_count(0)
    page.reload()

    expect(page.locator("#counts")).to_have_text("17 of 17 marked · 15 present, 1 late, 1 absent")


def test_left_early_with_minutes(page: Page, base_url: str, places):
    open_roll(page, base_url, places["people_phones"], 2)
    call = page.locator(".call").first
    call.locator("summary").click()
    give(page, 0, "left")
    call.locator("input[type=number]").fill("150")
    call.locator("input[type=number]").press("Tab")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    expect(said(page, 0)).to_be_empty()
    page.reload()

    expect(call.locator("input[type=number]")).to_have_value("150")
    expect(choice(page, 0, "left")).to_be_checked()


def test_an_answer_does_not_wipe_the_minutes_being_typed(page: Page, base_url: str, places):
    open_roll(page, base_url, places["people_phones"], 2)
    call = page.locator(".call").nth(1)
    minutes = call.locator("input[type=number]")
    call.locator("summary").click()
    held = []
    page.route("**/roll/2/", lambda route: held.append(route), times=1)  # noqa: PLW0108
    give(page, 1, "left")
    minutes.fill("150")
    held.pop().continue_()
    expect(said(page, 1)).to_be_empty()
    expect(minutes).to_have_value("150")
    minutes.press("Tab")
    expect(said(page, 1)).to_be_empty()
    page.reload()

    expect(minutes).to_have_value("150")


def test_two_phones_the_newest_mark_stands_and_the_other_is_told(
    page: Page, base_url: str, places, browser: Browser
):
    open_roll(page, base_url, places["people_phones"], 1)
    page.route("**/roll/1/", refuse_posts)
    give(page, 0, "absent")
    expect(said(page, 0)).to_have_text("Kept here")
    other = browser.new_context().new_page()
    open_roll(other, base_url, places["people_phones"], 1)
    give(other, 0, "late")
    expect(other.locator("#save-state")).to_contain_text("Saved")
    page.unroute("**/roll/1/")

    expect(said(page, 0)).to_contain_text("Another phone noted this later", timeout=30_000)
    expect(choice(page, 0, "late")).to_be_checked()
    other.reload()
    expect(choice(other, 0, "late")).to_be_checked()


def test_rest_leaves_what_the_other_phone_noted(
    page: Page, base_url: str, places, browser: Browser
):
    open_roll(page, base_url, places["people_phones"], 3)
    other = browser.new_context().new_page()
    open_roll(other, base_url, places["people_phones"], 3)
    give(other, 1, "absent")
    expect(other.locator("#save-state")).to_contain_text("Saved")
    page.click("#rest")

    expect(choice(page, 1, "absent")).to_be_checked()
    expect(page.locator("#counts")).to_have_text("3 of 3 marked · 2 present, 1 absent")


def test_signed_out_meanwhile_the_marks_stay(page: Page, base_url: str, places):
    open_roll(page, base_url, places["people_phones"], 4)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    give(page, 0, "present")
    expect(page.locator("#away")).to_contain_text("You are signed out.")
    page.context.add_cookies(cookies)
    page.reload()

    expect(page.locator("#save-state")).to_contain_text("Saved")
    expect(page.locator("#counts")).to_have_text("1 of 3 marked · 1 present")


def test_keyboard_alone(page: Page, base_url: str, places):
    open_roll(page, base_url, places["people_form"], 3)
    choice(page, 2, "present").focus()
    page.keyboard.press("ArrowRight")

    expect(choice(page, 2, "late")).to_be_checked()
    expect(page.locator("#save-state")).to_contain_text("Saved")


def test_whole_roll_without_javascript(browser: Browser, base_url: str, places):
    page = browser.new_context(java_script_enabled=False).new_page()
    open_roll(page, base_url, places["people_form"], 1)
    give(page, 0, "late")
    page.click("text=Save the roll")
    expect(page.locator("main")).to_contain_text("1 mark saved.")
    page.click("#rest")

    expect(page.locator("main")).to_contain_text("2 marks saved.")
    expect(page.locator("#counts")).to_have_text("3 of 3 marked · 2 present, 1 late")


def test_marks_that_the_server_refuses_are_not_lost(page: Page, base_url: str, places):
    open_roll(page, base_url, places["people_form"], 2)
    page.route("**/roll/2/", refuse_posts)
    give(page, 0, "late")
    expect(said(page, 0)).to_have_text("Kept here")
    page.evaluate(
        "for (const name of Object.keys(localStorage)) localStorage[name] ="
        " localStorage[name].replace(/late/g, 'nonsense')"
    )
    page.unroute("**/roll/2/")
    page.reload()
    expect(page.locator("#refused li")).to_have_count(1)
    page.click("#refused [data-forget]")

    expect(page.locator("#refused")).to_be_hidden()
    expect(page.locator("#counts")).to_have_text("0 of 3 marked")
