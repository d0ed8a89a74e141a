"""`python -m tests.bench.books`: a handbook of 120 pages, in a process of its own.

Its pages are those of two courses that are shipped. Beside the seconds stands how often one page of
a paper could be laid out meanwhile, in the same process: that compares machines.
"""

import json
import logging
import resource
import sys
import time
from dataclasses import replace

import django

PAGES = 120
PAPERS = 20
AIM_SECONDS, AIM_MB = 20, 400


def measure() -> dict[str, float]:
    """Pages, seconds and peak megabytes of a handbook; milliseconds of a page of a paper."""
    from modules.courses.models import Course  # noqa: PLC0415 (after the settings)
    from modules.editions.compiling import compile_book  # noqa: PLC0415
    from modules.editions.setting import set_book  # noqa: PLC0415

    # Two courses in one book have names that stand twice.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    began = time.perf_counter()
    books = [
        compile_book(Course.objects.get(code=code), "handbook", "en")
        for code in ("simplify", "compliance")
    ]
    lessons = [one for one in books[1].chapters if one.kind == "lesson"]
    first, *rest = books[0].chapters
    _pdf, pages = set_book(replace(books[0], chapters=(first, *lessons, *rest)), lambda *_: None)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages": pages, "seconds": seconds, "mb": peak, "paper_ms": paper() * 1000}


def paper() -> float:
    """Seconds for one page of plain text, laid out and written."""
    from modules.printing.rendering import render  # noqa: PLC0415

    html = f"<html lang=en><body>{'<p>Plain words of a page.</p>' * 30}</body></html>"
    render(html, "@page { size: A4 }")
    began = time.perf_counter()
    for _ in range(PAPERS):
        render(html, "@page { size: A4 }")
    return (time.perf_counter() - began) / PAPERS


def as_line(found: dict[str, float]) -> str:
    """One line for people."""
    papers = found["seconds"] * 1000 / found["paper_ms"]
    return (
        f"A handbook of {found['pages']:.0f} pages (aim: {PAGES} in {AIM_SECONDS} s and"
        f" {AIM_MB} MB): {found['seconds']:.1f} s, {found['mb']:.0f} MB,"
        f" as long as {papers:,.0f} single pages."
    )


if __name__ == "__main__":
    django.setup()
    json.dump(measure(), sys.stdout)
