"""Practice in the real course without scripts, and without a line."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

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
