"""Which desks the person who is signed in has, for the menu."""

from typing import Any

from django import template

from learning.attempts.permissions import marks_tests
from learning.cascade.permissions import has_training_desk
from learning.imports.permissions import imports_rosters

register = template.Library()


@register.simple_tag(takes_context=True)
def has_marking_desk(context: dict[str, Any]) -> bool:
    """Whether answers may wait for this person; asks for the roles, once a request."""
    request = context.get("request")
    return request is not None and marks_tests(request.user)


@register.simple_tag(takes_context=True)
def has_rosters(context: dict[str, Any]) -> bool:
    """Whether this person imports lists of people; asks for the roles, once a request."""
    request = context.get("request")
    return request is not None and imports_rosters(request.user)


@register.simple_tag(takes_context=True)
def has_desk(context: dict[str, Any]) -> bool:
    """Whether the person prepares or administers training sessions; asks for the roles as above."""
    request = context.get("request")
    return request is not None and has_training_desk(request.user)
