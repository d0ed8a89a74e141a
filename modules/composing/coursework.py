"""Wagtail's admin of coursework."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from modules.composing.forms import OfCourseForm
from modules.composing.permissions import ComposingPolicy
from modules.composing.reading import english_questions
from modules.composing.viewsets import COURSE
from modules.coursework.asking import can_be_handed_in
from modules.coursework.models import Assignment, FileType
from modules.questions.freezing import live_definitions
from modules.questions.models import Question, State
from modules.questions.rubrics import example_of
from modules.questions.shapes import SOURCE

register_permission_policy(Assignment, ComposingPolicy(Assignment), exact_class=True)


def question_choices() -> list[tuple[str, str]]:
    """The tasks there are: live questions that can be handed in, by key."""
    rows = english_questions().with_state().filter(use=Question.Use.TEST).order_by("key")
    return [
        (row.key, f"{row.key} ({row.outcome})")
        for row in rows
        if row.state == State.LIVE and can_be_handed_in(row.kind, row.use)
    ]


class AssignmentForm(OfCourseForm):
    """Coursework keeps its course and key: what was handed in is found by them."""

    fixed = ("course_code", "key")
    question_key = forms.ChoiceField(
        label=_("Task and rubric"),
        choices=question_choices,
        help_text=_("A published question of the kind “Longer text, marked by a rubric”."),
    )
    file_types = forms.MultipleChoiceField(
        label=_("Types of files"),
        choices=FileType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def problems(self, cleaned: dict[str, Any]) -> Iterator[str]:
        """Reviewers need an example to begin with the same measure."""
        key = cleaned["question_key"]
        if cleaned["reviews"] and example_of(live_definitions([key])[key], SOURCE) is None:
            yield gettext(
                "The question has no example that reviewers rate first. Write one there, or let the"
                " trainer mark alone: 0 reviews."
            )


class AssignmentViewSet(SnippetViewSet):
    model = Assignment
    icon = "doc-full-inverse"
    menu_label = _("Coursework")
    copy_view_enabled = False
    list_display: ClassVar = [
        COURSE,
        Column("key", label=_("Key")),
        Column("question_key", label=_("Task")),
        Column("reviews", label=_("Reviews")),
        Column("days_to_review", label=_("Days to review")),
    ]
    list_filter: ClassVar = ["course_code"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "What you save holds for whoever begins the work from now on. Work that was"
                    " begun keeps its task, its rubric and these settings."
                )
            ),
            FieldRowPanel([FieldPanel("course_code"), FieldPanel("key", heading=_("Key"))]),
            FieldPanel("question_key"),
            MultiFieldPanel(
                [
                    FieldPanel("handed_in_as", heading=_("Handed in as")),
                    FieldPanel("file_types"),
                    FieldPanel("most_mb", heading=_("Megabytes at most")),
                ],
                heading=_("What is handed in"),
            ),
            FieldRowPanel(
                [
                    FieldPanel("reviews", heading=_("Reviews of each piece of work")),
                    FieldPanel("days_to_review", heading=_("Days to review")),
                ],
                heading=_("Who marks"),
            ),
        ],
        base_form_class=AssignmentForm,
    )
