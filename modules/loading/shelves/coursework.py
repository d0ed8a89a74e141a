"""The shelf of coursework."""

from collections.abc import Mapping
from typing import Any, ClassVar

from modules.coursework.models import Assignment
from modules.loading.entries import Entry
from modules.loading.layouts import Value
from modules.loading.shelves.base import RowShelf


class Assignments(RowShelf):
    """After the questions, which they name."""

    kind, title = "assignment", "Coursework"
    model, path = Assignment, "assignment/{course_code}/{key}"
    fields: ClassVar = (
        *("course_code", "key", "handed_in_as", "file_types", "most_mb", "reviews"),
        "days_to_review",
    )

    def value_of(self, row: Assignment) -> Value:
        return {**super().value_of(row), "question": row.question_key}

    def fields_of(self, entry: Entry) -> Mapping[str, Any]:
        own = {name: entry.value[name] for name in self.fields}
        return {**own, "question_key": entry.value["question"]}
