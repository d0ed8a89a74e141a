"""The practice questions of a lesson, each in its place."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from learning.attempts.practising import show
from learning.templatetags.progress import standing
from modules.courses.placing import anchors_in
from modules.questions.asking import Asked, ask_all

register = template.Library()


@dataclass(frozen=True)
class Questions:
    """What the questions of one lesson share."""

    asked: dict[str, Asked]
    anchors: dict[str, str]
    url: str
    stored: bool


@register.simple_tag(takes_context=True)
def practice(context: dict[str, Any], key: str) -> SafeString | str:
    """The form of a practice question; nothing where it cannot be asked any more.

    The first one asks for all of the lesson, in one query; whose answers are stored, the page
    knows already.
    """
    memory = context.render_context  # type: ignore[attr-defined]
    is_first = "practice" not in memory
    if is_first:
        memory["practice"] = _questions(context)
    shared: Questions = memory["practice"]
    if key not in shared.asked:
        return ""
    shown = show(
        shared.asked[key],
        shared.url,
        shared.anchors.get(key, key),
        context["request"].LANGUAGE_CODE,
        stored=shared.stored,
    )
    return render_to_string(
        "questions/section.html",
        {"practice": shown, "is_first": is_first, "csrf_token": context.get("csrf_token")},
    )


def _questions(context: dict[str, Any]) -> Questions:
    request, lesson, entry = context["request"], context["page"], context["lesson"]
    keys = [piece.question for piece in context["body"].pieces if piece.question]
    return Questions(
        asked=ask_all(keys, get_language() or "en"),
        anchors=anchors_in(lesson),
        # A preview has no place in the course yet.
        url=entry.url if entry else lesson.get_url(request) or "",
        stored=standing(context, context["course_page"]) is not None,
    )
