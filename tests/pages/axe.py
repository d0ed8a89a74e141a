"""What axe-core finds on a page: WCAG 2.2 A and AA, and its own best practices."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

NARROW, WIDE = 360, 1280  # px
SCREEN = 780  # px


OPTIONS = {
    "resultTypes": ["violations"],
    # Style sheets are read for one rule alone, which is experimental and not asked.
    "preload": {"assets": ["media"]},
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}


def bring_axe(context: BrowserContext) -> None:
    """Every page that opens from now on has it: cheaper than sending half a megabyte to each."""
    context.add_init_script(AXE_SCRIPT)


def violations(page: Page) -> list[str]:
    """What axe finds: rule and the first place of each."""
    if not page.evaluate("'axe' in window"):  # nobody brought it, nor was it sent before
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


# Texts whose own element says they are English and whose letters say they are not.
MISNAMED = r"""
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const words = /[\p{Script=Arabic}\p{Script=Khmer}\p{Script=Lao}]{2,}/u.test(text.data);
    const named = text.parentElement.closest("[lang], bdi:not([lang]), script, style");
    if (words && named.lang === "en" && named !== document.documentElement) {
      found.push(text.data.trim().slice(0, 60));
    }
  }
  return found;
}
"""


def misnamed(page: Page) -> list[str]:
    """Texts in another script inside of what is named English: drawn and read aloud as that."""
    return [f"named English: {text}" for text in page.evaluate(MISNAMED)]


def too_wide(page: Page, width: int) -> list[str]:
    """Whether one has to scroll sideways; the page is left as wide as asked and as tall as it is.

    So tall, since a bar that stays at the bottom of the screen covers whatever is there.
    """
    page.set_viewport_size({"width": width, "height": SCREEN})
    needed, height = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    page.set_viewport_size({"width": width, "height": max(height, SCREEN)})
    return [f"{needed} px wide"] if needed > width else []


def faults(page: Page, width: int) -> list[str]:
    """What axe finds at a width, what is named English and is not, and whether one has to scroll
    sideways there.
    """
    sideways = too_wide(page, width)
    return violations(page) + misnamed(page) + sideways
