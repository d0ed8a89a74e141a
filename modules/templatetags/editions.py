"""Tags of books: what a writer makes of an author's text."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from modules.blocks.markdown import heading
from modules.blocks.simple import in_simple_words
from modules.editions import drawings
from modules.reference.amounts import place
from modules.reference.drawings import LEGEND
from modules.templatetags.reading import Titled

register = template.Library()

register.filter(drawings.picture)
register.filter(in_simple_words)
register.filter(heading)


@dataclass(frozen=True)
class Captioned:
    number: str
    caption: SafeString
    legend: SafeString


@register.simple_tag(takes_context=True)
def written(context: Context, text: str) -> SafeString:
    """Lesson Markdown as the book has it."""
    return context["writer"].prose(text)


@register.simple_tag(takes_context=True)
def inline(context: Context, text: str) -> SafeString:
    """A sentence or two of an author inside a line."""
    return context["writer"].inline(text)


@register.simple_tag(takes_context=True)
def captioned(context: Context, text: str) -> Captioned:
    """The next number of a figure, what stands before its legend, and the legend by letter."""
    writer = context["writer"]
    first = LEGEND.search(text)
    start = first.start() if first else len(text)
    return Captioned(
        number=gettext("Figure {number}.").format(number=writer.next_number("figures")),
        caption=writer.prose(text[:start]),
        legend=writer.prose(LEGEND.sub(r"- **\1:** ", text[start:])),
    )


@register.simple_tag(takes_context=True)
def titled_text(context: Context, text: str) -> Titled:
    """The heading that a text begins with, if it does, and what follows it."""
    html = context["writer"].prose(text)
    title, end, rest = html.partition("</h2>") if html.startswith("<h2") else ("", "", html)
    return Titled(mark_safe(title + end), mark_safe(rest))  # noqa: S308 (sanitised by prose)


@register.simple_tag(takes_context=True)
def next_table(context: Context) -> str:
    return gettext("Table {number}.").format(number=context["writer"].next_number("tables"))


@register.filter
def place_name(code: str) -> str:
    return place(code, get_language() or "en")


@register.filter
def lines(n: int) -> SafeString:
    """Lines to write on."""
    return mark_safe('<p class="line"></p>' * n)  # noqa: S308 (no input in it)


@register.filter
def filled(html: str, filling: dict[str, int]) -> SafeString:
    """The chapter with pages for notes before the exercises that `filling` names."""
    page = format_html(
        '<div class="page lines"><p class="label">{}</p>{}</div>', gettext("Notes"), lines(25)
    )
    for anchor, pages in filling.items():
        begin = f'<section class="exercise" id="{anchor}">'
        html = html.replace(begin, page * pages + begin)
    return mark_safe(html)  # noqa: S308 (written by our templates)
