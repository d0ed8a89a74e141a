"""Judging statements, finding a place in a picture and reading one case for three questions.

By keys and touch where a picture asks more than `test_every_kind` tries, without scripts, and in a
test.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.test_practice import form_of
from tests.journeys.test_reading import sign_up
from tests.pages.axe import NARROW, faults, violations
from tests.pages.kinds_seeding import CASE, CASE_UR, CODE, LESSON, PLACES

pytestmark = pytest.mark.browser

PHONE = {"width": NARROW, "height": 780}


@pytest.fixture
def home(base_url: str, places: dict[str, str]) -> str:
    return base_url


@pytest.fixture
def lesson(home) -> str:
    return f"{home}/courses/{CODE}/{LESSON}/"


@pytest.fixture(params=["", "/ur"], ids=["en", "ur"])
def phone(browser: Browser, home: str, request) -> Iterator[Page]:
    """A telephone with the lesson open, in a script from the left and from the right."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{home}{request.param}/courses/{CODE}/{LESSON}/")
    yield page
    context.close()


def tap(picture: Locator, place: str) -> None:
    """Touch the middle of a place."""
    picture.scroll_into_view_if_needed()
    box = picture.locator("svg").bounding_box()
    assert box
    x, y = (float(per_cent) / 100 for per_cent in PLACES[place][:2])
    picture.page.touchscreen.tap(box["x"] + x * box["width"], box["y"] + y * box["height"])


def chosen(form: Locator) -> Locator:
    return form.locator("input[name=answer]:checked")


def test_each_statement_is_a_group_that_screen_readers_name(page: Page, lesson: str):
    page.goto(lesson)

    group = page.get_by_role("group", name="A fund never meets another fund.")
    expect(group.get_by_role("radio")).to_have_count(2)
    expect(group.get_by_role("radio", name="False", exact=True)).to_have_count(1)


def test_a_place_is_chosen_by_keys_and_shown_in_the_picture(page: Page, lesson: str):
    page.goto(lesson)
    form, keys = form_of(page, f"{CODE}-picture"), page.keyboard
    form.get_by_role("radio").first.focus()
    keys.press("Space")
    keys.press("ArrowDown")

    expect(form.locator(".place.chosen")).to_have_text("B")
    expect(form.get_by_role("img", name="An umbrella with two halves.")).to_be_visible()
    keys.press("Tab")
    keys.press("Enter")
    heading = page.locator(f"#practice-{CODE}-picture-reply")
    expect(heading).to_be_focused()
    expect(heading).to_have_text("That is right.")
    expect(form.locator(".place.chosen.right")).to_have_text("B")
    assert violations(page) == []


def test_a_place_is_chosen_by_touch(phone: Page):
    form = form_of(phone, f"{CODE}-picture")
    picture = form.locator("[data-picture]")
    tap(picture, "c")
    expect(chosen(form)).to_have_value("c")
    tap(picture, "a")
    expect(chosen(form)).to_have_value("a")
    # What is the left of the picture stays on the left, whichever way the page is read.
    first, second = (picture.locator(".place").nth(n).bounding_box() for n in (0, 1))
    assert first["x"] < second["x"]
    box = picture.locator("svg").bounding_box()
    phone.touchscreen.tap(box["x"] + 0.5 * box["width"], box["y"] + 0.05 * box["height"])
    expect(chosen(form)).to_have_value("a")  # beside every place: nothing else is chosen

    tap(picture, "b")
    form.locator("button").tap()

    expect(form.locator(".place.chosen.right")).to_have_text("B")
    assert faults(phone, NARROW) == []


def test_the_case_is_told_once_and_stays_when_an_answer_is_checked(phone: Page):
    case = phone.get_by_text(CASE_UR if "/ur/" in phone.url else CASE)
    expect(case).to_have_count(1)
    form = form_of(phone, f"{CODE}-case-2")
    form.locator("label").nth(1).tap()
    form.locator("button").tap()
    expect(form.locator(".verdict")).to_be_visible()

    expect(case).to_have_count(1)
    link = phone.locator(f"#practice-{CODE}-case-2-case a")
    expect(link).to_have_attribute("href", f"#practice-{CODE}-case-1-case")
    assert phone.locator(f"#practice-{CODE}-case-1-case").is_visible()


