"""Several things in one line, as the reader's script has it: its comma, its direction."""

from collections.abc import Iterable

from django.utils.translation import get_language_bidi, pgettext


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
    return f"\u2066{text.replace('–', '–\u2060')}\u2069"
