"""Forms of the trainer's desk."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.attempts.doubling import share_given, steps_of
from learning.attempts.marking import Given, Open, Waiting
from learning.attempts.models import HandMark
from modules.questions.rubrics import WHOLE, Criterion, Level

SHOWN_AT_ONCE = 20
LONGEST_NOTE = 1000  # characters
PREFIXES = ("mark-", "fact-", "note-")  # of the names of fields
ID = slice(len("mark-"), len("mark-") + 36)  # where a UUID stands in the name of a field


@dataclass(frozen=True)
class Choices:
    """The levels of one criterion for one answer, under the name of their input."""

    criterion: Criterion
    name: str
    chosen: str


@dataclass(frozen=True)
class Before:
    """One of two marks that are too far apart, as who decides between them reads it."""

    levels: Sequence[tuple[Criterion, Level | None]]
    share: Fraction
    note: str


@dataclass(frozen=True)
class Row:
    """One answer with its choices, and an id for its mark."""

    open: Open
    choices: Sequence[Choices]
    fact: uuid.UUID
    note_name: str = ""
    note: str = ""
    error: str = ""
    before: Sequence[Before] = ()


class MarksForm(forms.Form):
    """A level in each criterion for each answer shown; leaving an answer open is fine.

    `decides`: the answers are those that have two marks too far apart.
    """

    def __init__(self, data: Any, *, waiting: Waiting, lang: str, decides: bool = False) -> None:
        super().__init__(data)
        self.waiting, self.decides = waiting, decides
        self.answers = self._shown(waiting.to_decide if decides else waiting.answers)
        self.criteria = waiting.criteria(lang)
        for one in self.answers:
            for criterion in self.criteria:
                self.fields[_name(one, criterion)] = forms.ChoiceField(
                    choices=[(level.points, level.text) for level in criterion.levels],
                    required=False,
                    error_messages={"invalid_choice": _("Choose one of the levels.")},
                )
            self.fields[f"fact-{one.id}"] = forms.UUIDField(required=False)
            if self._takes_note(one):
                self.fields[f"note-{one.id}"] = forms.CharField(
                    max_length=LONGEST_NOTE, required=False
                )

    def _shown(self, places: Sequence[Open]) -> list[Open]:
        """The first ones; of what was sent those it was sent for, whatever came before them."""
        if not self.is_bound:
            return list(places)[:SHOWN_AT_ONCE]
        sent = {name[ID] for name in self.data if name.startswith(PREFIXES)}
        return [one for one in places if str(one.id) in sent]

    def _takes_note(self, one: Open) -> bool:
        return self.waiting.is_observed or one.takes_notes

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
            note = f"note-{one.id}" if self._takes_note(one) else ""
            errors = [error for _c, name in names for error in self.errors.get(name, ())]
            yield Row(
                one,
                [Choices(criterion, name, self[name].value() or "") for criterion, name in names],
                uuid.uuid4(),
                note,
                (self[note].value() or "") if note else "",
                str(errors[0]) if errors else "",
                self._before(one) if self.decides else (),
            )

    def _before(self, one: Open) -> list[Before]:
        """The two marks, in an order that does not tell which was the first."""
        return [self._mark(mark) for mark in sorted(one.marks, key=_shuffled)]

    def _mark(self, mark: HandMark) -> Before:
        steps = steps_of(mark, self.criteria)
        levels = [(one, one.levels[steps[one.key]] if steps else None) for one in self.criteria]
        return Before(levels, share_given(mark), mark.note)

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


def _shuffled(mark: HandMark) -> str:
    return hashlib.sha256(mark.pk.bytes).hexdigest()


def _name(one: Open, criterion: Criterion) -> str:
    return f"mark-{one.id}" + (f"-{criterion.key}" if criterion.key != WHOLE else "")
