"""Wagtail's admin of the question bank."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, Panel
from wagtail.snippets.views.snippets import SnippetViewSet

from modules.bank.advising import advice_on, advice_on_forms
from modules.bank.choosing import QuestionChooserViewSet
from modules.bank.filters import QuestionFilterSet
from modules.bank.forms import QuestionForm
from modules.bank.uses import uses_of
from modules.bank.views import (
    COLUMNS,
    QuestionIndexView,
    QuestionInspectView,
    QuestionPreviewOnCreateView,
    QuestionPreviewOnEditView,
)
from modules.questions.models import Question


class AdvicePanel(Panel):
    """What a guide for item writers would say of the question as it was saved last."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "bank/advice_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            advice = [*advice_on(self.instance), *advice_on_forms(self.instance.key)]
            return {**context, "advice": advice}


class UsesPanel(Panel):
    """Which lessons and forms ask the question."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "bank/uses_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            page = self.instance.snippet_viewset.get_url_name("inspect")
            return {
                **context,
                "uses": uses_of(self.instance.key),
                "is_retired": self.instance.retired,
                "page_url": reverse(page, args=[self.instance.pk]),
            }


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    index_view_class = QuestionIndexView
    inspect_view_class = QuestionInspectView
    chooser_viewset_class = QuestionChooserViewSet
    inspect_view_enabled = True
    preview_on_add_view_class = QuestionPreviewOnCreateView
    preview_on_edit_view_class = QuestionPreviewOnEditView
    filterset_class = QuestionFilterSet
    index_template_name = "bank/questions.html"
    index_results_template_name = "bank/questions_results.html"
    inspect_template_name = "bank/question.html"
    list_display: ClassVar = list(COLUMNS)
    search_fields: ClassVar = ["key"]
    edit_handler = ObjectList(
        [
            *Question.panels,
            AdvicePanel(heading=_("Advice")),
            UsesPanel(heading=_("Where it is used")),
        ],
        base_form_class=QuestionForm,
    )
