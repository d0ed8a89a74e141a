"""Forms of the trainer's desk."""

import uuid
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.attempts.marking import Waiting
from learning.attempts.models import Answer

SHOWN_AT_ONCE = 20


class MarksForm(forms.Form):
    """A choice among the levels of the rubric for each answer shown; leaving one open is fine."""

    def __init__(self, data: Any, *, waiting: Waiting, lang: str) -> None:
        super().__init__(data)
        self.answers = list(waiting.answers)[:SHOWN_AT_ONCE]
        self.levels = waiting.levels(lang)
        for answer in self.answers:
            self.fields[f"mark-{answer.pk}"] = forms.ChoiceField(
                choices=[(level.mark, level.text) for level in self.levels],
                required=False,
                error_messages={"invalid_choice": _("Choose one of the levels.")},
            )
            self.fields[f"fact-{answer.pk}"] = forms.UUIDField(required=False)

    def rows(self) -> Iterator[tuple[Answer, str, str, uuid.UUID]]:
        """Each answer with the name of its choice, what was chosen, and an id for its mark."""
        for answer in self.answers:
            name = f"mark-{answer.pk}"
            yield answer, name, self[name].value() or "", uuid.uuid4()

    @property
    def vanished(self) -> int:
        """How many marks were sent for answers that do not wait any more."""
        sent = {name for name, value in self.data.items() if name.startswith("mark-") and value}
        return len(sent - set(self.fields))

    def chosen(self) -> list[tuple[Answer, Fraction, uuid.UUID]]:
        """The marks given, of a form that is valid."""
        data = self.cleaned_data
        return [
            (answer, Fraction(data[f"mark-{answer.pk}"]), data[f"fact-{answer.pk}"] or uuid.uuid4())
            for answer in self.answers
            if data.get(f"mark-{answer.pk}")
        ]
