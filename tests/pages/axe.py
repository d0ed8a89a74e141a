"""What axe-core finds on a page: WCAG 2.2 A and AA, and its own best practices."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

NARROW, WIDE = 360, 1280  # px
SCREEN = 780  # px


OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}


def violations(page: Page, *, colours: bool = True) -> list[str]:
    """What axe finds: rule and the first place of each. Contrast takes half of its time."""
    if not page.evaluate("'axe' in window"):  # at a second width it is there already
        page.evaluate(AXE_SCRIPT)
    options = OPTIONS | {"rules": {"color-contrast": {"enabled": colours}}}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


def faults(page: Page, width: int, *, colours: bool = True) -> list[str]:
    """What axe finds, and whether one has to scroll sideways."""
    page.set_viewport_size({"width": width, "height": SCREEN})
    needed, height = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    # As tall as the page: a bar that stays at the bottom of the screen covers whatever is there.
    page.set_viewport_size({"width": width, "height": max(height, SCREEN)})
    found = violations(page, colours=colours)
    return found + ([f"{needed} px wide"] if needed > width else [])
