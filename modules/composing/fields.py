"""The fields in which a blueprint is filled in: a table of numbers, and the bank to tick."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from modules.composing.reading import Line
from modules.papers.pool import Place
from modules.questions.models import Question
from modules.reference.models import Outcome

MOST_IN_A_CELL = 99
SEPARATORS = re.compile(r"[\s,،;]+")

type Counts = dict[Place, int]
type Anchors = dict[str, bool]


ASKED = "question"  # the one kind of block in the list of a form


def questions_block() -> StreamBlock:
    """An ordered list of questions, each chosen from the bank."""
    chooser = SnippetChooserBlock(Question, label=_("Question"), icon="help")
    return StreamBlock([(ASKED, chooser)], min_num=1)


class WavesField(forms.CharField):
    """Months with commas between them: "3, 6", in the digits of any script."""

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else ", ".join(map(str, value or ()))

    def to_python(self, value: Any) -> Any:
        """The months as whole numbers; the model says which of them will do."""
        parts = [part for part in SEPARATORS.split(super().to_python(value) or "") if part]
        if not all(part.isdecimal() for part in parts):
            raise ValidationError(gettext("Write months with commas between them, such as 3, 6."))
        return [int(part) for part in parts]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


class CellsWidget(forms.Widget):
    """One number for each outcome and level. Rows are set by the form."""

    outcomes: Mapping[str, str] = {}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed: Mapping[Place, Any] = value or {}
        rows = [
            {
                "code": code,
                "title": title,
                "cells": [
                    {
                        "name": f"{name}-{code}-{level}",
                        "label": f"{code}, {label}",
                        "value": typed.get(Place(code, level), ""),
                    }
                    for level, label in Outcome.Level.choices
                ],
            }
            for code, title in self.outcomes.items()
        ]
        levels = [label for _level, label in Outcome.Level.choices]
        return render_to_string(
            "composing/cells.html", {"rows": rows, "levels": levels, "most": MOST_IN_A_CELL}
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[Place, str]:
        """What was typed, as it was typed: it is shown again when it is no number."""
        places = [Place(code, level) for code in self.outcomes for level in Outcome.Level.values]
        typed = {
            place: (data.get(f"{name}-{place.outcome}-{place.level}") or "").strip()
            for place in places
        }
        return {place: text for place, text in typed.items() if text}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


class CellsField(forms.Field):
    widget = CellsWidget

    def clean(self, value: Mapping[Place, str]) -> Counts:
        counts: Counts = {}
        for place, text in value.items():
            if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_IN_A_CELL))):
                raise ValidationError(
                    gettext(
                        "{outcome}: “{text}” is no whole number from 0 to {most}. Nothing was"
                        " saved."
                    ).format(outcome=place.outcome, text=text[:20], most=MOST_IN_A_CELL)
                )
            if int(text):
                counts[place] = int(text)
        return counts

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {place: str(n) for place, n in (initial or {}).items()}
        return before != {place: text for place, text in (data or {}).items() if text != "0"}


class PoolWidget(forms.Widget):
    """The questions of the course, to be ticked. `lines` is set by the form."""

    lines: Sequence[Line] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        ticked: Anchors = value or {}
        outcomes: dict[str, list[dict[str, Any]]] = {}
        for line in self.lines:
            row = {
                "line": line,
                "in_pool": line.key in ticked,
                "is_anchor": ticked.get(line.key, False),
            }
            outcomes.setdefault(line.outcome, []).append(row)
        groups = [
            {"code": code, "rows": rows, "ticked": sum(row["in_pool"] for row in rows)}
            for code, rows in outcomes.items()
        ]
        return render_to_string("composing/pool.html", {"name": name, "groups": groups})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Anchors:
        """Who asks for a question in every paper has it in the pool."""
        anchors = set(data.getlist(f"{name}-anchor"))
        return {key: key in anchors for key in sorted({*data.getlist(name), *anchors})}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


class PoolField(forms.Field):
    widget = PoolWidget

    def clean(self, value: Anchors) -> Anchors:
        known = {line.key for line in self.widget.lines}
        if unknown := sorted(set(value) - known):
            raise ValidationError(
                gettext("“{key}” is no question of this course. Nothing was saved.").format(
                    key=unknown[0][:80]
                )
            )
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or {}) != (data or {})
