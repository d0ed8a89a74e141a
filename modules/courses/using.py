"""Where a figure of the law or a glossary term is used, so that editors know what a change touches.

What readers see now is searched: live lessons and questions in every language.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page

from modules.blocks.lesson import LessonBody, law_keys_in
from modules.blocks.markdown import terms_in
from modules.courses.models import CoursePage, LessonPage
from modules.questions.models import Question
from modules.reference.models import GlossaryTerm, LegalFigure

POCKET = "pocket"
# Which blocks of a lesson with a pocket card the pocket book prints it from.
FIGURES_PRINTED, TERMS_PRINTED = frozenset({"law", "figures"}), frozenset({POCKET})


@dataclass(frozen=True)
class Use:
    """One block or question that shows it. `url` is "" where readers have no page of it."""

    language: str
    course: str
    lesson: str
    what: str  # kind of the block, or the key of the question
    url: str
    edit_url: str
    in_pocket_book: bool = False

    @property
    def language_name(self) -> str:
        return str(dict(settings.LANGUAGES).get(self.language, self.language))


def uses_of(row: Model) -> list[Use]:
    """Where a `LegalFigure` or `GlossaryTerm` is used, in any language; `[]` for anything else."""
    if isinstance(row, LegalFigure):
        return uses_of_figure(row.key)
    return uses_of_term(row.key) if isinstance(row, GlossaryTerm) else []


def uses_of_figure(key: str) -> list[Use]:
    """In law boxes and law tables, language by language; two queries."""
    return list(_in_lessons(key, lambda value: key in law_keys_in(value), FIGURES_PRINTED))


def uses_of_term(key: str) -> list[Use]:
    """In blocks and in questions, language by language; three queries."""

    def marks(value: Any) -> bool:
        return key in terms_in(json.dumps(value, ensure_ascii=False))

    uses = [*_in_lessons(key, marks, TERMS_PRINTED), *_in_questions(key, marks)]
    return sorted(uses, key=lambda use: (use.language != "en", use.language))


def uses_of_question(key: str) -> list[Use]:
    """In the lessons that practise it, language by language; two queries."""
    return list(_in_lessons(key, lambda value: value.get("use") == key, frozenset()))


def _in_lessons(key: str, shows: Callable[[Any], bool], printed: frozenset[str]) -> Iterator[Use]:
    courses = dict(CoursePage.objects.values_list("path", "short_title"))
    lessons = LessonPage.objects.live().filter(alias_of__isnull=True).select_related("locale")
    for lesson in _holding(lessons, "body", key).order_by("locale", "path"):
        blocks = [raw for raw in lesson.body.raw_data if shows(raw["value"])]
        has_card = any(raw["type"] == POCKET for raw in lesson.body.raw_data)
        for raw in blocks:
            yield Use(
                lesson.locale.language_code,
                courses.get(lesson.path[: -Page.steplen], ""),
                lesson.title,
                str(LessonBody.base_blocks[raw["type"]].label),
                f"{lesson.get_url() or ''}#{raw['value']['anchor']}",
                reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
                has_card and raw["type"] in printed,
            )


def _in_questions(key: str, shows: Callable[[Any], bool]) -> Iterator[Use]:
    questions = Question.objects.asked().select_related("locale")
    for question in _holding(questions, "definition", key).order_by("locale", "key"):
        if shows(question.table):
            yield Use(
                question.locale.language_code,
                "",
                str(question.get_use_display()),
                question.key,
                "",
                reverse(question.snippet_viewset.get_url_name("edit"), args=[question.pk]),
            )


def _holding(rows: QuerySet, field: str, text: str) -> QuerySet:
    """Rows whose JSON holds `text`, which databases write with or without escapes."""
    escaped = json.dumps(text)[1:-1]
    found = rows.annotate(searched=Cast(field, TextField()))
    return found.filter(Q(searched__contains=text) | Q(searched__contains=escaped))
