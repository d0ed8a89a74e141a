"""What the admin says after a question was saved; its pages stand in `bank`."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from modules.questions.models import Question
from modules.questions.sharing import telling_another_case
from modules.reference.lists import listed


def say_when_cases_differ(request: HttpRequest, saved: Any) -> None:
    """A warning and no refusal: the questions of a set can only be changed one after the other."""
    others = telling_another_case(saved) if isinstance(saved, Question) else []
    if others:
        said = _("In the same set, but with another case: {keys}. Make the cases equal.")
        messages.warning(request, said.format(keys=listed(others)))
