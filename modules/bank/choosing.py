"""Choosing a question from the bank, where a form asks it: by its words, outcome and level."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)

from modules.bank.columns import QuestionColumn
from modules.questions.models import Question
from modules.questions.shapes import SOURCE


class FromTheBank:
    """Mixed into Wagtail's choosers: English questions that are still asked."""

    model: type[Question]

    def get_object_list(self) -> QuerySet[Question]:
        english = Question.objects.asked().filter(locale__language_code=SOURCE)
        return english.select_related("locale").order_by("key")

    @property
    def columns(self) -> list[Column]:
        found: list[Any] = super().columns  # type: ignore[misc]
        return [
            found[0],
            QuestionColumn("stem", label=_("Question")),
            Column("outcome", label=_("Outcome")),
            Column("level", label=_("Level"), accessor="get_level_display"),
            Column("use", label=_("Use"), accessor="get_use_display"),
        ]


class QuestionChooseView(FromTheBank, ChooseView):
    """The whole dialogue."""


class QuestionChooseResultsView(FromTheBank, ChooseResultsView):
    """Its list alone, after a search."""


class QuestionChooserViewSet(SnippetChooserViewSet):
    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionChooseResultsView
