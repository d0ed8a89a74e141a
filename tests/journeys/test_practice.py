"""Practice in the real course: one question of each kind, by keyboard alone and without scripts."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.axe import violations

pytestmark = pytest.mark.browser

LESSON = "/courses/coordination/"
# kind: lesson, question, and what is said after the answer given below
WHERE = {
    "single": ("mapping", "co-two-payers", "Not yet."),
    "scenario": ("mapping", "co-no-budget-line", "Not yet."),
    "truefalse": ("mapping", "co-duplicate-data", "Not yet."),
    "multiple": ("mapping", "co-on-the-map", "1 of 4 found."),
    "numeric": ("mapping", "co-fifty-to-fifty-seven", "That is right."),
    "short": ("mapping", "co-forgotten-bodies", "Compare your answer with the model answer."),
    "matching": ("two-axes", "co-problem-levels", "of 3 pairs are right."),
    "ordering": ("a-body-that-decides", "co-first-agenda", "of 5 in the right place."),
}


def form_of(page: Page, question: str) -> Locator:
    return page.locator(f"form[data-practice][action*='/practice/{question}/']")


def answer_by_keyboard(page: Page, form: Locator, kind: str) -> None:
    """Gives an answer and sends it, from the first control on, with keys alone."""
    keys = page.keyboard
    control = "select, button, textarea, input:not([type=hidden])"
    form.locator(control).locator("visible=true").first.focus()
    match kind:
        case "numeric":
            keys.type("14")
            keys.press("Enter")
            return
        case "short":
            keys.type("The tax office")
        case "matching":
            for _ in range(3):
                keys.press("ArrowDown")
                keys.press("Tab")
            keys.press("Enter")
            return
        case "ordering":
            keys.press("Enter")
            expect(form.locator("[data-moved]")).to_contain_text("place 2 of 5")
            form.locator(".actions button").focus()
            keys.press("Enter")
            return
        case _:
            keys.press("Space")
    while not page.evaluate("document.activeElement.matches('.actions button')"):
        keys.press("Tab")
    keys.press("Enter")


@pytest.mark.parametrize("kind", WHERE)
def test_answered_in_place_by_keyboard(page: Page, base_url: str, kind: str):
    lesson, question, said = WHERE[kind]
    address = f"{base_url}{LESSON}{lesson}/"
    page.goto(address)

    answer_by_keyboard(page, form_of(page, question), kind)

    heading = page.locator(f"#practice-{question}-reply")
    expect(heading).to_be_focused()
    expect(heading).to_contain_text(said)
    assert page.url == address
    assert violations(page) == []

    form_of(page, question).get_by_role("link", name="Clear").press("Enter")
    expect(heading).to_have_count(0)


def fill(form: Locator, kind: str) -> None:
    match kind:
        case "numeric":
            form.locator("[name=answer]").fill("14")
        case "short":
            form.locator("textarea").fill("The tax office")
        case "matching" | "ordering":
            for select in form.locator("select").all():
                select.select_option(index=1)
        case _:
            form.locator("input:not([type=hidden])").first.check()


@pytest.mark.parametrize("kind", WHERE)
def test_answered_without_scripts(browser: Browser, base_url: str, kind: str):
    lesson, question, said = WHERE[kind]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}{LESSON}{lesson}/")
    form = form_of(page, question)

    fill(form, kind)
    form.get_by_role("button", name="Check").click()

    expect(page.locator(f"#practice-{question}-reply")).to_contain_text(said)
    page.get_by_role("link", name="Back to the lesson").click()
    assert page.url.startswith(f"{base_url}{LESSON}{lesson}/#q-")
    context.close()


def test_without_a_line_nothing_is_lost(page: Page, base_url: str):
    page.goto(f"{base_url}{LESSON}mapping/")
    form = form_of(page, "co-two-payers")
    form.get_by_label("An overlap").check()
    page.context.set_offline(True)

    form.get_by_role("button", name="Check").click()

    expect(form.get_by_role("alert")).to_contain_text("Your answer still stands here.")
    expect(form.get_by_label("An overlap")).to_be_checked()


def test_targets_are_large_enough_for_a_thumb(page: Page, base_url: str):
    page.set_viewport_size({"width": 360, "height": 780})
    for kind in ("multiple", "matching", "ordering"):
        lesson, question, _said = WHERE[kind]
        page.goto(f"{base_url}{LESSON}{lesson}/")
        targets = form_of(page, question).locator(".option label, select, button")
        boxes = [box for target in targets.all() if (box := target.bounding_box())]
        assert [box for box in boxes if min(box["height"], box["width"]) < 44] == [], kind
