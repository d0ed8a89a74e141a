"""What the form components ask about a form."""

from django import template
from django.forms import BaseForm

register = template.Library()


@register.filter
def asks_password(form: BaseForm) -> bool:
    """Whether `form` has a password field: its content is never sent back to be shown again."""
    return any(bound.widget_type == "password" for bound in form.visible_fields())
