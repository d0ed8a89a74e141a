"""The parts of a question called as the form of its kind calls them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from wagtail import blocks

from modules.bank.comparing import Path
from modules.questions.editor_parts import METHODS
from modules.questions.editors import DefinitionBlock
from modules.reference.lists import listed

OF_THE_WHOLE = ("kind", "method", "max")


def kind_label(kind: str) -> str:
    block = DefinitionBlock.base_blocks.get(kind)
    return str(block.label) if block else kind


def kind_choices() -> list[tuple[str, str]]:
    return [(name, kind_label(name)) for name in DefinitionBlock.base_blocks]


def language_name(lang: str) -> str:
    return str(dict(settings.LANGUAGES).get(lang, lang))


def path_label(kind: str, path: Path) -> str:
    """ "Options › a › Text". What no form has is called as the file calls it."""
    if path[0] in OF_THE_WHOLE and len(path) == 1:
        return fact_names()[path[0]]
    return " › ".join(_labels(DefinitionBlock.base_blocks.get(kind), path))


def fact_names() -> dict[str, str]:
    return {"kind": gettext("Kind"), "method": gettext("Marking"), "max": gettext("Full mark")}


def value_label(path: Path, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, tuple):
        return listed(value)
    if path == ("kind",):
        return kind_label(value)
    return str(METHODS.get(value, value)) if path == ("method",) else str(value)


def _labels(block: Any, path: Path) -> Iterator[str]:
    """A list's parts are parted by their key, which has no label of its own."""
    for step in path:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
            yield step
        else:
            block = getattr(block, "child_blocks", {}).get(step)
            yield str(block.label) if block else step
