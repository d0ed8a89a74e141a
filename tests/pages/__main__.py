"""`python -m tests.pages [FOLDER] [--only WORD]`: pictures of pages × width × language.

With an index. Of every page, or of those with the word in their names. Ends with 1 when axe finds
something.
"""

import argparse
import html
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.pages.axe import NARROW, SCREEN, WIDE, faults
from tests.pages.places import seed
from tests.pages.shots import SHOTS, Shot, open_page, sign_in
from tests.site import CHROMIUM, CHROMIUM_FLAGS, ROOT, running_site

LANGUAGES = ("en", "ur")


def take(
    browser: Browser, url: str, folder: Path, shots: Sequence[Shot], places: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    """Takes the pictures; yields the file names, each with what axe finds on the page."""
    for width, user in product((NARROW, WIDE), dict.fromkeys(shot.user for shot in shots)):
        context = browser.new_context(viewport={"width": width, "height": SCREEN})
        page = context.new_page()
        if user:
            sign_in(page, url, user)
        for shot, language in product([s for s in shots if s.user == user], LANGUAGES):
            name = f"{shot.name}-{language}-{width}.png"
            page.set_viewport_size({"width": width, "height": SCREEN})
            open_page(page, url, shot, language, places)
            shot.act(page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / name, full_page=True)
            yield name, faults(page, width)
        context.close()


def write_index(folder: Path, names: list[str]) -> None:
    figures = "\n".join(
        f'<figure><img src="{html.escape(name)}" loading="lazy" alt="">'
        f"<figcaption>{html.escape(name)}</figcaption></figure>"
        for name in sorted(names)
    )
    (folder / "index.html").write_text(
        "<!doctype html><meta charset=utf-8><title>Pages</title>"
        "<style>body{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}"
        "figure{margin:0}img{max-width:30rem;border:1px solid #999}</style>\n" + figures,
        encoding="utf-8",
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.pages", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "var/pages")
    parser.add_argument("--only", default="", metavar="WORD")
    asked = parser.parse_args()
    folder: Path = asked.folder
    shots = [shot for shot in SHOTS if asked.only in shot.name]
    if not shots:
        parser.error(f"No page has “{asked.only}” in its name.")
    folder.mkdir(parents=True, exist_ok=True)
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        found = dict(take(browser, site.url, folder, shots, seed(site)))
        browser.close()
    write_index(folder, list(found))
    print(f"{len(found)} pictures in {folder}; open {folder / 'index.html'}")  # noqa: T201
    wrong = {name: rules for name, rules in found.items() if rules}
    for name, rules in wrong.items():
        print(name, *rules, sep="\n  ")  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
