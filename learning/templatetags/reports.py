"""Whether there are reports for the person who is signed in, and words of reports."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language

from learning.reporting.permissions import opens_reports
from modules.reference.dates import in_words

register = template.Library()


@register.simple_tag(takes_context=True)
def has_reports(context: dict[str, Any]) -> bool:
    """Asks for the roles, once a request."""
    request = context.get("request")
    return request is not None and opens_reports(request.user)


@register.filter
def month(day: date) -> str:
    """The month of a day in words: "January 2026"."""
    return in_words(f"{day:%Y-%m}", get_language() or "en")
