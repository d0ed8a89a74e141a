"""`python -m tests.pages.lessons`: what axe finds on every lesson, in every language it has.

Takes minutes, so the tests look at some lessons only; this looks at all of them, narrow and wide,
as a trainer, who also sees the activities. Ends with 1 when there is anything.
"""

import sys
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from tests.journeys.test_accessibility import NARROW, WIDE, faults
from tests.pages.shots import TRAINER, sign_in
from tests.site import CHROMIUM, CHROMIUM_FLAGS, running_site

COURSES = ("coordination", "ict-data-management", "compliance", "simplify")
LANGUAGES = {"en": "", "ur": "/ur", "km": "/km", "lo": "/lo"}
IS_ENGLISH = "main div[lang=en] .lesson"  # the text of a page that holds the place of another


def addresses(page: Page, url: str) -> Iterator[tuple[str, str]]:
    """The language and address of every lesson."""
    for course in COURSES:
        page.goto(f"{url}/courses/{course}/")
        paths = page.evaluate(
            "[...document.querySelectorAll('main a')].map((link) => link.pathname)"
        )
        lessons = {path for path in paths if path.count("/") == 4}
        for path in sorted(one for one in lessons if one.startswith(f"/courses/{course}/")):
            if not path.endswith(("/editions/", "/changes/", "/start/")):
                yield from ((code, f"{url}{prefix}{path}") for code, prefix in LANGUAGES.items())


def main() -> int:
    looked, found = 0, {}
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = browser.new_page()
        sign_in(page, site.url, TRAINER)
        for code, address in list(addresses(page, site.url)):
            page.goto(address)
            if code != "en" and page.locator(IS_ENGLISH).count():
                continue
            looked += 1
            for width in (NARROW, WIDE):
                if wrong := faults(page, width):
                    found[f"{address} at {width} px"] = wrong
        browser.close()
    for address, wrong in found.items():
        print(address, *wrong, sep="\n  ")  # noqa: T201
    print(f"{looked} lessons, {len(found)} with something.")  # noqa: T201
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
