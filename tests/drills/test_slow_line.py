"""R12 on 2G: a test is sat on a line of 50 kbit/s that takes 400 ms and loses 5 of 100 requests."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.lossy import LossyLine
from tests.drills.phones import Phone, window_of
from tests.drills.sizes import ON_SQLITE, SIZES
from tests.drills.test_phones import address_of, all_arrived

pytestmark = [*ON_SQLITE, pytest.mark.browser]

TWO_G = {
    "offline": False,
    "latency": 400,  # milliseconds
    "downloadThroughput": 50_000 / 8,  # bytes a second
    "uploadThroughput": 50_000 / 8,
}
LOSS = 0.05
MOST_BYTES = 150_000  # after the first page has come


def slow_down(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", TWO_G)


def count_bytes(page: Page) -> list[int]:
    """Of every request from here on: what was sent and what came, heads included."""
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(sum(request.sizes().values())))
    return sizes


def answer_somehow(page: Page, position: int) -> None:
    page.locator(f"[data-goto='{position}']").click()
    form = page.locator(f"#q{position} form")
    expect(form).to_be_visible()
    if form.locator("[data-settle]").count():
        form.locator("[data-settle]").click()
        return
    for choice in form.locator("select").all():
        choice.select_option(index=1)
    for name in set(form.locator("input[type=radio]").evaluate_all("all => all.map(i => i.name)")):
        form.locator(f"input[name='{name}']").first.check()
    if form.locator("input[type=checkbox]:not([data-again])").count():
        form.locator("input[type=checkbox]:not([data-again])").first.check()
    for text in form.locator("textarea, input:not([type]), input[type=text]").all():
        text.fill("55")
        text.press("Tab")


def end(page: Page, sitting: str) -> None:
    """Hand in, as a person does whose pages come half or not at all: look again, press again."""
    for _try in range(10):
        try:
            page.goto(f"{sitting}review/", timeout=60_000)
            if page.url.endswith("/result/"):
                return
            page.click("#hand-in button", timeout=60_000)
            page.wait_for_url("**/result/", timeout=60_000)
        except Error:
            continue
        return
    raise AssertionError("The test could not be handed in.")


def test_a_test_is_sat_on_a_slow_and_lossy_line(
    shown: Ground, sown: dict[str, Any], browser_of_all: Browser
):
    figures, who = Figures("R12 2G", "sqlite"), sown["phones"][-1]
    with LossyLine(shown.port, 0, seed=3) as line:
        phone = Phone(f"http://localhost:{line.port}", window_of(browser_of_all))
        page = phone.open(address_of(who), who["session"])
        page.wait_for_load_state("networkidle")
        slow_down(page)
        line.rate = LOSS
        sizes = count_bytes(page)
        for position in range(1, SIZES.slow_questions + 1):
            answer_somehow(page, position)
        all_arrived(page, who, seconds=240)
        end(page, f"{phone.url}/tests/{who['sitting']}/")
        phone.close()

    assert sum(sizes) <= MOST_BYTES
    figures.write(
        questions=SIZES.slow_questions, kilobytes=sum(sizes) // 1000, disturbed=line.disturbed
    )
