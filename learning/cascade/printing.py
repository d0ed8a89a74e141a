"""Papers of a session as PDF, in the fonts and with the line breaks of certificates."""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any

import segno
from django.conf import settings
from django.core.cache import cache as shared_cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learning.cascade.errors import Refused
from learning.people.models import SCRIPT_OF_LANGUAGE
from modules.printing.scripts import RIGHT_TO_LEFT, with_breaks

FOLDER = "training/papers"
LANGUAGES = tuple(SCRIPT_OF_LANGUAGE)
KEEP_SECONDS = 600
KHMER_OR_LAO = re.compile("[\u1780-\u17ff]+|[\u0e80-\u0eff]+")


def language_asked(asked: str | None) -> str:
    """`asked` if papers are printed in it, else English."""
    return asked if asked in LANGUAGES else "en"


def pdf_of(name: str, language: str, context: Mapping[str, Any]) -> bytes:
    """The paper `name` (a template and a stylesheet of `FOLDER`) in `language`.

    Made once and kept for ten minutes: the same content gives the same document. Raises `Refused`
    for a paper that is too long for one file.
    """
    # Importing WeasyPrint takes a second, which only those who print should wait.
    from modules.printing.rendering import RenderingFailed, render  # noqa: PLC0415

    html, sheet = page_of(name, language, context), sheet_of(name)
    key = f"paper:{sha256((html + sheet).encode()).hexdigest()}"
    kept = shared_cache.get(key)
    if kept is None:
        try:
            kept = render(html, sheet)
        except RenderingFailed:
            raise Refused(_("This is too much for one file. Print it in parts."))
        shared_cache.set(key, kept, KEEP_SECONDS)
    return kept


def page_of(name: str, language: str, context: Mapping[str, Any]) -> str:
    """The HTML of the paper, with places where lines of Khmer and Lao may break."""
    with translation.override(language):
        html = render_to_string(
            f"{FOLDER}/{name}.html",
            {
                "language": language,
                "direction": "rtl" if language == RIGHT_TO_LEFT else "ltr",
                "demo": settings.DEMO,
                **context,
            },
        )
    return KHMER_OR_LAO.sub(lambda run: with_breaks(run[0]), html)


@cache
def sheet_of(name: str) -> str:
    """What all papers share, and what this one has besides."""
    folder = settings.BASE_DIR / "templates" / FOLDER
    return "\n".join(
        (folder / f"{part}.css").read_text(encoding="utf-8") for part in ("base", name)
    )


def code_picture(text: str) -> SafeString:
    """A printed code as the address of a picture."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return SafeString(code.svg_data_uri(border=0, dark="#000", omitsize=True))


def dotted_code(text: str) -> SafeString:
    """The same made of dots, which go into a file far faster where a page has many."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return SafeString(code.png_data_uri(scale=8, border=0))
