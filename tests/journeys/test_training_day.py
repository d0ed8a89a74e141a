"""A whole training of two days, from the plan to the certificates on paper: 38 people, or few."""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.axe import violations
from tests.pages.shots import ADMIN, LEADING, sign_in
from tests.site import Site

pytestmark = pytest.mark.browser

MAKE_ISSUER = """
from learning.certificates.models import Issuer
from learning.people.models import Organisation, Programme
programme = Programme.objects.get(code="simplify-pk")
Issuer.objects.get_or_create(
    programme=programme,
    defaults={"organisation": Organisation.objects.get(code="demo-institution"), "code": "PK-DAY"},
)
"""


@pytest.fixture
def _issuer(site: Site, places: dict[str, str]) -> None:
    site.manage("shell", "--no-imports", "-c", MAKE_ISSUER)


def save(page: Page) -> None:
    page.locator("main form .actions button").first.click()


def plan(page: Page, url: str, days_ago: int) -> str:
    """Two days of two half-days each; returns the address of the session."""
    first = datetime.now(ZoneInfo("Asia/Karachi")).date() - timedelta(days=days_ago)
    page.goto(f"{url}/training/new/")
    page.select_option("[name=course_version]", index=1)
    page.fill("#first-day", first.isoformat())
    page.click("[data-fill] button[value='4']")
    page.select_option("[name=area]", index=1)
    page.fill("[name=venue]", f"Hall {days_ago}")
    page.locator("main > form:last-of-type > .actions button").click()
    page.wait_for_url(re.compile(r"/training/[-0-9a-f]{36}/$"))
    return page.url


def name_of(role: str, n: int) -> str:
    """A name of its own for each, without a digit: "Inspector Ba"."""
    return f"{role} {chr(65 + n // 26)}{chr(97 + n % 26)}"


def register(page: Page, session: str, role: str, people: int) -> None:
    """A list from a spreadsheet, looked at and confirmed."""
    rows = [f"{name_of(role, n)}\t{'f' if n % 3 == 0 else 'm'}" for n in range(people)]
    page.goto(f"{session}people/paste/")
    page.fill("[name=text]", "\n".join(["Name\tSex", *rows]))
    page.locator("[name=agreed]").first.check()
    save(page)
    expect(page.locator(".pasted > li")).to_have_count(people)
    save(page)
    page.wait_for_url(re.compile(r"/people/$"))


def call_the_roll(page: Page, session: str) -> None:
    for half_day in (1, 2, 3, 4):
        page.goto(f"{session}roll/{half_day}/")
        page.click("#rest")
        expect(page.locator("#save-state .saved:not(.kept)")).to_be_visible()
        expect(page.locator("#rest")).to_be_hidden()


def type_totals(page: Page, session: str, purpose: str, marks: str, people: int) -> None:
    page.goto(f"{session}results/{purpose}/?grain=total")
    page.fill("#full", "20")
    lines = page.locator("input.keys")
    for place in range(people):
        lines.nth(place).fill(marks)
        lines.nth(place).press("Enter")
    saved = page.locator(".line [data-state] .saved:not(.kept):not(.sending)")
    expect(saved).to_have_count(people, timeout=20_000)


# Others in each session: whoever holds a certificate of the course already gets no second one.
@pytest.mark.parametrize(
    ("language", "days_ago", "role", "people"),
    [("", 100, "Inspector", 38), ("/ur", 110, "Officer", 6)],
)
@pytest.mark.usefixtures("_issuer")
def test_two_days_of_training(
    page: Page,
    base_url: str,
    browser: Browser,
    language: str,
    days_ago: int,
    role: str,
    people: int,
):
    sign_in(page, base_url, LEADING)
    session = plan(page, base_url + language, days_ago)
    register(page, session, role, people)
    call_the_roll(page, session)
    type_totals(page, session, "pre", "9", people)
    type_totals(page, session, "post", "16", people)
    page.goto(f"{session}close/")
    save(page)
    expect(page.locator(".message.ok")).to_be_visible()
    assert violations(page) == []

    office = browser.new_context().new_page()
    sign_in(office, base_url, ADMIN)
    office.goto(f"{session}verify/")
    save(office)
    expect(office.locator(".message.ok")).to_be_visible()
    office.goto(f"{session}certificates/")
    save(office)
    save(office)
    expect(office.locator(".message.ok")).to_be_visible()
    assert violations(office) == []

    files = office.context.request.get(
        re.sub(r"/ur/", "/", f"{session}certificates.pdf?lang={language.strip('/') or 'en'}")
    )
    assert len(pikepdf.open(io.BytesIO(files.body())).pages) == people
