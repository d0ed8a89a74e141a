"""What the list of questions can be narrowed to."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from modules.bank.naming import kind_choices
from modules.courses.models import Course
from modules.questions.models import Question, QuestionQuerySet, State, in_order
from modules.reference.models import Outcome


def course_choices() -> list[tuple[str, str]]:
    return [
        (code, code) for code in Course.objects.order_by("number").values_list("code", flat=True)
    ]


def outcome_choices() -> list[tuple[str, str]]:
    rows = Outcome.objects.filter(locale__language_code="en").order_by("course_code", "code")
    return [(row.code, str(row)) for row in rows]


def tag_choices() -> list[tuple[str, str]]:
    texts = Question.objects.exclude(tags="").values_list("tags", flat=True).distinct()
    tags = in_order(tag for text in texts.order_by() for tag in text.split(","))
    return [(tag, tag) for tag in sorted(tags, key=str.casefold)]


class QuestionFilterSet(WagtailFilterSet):
    course = django_filters.ChoiceFilter(
        label=_("Course"), choices=course_choices, method="of_course"
    )
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=outcome_choices)
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Outcome.Level.choices)
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=kind_choices, field_name="definition__0__type"
    )
    use = django_filters.ChoiceFilter(label=_("Use"), choices=Question.Use.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)
    tags = django_filters.ChoiceFilter(label=_("Tag"), choices=tag_choices, method="with_tag")

    class Meta:
        model = Question
        fields: ClassVar = ["course", "outcome", "level", "kind", "use", "state", "tags"]

    def of_course(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        outcomes = Outcome.objects.filter(course_code=code, locale__language_code="en")
        return rows.filter(outcome__in=outcomes.values("code"))

    def with_tag(self, rows: QuestionQuerySet, name: str, tag: str) -> Any:
        return rows.tagged(tag)
