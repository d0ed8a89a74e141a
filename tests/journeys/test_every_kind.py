"""Every kind of question answered rightly where it stands in a lesson: by keys alone, by touch on a
phone, in English and in Urdu.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from modules.questions.kinds import KINDS
from tests.journeys.test_practice import form_of
from tests.pages.axe import NARROW, faults, violations
from tests.pages.every_kind import LESSON, key_of, right_words
from tests.pages.kinds_seeding import CODE

pytestmark = pytest.mark.browser

LANGS = {"en": "", "ur": "/ur"}
PHONE = {"width": NARROW, "height": 780}
RATED = {"teachback"}  # by oneself: nothing says that it is right
TARGETS = "label:has(input), select, button, textarea, input:not([type])"
CONTROLS = "input:not([type=hidden]), select, textarea, button"
TYPED = {  # in the digits and letters of the language
    ("numeric", "en"): "73.3",
    ("numeric", "ur"): "۷۳٫۳",
    ("essay", "en"): "Members pay, and so do employers.",
    ("essay", "ur"): "ارکان رقم دیتے ہیں۔",
}
type Way = Callable[[Page, Locator, Any], None]  # to give the right answer


def answer_in(kind: str, lang: str) -> Any:
    return TYPED.get((kind, lang)) or right_words(kind, lang)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def open_lesson(page: Page, base_url: str, lang: str) -> str:
    address = f"{base_url}{LANGS[lang]}/courses/{CODE}/{LESSON}/"
    page.goto(address)
    return address


def is_answered(form: Locator, kind: str) -> None:
    """The question says in its place what came of it, and the focus went there."""
    heading = form.page.locator(f"#practice-{key_of(kind)}-reply")
    expect(heading).to_be_focused()
    expect(form.locator(".verdict.full")).to_have_count(0 if kind in RATED else 1)


# --- keys ----------------------------------------------------------------------------------------


def in_front(page: Page) -> str:
    """What the label of the control says that has the focus."""
    return page.evaluate("(document.activeElement.closest('label') || {}).textContent").strip()


def turn_to(page: Page, text: str) -> None:
    """From the first of some radio buttons to the one that reads so."""
    page.keyboard.press("Space")
    for _ in range(8):
        if in_front(page).endswith(text):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(text)


def pick(page: Page, text: str) -> None:
    """The choice of a select that reads so, then on to the next control."""
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.selectedOptions[0].text") == text:
            page.keyboard.press("Tab")
            return
    raise AssertionError(text)


def one_by_keys(page: Page, form: Locator, right: Any) -> None:
    turn_to(page, right)


def truth_by_keys(page: Page, form: Locator, right: Any) -> None:
    page.keyboard.press("Space" if right == "true" else "ArrowDown")


def several_by_keys(page: Page, form: Locator, right: Any) -> None:
    for _ in form.locator("input[type=checkbox]").all():
        if any(in_front(page).endswith(text) for text in right):
            page.keyboard.press("Space")
        page.keyboard.press("Tab")


def statements_by_keys(page: Page, form: Locator, right: Any) -> None:
    for group in form.locator("fieldset fieldset").all():
        truth_by_keys(page, form, right[group.locator("legend").inner_text().strip()])
        page.keyboard.press("Tab")


def pairs_by_keys(page: Page, form: Locator, right: Any) -> None:
    for label in form.locator(".pair > label").all():
        pick(page, right[label.inner_text().strip()])


def order_by_keys(page: Page, form: Locator, right: Any) -> None:
    put_in_order(form, right, lambda button: button.press("Enter"))


def words_by_keys(page: Page, form: Locator, right: Any) -> None:
    page.keyboard.type(right)


def gaps_by_keys(page: Page, form: Locator, right: Any) -> None:
    choice, number, word = right
    pick(page, choice)
    page.keyboard.type(number)
    page.keyboard.press("Tab")
    page.keyboard.type(word)


def levels_by_keys(page: Page, form: Locator, right: Any) -> None:
    for _ in form.locator("fieldset fieldset").all():
        page.keyboard.press("Space")
        page.keyboard.press("ArrowUp")  # from the first level round to the highest
        page.keyboard.press("Tab")


KEYS: dict[str, Way] = {
    **dict.fromkeys(("single", "scenario", "hotspot"), one_by_keys),
    **dict.fromkeys(("numeric", "short", "essay"), words_by_keys),
    "truefalse": truth_by_keys,
    "multiple": several_by_keys,
    "multiple_truefalse": statements_by_keys,
    "matching": pairs_by_keys,
    "ordering": order_by_keys,
    "cloze": gaps_by_keys,
    "teachback": levels_by_keys,
}


def by_keys(page: Page, form: Locator, kind: str, right: Any) -> None:
    form.locator(CONTROLS).locator("visible=true").first.focus()
    KEYS[kind](page, form, right)
    while not page.evaluate("document.activeElement.matches('.actions button')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def put_in_order(form: Locator, steps: list[str], press: Any) -> None:
    """Each step up, with its button, until it stands where it belongs."""
    rows = form.locator("[data-order] > li")
    for place, step in enumerate(steps):
        while rows.nth(place).locator("[data-step]").inner_text().strip() != step:
            press(rows.filter(has_text=step).locator("[data-move='-1']"))


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_by_keyboard_alone(page: Page, base_url: str, places, lang: str):
    address = open_lesson(page, base_url, lang)
    for kind in KINDS:
        form = form_of(page, key_of(kind))
        by_keys(page, form, kind, answer_in(kind, lang))
        is_answered(form, kind)

    assert page.url == address
    assert violations(page) == []
    form = form_of(page, key_of("single"))
    form.locator("[data-clear]").press("Enter")
    expect(page.locator(f"#practice-{key_of('single')}-reply")).to_have_count(0)


# --- touch ---------------------------------------------------------------------------------------


def label_of(form: Locator, text: str) -> Locator:
    return form.locator("label").filter(has=form.page.locator(f"text='{text}'"))


def one_by_touch(page: Page, form: Locator, right: Any) -> None:
    label_of(form, right).tap()


def truth_by_touch(page: Page, form: Locator, right: Any) -> None:
    form.locator(f"label:has([value={right}])").tap()


def several_by_touch(page: Page, form: Locator, right: Any) -> None:
    for text in right:
        label_of(form, text).tap()


def statements_by_touch(page: Page, form: Locator, right: Any) -> None:
    for group in form.locator("fieldset fieldset").all():
        truth_by_touch(page, group, right[group.locator("legend").inner_text().strip()])


def pairs_by_touch(page: Page, form: Locator, right: Any) -> None:
    for pair in form.locator(".pair").all():
        text = right[pair.locator("> label").inner_text().strip()]
        pair.locator("select").select_option(label=text)


def order_by_touch(page: Page, form: Locator, right: Any) -> None:
    put_in_order(form, right, lambda button: button.tap())


def words_by_touch(page: Page, form: Locator, right: Any) -> None:
    form.locator("input[name=answer], textarea").tap()
    page.keyboard.type(right)


def gaps_by_touch(page: Page, form: Locator, right: Any) -> None:
    form.locator("select").select_option(label=right[0])
    for field, text in zip(form.locator(".gap input").all(), right[1:], strict=True):
        field.tap()
        page.keyboard.type(text)


def levels_by_touch(page: Page, form: Locator, right: Any) -> None:
    for group in form.locator("fieldset fieldset").all():
        group.locator("label").last.tap()


TOUCH: dict[str, Way] = {
    **dict.fromkeys(("single", "scenario", "hotspot"), one_by_touch),
    **dict.fromkeys(("numeric", "short", "essay"), words_by_touch),
    "truefalse": truth_by_touch,
    "multiple": several_by_touch,
    "multiple_truefalse": statements_by_touch,
    "matching": pairs_by_touch,
    "ordering": order_by_touch,
    "cloze": gaps_by_touch,
    "teachback": levels_by_touch,
}


def by_touch(page: Page, form: Locator, kind: str, right: Any) -> None:
    TOUCH[kind](page, form, right)
    form.locator(".actions button").tap()


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_by_touch(phone: Page, base_url: str, places, lang: str):
    open_lesson(phone, base_url, lang)
    small = phone.evaluate(
        "css => [...document.querySelectorAll('form[data-practice]')].flatMap(form =>"
        " [...form.querySelectorAll(css)].filter(one => one.offsetParent &&"
        " Math.min(one.offsetHeight, one.offsetWidth) < 44).map(one => one.outerHTML))",
        TARGETS,
    )
    assert small == []
    for kind in KINDS:
        form = form_of(phone, key_of(kind))
        by_touch(phone, form, kind, answer_in(kind, lang))
        is_answered(form, kind)

    assert faults(phone, NARROW) == []
