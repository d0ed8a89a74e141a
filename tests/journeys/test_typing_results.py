"""Typing in the results of a session: by keyboard alone, without a network, without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.shots import RESULTS, sign_in
from tests.site import Site

pytestmark = pytest.mark.browser

NEW_SESSIONS = """
from learning.people.models import User
from tests.pages.results_seeding import TRAINER, make_session

trainer = User.objects.get(username=TRAINER)
for days_ago in %s:
    print("SESSION", make_session(trainer, days_ago, "Rest house, Jhang", 5).uuid)
"""
DAYS_AGO = list(range(110, 210, 10))  # one for each test that asks for a session, and more
# Form A of Coordination: a mark by hand for questions 2, 8, 12, 14 and 15, letters for the others.
LINES = [
    "A1AA(AB)A A1(AB)AA 1A11",
    "----- ----- -----",
    "b0bb(abc)b b5(bc)bb 0b05",
    "A1AA-A A1-AA 1A11",
    "A0AA(A)A A0(A)AA 0A00",
]


@pytest.fixture(scope="module")
def sessions(site: Site, places: dict[str, str]) -> Iterator[str]:
    """The addresses of new sessions with five people each, all made at once."""
    printed = site.manage("shell", "--no-imports", "-c", NEW_SESSIONS % DAYS_AGO)
    return iter([f"/training/{uuid}/" for uuid in re.findall(r"SESSION (\S+)", printed)])


@pytest.fixture
def session(sessions: Iterator[str]) -> str:
    """The address of a session that no other test has touched."""
    return next(sessions)


@pytest.fixture
def trainer(page: Page, base_url: str, session: str) -> Page:
    page.set_viewport_size({"width": 360, "height": 780})
    sign_in(page, base_url, RESULTS)
    return page


def states(page: Page):
    return page.locator(".line [data-state]")


def type_all(page: Page, lines: list[str]) -> None:
    """From the first field on, with the keyboard alone."""
    page.locator(".line .keys").first.focus()
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")


def test_answers_of_five_people_by_keyboard(trainer: Page, base_url: str, session: str):
    trainer.goto(f"{base_url}{session}results/pre/")
    type_all(trainer, LINES)

    for n in range(5):
        expect(states(trainer).nth(n)).to_have_text(re.compile(r"^[\d½⅓⅔¼¾. ]+ of 15$"))
    expect(states(trainer).nth(1)).to_have_text("0 of 15")
    expect(trainer.locator("#keypad .actions .button")).to_be_focused()
    expect(trainer.locator(".progress")).to_contain_text("5 of 5 people have a result")
    trainer.reload()
    expect(trainer.locator(".line .keys").nth(2)).to_have_value("B0BB(ABC) BB5(BC)B B0B05")


def test_totals_of_five_people_by_keyboard(trainer: Page, base_url: str, session: str):
    trainer.goto(f"{base_url}{session}results/post/?grain=total&form=")
    trainer.fill("#full", "20")
    type_all(trainer, ["11½", "12.5", "9,25", "۱۷", "0"])

    for n, words in enumerate(("11½", "12½", "9¼", "17", "0")):
        expect(states(trainer).nth(n)).to_have_text(f"{words} of 20")
    expect(trainer.locator("[data-grain]").first).to_have_text("total only")
    trainer.goto(f"{base_url}{session}figures/")
    expect(trainer.locator("main")).to_contain_text("0 (0%)")


def test_a_slip_is_typed_twice_and_decided(trainer: Page, base_url: str, session: str):
    trainer.goto(f"{base_url}{session}results/pre/")
    first = trainer.locator(".line").first
    first.locator(".keys").press_sequentially("A1AA(AB)A")
    expect(first.locator("[data-typed]")).to_have_text("6 of 15 answers typed · ")
    first.locator(".keys").fill(LINES[0])
    trainer.keyboard.press("Enter")
    expect(trainer.locator("#room")).to_contain_text("1 result: ")

    trainer.goto(f"{base_url}{session}results/pre/second/")
    type_all(trainer, ["B" + LINES[0][1:]])
    expect(states(trainer)).to_have_text("typed twice, 1 answer differs")
    trainer.reload()
    trainer.locator("main .rows a").click()
    trainer.get_by_role("radio", name="Typed the second time: B").check()
    trainer.locator("form .button").click()
    expect(trainer.locator("main")).to_contain_text("Settled")
    trainer.goto(f"{base_url}{session}results/pre/")
    expect(trainer.locator(".line .keys").first).to_have_value("B1AA(AB) AA1(AB)A A1A11")


def test_slip_is_named_and_mended(trainer: Page, base_url: str, session: str):
    trainer.goto(f"{base_url}{session}results/pre/")
    type_all(trainer, ["Z---- ----- -----"])
    expect(states(trainer).first).to_contain_text("question 1: a letter from A to D")
    expect(trainer.locator(".line .keys").first).to_have_attribute("aria-invalid", "true")
    trainer.locator(".line .keys").first.fill("A---- ----- -----")
    trainer.keyboard.press("Enter")

    expect(states(trainer).first).to_contain_text("of 15")
    expect(trainer.locator(".line.wrong")).to_have_count(0)


def test_line_without_a_network_is_kept_and_arrives_later(
    trainer: Page, base_url: str, session: str
):
    trainer.goto(f"{base_url}{session}results/pre/")
    trainer.route("**/results/pre/", lambda route: route.abort())
    type_all(trainer, ["----- ----- -----"])
    expect(states(trainer).first).to_contain_text("On this device.")
    expect(trainer.locator("#save-state")).to_contain_text("1 on this device")
    trainer.unroute("**/results/pre/")
    trainer.reload()

    expect(states(trainer).first).to_have_text("0 of 15", timeout=30_000)


def test_typing_without_javascript(browser: Browser, base_url: str, session: str):
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, base_url, RESULTS)
    page.goto(f"{base_url}{session}results/pre/")
    fields = page.locator(".line .keys")
    fields.nth(0).fill(LINES[0])
    fields.nth(1).fill("ABC")
    page.click("text=Save what was typed")

    expect(page.locator("main")).to_contain_text("1 result saved.")
    expect(page.locator("main .message.error")).to_contain_text("this line has 3 answers")
    expect(page.locator(".line .keys").nth(1)).to_have_value("ABC")
    page.locator(".line .keys").nth(1).fill(LINES[1])
    page.click("text=Save what was typed")
    expect(page.locator("main")).to_contain_text("2 of 5 people have a result")


def test_no_page_breaks_the_policy(trainer: Page, base_url: str, session: str):
    complaints: list[str] = []
    trainer.on("console", lambda message: complaints.append(message.text))
    trainer.on("pageerror", lambda error: complaints.append(str(error)))
    trainer.goto(f"{base_url}{session}results/pre/")
    type_all(trainer, LINES)
    expect(states(trainer).nth(4)).to_contain_text("of 15")
    for part in ("figures/", "papers/"):
        trainer.goto(f"{base_url}{session}{part}")

    assert complaints == []


def test_papers_in_any_order_by_sticker(trainer: Page, base_url: str, session: str):
    trainer.goto(f"{base_url}{session}results/pre/")
    codes = trainer.locator(".line .sticker").all_inner_texts()
    mark = trainer.locator("#find").get_attribute("data-mark")
    trainer.focus("#sticker")
    for typed, line in ((f"{mark}{codes[3]}", LINES[0]), (codes[1].lower(), LINES[1])):
        trainer.keyboard.type(typed)
        trainer.keyboard.press("Enter")
        trainer.keyboard.type(line)
        trainer.keyboard.press("Enter")
        expect(trainer.locator("#sticker")).to_be_focused()

    expect(states(trainer).nth(3)).to_have_text(re.compile(r" of 15$"))
    expect(states(trainer).nth(1)).to_have_text("0 of 15")
    trainer.keyboard.type("77-Q")
    trainer.keyboard.press("Enter")
    expect(trainer.locator("#not-found")).to_have_text(
        re.compile("Nobody on this page has the sticker .77-Q.\\.")
    )
    expect(trainer.locator("#sticker")).to_be_focused()
    # A slip says which form was handed out, too; of the other test it leads to that one's page.
    trainer.keyboard.type(f"{mark}S:PRE:B:{codes[2]}:00")
    trainer.keyboard.press("Enter")
    row = trainer.locator(f"#p-{codes[2]}")
    expect(row.locator(".keys")).to_be_focused()
    expect(row.locator("select")).to_have_value("B")
    trainer.reload()
    expect(states(trainer).nth(3)).to_have_text(re.compile(r" of 15\s*$"))
