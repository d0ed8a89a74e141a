"""What a first visit must fetch before anything is seen; `tests.bench.painting` takes the time."""

import pytest
from playwright.sync_api import Page

from tests.bench.painting import LATENCY, SPEED

pytestmark = pytest.mark.browser
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter(file => file.renderBlockingStatus === "blocking")
  .map(file => [file.initiatorType, file.encodedBodySize])"""
DOCUMENT = "() => performance.getEntriesByType('navigation')[0].encodedBodySize"


@pytest.mark.parametrize(("language", "seconds"), [("", 1.5), ("/ur", 2), ("/km", 2), ("/lo", 2)])
def test_lesson_is_seen_after_two_journeys_over_a_slow_line(
    page: Page, base_url, language, seconds
):
    page.goto(f"{base_url}{language}/courses/coordination/mapping/")
    page.wait_for_load_state("networkidle")
    blocking = page.evaluate(BLOCKING)

    # All are asked for together, by the page itself: stylesheets, and no script.
    assert {asker for asker, _ in blocking} == {"link"}
    weight = page.evaluate(DOCUMENT) + sum(size for _, size in blocking)
    assert 2 * LATENCY + weight / SPEED <= seconds


@pytest.mark.parametrize("language", ["ur", "km", "lo"])
def test_text_does_not_wait_for_its_font(page: Page, base_url, language):
    page.goto(f"{base_url}/{language}/")

    assert page.evaluate("() => [...document.fonts].map(font => font.display)") == ["swap"]
