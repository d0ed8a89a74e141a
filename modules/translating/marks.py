"""The marks of lesson Markdown that a translation must keep: terms, sources, letters, headings."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from modules.blocks.markdown import DEVICE_TAG, SEE, SOURCE_TAG, TERM
from modules.reference.lists import left_to_right, listed

HEADING = r"^(#{1,6}) "
LETTER = r"^- ([A-Z]):"  # in the legend of a drawing
WRITTEN = {
    TERM: "[[term:{}]]",
    SEE: "[[see:{}]]",
    SOURCE_TAG: "[{}]",
    DEVICE_TAG: "({})",
    HEADING: "{}",
    LETTER: "- {}:",
}


def marks_in(text: str) -> Counter[str]:
    """The marks of `text`, each as often as it stands there, without the words of a term."""
    return Counter(
        written.format(match.group(1).strip())
        for pattern, written in WRITTEN.items()
        for match in re.finditer(pattern, text, re.MULTILINE)
    )


def problem_with_marks(english: str, translated: str) -> str:
    """What is wrong with the marks of a translation, as a sentence for its author; "" for nothing.

    Every mark of the English text must be there as often, and no other.
    """
    wanted, found = marks_in(english), marks_in(translated)
    if lost := wanted - found:
        return _("These marks of the English text are missing: {marks}").format(
            marks=listed(map(left_to_right, lost))
        )
    if strange := set(found) - set(wanted):
        return _("These marks are not in the English text: {marks}").format(
            marks=listed(map(left_to_right, sorted(strange)))
        )
    return ""
