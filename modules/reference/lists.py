"""Several things in one line, as the reader's script has it: its comma, its direction."""

import re
from collections.abc import Iterable

from django.utils.translation import get_language_bidi, pgettext

NUMBER = r"\d+(?:[.,:/]\d+)*%?"
SIGNED = rf"[-−+±]?{NUMBER}"
# What letters from right to left would turn around: 2014-15, 09:30–12:45, 2 × 6% = 12%, −2.5, 6%.
# The first choice is what was kept before.
TURNED = re.compile(
    r"\u2066[^\u2069]*\u2069|(?<![A-Za-z\d.,:/–−-])"
    rf"(?:{SIGNED}(?:\s?[-–—−×÷*=+→]\s?{SIGNED})+|[-−+±]{NUMBER}|\d+(?:[.,:/]\d+)*%)"
    r"(?![A-Za-z\d])"
)
BETWEEN_TAGS = re.compile(r">[^<>]*\d[^<>]*<")


def comma() -> str:
    return pgettext("between the parts of a list", ", ")


def listed(parts: Iterable[object]) -> str:
    """The parts that are not empty: "Urdu, English", in Urdu with its own comma."""
    return comma().join(str(part) for part in parts if part)


def left_to_right(text: str) -> str:
    """Hours, numbers or a code in a sentence that may run from right to left; never broken there.

    Pages do the same with `<bdi dir="ltr">`; this is for messages and labels, which are plain text.
    """
    if not get_language_bidi():
        return text
    return f"\u2066{text.replace('–', '–\u2060').replace('-', '-\u2060')}\u2069"


def with_numbers_kept(text: str) -> str:
    """`text` with its ranges, sums and signs running from left to right, as everywhere else.

    After a letter that runs from right to left 2014-15 would be shown as 15-2014.
    """
    return TURNED.sub(_kept, text) if get_language_bidi() else text


def html_with_numbers_kept(html: str) -> str:
    """The same for what stands between the tags of `html`."""
    if not get_language_bidi():
        return html
    return BETWEEN_TAGS.sub(lambda found: TURNED.sub(_kept, found[0]), html)


def _kept(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("\u2066") else left_to_right(found[0])
