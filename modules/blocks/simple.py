"""The simple version of a text: the same in fewer and plainer words, under the same heading."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from modules.blocks.markdown import devices_in, plain, sources_in


def has_simple_words(value: Mapping[str, Any]) -> bool:
    """Whether a block's value holds a simple version."""
    return bool((value.get("simple") or "").strip())


def in_simple_words(value: Mapping[str, Any]) -> str:
    """The simple version under the heading of the full text; where there is none, the full text."""
    text = str(value["text"])
    if not has_simple_words(value):
        return text
    first = text.lstrip().partition("\n")[0]
    heading = f"{first}\n\n" if first.startswith("#") else ""
    return f"{heading}{value['simple'].strip()}\n"


def flaws_of(text: str, simple: str) -> list[str]:
    """What is wrong with a simple version beside its full text, a sentence each."""
    marks = {*sources_in(text), *devices_in(text)}
    new = [mark for mark in (*sources_in(simple), *devices_in(simple)) if mark not in marks]
    flaws = []
    if any(line.startswith("#") for line in simple.splitlines()):
        flaws.append(_("The simple version has the heading of the full text; leave its own out."))
    if len(plain(simple)) >= len(plain(text)):
        flaws.append(_("The simple version must be shorter than the full text."))
    if new:
        flaws.append(_("The full text does not name: {marks}.").format(marks=", ".join(new)))
    return flaws
