"""Choosing a question from the bank, where a form asks it: by its words, outcome and level."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)

from modules.bank.columns import QuestionColumn
from modules.bank.searching import holding
from modules.questions.models import Question
from modules.questions.shapes import SOURCE


class QuestionFilterForm(BaseFilterForm):
    """As the list of the bank is searched: by key and words."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)

    def filter(self, objects: QuerySet[Question]) -> QuerySet[Question]:
        self.search_query = self.cleaned_data.get("q")
        if not self.search_query:
            return objects
        self.is_searching = True
        return objects.filter(pk__in=holding(objects, self.search_query))


class FromTheBank:
    """Mixed into Wagtail's choosers: English questions that are still asked."""

    filter_form_class = QuestionFilterForm

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
