"""Filters of the pages that say what changed in a course."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from modules.courses import naming_changes as naming
from modules.courses.comparing import EntryChange

register = template.Library()

register.filter(naming.lines)
register.filter(naming.block_name)
register.filter(naming.figure_lines)
register.filter(naming.form_words)
register.filter(naming.blueprint_lines)
register.filter(naming.purpose_label)


@register.filter
def named(changed: Any, names: Mapping[str, Any]) -> Any:
    """What stands in `names` under the key of a change; None for nothing."""
    return names.get(changed.key)


@register.filter
def figure_place(change: EntryChange) -> str:
    return naming.figure_place(change, get_language() or "en")
