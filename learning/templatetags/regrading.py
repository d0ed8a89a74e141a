"""Marking again: a decision in words, and whether a question's tests may wait for one."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

from learning.attempts.permissions import regrades_tests
from learning.attempts.regrading import versions_asked
from learning.cascade.regraded import how_of, version_now
from learning.people.models import Programme
from modules.questions.models import QuestionVersion

register = template.Library()

register.filter("how_marked", how_of)


@register.simple_tag(takes_context=True)
def has_regrades(context: dict[str, Any]) -> bool:
    """Whether the person may have tests marked again; asks for the roles, once a request."""
    request = context.get("request")
    return request is not None and regrades_tests(request.user)


@dataclass(frozen=True)
class Older:
    """So many tests ask a version that the question is not any more; `url` for who may decide."""

    n: int
    url: str


@register.simple_tag(takes_context=True)
def older_versions_in_tests(context: dict[str, Any], question: str) -> Older:
    """One query and those of the question as it is now; one more where another version is kept."""
    versions = list(QuestionVersion.objects.filter(key=question))
    if not versions:
        return Older(0, "")
    now = version_now(question, versions)
    others = [version.n for version in versions if version.n != now]
    asked = versions_asked(question, Programme.objects.all()) if others else {}
    older = sum(asked.get(n, 0) for n in others)
    may = regrades_tests(context["request"].user)
    return Older(older, reverse("regrade_question", args=[question]) if may else "")
