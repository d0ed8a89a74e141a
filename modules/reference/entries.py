"""The glossary as its readers see it: each English term with its form in their language."""

from collections.abc import Collection
from dataclasses import dataclass

from modules.reference.models import GlossaryTerm


@dataclass(frozen=True)
class Entry:
    """A term in English, and its form in the reader's language where one is known."""

    english: GlossaryTerm
    own: GlossaryTerm | None

    @property
    def initial(self) -> str:
        return self.english.term[:1].upper()

    @property
    def has_draft_meaning(self) -> bool:
        return self.own is not None and self.own.has_draft_meaning


def entries_in(language: str, keys: Collection[str] | None = None) -> list[Entry]:
    """The glossary, or the terms that `keys` name, in the order of the English terms; one query."""
    rows = GlossaryTerm.objects.filter(locale__language_code__in={"en", language})
    if keys is not None:
        rows = rows.filter(key__in=keys)
    english: dict[str, GlossaryTerm] = {}
    own: dict[str, GlossaryTerm] = {}
    for row in rows.select_related("locale"):
        (english if row.locale.language_code == "en" else own)[row.key] = row
    in_order = sorted(english.values(), key=lambda row: row.term.casefold())
    return [Entry(row, own.get(row.key)) for row in in_order]
