"""Gaps, essays and teach-backs without scripts, in a test, and at the desk of who marks them.

By keyboard alone and by touch each kind is answered in `test_every_kind`.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.axe import NARROW, faults
from tests.pages.shots import sign_in

pytestmark = pytest.mark.browser

PREFIX = "parts_"
GOING, MARKER = "parts-going@demo.test", "admin@demo.test"
WORDS = {"en": "contribution", "ur": "چندہ"}
ROOT = {"en": "", "ur": "/ur"}


@pytest.fixture
def parts(base_url: str, places: dict[str, str]) -> dict[str, str]:
    """Where things are: the address of the site, a sitting, the places of its questions."""
    own = ((n, value) for n, value in places.items() if n.startswith(PREFIX))
    return {"url": base_url, **{name.removeprefix(PREFIX): value for name, value in own}}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": NARROW, "height": 780}, has_touch=True)
    yield context.new_page()
    context.close()


def practice(page: Page, parts: dict[str, str], kind: str, lang: str) -> Locator:
    page.goto(f"{parts['url']}{ROOT[lang]}/practice/parts-{kind}/")
    return page.locator("form[data-practice]")


def choose_by_keys(page: Page, text: str) -> None:
    """The choice that reads so, from the first one on."""
    select = page.evaluate_handle("document.activeElement")
    for _ in range(4):
        if select.evaluate("select => select.selectedOptions[0].text") == text:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(text)


def test_gaps_have_names_in_the_order_of_the_text(page: Page, parts):
    form = practice(page, parts, "cloze", "en")

    names = [one.get_attribute("aria-label") for one in form.locator(".gap > *").all()]
    assert names == ["Gap 1 of 3", "Gap 2 of 3", "Gap 3 of 3"]


@pytest.mark.parametrize("kind", ["cloze", "essay", "teachback"])
def test_answered_without_scripts(browser: Browser, parts, kind: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    form = practice(page, parts, kind, "en")
    for text in form.locator("input:not([type]), textarea").all():
        text.fill("55")
    for radio in form.locator("input[type=radio]").all()[:1]:
        radio.check()
    form.locator(".actions button").first.click()

    expect(page.locator(f"#practice-parts-{kind}-reply")).to_be_visible()
    context.close()


def test_words_are_counted_while_an_essay_is_written(page: Page, parts):
    form = practice(page, parts, "essay", "en")
    form.locator("textarea").press_sequentially("Members pay, and so do employers.")
    expect(form.locator("[id$=-count]")).to_have_text("Words: 6")

    form = practice(page, parts, "essay", "ur")
    form.locator("textarea").fill("ارکان رقم دیتے ہیں")
    expect(form.locator("[id$=-count]")).to_contain_text("4")


@pytest.mark.parametrize("lang", WORDS)
def test_answers_of_a_test_are_saved_by_touch_and_come_back(phone: Page, parts, lang: str):
    sign_in(phone, parts["url"], GOING)
    at = f"{parts['url']}{ROOT[lang]}/tests/{parts['sitting']}/"
    phone.goto(f"{at}{parts['cloze']}/")
    gaps = phone.locator(f"#q{parts['cloze']} .gap input")
    gaps.nth(1).tap()
    gaps.nth(1).clear()
    phone.keyboard.type(WORDS[lang])
    expect(phone.locator(f"#q{parts['cloze']} [data-state] .saved")).to_be_visible()
    phone.goto(f"{at}{parts['essay']}/")
    text = phone.locator(f"#q{parts['essay']} textarea")
    text.fill(f"Members pay. {lang}")
    expect(phone.locator(f"#q{parts['essay']} [data-state] .saved")).to_be_visible()
    phone.reload()

    expect(text).to_have_value(f"Members pay. {lang}")
    expect(gaps.nth(1)).to_have_value(WORDS[lang])
    for kind in ("cloze", "essay", "teachback"):
        phone.goto(f"{at}{parts[kind]}/")
        assert faults(phone, NARROW) == [], kind


def test_gaps_and_text_of_a_test_by_keyboard_alone(page: Page, parts):
    sign_in(page, parts["url"], GOING)
    page.goto(f"{parts['url']}/tests/{parts['sitting']}/{parts['cloze']}/")
    section = page.locator(f"#q{parts['cloze']}")
    section.locator("select").focus()
    choose_by_keys(page, "general taxes")
    page.keyboard.press("Tab")
    page.keyboard.type("51")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("h1")).to_have_text("Question 2 of 4")
    page.click("#back")
    expect(section.locator("[data-state] .saved")).to_be_visible()
    page.reload()
    expect(section.locator(".gap input").first).to_have_value("51")


def test_a_teach_back_is_recorded_by_keyboard_and_an_essay_by_touch(page: Page, phone: Page, parts):
    for where in (page, phone):
        sign_in(where, parts["url"], MARKER)
    desk = f"{parts['url']}/training/marking/parts-{parts['form']}"
    page.goto(f"{desk}-teachback/1/")
    assert faults(page, NARROW) == []
    expect(page.locator("legend").first).to_have_text("Parts-Waiting")
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator("[data-state]")).to_have_text("Choose a level for each criterion.")
    expect(page.locator(".criterion").nth(1).locator("input").first).to_be_focused()
    page.locator(":focus").dispatch_event("keydown", {"key": "۱"})  # of an Urdu keyboard
    page.keyboard.press("Tab")
    page.keyboard.type("Spoke 2 minutes freely.")
    page.locator("input:checked").nth(1).focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("input:checked").first).to_be_focused()
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.locator("[data-state] .kept")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-state] .saved")).to_contain_text("Saved", timeout=25_000)
    expect(page.locator(".progress").first).to_contain_text("1 of 1 mark saved")
    expect(page.locator("textarea")).to_have_value("Spoke 2 minutes freely.")
    page.locator("[data-more] a").click()
    expect(page.locator("main")).to_contain_text("Nothing waits to be marked")

    phone.goto(f"{desk}-essay/1/")
    assert faults(phone, NARROW) == []
    for label in phone.locator(".criterion label:last-child").all():
        label.tap()
    phone.locator("[data-save]").first.tap()
    expect(phone.locator("[data-state] .saved").first).to_contain_text("Saved")
