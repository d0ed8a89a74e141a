"""What a first visit must fetch before anything is seen; `tests.bench.painting` takes the time."""

import pytest
from playwright.sync_api import Page

from tests.bench.painting import LATENCY, SPEED
from tests.journeys.weighing import first_visit

pytestmark = pytest.mark.browser
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter(file => file.renderBlockingStatus === "blocking")
  .map(file => [file.initiatorType, file.name])"""
SECONDS = 1.2  # of 1.5 in English and 2 in other scripts: what browsers need comes on top


@pytest.mark.parametrize("language", ["", "/ur", "/km", "/lo"])
def test_lesson_is_seen_after_two_journeys_over_a_slow_line(page: Page, base_url, language):
    address = f"{base_url}{language}/courses/coordination/mapping/"
    weights = first_visit(page, address)
    blocking = page.evaluate(BLOCKING)

    # All are asked for together, by the page itself: stylesheets, and no script.
    assert {asker for asker, _ in blocking} == {"link"}
    weight = weights[address] + sum(weights[file] for _, file in blocking)
    assert 2 * LATENCY + weight / SPEED <= SECONDS


@pytest.mark.parametrize("language", ["ur", "km", "lo"])
def test_text_does_not_wait_for_its_font(page: Page, base_url, language):
    page.goto(f"{base_url}/{language}/")

    found = page.evaluate("() => [...document.fonts].map(font => [font.family, font.display])")
    families = {family.strip('"') for family, _ in found}
    assert {display for _, display in found} == {"swap"}
    assert len(families - {"Names"}) == 1
