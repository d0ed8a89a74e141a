"""How the blocks of a lesson become the text people read, kept for the next reader.

What is kept depends on the page's revision, the language of the reader, on whether it holds
facilitators' matter and on whether it is in simple words, and on nothing else: nothing personal
and no form is in it.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Page

from modules.blocks.languages import language_attributes, language_of_block
from modules.blocks.simple import has_simple_words
from modules.courses.citing import References, references_of
from modules.courses.weighing import weight_of

if TYPE_CHECKING:
    from modules.courses.models import LessonPage

KEEP_SECONDS = 24 * 3600
# A mark that is renewed when a source, a term or a figure changes: any lesson may cite it.
CITED = "lesson:cited"
# These stand inside the section before them, where it can hold them, else in one of their own.
INSETS = frozenset({"figure", "media", "download"})
HOSTS = frozenset({"text", "case"})


@dataclass(frozen=True)
class Piece:
    """A finished section, or the key of a practice question, which is asked afresh each time."""

    html: str = ""
    question: str = ""


@dataclass(frozen=True)
class Body:
    """The text of a lesson, in order, and what a first visit to it costs."""

    pieces: tuple[Piece, ...]
    weight: int  # bytes
    has_simple: bool = False  # whether readers can choose simple words
    in_part: bool = False  # some of it is in English, the rest in the language of the page


def language_of(page: Page) -> str:
    """The language that the text of `page` is in: an alias shows the English text."""
    return "en" if page.alias_of_id else translation.get_language() or "en"


def revision_of(page: "LessonPage") -> int | None:
    """The published revision whose text readers of `page` see: an alias shows its source's."""
    return (page.alias_of or page).live_revision_id


def make_body(page: "LessonPage", *, facilitator: bool, simple: bool = False) -> Body:
    """The text of a published lesson, made now and kept under `key_of`."""
    # What it cites may change meanwhile: it is kept with the mark from before.
    cited = cache.get_or_set(CITED, _new_mark, timeout=None)
    # An alias follows its source a moment later, so the source's own text is rendered.
    source = type(page).objects.get(pk=page.alias_of_id) if page.alias_of_id else page
    body = render_body(source, language_of(page), facilitator=facilitator, simple=simple)
    revision = revision_of(page)
    if revision and source.live_revision_id == revision:
        language = translation.get_language() or "en"
        key = key_of(revision, language, facilitator=facilitator, simple=simple)
        cache.set(key, (cited, body), KEEP_SECONDS)
    return body


def key_of(revision: int | None, language: str, *, facilitator: bool, simple: bool = False) -> str:
    audience = "facilitator" if facilitator else "everybody"
    words = "simple" if simple else "full"
    return f"lesson:{settings.RELEASE}:{revision}:{language}:{audience}:{words}"


def kept_body(found: Mapping[str, Any], key: str) -> Body | None:
    """The text in `found`, which the cache has of `key` and `CITED`; None when out of date."""
    cited, body = found.get(key, (None, None))
    return body if cited == found.get(CITED) else None


def forget_bodies() -> None:
    """Forget all kept texts: for when a source, a term or a figure of the law has changed."""
    cache.set(CITED, _new_mark(), timeout=None)


def _new_mark() -> str:
    return uuid.uuid4().hex


def render_body(
    page: "LessonPage", language: str, *, facilitator: bool, simple: bool = False
) -> Body:
    """The sections of `page`, with the words around its text in `language`; three queries.

    With `simple`, texts stand in simple words as far as they have them. What a translation leaves
    in English has English words around it, for three queries more.
    """
    blocks = page.visible_blocks(facilitator=facilitator)
    languages = {language, *(language_of_block(block.value, language) for block in blocks)}
    references = {code: references_of(blocks, code) for code in sorted(languages)}
    with translation.override(language):
        pieces = tuple(_pieces(blocks, references, language, simple=simple))
    questions = sum(bool(piece.question) for piece in pieces)
    return Body(
        pieces,
        weight_of("".join(piece.html for piece in pieces), questions),
        has_simple=any(has_simple_words(block.value) for block in blocks),
        in_part=len(languages) > 1,
    )


def _pieces(
    blocks: Sequence[Any], references: Mapping[str, References], language: str, *, simple: bool
) -> Iterator[Piece]:
    parts, figures = count(1), count(1)
    total = sum(block.block_type == "text" for block in blocks)
    for host, insets in _sections(blocks):
        if host is not None and host.block_type == "question":
            yield Piece(question=host.value["use"])
            continue
        around = language_of_block((host or insets[0]).value, language)
        context = {"total": total, "insets": [], "simple": simple}
        for inset in insets:
            number = next(figures) if inset.block_type == "figure" else None
            own = language_of_block(inset.value, language)
            context["insets"].append(_rendered(inset, references[own], own, around, number=number))
        if host is None:
            yield Piece(_row_of_insets(insets[0].block_type, around, language, context["insets"]))
        else:
            context["number"] = next(parts) if host.block_type == "text" else None
            yield Piece(_rendered(host, references[around], around, language, **context))
    if not any(block.block_type == "sources" for block in blocks) and references[language].sources:
        yield Piece(render_to_string("blocks/sources.html", {"references": references[language]}))


def _rendered(
    block: Any, references: References, language: str, around: str, **context: Any
) -> str:
    """`block` in its own language, which it names where that is not the one `around` it."""
    named = _attributes(language, around)
    with translation.override(language):
        return block.render({"references": references, "language_attributes": named, **context})


def _row_of_insets(kind: str, language: str, around: str, insets: list[str]) -> str:
    """A section for insets that follow no text, in the language of the first."""
    named = _attributes(language, around)
    context = {"kind": kind, "insets": insets, "language_attributes": named}
    with translation.override(language):
        return render_to_string("blocks/insets.html", context)


def _attributes(language: str, around: str) -> str:
    return "" if language == around else language_attributes(language)


def _sections(blocks: Sequence[Any]) -> list[tuple[Any, list[Any]]]:
    """Each section's first block with the insets it holds; None where insets stand alone."""
    sections: list[tuple[Any, list[Any]]] = []
    for block in blocks:
        if block.block_type not in INSETS:
            sections.append((block, []))
        elif sections and (sections[-1][0] is None or sections[-1][0].block_type in HOSTS):
            sections[-1][1].append(block)
        else:
            sections.append((None, [block]))
    return sections
