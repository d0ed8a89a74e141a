"""The practice questions of a lesson, each in its place."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import cache
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from learning.attempts.practising import answer, show
from learning.templatetags.progress import standing
from modules.courses.keeping import KEEP_SECONDS
from modules.courses.placing import anchors_in
from modules.courses.reading import Piece
from modules.questions.asking import Asked, ask_all
from modules.questions.case_sets import runs_in

register = template.Library()

# What stands in a kept form for what belongs to one reader and one visit.
NO_TOKEN = "token-of-the-reader"  # noqa: S105 (nobody's)
NO_FACT = str(uuid.UUID(int=0))


@dataclass(frozen=True)
class Forms:
    """The forms of one lesson by question, and the token of the reader, made when it is needed."""

    sections: dict[str, str]
    token: object

    def of(self, key: str) -> SafeString | str:
        html = self.sections.get(key, "")
        if NO_TOKEN in html:
            html = html.replace(NO_TOKEN, str(self.token)).replace(NO_FACT, str(uuid.uuid4()))
        return mark_safe(html)  # noqa: S308 (rendered by our own template, which escapes)


@register.simple_tag(takes_context=True)
def practice(context: dict[str, Any], key: str) -> SafeString | str:
    """The form of a practice question; nothing where it cannot be asked any more.

    The first one brings those of all the lesson, in one query; whose answers are stored, the page
    knows already.
    """
    memory = context.render_context  # type: ignore[attr-defined]
    if "practice" not in memory:
        memory["practice"] = Forms(_sections(context), context.get("csrf_token", ""))
    forms: Forms = memory["practice"]
    return forms.of(key)


@register.simple_tag(takes_context=True)
def preview_question(context: dict[str, Any], asked: Asked) -> str:
    """A question that its author may answer while she writes it; stored is nothing.

    The request says what was answered, and where the preview is.
    """
    request = context["request"]
    sent: QueryDict = getattr(request, "answered", None) or QueryDict()
    practice = show(asked, "", "question", get_language() or "en", fact_id=None)
    kept = {"mode": request.preview_mode} if request.preview_mode else {}
    practice = replace(practice, url=getattr(request, "answered_at", ""), kept=kept)
    if "check" in sent:
        practice = answer(practice, sent)
    template = "questions/form.html" if context["is_piece"] else "questions/section.html"
    return render_to_string(template, {"practice": practice, "is_first": True})


def _sections(context: dict[str, Any]) -> dict[str, str]:
    """The forms of the lesson, kept until any content changes.

    Those of a preview never are, nor those of a visitor, whose page is kept as a whole.
    """
    lesson, entry = context["page"], context["lesson"]
    # A preview has no place in the course yet.
    url = entry.url if entry else lesson.get_url(context["request"]) or ""
    stored = standing(context, context["course_page"]) is not None
    mark, language = context["content_mark"], context["request"].LANGUAGE_CODE
    key = f"practice:{settings.RELEASE}:{mark}:{lesson.pk}:{language}:{get_language()}:{stored}"
    kept = cache.get(key) if mark else None
    if kept is None:
        kept = _render(context, url, language, stored=stored)
        if mark:
            cache.set(key, kept, KEEP_SECONDS)
    return kept


def _render(context: dict[str, Any], url: str, language: str, *, stored: bool) -> dict[str, str]:
    keys = [piece.question for piece in context["body"].pieces if piece.question]
    asked = ask_all(keys, get_language() or "en")
    anchors = anchors_in(context["page"])
    first = next((key for key in keys if key in asked), None)
    told = _told(context["body"].pieces, asked)
    return {
        key: render_to_string(
            "questions/section.html",
            {
                "practice": replace(
                    show(
                        asked[key],
                        url,
                        anchors.get(key, key),
                        language,
                        fact_id=uuid.UUID(NO_FACT) if stored else None,
                    ),
                    **told.get(key, {}),
                ),
                "is_first": key == first,
                "csrf_token": NO_TOKEN,
            },
        )
        for key in keys
        if key in asked
    }


def _told(pieces: Sequence[Piece], asked: Mapping[str, Asked]) -> dict[str, dict[str, Any]]:
    """Of each question about the case of its neighbours: the run, and who tells the case."""
    found = {}
    for is_question, group in groupby(pieces, key=lambda piece: bool(piece.question)):
        keys = [piece.question for piece in group if piece.question in asked]
        runs = runs_in([asked[key].shown for key in keys]) if is_question else ()
        for key, run in zip(keys, runs, strict=True):
            if run:
                found[key] = {"run": run, "teller": f"practice-{keys[run.first - 1]}"}
    return found
