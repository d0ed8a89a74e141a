"""How many hands were raised: one whole number for each option of each question."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning.attempts.keying import LETTERS
from learning.cascade.question_sheets import Asked, asked_on_paper
from learning.cascade.results_forms import TakeBackForm
from learning.cascade.tallies import Tally
from learning.cascade.tallying import (
    MOST_PEOPLE,
    RIGHT,
    Counted,
    choices_of,
    counts_in,
    problems_with,
)
from modules.papers.asking import PaperQuestion

NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


@dataclass(frozen=True)
class Cell:
    """One number. `letter` and `text` of an option are empty where the trainer judges.

    `saved`: what others saved meanwhile, where it differs.
    """

    letter: str
    text: str
    field: BoundField
    saved: int | None


@dataclass(frozen=True)
class Row:
    """One question: its words, and a number for whatever hands are raised for; none if left out.

    `unraised`: how many raised no hand, by the record; None where that cannot be known.
    """

    asked: Asked
    cells: list[Cell]
    unraised: int | None

    @property
    def is_judged(self) -> bool:
        return len(self.cells) == 1 and not self.cells[0].letter

    @property
    def errors(self) -> list[str]:
        return [str(error) for cell in self.cells for error in cell.field.errors]


class TallyForm(forms.Form):
    """The numbers of all questions of a form. A question without any number was not asked."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    people = forms.IntegerField(
        label=_("People in the room"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs=NUMBER),
    )

    def __init__(self, data: Any, questions: Sequence[PaperQuestion], tally: Tally | None) -> None:
        known = {"people": tally.people} if tally else {}
        super().__init__(data, initial={"id": uuid.uuid4(), **known})
        self.questions, self.tally = questions, tally
        self.saved = counts_in(tally) if tally else {}
        for question in questions:
            own = self.saved.get(question.item.position, {})
            for name, key, label in _choices(question):
                self.fields[name] = forms.IntegerField(
                    required=False,
                    min_value=0,
                    max_value=MOST_PEOPLE,
                    initial=own.get(key),
                    label=label,
                    widget=forms.TextInput(attrs=NUMBER),
                    error_messages={"invalid": _("Write a whole number.")},
                )

    def clean(self) -> dict[str, Any]:
        """Every number by itself is right: do they fit the room?"""
        people = self.cleaned_data.get("people")
        if people:
            problems = problems_with(self.questions, people, self._counts())
            for question in self.questions:
                if words := problems.get(question.item.position):
                    name, _key, _label = next(_choices(question))
                    self.add_error(name, words)
        return self.cleaned_data

    def counted(self, label: str) -> Counted:
        """What a valid form says; a page without scripts may send no id."""
        data = self.cleaned_data
        return Counted(data["id"] or uuid.uuid4(), label, data["people"], self._counts())

    def _counts(self) -> dict[int, dict[str, int]]:
        """Without questions that have no number; an open field beside a number is nobody."""
        found = {}
        for question in self.questions:
            typed = {key: self.cleaned_data.get(name) for name, key, _l in _choices(question)}
            if any(n is not None for n in typed.values()):
                found[question.item.position] = {key: n or 0 for key, n in typed.items()}
        return found

    def rows(self) -> Iterator[Row]:
        language = get_language() or "en"
        for question in self.questions:
            asked = asked_on_paper(question, language)
            texts = dict(asked.options)
            saved = self.saved.get(question.item.position)
            cells = [
                self._cell(
                    name, letter=label, text=texts.get(label, ""), saved=(saved or {}).get(key)
                )
                for name, key, label in _choices(question)
            ]
            yield Row(asked, cells, self._unraised(cells, saved))

    def _cell(self, name: str, *, letter: str, text: str, saved: int | None) -> Cell:
        field = self[name]
        typed = "" if field.value() is None else str(field.value())
        known = "" if saved is None else str(saved)
        return Cell(letter, text, field, saved if typed != known else None)

    def _unraised(self, cells: Sequence[Cell], saved: dict[str, int] | None) -> int | None:
        if self.tally is None or saved is None or RIGHT in saved:
            return None
        return self.tally.people - sum(saved.values())


def _choices(question: PaperQuestion) -> Iterator[tuple[str, str, str]]:
    """Name of the field, what hands are raised for, and its letter on paper.

    Named by letter: the names of options may tell what is right.
    """
    for letter, key in zip(LETTERS, choices_of(question), strict=False):
        if key == RIGHT:
            yield f"{question.item.position}-right", key, ""
        else:
            yield f"{question.item.position}-{letter}", key, letter


class TallyBackForm(TakeBackForm):
    """Why a count stands no longer."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["reason"].label = _("Why does this count not stand?")
        self.fields["reason"].help_text = _("For example: counted in another room.")
