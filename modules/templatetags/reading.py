"""Tags and filters of the pages that people read."""

from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from modules.blocks.markdown import render, sources_in
from modules.blocks.simple import in_simple_words
from modules.courses.citing import References
from modules.questions.pictures import with_places
from modules.reference.amounts import amount, place
from modules.reference.dates import duration, in_words
from modules.reference.drawings import LEGEND, safe_drawing, safe_picture
from modules.reference.lists import (
    comma,
    html_with_numbers_kept,
    left_to_right,
    listed,
    with_numbers_kept,
)
from modules.reference.marks import lang_of
from modules.reference.models import LegalFigure
from modules.templatetags.icons import FOLDER, icon

register = template.Library()

register.simple_tag(comma)
register.filter(listed)
register.filter(left_to_right)
register.filter(in_simple_words)
register.filter(duration)
register.simple_tag(lang_of)


@dataclass(frozen=True)
class LawNote:
    """A dated figure of the law, in the words of the reader's language."""

    figure: LegalFigure
    amount: str
    place: str
    until: str
    checked: str
    sources: list[str]
    varies: bool


@dataclass(frozen=True)
class FigureText:
    caption: SafeString
    legend: SafeString


@dataclass(frozen=True)
class Titled:
    title: SafeString
    text: SafeString


@register.filter
def numbers_kept(text: str) -> str:
    """`with_numbers_kept`; what is HTML already stays HTML, and its tags stay as they are."""
    if isinstance(text, SafeString):
        kept = html_with_numbers_kept(f">{text}<")[1:-1]
        return mark_safe(kept)  # noqa: S308 (only marks for the direction of letters came in)
    return with_numbers_kept(text)


@register.filter
def day_in_words(day: str) -> str:
    """ "2027-03-01" as "1 March 2027", in the active language."""
    return in_words(day, get_language() or "en")


@register.filter
def weight(octets: int | None) -> str:
    """146500 as "147 kB" and 2400000 as "2.4 MB"; a file that is missing has no weight."""
    if octets is None:
        return ""
    language = get_language() or "en"
    if octets < 1_000_000:  # noqa: PLR2004 (a megabyte)
        kilobytes = format_decimal(max(1, round(octets / 1000)), locale=language)
        return gettext("{n} kB").format(n=kilobytes)
    return gettext("{n} MB").format(n=format_decimal(round(octets / 1e6, 1), locale=language))


@register.simple_tag
def course_icon(code: str) -> SafeString:
    """The drawing of a course: a file named for its code, else an open book."""
    name = f"course-{code}"
    return icon(name if (FOLDER / f"{name}.svg").exists() else "book")


@register.filter
def drawing(svg: str) -> SafeString:
    return mark_safe(safe_drawing(svg))  # noqa: S308 (sanitised)


@register.filter
def letter(number: int) -> str:
    """1 as "A": what the places of a picture are called."""
    return ascii_uppercase[number - 1]


@register.filter
def placed(svg: str, rows: Iterable[Any]) -> SafeString:
    """The picture of a question with its places, each as its row says it was chosen."""
    places = [
        (row.part.spot, f"{row.state} chosen".strip() if row.given else row.state) for row in rows
    ]
    return mark_safe(with_places(safe_picture(svg), places))  # noqa: S308 (sanitised; ours)


@register.simple_tag(takes_context=True)
def prose(context: Context, text: str) -> SafeString:
    """Lesson Markdown as HTML, with its terms explained as far as the page knows them."""
    references = context.get("references") or References()
    return mark_safe(render(text, references.glossary))  # noqa: S308 (sanitised)


@register.simple_tag(takes_context=True)
def titled(context: Context, text: str) -> Titled:
    """The heading that a text begins with, if it does, and what follows it."""
    html = prose(context, text)
    title, end, rest = html.partition("</h2>") if html.startswith("<h2>") else ("", "", html)
    return Titled(mark_safe(title + end), mark_safe(rest))  # noqa: S308 (sanitised by prose)


@register.simple_tag(takes_context=True)
def figure_text(context: Context, text: str, number: int | None) -> FigureText:
    """What stands before the legend, with the figure's number, and the legend by letter."""
    first = LEGEND.search(text)
    start = first.start() if first else len(text)
    numbered = gettext("Figure {number}.").format(number=number) if number else ""
    caption = f"**{numbered}** {text[:start]}" if numbered else text[:start]
    legend = LEGEND.sub(r"- **\1:** ", text[start:])
    return FigureText(prose(context, caption), prose(context, legend))


@register.simple_tag(takes_context=True)
def law(context: Context, key: str) -> LawNote | None:
    """The figure of the law that a box is about; None where it is not known (any more)."""
    return next(iter(law_rows(context, [key])), None)


@register.simple_tag(takes_context=True)
def law_rows(context: Context, keys: Iterable[str]) -> list[LawNote]:
    """The figures of the law that a table is about, in their order; unknown ones are left out."""
    figures = (context.get("references") or References()).figures
    return [law_note(figures[key]) for key in keys if key in figures]


def law_note(figure: LegalFigure) -> LawNote:
    """The figure in the active language."""
    language = get_language() or "en"
    return LawNote(
        figure,
        amount=amount(figure.value, figure.unit, language),
        place=place(figure.jurisdiction, language),
        until=in_words(figure.valid_to, language),
        checked=in_words(figure.checked_on.isoformat(), language),
        sources=sources_in(figure.source),
        varies="-" in figure.jurisdiction,
    )
