"""The shelves of tests, forms and blueprints."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet

from modules.loading.entries import Entry
from modules.loading.layouts import LATER_OF_TESTS, Value, lean
from modules.loading.shelves.base import RowShelf, as_plain_value
from modules.papers.contents import Blueprint, BlueprintCell, Form, FormQuestion, PoolQuestion
from modules.papers.models import Test


class Forms(RowShelf):
    kind, title = "form", "Forms of tests"
    model, path = Form, "form/{course_code}/{label}"
    fields: ClassVar = ("course_code", "label")

    def query(self) -> QuerySet:
        return super().query().prefetch_related("questions")

    def value_of(self, row: Form) -> Value:
        return {**super().value_of(row), "questions": row.question_keys}

    def fields_of(self, entry: Entry) -> Mapping[str, Any]:
        return {name: entry.value[name] for name in self.fields}

    def save(self, row: Form, entry: Entry) -> None:
        row.save()
        row.questions.all().delete()
        FormQuestion.objects.bulk_create(
            FormQuestion(form=row, position=position, question_key=key)
            for position, key in enumerate(entry.value["questions"], 1)
        )


class Blueprints(RowShelf):
    """After the forms, which it names."""

    kind, title = "blueprint", "Blueprints"
    model, path = Blueprint, "blueprint/{course_code}/{key}"
    fields: ClassVar = ("course_code", "key")
    in_a_cell: ClassVar = ("outcome", "level", "count")

    def query(self) -> QuerySet:
        return super().query().prefetch_related("cells", "pool", "forms")

    def value_of(self, row: Blueprint) -> Value:
        pool = list(row.pool.all())
        return {
            **super().value_of(row),
            "cells": [
                {name: getattr(cell, name) for name in self.in_a_cell} for cell in row.cells.all()
            ],
            "pool": [one.question_key for one in pool],
            "anchors": [one.question_key for one in pool if one.is_anchor],
            "forms": [form.label for form in row.forms.all()],
        }

    def fields_of(self, entry: Entry) -> Mapping[str, Any]:
        return {name: entry.value[name] for name in self.fields}

    def save(self, row: Blueprint, entry: Entry) -> None:
        value = entry.value
        row.save()
        row.cells.all().delete()
        BlueprintCell.objects.bulk_create(
            BlueprintCell(blueprint=row, **cell) for cell in value["cells"]
        )
        row.pool.all().delete()
        PoolQuestion.objects.bulk_create(
            PoolQuestion(blueprint=row, question_key=key, is_anchor=key in value["anchors"])
            for key in value["pool"]
        )
        forms = Form.objects.filter(course_code=row.course_code)
        forms.filter(blueprint=row).update(blueprint=None)
        forms.filter(label__in=value["forms"]).update(blueprint=row)


class Tests(RowShelf):
    """After what they draw on."""

    kind, title = "test", "Tests"
    model, path = Test, "test/{course_code}/{purpose}"
    fields: ClassVar = (
        *("course_code", "purpose", "minutes", "attempts", "wait_days", "counts", "feedback_when"),
        *("by_cohort", "negative_marking", "second_marker", "waves", "tolerance_days", "drawing"),
    )
    moments: ClassVar = ("opens_at", "closes_at")
    later = LATER_OF_TESTS

    def query(self) -> QuerySet:
        return super().query().select_related("fixed_form", "blueprint")

    def value_of(self, row: Test) -> Value:
        value: Value = {name: getattr(row, name) for name in self.fields}
        value |= {name: as_plain_value(getattr(row, name)) or "" for name in self.moments}
        value["form"] = row.fixed_form.label if row.fixed_form else ""
        value["blueprint"] = row.blueprint.key if row.blueprint else ""
        return lean(value, self.later)

    def fields_of(self, entry: Entry) -> Mapping[str, Any]:
        value = {**self.later, **entry.value}
        course = {"course_code": value["course_code"]}
        form, key = value["form"], value["blueprint"]
        return {
            **{name: value[name] for name in self.fields},
            **{name: value[name] or None for name in self.moments},
            "fixed_form": Form.objects.get(**course, label=form) if form else None,
            "blueprint": Blueprint.objects.get(**course, key=key) if key else None,
        }
