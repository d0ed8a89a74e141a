"""An administrator goes from a number to the people behind it and back, and takes it along."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.learning.reporting.reading import as_shown, in_csv, in_xlsx, on_page
from tests.pages.acts import DEMO_PASSWORD
from tests.pages.report_seeding import recovery_codes
from tests.pages.report_shots import COORDINATOR
from tests.pages.shots import ADMIN

pytestmark = pytest.mark.browser

PROGRAMME = "/reports/programmes/shown/?period=2026"


RECORD, COUNTED = "**/admin/people/edit/**", "**/reports/people/?person=*"


def sign_in(page: Page, base_url: str, user: str = ADMIN, code: str = "") -> None:
    """`code`: of those whose role asks for a second factor."""
    page.goto(f"{base_url}/accounts/login/?next=/reports/")
    page.fill("[name=login]", user)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.locator("main form[method=post] .actions button:visible").first.click()
    if code:
        page.fill("[name=code]", code)
        page.locator("main form[method=post] .actions button:visible").first.click()
    page.wait_for_url(f"{base_url}/reports/")


@pytest.mark.parametrize(("user", "person"), [(ADMIN, RECORD), (COORDINATOR, COUNTED)])
@pytest.mark.parametrize(("prefix", "direction"), [("", "ltr"), ("/ur", "rtl")])
def test_from_a_number_to_the_people_behind_it_and_back(
    page: Page, base_url: str, places, prefix: str, direction: str, user: str, person: str
):
    page.set_viewport_size({"width": 1280, "height": 780})
    # Each code can be used once.
    code = recovery_codes()[direction == "rtl"] if user == COORDINATOR else ""
    sign_in(page, base_url, user, code)
    page.goto(f"{base_url}{prefix}{PROGRAMME}")
    expect(page.locator("html")).to_have_attribute("dir", direction)

    number = page.locator(".provinces tbody tr").filter(has_text="38").locator("td a").first
    expect(number).to_have_text("38")
    number.click()
    page.wait_for_url("**/reports/people/?*")
    expect(page.locator(".report tbody tr")).to_have_count(38)
    expect(page.locator(".report")).to_contain_text("Inspector SD 01")

    page.locator(".report tbody th a", has_text="Inspector SD 01").click()
    page.wait_for_url(person)
    expect(page.locator("main")).to_contain_text("Inspector SD 01")
    page.go_back()
    page.go_back()
    expect(page.locator(".figures b").first).to_have_text("90")


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/ur", "ur")])
def test_what_is_saved_equals_the_screen(
    page: Page, base_url: str, places, prefix: str, language: str
):
    sign_in(page, base_url)
    address = f"{base_url}{prefix}{PROGRAMME}"
    page.goto(address)
    screen = page.content()

    for kind, read in (("csv", in_csv), ("xlsx", in_xlsx)):
        file = page.request.get(f"{address}&file={kind}").body()
        figures = [[words, n] for words, n, _against in read(file)]
        shown = [item.split("\n")[:2] for item in page.locator(".figures li").all_inner_texts()]
        assert [[words, str(n).strip("%")] for words, n in figures] == [
            [words, n.strip("%")] for n, words in shown
        ]
        for table in range(page.locator("table.report").count()):
            assert as_shown(read(file, table + 1), language) == on_page(screen, table)
    paper = f"{base_url}/reports/programmes/shown.pdf?lang={language}&period=2026"
    assert page.request.get(paper).body().startswith(b"%PDF-")


def test_filters_work_without_scripts(browser, base_url: str, places):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, base_url)
    page.goto(f"{base_url}/reports/completion/")
    page.select_option("[name=programme]", "shown")
    page.select_option("[name=by]", "area")
    page.locator(".filters button").click()

    expect(page).to_have_url(re.compile("programme=shown.*by=area"))
    expect(page.locator(".report tbody tr").last).to_contain_text("101")
    context.close()
