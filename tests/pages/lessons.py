"""`python -m tests.pages.lessons`: what axe finds on every lesson, in every language it has.

Takes minutes, so the tests look at some lessons only; this looks at all of them, narrow and wide,
as a trainer, who also sees the activities. Ends with 1 when there is anything.
"""

import json
import sys
from collections import Counter

from playwright.sync_api import sync_playwright

from tests.pages.axe import NARROW, WIDE, faults
from tests.pages.shots import TRAINER, sign_in
from tests.site import CHROMIUM, CHROMIUM_FLAGS, Site, running_site

FIND = """
import json
from modules.courses.models import LessonPage

lessons = LessonPage.objects.live().filter(alias_of=None).order_by("path")
print("LESSONS" + json.dumps([[l.locale.language_code, l.get_url()] for l in lessons]))
"""


def lessons_of(site: Site) -> list[tuple[str, str]]:
    """Language and address of every lesson in every language that it was translated into."""
    printed = site.manage("shell", "--no-imports", "-c", FIND)
    return json.loads(printed.partition("LESSONS")[2])


def main() -> int:
    looked: Counter[str] = Counter()
    found = {}
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = browser.new_page()
        sign_in(page, site.url, TRAINER)
        for language, address in lessons_of(site):
            page.goto(site.url + address)
            looked[language] += 1
            for width in (NARROW, WIDE):
                if wrong := faults(page, width):
                    found[f"{address} at {width} px"] = wrong
        browser.close()
    for address, wrong in found.items():
        print(address, *wrong, sep="\n  ")  # noqa: T201
    counts = ", ".join(f"{number} {language}" for language, number in looked.items())
    print(f"Lessons: {counts}. With something: {len(found)}.")  # noqa: T201
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
