"""What the blocks of a lesson refer to: terms, dated figures of the law, and sources."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from modules.blocks.lesson import law_keys_in
from modules.blocks.markdown import Glossary, devices_in, plain, sources_in, terms_in
from modules.reference.models import GlossaryTerm, LegalFigure, Source

MARKDOWN_FIELDS = ("text", "simple", "transcript")
ITEM = re.compile(r"^[-*][ \t]+", re.MULTILINE)
LEADING_TAGS = re.compile(r"\A(?:\[[^\]]*\]\s*)+")


@dataclass(frozen=True)
class Cited:
    """A source, and for what a lesson uses it."""

    source: Source
    uses: tuple[str, ...]


@dataclass(frozen=True)
class References:
    glossary: Glossary = field(default_factory=Glossary)
    figures: Mapping[str, LegalFigure] = field(default_factory=dict)
    sources: tuple[Cited, ...] = ()
    devices: tuple[str, ...] = ()


def references_of(blocks: Sequence[Any], language: str) -> References:
    """Everything that `blocks` refer to, with words in `language`; three queries.

    Links to terms lead to the glossary of the reader, whose language is the active one.
    """
    values = [block.value for block in blocks]
    text = "\n\n".join(str(value.get(name, "")) for value in values for name in MARKDOWN_FIELDS)
    figures = figures_by_key((key for value in values for key in law_keys_in(value)), language)
    uses = uses_in("\n".join(b.value["text"] for b in blocks if b.block_type == "sources"))
    of_figures = "".join(figure.source + figure.note for figure in figures.values())
    tags = dict.fromkeys([*uses, *sources_in(text), *sources_in(of_figures)])
    terms = GlossaryTerm.objects.filter(key__in=terms_in(text), locale__language_code=language)
    rows = Source.objects.in_bulk(list(tags), field_name="tag")
    return References(
        Glossary(reverse("glossary"), dict(terms.values_list("key", "definition"))),
        figures,
        tuple(Cited(rows[tag], tuple(uses.get(tag, ()))) for tag in tags if tag in rows),
        tuple(devices_in(text)),
    )


def figures_by_key(keys: Iterable[str], language: str) -> dict[str, LegalFigure]:
    """Figures of the law by key, with label and note in `language` where they are, else English."""
    rows = LegalFigure.objects.filter(
        key__in=list(keys), locale__language_code__in={"en", language}
    ).select_related("locale")
    english_first = sorted(rows, key=lambda row: row.locale.language_code != "en")
    found: dict[str, LegalFigure] = {}
    for row in english_first:
        row.note = row.note or (found[row.key].note if row.key in found else "")
        found[row.key] = row
    return found


def uses_in(text: str) -> dict[str, list[str]]:
    """Tag -> for what it is used, from a list of sources such as "- [W35] [W36] the wage base"."""
    uses: dict[str, list[str]] = {}
    for item in ITEM.split(text):
        tags = "".join(LEADING_TAGS.findall(item))
        words = plain(LEADING_TAGS.sub("", item))
        for tag in sources_in(tags):
            uses.setdefault(tag, []).extend([words] if words else [])
    return uses
