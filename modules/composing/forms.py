"""The forms of tests, forms and blueprints in the admin."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.blocks.base import BlockField

from modules.composing.checking import (
    problems_of_pool,
    problems_of_questions,
    problems_of_test,
    tests_asking,
)
from modules.composing.fields import ASKED, CellsField, PoolField, WavesField, questions_block
from modules.composing.reading import (
    anchors_of,
    english_questions,
    in_order,
    lines_of_course,
    outcomes_of,
)
from modules.courses.models import Course, CoursePage
from modules.papers.contents import Blueprint, BlueprintCell, Form, FormQuestion, PoolQuestion
from modules.papers.models import COMPARED, Drawing
from modules.papers.models import Test as CourseTest
from modules.papers.pool import Place
from modules.questions.shapes import SOURCE
from modules.reference.lists import listed


def course_choices() -> list[tuple[str, str]]:
    pages = CoursePage.objects.filter(locale__language_code=SOURCE)
    titles = dict(pages.values_list("course__code", "short_title"))
    codes = Course.objects.order_by("number").values_list("code", flat=True)
    return [(code, titles.get(code, code)) for code in codes]


class OfCourseForm(WagtailAdminModelForm):
    """What belongs to a course, and stays with it."""

    class Media:
        css: ClassVar = {"all": ["css/composing.css"]}

    fixed: tuple[str, ...] = ("course_code",)  # once it is saved
    course_code = forms.ChoiceField(label=_("Course"), choices=course_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.fixed:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and (problems := list(self.problems(cleaned))):
            raise ValidationError(problems)
        return cleaned

    def problems(self, cleaned: dict[str, Any]) -> Iterator[str]:
        raise NotImplementedError


class TestForm(OfCourseForm):
    __test__ = False  # pytest

    fixed = ("course_code", "purpose")
    changes_all = forms.BooleanField(
        label=_("Change all of them"),
        required=False,
        help_text=_(
            "Marks the tests before the course, after it and some months later in the same way."
        ),
    )
    waves = WavesField(
        label=_("Months"),
        required=False,
        help_text=_(
            "Of the test some months after the course: in which months it is asked, such as 3, 6,"
            " counted from the test after the course. Empty: after 3 and after 6 months."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("fixed_form", "blueprint"):
                field = self.fields[name]
                field.queryset = field.queryset.filter(course_code=self.instance.course_code)

    def _post_clean(self) -> None:
        self.instance.changes_all = self.cleaned_data.get("changes_all", False)
        super()._post_clean()

    def problems(self, cleaned: dict[str, Any]) -> Iterator[str]:
        names = ("course_code", "purpose", "drawing", "fixed_form", "blueprint")
        test = CourseTest(pk=self.instance.pk, **{name: cleaned[name] for name in names})
        if test.drawing == Drawing.FIXED and not test.fixed_form:
            return  # the field says so
        yield from problems_of_test(test)

    def save(self, commit: bool = True) -> CourseTest:
        test = super().save(commit)
        if commit and test.changes_all and test.purpose in COMPARED:
            CourseTest.objects.filter(course_code=test.course_code, purpose__in=COMPARED).update(
                negative_marking=test.negative_marking
            )
        return test


class FormForm(OfCourseForm):
    """A form with its ordered questions."""

    fixed = ("course_code", "label")
    questions = BlockField(block=questions_block(), label=_("Questions"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = self.instance.question_keys if self.instance.pk else []
        rows = dict(english_questions().filter(key__in=keys).values_list("key", "pk"))
        asked = [{"type": ASKED, "value": rows[key], "id": key} for key in keys if key in rows]
        self.initial["questions"] = self.fields["questions"].block.to_python(asked)
        if self.instance.pk:
            blueprints = self.fields["blueprint"]
            blueprints.queryset = Blueprint.objects.filter(course_code=self.instance.course_code)

    def problems(self, cleaned: dict[str, Any]) -> Iterator[str]:
        keys = [block.value.key for block in cleaned["questions"]]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            yield gettext("A form asks each question once; these stand twice: {keys}.").format(
                keys=listed(twice)
            )
        blueprint = cleaned.get("blueprint")
        if blueprint and blueprint.course_code != cleaned["course_code"]:
            yield gettext("Choose a blueprint of the same course.")
        form = Form(pk=self.instance.pk, course_code=cleaned["course_code"], label=cleaned["label"])
        purposes = {test.purpose for test in tests_asking(form)} or {*COMPARED}
        measuring = next(iter(purposes & {*COMPARED}), "")
        yield from problems_of_questions(set(keys), measuring)

    def save(self, commit: bool = True) -> Form:
        form = super().save(commit)
        if commit:
            form.questions.all().delete()
            FormQuestion.objects.bulk_create(
                FormQuestion(form=form, position=position, question_key=block.value.key)
                for position, block in enumerate(self.cleaned_data["questions"], 1)
            )
        return form


class BlueprintForm(OfCourseForm):
    """Cells and pool can be filled in once the course is known."""

    fixed = ("course_code", "key")
    cells = CellsField(label=_("Questions wanted"), required=False)
    pool = PoolField(label=_("Pool"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            for name in ("cells", "pool"):
                self.fields.pop(name, None)
            return
        wanted = {Place(c.outcome, c.level): c.count for c in self.instance.cells.all()}
        anchors = anchors_of(self.instance)
        titles = outcomes_of(self.instance.course_code)
        codes = sorted({*titles, *(place.outcome for place in wanted)}, key=in_order)
        self.fields["cells"].widget.outcomes = {code: titles.get(code, "") for code in codes}
        self.fields["pool"].widget.lines = lines_of_course(self.instance.course_code, anchors)
        self.initial |= {"cells": wanted, "pool": anchors}

    def problems(self, cleaned: dict[str, Any]) -> Iterator[str]:
        """Only of what tests draw from: a blueprint may be unfinished until then."""
        if not self.instance.pk:
            return
        drawing = list(self.instance.tests.filter(drawing=Drawing.POOL))
        if drawing:
            yield from problems_of_pool(cleaned["cells"], cleaned["pool"])
        for test in drawing:
            yield from problems_of_questions(set(cleaned["pool"]), test.purpose)

    def save(self, commit: bool = True) -> Blueprint:
        blueprint = super().save(commit)
        if commit and "cells" in self.fields:
            blueprint.cells.all().delete()
            BlueprintCell.objects.bulk_create(
                BlueprintCell(blueprint=blueprint, outcome=outcome, level=level, count=count)
                for (outcome, level), count in self.cleaned_data["cells"].items()
            )
            blueprint.pool.all().delete()
            PoolQuestion.objects.bulk_create(
                PoolQuestion(blueprint=blueprint, question_key=key, is_anchor=is_anchor)
                for key, is_anchor in self.cleaned_data["pool"].items()
            )
        return blueprint
