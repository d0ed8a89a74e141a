"""Sitting a test on a phone: what was answered is never lost, wherever the network goes."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.answering import answer_all, give, right_answers, sitting_in
from tests.journeys.test_reading import sign_up, start
from tests.pages.shots import GOING, sign_in
from tests.site import Site

pytestmark = pytest.mark.browser

PASSWORD = "a fine long word 9"


def begin(page: Page, base_url: str) -> str:
    """A new person begins the pre-test; returns her username."""
    page.set_viewport_size({"width": 360, "height": 780})
    username = sign_up(page, base_url)
    start(page, base_url)
    page.click("text=Begin with the pre-test")
    page.click("text=Start the pre-test")
    page.wait_for_url("**/tests/*/1/")
    return username


def first_option(page: Page, position: int):
    return page.locator(f"#q{position} input[type=radio]").first


def refuse_posts(route) -> None:
    route.abort() if route.request.method == "POST" else route.continue_()


def test_answer_says_that_it_is_saved_and_survives_a_reload(page: Page, base_url: str):
    begin(page, base_url)
    first_option(page, 1).check()
    expect(page.locator("#q1 [data-state]")).to_contain_text("Answer saved")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    page.reload()

    page.wait_for_load_state()
    expect(first_option(page, 1)).to_be_checked()
    expect(page.locator("#count")).to_have_text("1 of 15 answered")


def test_without_a_network_answers_are_kept_and_arrive_later(page: Page, base_url: str):
    begin(page, base_url)
    page.context.set_offline(True)
    first_option(page, 1).check()
    expect(page.locator("#q1 [data-state]")).to_contain_text("On this device")
    expect(page.locator("#save-state")).to_contain_text("1 on this device")
    page.click("#forward")
    expect(page.locator("h1")).to_have_text("Question 2 of 15")
    page.locator("#q2 select").first.select_option(index=1)
    page.context.set_offline(False)

    expect(page.locator("#save-state")).to_contain_text("Saved", timeout=30_000)
    page.reload()
    expect(page.locator("#count")).to_have_text("2 of 15 answered")


def test_what_is_said_beside_an_english_question_is_in_the_language_of_the_page(
    page: Page, base_url: str, places: dict[str, str]
):
    sign_in(page, base_url, GOING)
    page.goto(f"{base_url}/ur/tests/{places['open']}/1/")
    page.route("**/tests/*/1/", refuse_posts)
    page.locator("#q1 input[type=radio]:not(:checked)").first.click()

    said = page.locator("#q1 [data-state] .kept")
    expect(said).to_have_attribute("lang", "ur")
    expect(said).to_have_attribute("dir", "rtl")


def test_answer_that_never_left_is_there_after_a_reload(page: Page, base_url: str):
    begin(page, base_url)
    page.route("**/tests/*/1/", refuse_posts)
    first_option(page, 1).check()
    expect(page.locator("#q1 [data-state]")).to_contain_text("On this device")
    page.reload()
    expect(first_option(page, 1)).to_be_checked()
    page.unroute("**/tests/*/1/")

    expect(page.locator("#q1 [data-state]")).to_contain_text("Answer saved", timeout=30_000)


def test_page_before_handing_in_counts_answers_that_arrive_while_it_is_read(
    page: Page, base_url: str
):
    begin(page, base_url)
    page.route("**/tests/*/*/", refuse_posts)
    first_option(page, 1).check()
    expect(page.locator("#q1 [data-state]")).to_contain_text("On this device")
    page.click("[data-leave]")
    page.wait_for_url("**/review/")
    expect(page.locator("h1 + .lead")).to_contain_text("0 of 15")
    expect(page.locator("#hand-in button")).to_be_disabled()
    page.unroute("**/tests/*/*/")

    expect(page.locator("h1 + .lead")).to_contain_text("1 of 15", timeout=30_000)
    expect(page.locator("#hand-in button")).to_be_enabled()


def test_another_phone_goes_on_where_the_first_stopped(page: Page, base_url: str, browser: Browser):
    username = begin(page, base_url)
    first_option(page, 1).check()
    expect(page.locator("#q1 [data-state]")).to_contain_text("Answer saved")
    other = browser.new_context().new_page()
    other.goto(f"{base_url}/accounts/login/?next=/tests/{sitting_in(page)}/")
    other.fill("[name=login]", username)
    other.fill("[name=password]", PASSWORD)
    other.click("main form .actions button")

    expect(other.locator("h1")).to_have_text("Question 2 of 15")
    other.click("[data-goto='1']")
    expect(first_option(other, 1)).to_be_checked()


def test_answer_that_is_no_number_is_not_called_saved(page: Page, base_url: str, site: Site):
    begin(page, base_url)
    numeric = next(p for p, kind, _right in right_answers(site, page) if kind == "numeric")
    page.click(f"[data-goto='{numeric}']")
    give(page, numeric, "numeric", "a few")

    expect(page.locator(f"#q{numeric} [data-state]")).to_contain_text("This is not a number")
    expect(page.locator("#count")).to_have_text("0 of 15 answered")


def test_marked_to_look_again_and_taken_back(page: Page, base_url: str):
    begin(page, base_url)
    first_option(page, 1).check()
    page.locator("#q1 [data-again]").check()
    expect(page.locator("[data-goto='1']")).to_have_class("answered again")
    page.click("#q1 [data-undo]")

    expect(page.locator("#q1 [data-state]")).to_contain_text("Taken back")
    expect(page.locator("[data-goto='1']")).to_have_class("again")


def test_keyboard_alone_answers_and_turns(page: Page, base_url: str):
    begin(page, base_url)
    page.focus("#q1 input[type=radio] >> nth=0")
    page.keyboard.press("Space")
    expect(page.locator("#q1 [data-state]")).to_contain_text("Answer saved")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Question 2 of 15")
    expect(page.locator("h1")).to_be_focused()


def test_another_language_shows_the_same_question(page: Page, base_url: str):
    begin(page, base_url)
    page.click("#forward")
    page.click("footer >> text=اردو")

    page.wait_for_url("**/ur/tests/*/2/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_back_button_turns_back(page: Page, base_url: str):
    begin(page, base_url)
    page.click("#forward")
    page.click("#forward")
    page.go_back()

    expect(page.locator("h1")).to_have_text("Question 2 of 15")


def test_time_that_is_up_hands_in_what_is_there(page: Page, base_url: str, site: Site):
    begin(page, base_url)
    first_option(page, 1).check()
    expect(page.locator("#q1 [data-state]")).to_contain_text("Answer saved")
    site.manage(
        "shell",
        "--no-imports",
        "-c",
        "from datetime import timedelta; from django.utils import timezone;"
        "from learning.attempts.models import Sitting;"
        f"Sitting.objects.filter(uuid='{sitting_in(page)}')"
        ".update(deadline_at=timezone.now() + timedelta(seconds=4))",
    )
    page.reload()

    page.wait_for_url("**/result/", timeout=30_000)
    expect(page.locator("h1")).to_contain_text("Before the course")


def test_whole_test_without_javascript(browser: Browser, base_url: str):
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_up(page, base_url)
    start(page, base_url)
    page.click("text=Begin with the pre-test")
    page.click("text=Start the pre-test")
    for position in range(1, 16):
        section = page.locator(f"#q{position}")
        if section.locator("input[type=radio]").count():
            section.locator("input[type=radio]").first.check()
        section.locator("text=Save and go on").click()
    page.wait_for_url("**/review/")
    page.click("main >> text=Hand in >> nth=-1")

    page.wait_for_url("**/result/")
    expect(page.locator("h1")).to_contain_text("of 15 marks")


def test_every_answer_right_is_full_marks_but_the_text(page: Page, base_url: str, site: Site):
    begin(page, base_url)
    answer_all(page, right_answers(site, page))
    expect(page.locator("#hand-in button")).to_be_enabled(timeout=30_000)
    expect(page.locator("h1 + .lead")).to_have_text("All 15 questions are answered.")
    page.click("#hand-in button")

    expect(page.locator("h1")).to_have_text("Before the course: 14 of 15 marks")


def test_no_page_of_a_sitting_breaks_the_policy(page: Page, base_url: str):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    begin(page, base_url)
    first_option(page, 1).check()
    expect(page.locator("#q1 [data-state]")).to_contain_text("Answer saved")
    page.click("[data-leave]")
    page.wait_for_url("**/review/")
    page.click("#hand-in button")
    page.wait_for_url("**/result/")

    assert complaints == []


def test_a_test_is_light(page: Page, base_url: str):
    begin(page, base_url)
    sizes: list[int] = []
    page.on("response", lambda r: sizes.append(r.request.sizes()["responseBodySize"]))
    page.goto(page.url)
    page.wait_for_load_state("networkidle")

    assert sum(sizes) <= 50_000
