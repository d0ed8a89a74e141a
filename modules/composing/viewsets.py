"""Wagtail's admin of tests, forms and blueprints."""

from typing import Any, ClassVar

from django.db import models
from django.forms import Select
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from modules.composing.advising import advice_on_form
from modules.composing.forms import BlueprintForm, FormForm, TestForm
from modules.composing.permissions import ComposingPolicy
from modules.composing.reading import lines_by_key
from modules.composing.views import BlueprintCreateView, BlueprintInspectView, KeepingDeleteView
from modules.papers.contents import Blueprint, Form
from modules.papers.models import Test as CourseTest

for model in (CourseTest, Form, Blueprint):
    register_permission_policy(model, ComposingPolicy(model), exact_class=True)

HOLDS_AT_ONCE = _(
    "What you save holds for whoever begins the test from now on. Papers that were begun stay as"
    " they are."
)


def page_to_edit(row: models.Model) -> str:
    """Where the list leads to."""
    view = row.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]
    return reverse(view, args=[row.pk])


COURSE = TitleColumn("course_code", label=_("Course"), sort_key="course_code", get_url=page_to_edit)


class OfSavedPanel(Panel):
    """Says something of what was saved last."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.pk)


class QuestionsPanel(OfSavedPanel):
    """The questions of a form in their order, with what to think over."""

    class BoundPanel(OfSavedPanel.BoundPanel):
        template_name = "composing/questions_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            keys = self.instance.question_keys
            there = lines_by_key(keys)
            lines = [there.get(key) for key in keys]
            advice = list(advice_on_form(lines, keys))
            context = super().get_context_data(parent_context)
            return {**context, "lines": [one for one in lines if one], "advice": advice}


class PagePanel(OfSavedPanel):
    """The way to the page of a blueprint."""

    class BoundPanel(OfSavedPanel.BoundPanel):
        template_name = "composing/page_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            page = self.instance.snippet_viewset.get_url_name("inspect")
            return {**context, "page_url": reverse(page, args=[self.instance.pk])}


class SavedFieldPanel(FieldPanel):
    """A field that there is only once the object is saved."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()


class TestViewSet(SnippetViewSet):
    __test__ = False  # pytest

    model = CourseTest
    icon = "form"
    copy_view_enabled = False
    list_display: ClassVar = [
        COURSE,
        Column("purpose", label=_("Purpose"), accessor="get_purpose_display"),
        Column("drawing", label=_("Questions"), accessor="get_drawing_display"),
        Column("minutes", label=_("Minutes")),
        Column("attempts", label=_("Attempts")),
        Column("feedback_when", label=_("Feedback"), accessor="get_feedback_when_display"),
    ]
    list_filter: ClassVar = ["course_code", "purpose", "drawing"]
    edit_handler = ObjectList(
        [
            HelpPanel(HOLDS_AT_ONCE),
            FieldRowPanel([FieldPanel("course_code"), FieldPanel("purpose", heading=_("Purpose"))]),
            MultiFieldPanel(
                [
                    FieldPanel("drawing", heading=_("Where its questions come from")),
                    FieldRowPanel(
                        [
                            FieldPanel("fixed_form", heading=_("The one form"), widget=Select),
                            FieldPanel("blueprint", heading=_("Blueprint"), widget=Select),
                        ]
                    ),
                ],
                heading=_("Paper"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("minutes", heading=_("Minutes")),
                            FieldPanel("attempts", heading=_("Attempts")),
                        ]
                    ),
                    FieldRowPanel(
                        [
                            FieldPanel("wait_days", heading=_("Days to wait")),
                            FieldPanel("counts", heading=_("What counts")),
                        ]
                    ),
                ],
                heading=_("Attempts and time"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("waves"),
                            FieldPanel(
                                "tolerance_days", heading=_("Days before and after its day")
                            ),
                        ]
                    ),
                ],
                heading=_("Some months after the course"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("opens_at", heading=_("Opens")),
                            FieldPanel("closes_at", heading=_("Closes")),
                        ]
                    ),
                    FieldPanel("by_cohort", heading=_("By cohort")),
                ],
                heading=_("Dates and access"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("feedback_when", heading=_("Feedback")),
                    FieldRowPanel(
                        [
                            FieldPanel("negative_marking", heading=_("A wrong choice costs marks")),
                            FieldPanel("changes_all"),
                        ]
                    ),
                    FieldPanel("second_marker", heading=_("Second marker, per cent")),
                ],
                heading=_("Feedback and marks"),
            ),
        ],
        base_form_class=TestForm,
    )


class FormViewSet(SnippetViewSet):
    model = Form
    icon = "list-ol"
    copy_view_enabled = False
    delete_view_class = KeepingDeleteView
    list_display: ClassVar = [
        COURSE,
        Column("label", label=_("Form")),
        Column("blueprint", label=_("Blueprint")),
    ]
    list_filter: ClassVar = ["course_code"]
    edit_handler = ObjectList(
        [
            HelpPanel(HOLDS_AT_ONCE),
            FieldRowPanel(
                [
                    FieldPanel("course_code"),
                    FieldPanel("label", heading=_("Form")),
                    FieldPanel("blueprint", heading=_("Blueprint"), widget=Select),
                ]
            ),
            FieldPanel(
                "questions",
                help_text=_(
                    "In the order in which they are asked. Put questions about one case one after"
                    " the other."
                ),
            ),
            QuestionsPanel(heading=_("As it was saved last")),
        ],
        base_form_class=FormForm,
    )


class BlueprintViewSet(SnippetViewSet):
    model = Blueprint
    icon = "table"
    copy_view_enabled = False
    inspect_view_enabled = True
    add_view_class = BlueprintCreateView
    delete_view_class = KeepingDeleteView
    inspect_view_class = BlueprintInspectView
    inspect_template_name = "composing/blueprint.html"
    list_display: ClassVar = [
        COURSE,
        Column("key", label=_("Key")),
    ]
    list_filter: ClassVar = ["course_code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("course_code"), FieldPanel("key", heading=_("Key"))]),
            PagePanel(heading=_("How far the pool reaches")),
            SavedFieldPanel(
                "cells",
                help_text=_("How many questions of each outcome and level a paper asks."),
            ),
            SavedFieldPanel(
                "pool",
                help_text=_(
                    "What papers may be drawn from. A question that stands in every paper tells"
                    " how hard the others were."
                ),
            ),
        ],
        base_form_class=BlueprintForm,
    )
