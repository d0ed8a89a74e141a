"""Whether there are reports for the person who is signed in, and words of reports."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from learning.reporting.permissions import opens_reports
from learning.reporting.tables import Shown
from modules.reference.dates import in_words
from modules.reference.marks import lang_of

register = template.Library()

LEFT_TO_RIGHT = SafeString(' dir="ltr"')
SIGNS = ("+", "-", "−")  # what would stand after its number in a line from right to left


@register.simple_tag(takes_context=True)
def has_reports(context: dict[str, Any]) -> bool:
    """Asks for the roles, once a request."""
    request = context.get("request")
    return request is not None and opens_reports(request.user)


@register.filter
def month(day: date) -> str:
    """The month of a day in words: "January 2026"."""
    return in_words(f"{day:%Y-%m}", get_language() or "en")


@register.filter
def in_cell(shown: Shown) -> SafeString:
    """What stands in a cell of a report; a link where there is a list behind it.

    Made here, not by a template of its own: a table has hundreds of them.
    """
    if shown.repeats and not shown.cell.link:
        return format_html('<span class="again">{}</span>', shown.text)
    is_signed = shown.column.is_number and shown.text[:1] in SIGNS
    is_turned = shown.column.is_number if shown.cell.link else is_signed
    direction = LEFT_TO_RIGHT if is_turned else lang_of(shown.text)
    words = format_html("<bdi{}>{}</bdi>", direction, shown.text)
    return format_html('<a href="{}">{}</a>', shown.cell.link, words) if shown.cell.link else words
