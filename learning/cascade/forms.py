"""Forms of the trainer's desk."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.attempts.marking import Given, Open, Waiting
from modules.questions.rubrics import WHOLE, Criterion

SHOWN_AT_ONCE = 20
LONGEST_NOTE = 1000  # characters
ID = slice(len("mark-"), len("mark-") + 36)  # where a UUID stands in the name of a field


@dataclass(frozen=True)
class Choices:
    """The levels of one criterion for one answer, under the name of their input."""

    criterion: Criterion
    name: str
    chosen: str


@dataclass(frozen=True)
class Row:
    """One answer with its choices, and an id for its mark."""

    open: Open
    choices: Sequence[Choices]
    fact: uuid.UUID
    note_name: str = ""
    note: str = ""
    error: str = ""


class MarksForm(forms.Form):
    """A level in each criterion for each answer shown; leaving an answer open is fine."""

    def __init__(self, data: Any, *, waiting: Waiting, lang: str) -> None:
        super().__init__(data)
        self.waiting = waiting
        self.answers = list(waiting.answers)[:SHOWN_AT_ONCE]
        self.criteria = waiting.criteria(lang)
        for one in self.answers:
            for criterion in self.criteria:
                self.fields[_name(one, criterion)] = forms.ChoiceField(
                    choices=[(level.points, level.text) for level in criterion.levels],
                    required=False,
                    error_messages={"invalid_choice": _("Choose one of the levels.")},
                )
            self.fields[f"fact-{one.id}"] = forms.UUIDField(required=False)
            if waiting.is_observed:
                self.fields[f"note-{one.id}"] = forms.CharField(
                    max_length=LONGEST_NOTE, required=False
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in self.answers:
            levels = self._levels(one)
            if levels and len(levels) < len(self.criteria):
                lacking = next(c for c in self.criteria if c.key not in levels)
                words = _("Choose a level for each criterion, or for none.")
                self.add_error(_name(one, lacking), words)
        return data

    def rows(self) -> Iterator[Row]:
        """Each answer as the page shows it."""
        for one in self.answers:
            names = [(criterion, _name(one, criterion)) for criterion in self.criteria]
            note = f"note-{one.id}" if self.waiting.is_observed else ""
            errors = [error for _c, name in names for error in self.errors.get(name, ())]
            yield Row(
                one,
                [Choices(criterion, name, self[name].value() or "") for criterion, name in names],
                uuid.uuid4(),
                note,
                (self[note].value() or "") if note else "",
                str(errors[0]) if errors else "",
            )

    @property
    def vanished(self) -> int:
        """How many answers marks were sent for that do not wait any more."""
        sent = {name[ID] for name, value in self.data.items() if name.startswith("mark-") and value}
        return len(sent - {str(one.id) for one in self.answers})

    def chosen(self) -> list[tuple[Open, Given, uuid.UUID]]:
        """The marks given, of a form that is valid."""
        data = self.cleaned_data
        return [
            (
                one,
                self.waiting.rated(levels, data.get(f"note-{one.id}", "")),
                data[f"fact-{one.id}"] or uuid.uuid4(),
            )
            for one in self.answers
            if (levels := self._levels(one))
        ]

    def _levels(self, one: Open) -> dict[str, str]:
        chosen = {c.key: self.cleaned_data.get(_name(one, c)) for c in self.criteria}
        return {key: points for key, points in chosen.items() if points}


def _name(one: Open, criterion: Criterion) -> str:
    return f"mark-{one.id}" + (f"-{criterion.key}" if criterion.key != WHOLE else "")
