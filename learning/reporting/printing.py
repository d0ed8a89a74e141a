"""The page of a programme on paper."""

import re
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi

from learning.reporting.programmes import Report
from modules.printing.scripts import with_breaks

TEXT = re.compile(r"(?<=>)[^<]+(?=<)")  # between two tags


@cache
def _sheet() -> str:
    path = settings.BASE_DIR / "templates/reports/programme_pdf.css"
    return path.read_text(encoding="utf-8")


def pdf_of(report: Report) -> bytes:
    """The tables of the report as a PDF/UA-1, in the active language."""
    # Importing WeasyPrint takes a second, which only those who print should wait.
    from modules.printing.rendering import render  # noqa: PLC0415

    context = {
        "report": report,
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "place": settings.SITE_URL,
    }
    html = render_to_string("reports/programme_pdf.html", context)
    return render(TEXT.sub(lambda found: with_breaks(found[0]), html), _sheet())
