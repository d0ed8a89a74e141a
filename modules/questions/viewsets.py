"""Wagtail's admin of the question bank."""

from typing import ClassVar

from wagtail.snippets.views.snippets import SnippetViewSet

from modules.questions.models import Question


class QuestionViewSet(SnippetViewSet):
    model = Question
    search_fields: ClassVar = ["key", "outcome"]
    list_filter: ClassVar = ["use", "level"]
