"""Whether each lesson that needs a legal caution says so, and which sources are law."""

from collections.abc import Callable, Iterator

from modules.blocks.lesson import law_keys_in
from modules.blocks.markdown import sources_in
from modules.courses.models import LegalCaution
from modules.loading.checking_lessons import blocks_of, strings
from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.errors import LibraryError
from modules.loading.library import Library
from modules.reference.models import Source

# The caution about Punjab's law: where it holds, and what reports that the law changes.
PLACE, REPORTS = "PK-PB", frozenset({"W53", "W54"})


def legal_cautions(library: Library) -> Iterator[LibraryError]:
    choices = ", ".join(LegalCaution.values)
    for lesson in library.of_kind("lesson"):
        caution = lesson.value.get("legal_caution", "")
        if lesson.lang != SOURCE_LANG:
            continue
        if caution and caution not in LegalCaution.values:
            yield lesson.place.error(f'"legal_caution" must be one of {choices}.')
        elif not caution and cites_unsettled_law(library, lesson):
            yield lesson.place.error(
                'it cites law that is not settled: "legal_caution" is missing.'
            )


def cites_unsettled_law(library: Library, lesson: Entry) -> bool:
    """Whether a law box or table shows a figure of the place, or a text names a report."""
    for _, raw in blocks_of(lesson):
        value = raw["value"]
        figures = (Name(f"figure/{key}", SOURCE_LANG) for key in law_keys_in(value))
        cited = [library.entries[name] for name in figures if name in library.entries]
        question = library.entries.get(Name(f"question/{value.get('use')}", SOURCE_LANG))
        texts = [value.get("text", ""), *(strings(question) if question else ())]
        if any(figure.value["jurisdiction"] == PLACE for figure in cited):
            return True
        if REPORTS.intersection(tag for text in texts for tag in sources_in(text)):
            return True
    return False


def source_kinds(library: Library) -> Iterator[LibraryError]:
    """What may stand there; left out, the title says whether a source is law."""
    choices = ", ".join(Source.Kind.values)
    for source in library.of_kind("source"):
        if source.value.get("kind", "") not in ("", *Source.Kind.values):
            yield source.place.error(f'"kind" must be one of {choices}.')


LAW_CHECKS: tuple[Callable[[Library], Iterator[LibraryError]], ...] = (legal_cautions, source_kinds)
