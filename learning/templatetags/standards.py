"""Whether the person who is signed in sets pass marks."""

from typing import Any

from django import template

from learning.standards.permissions import sets_standards

register = template.Library()


@register.simple_tag(takes_context=True)
def has_standards(context: dict[str, Any]) -> bool:
    request = context.get("request")
    return request is not None and sets_standards(request.user)
