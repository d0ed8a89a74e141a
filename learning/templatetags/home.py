"""What the template of the home page needs of the record."""

from typing import Any

from django import template

from learning.home.continuing import HomeView, home_view

register = template.Library()


@register.simple_tag(takes_context=True)
def courses_and_progress(context: dict[str, Any]) -> HomeView:
    """The courses below the page, with the progress of the person who is signed in."""
    request = context["request"]
    person = None if request.user.is_anonymous else request.user.person
    return home_view(context["page"], person, request)
