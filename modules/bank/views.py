"""The list of questions, the page of one, and the preview that can be answered."""

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn, StatusTagColumn
from wagtail.admin.widgets import Button
from wagtail.permissions import page_permission_policy
from wagtail.snippets.views.snippets import (
    IndexView,
    InspectView,
    PreviewOnCreateView,
    PreviewOnEditView,
)

from modules.bank.advising import advice_on, advice_on_forms
from modules.bank.columns import QuestionColumn
from modules.bank.history import edits_of, versions_of
from modules.bank.naming import kind_label, language_name
from modules.bank.searching import holding
from modules.bank.uses import unasked_outcomes, uses_of
from modules.questions.models import Question, State
from modules.questions.shapes import SOURCE


class QuestionIndexView(IndexView):
    """The list; what it says above its rows is of the whole bank."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Out as the list is narrowed; in for who may add."""
        buttons: list[Button] = list(super().header_more_buttons)
        if self.request.user.has_perm("modules.change_question"):
            query = self.request.GET.urlencode()
            url = f"{reverse('question_export')}?{query}".removesuffix("?")
            buttons.append(Button(_("Export questions"), url, icon_name="download", priority=50))
        if self.request.user.has_perm("modules.add_question"):
            url = reverse("question_import")
            buttons.append(Button(_("Import questions"), url, icon_name="upload", priority=40))
        return buttons

    def get_base_queryset(self) -> QuerySet[Question]:
        return super().get_base_queryset().with_state().select_related("locale")

    def search_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        if not self.is_searching:
            return queryset
        return queryset.filter(pk__in=holding(queryset, self.search_query))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        english = Question.objects.filter(locale__language_code=SOURCE)
        bank = english.with_state().order_by().values_list("outcome", "state")  # type: ignore[misc]
        counted = list(bank.annotate(n=Count("pk")))
        states = Counter[str]()
        for _outcome, state, n in counted:
            states[state] += n
        asked = {outcome for outcome, state, _n in counted if state != State.RETIRED}
        return {
            **context,
            "states": [(state, State(state).label, states[state]) for state in State.values],
            "bank_size": states.total(),
            "unasked": unasked_outcomes(asked),
        }


class AdviceColumn(Column):
    """How many remarks there are; the form says them."""

    cell_template_name = "bank/advice_cell.html"

    def get_value(self, instance: Question) -> list[str]:
        return advice_on(instance)


def state_label(question: Question) -> str:
    return str(State(question.state).label)


COLUMNS: tuple[Any, ...] = (
    "key",
    QuestionColumn("stem", label=_("Question")),
    LocaleColumn(label=_("Language")),
    Column("outcome", label=_("Outcome"), sort_key="outcome"),
    Column("level", label=_("Level"), sort_key="level", accessor="get_level_display"),
    Column("kind", label=_("Kind"), accessor=lambda row: kind_label(row.kind)),
    Column("use", label=_("Use"), sort_key="use", accessor="get_use_display"),
    StatusTagColumn("state", label=_("State"), accessor=state_label),
    AdviceColumn("advice", label=_("Advice")),
)


class QuestionInspectView(InspectView):
    """The page of a question: what is known of it, where it is used, its versions, its edits."""

    template_name = "bank/question.html"
    page_title = _("Question")

    def get_object(self, queryset: Any = None) -> Question:
        rows = Question.objects.with_state().select_related("locale")
        return get_object_or_404(rows, pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.object
        rows = list(
            Question.objects.filter(translation_key=question.translation_key)
            .select_related("locale")
            .order_by("locale")
        )
        return {
            **super().get_context_data(**kwargs),
            "facts": facts_of(question),
            "state": State(question.state),
            "is_retired": question.state == State.RETIRED,
            "uses": uses_of(question.key),
            "may_edit_lessons": page_permission_policy.user_has_permission(
                self.request.user, "change"
            ),
            "versions": versions_of(question.key),
            "edits": edits_of(rows),
            "histories": [
                (
                    language_name(row.locale.language_code),
                    reverse(question.snippet_viewset.get_url_name("history"), args=[row.pk]),
                )
                for row in rows
            ],
            "advice": [*advice_on(question), *advice_on_forms(question.key)],
        }

    def get_fields_context(self) -> list[dict[str, Any]]:
        return []  # the template says them


def facts_of(question: Question) -> list[tuple[str, str]]:
    """What is known of a question beside its words; what nobody filled in is left out."""
    share = gettext("{n} of 100").format(n=question.expected)
    facts = (
        (gettext("Language"), language_name(question.locale.language_code)),
        (gettext("Kind"), kind_label(question.kind) if question.definition else ""),
        (gettext("Outcome"), question.outcome),
        (gettext("Level"), question.get_level_display()),
        (gettext("Use"), question.get_use_display()),
        (gettext("Expected right answers"), "" if question.expected is None else share),
        (gettext("Tags"), question.tags),
        (gettext("Author"), question.author),
        (gettext("Review"), question.get_review_display()),
    )
    return [(str(name), str(value)) for name, value in facts if value]


class AnswerablePreview:
    """Mixed into Wagtail's previews: what was answered in the preview goes along, and nowhere else.

    A question that is being typed may be unfinished: then the preview says what is missing.
    """

    request: Any

    def validate_form(self, form: ModelForm) -> bool:
        form.instance.is_being_typed = True
        return super().validate_form(form)  # type: ignore[misc]

    def get_extra_request_attrs(self) -> dict[str, Any]:
        return {
            **super().get_extra_request_attrs(),  # type: ignore[misc]
            "answered": self.request.GET,
            "answered_at": self.request.path,
        }


class QuestionPreviewOnCreateView(AnswerablePreview, PreviewOnCreateView):
    """A question that is not saved yet is previewed in English."""


class QuestionPreviewOnEditView(AnswerablePreview, PreviewOnEditView):
    """The same for a question that is there already."""
