"""Names of tests."""

from django import template
from django.utils.translation import gettext

from modules.papers.models import Purpose

register = template.Library()


@register.simple_tag
def test_name(purpose: str) -> str:
    """What people call a test: “Pre-test”."""
    return gettext("Pre-test") if purpose == Purpose.PRE else gettext("Post-test")