def test_without_scripts_everything_is_answered_too(browser: Browser, lesson: str):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(lesson)
    expect(page.locator(".place")).to_have_count(3)
    expect(page.locator("[data-tap]")).to_be_hidden()
    form_of(page, f"{CODE}-picture").get_by_label("The right half of the roof").check()
    form_of(page, f"{CODE}-picture").get_by_role("button", name="Check").click()
    expect(page.locator(f"#practice-{CODE}-picture-reply")).to_have_text("That is right.")
    expect(page.locator(".place.chosen.right")).to_have_text("B")

    page.goto(lesson)
    form_of(page, f"{CODE}-judgements").locator("[name=statement-b][value=false]").check()
    form_of(page, f"{CODE}-judgements").get_by_role("button", name="Check").click()
    said = page.locator(f"#practice-{CODE}-judgements-reply")
    expect(said).to_have_text("1 of 3 statements judged rightly.")

    page.goto(lesson)
    form_of(page, f"{CODE}-case-3").get_by_label("Both families").check()
    form_of(page, f"{CODE}-case-3").get_by_role("button", name="Check").click()
    expect(page.get_by_text(CASE)).to_have_count(1)
    expect(page.locator(f"#practice-{CODE}-case-3-reply")).to_have_text("That is right.")
    context.close()


@pytest.fixture
def sitting(page: Page, home: str) -> Page:
    """A new person at the first question of a test, on a telephone."""
    page.set_viewport_size(PHONE)
    sign_up(page, home)
    page.goto(f"{home}/courses/{CODE}/start/")
    page.select_option("[name=country]", index=1)
    page.click("main form .actions button")
    page.goto(f"{home}/courses/{CODE}/tests/post/")
    page.click("text=Start the post-test")
    page.wait_for_url("**/tests/*/1/")
    return page


def test_in_a_test_each_tap_is_saved_and_stands_after_a_reload(sitting: Page):
    page = sitting
    page.locator("#q1 [value=true]").first.check()
    page.locator("#q1 [value=false]").nth(1).check()
    expect(page.locator("#q1 [data-state]")).to_contain_text("Answer saved")
    page.click("#forward")
    picture = page.locator("#q2 [data-picture]")
    ring = picture.locator(".place .halo").nth(1).bounding_box()
    assert ring
    page.mouse.click(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    expect(page.locator("#q2 [data-state]")).to_contain_text("Answer saved")
    assert faults(page, NARROW) == []

    page.reload()

    expect(page.locator("#count")).to_have_text("2 of 6 answered")
    expect(picture.locator(".place.chosen")).to_have_text("B")
    expect(page.locator("#q1 input:checked")).to_have_count(2)
    page.locator("#q2 [data-undo]").click()
    expect(picture.locator(".place.chosen")).to_have_count(0)
    expect(page.locator("#count")).to_have_text("1 of 6 answered")


def test_in_a_test_the_case_is_on_each_page_and_once_in_the_review(sitting: Page):
    page = sitting
    about = page.get_by_text("Questions 4 to 6 are about this case.")
    for n in (4, 5, 6):
        page.click(f"[data-goto='{n}']")
        expect(page.get_by_text(CASE).locator("visible=true")).to_have_count(1)
        expect(about.locator("visible=true")).to_have_count(1)
        page.locator(f"#q{n} input[type=radio]").first.check()
        expect(page.locator(f"#q{n} [data-state]")).to_contain_text("Answer saved")
    page.click("[data-leave]")
    page.click("#hand-in button")
    page.wait_for_url("**/result/")

    expect(about).to_have_count(1)
    expect(page.get_by_text(CASE)).to_have_count(1)
    # What was answered stands in every question, not in the last alone.
    expect(page.locator("details.explained input:checked")).to_have_count(3)
    page.locator("details.explained").nth(4).locator("summary").click()
    expect(page.get_by_text("About the case that stands before question 4.").nth(1)).to_be_visible()
    assert faults(page, NARROW) == []
