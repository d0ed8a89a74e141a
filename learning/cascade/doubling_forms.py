"""Deciding where a slip was typed in two ways: by question the first, the second, or neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from learning.attempts.keying import NOT_ANSWERED, plain
from learning.cascade.comparing import Typed
from learning.cascade.doubling import Slip, typed_of
from learning.cascade.entering import Line
from learning.cascade.results_forms import LONGEST_LINE, MOST_MARKS
from learning.cascade.retyping import Choice, Second, choices_of, composed, is_whole

FIRST, SECOND, OTHER = "first", "second", "other"


@dataclass(frozen=True)
class Asked:
    """One thing to decide, with its fields."""

    choice: Choice
    field: BoundField
    other: BoundField


class DecisionForm(forms.Form):
    """What the slip says where two people read it differently; nothing is chosen beforehand."""

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, slip: Slip, labels: Sequence[tuple[str, Any]], **kw: Any):
        super().__init__(data, **kw)
        self.slip, self.choices = slip, choices_of(slip)
        for choice in self.choices:
            self.fields[f"q{choice.position}"] = forms.ChoiceField(
                choices=[(one, one) for one in (FIRST, SECOND, OTHER)],
                error_messages={"required": _("Choose what the slip says.")},
            )
            self.fields[f"q{choice.position}-other"] = forms.CharField(
                max_length=LONGEST_LINE, required=False
            )
        if is_whole(slip):
            self.fields["form"] = forms.ChoiceField(choices=list(labels), required=False)
        if slip.is_total:
            self.fields["full"] = forms.IntegerField(
                min_value=1, max_value=MOST_MARKS, required=False
            )

    @property
    def asked(self) -> list[Asked]:
        return [
            Asked(one, self[f"q{one.position}"], self[f"q{one.position}-other"])
            for one in self.choices
        ]

    @property
    def second(self) -> Typed | None:
        """The other reading of the slip as a whole."""
        return typed_of(self.slip.agreed) if self.slip.agreed else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for choice in self.choices:
            name = f"q{choice.position}"
            if cleaned.get(name) == OTHER and not cleaned.get(f"{name}-other", "").strip():
                self.add_error(f"{name}-other", _("Type what the slip says."))
        return cleaned

    @property
    def decided(self) -> Second:
        """Of a form that is valid."""
        return self._whole if is_whole(self.slip) else self._by_question

    @property
    def _by_question(self) -> Second:
        chosen = {one.position: self._sign(one) for one in self.choices}
        label = self.slip.sitting.form_label
        return Second(Line(self.cleaned_data["id"], composed(self.slip, chosen), label))

    def _sign(self, choice: Choice) -> str:
        given = self.cleaned_data[f"q{choice.position}"]
        typed = plain(self.cleaned_data[f"q{choice.position}-other"]).strip("()")
        other = typed or NOT_ANSWERED[0]
        return {FIRST: choice.first, SECOND: choice.second, OTHER: other}[given]

    @property
    def _whole(self) -> Second:
        data, slip = self.cleaned_data, self.slip
        given = data["q0"]
        if given == OTHER:
            line = Line(data["id"], data["q0-other"].strip(), data["form"])
            return Second(line, data.get("full"))
        typed = slip.now if given == FIRST else self.second
        if typed is None:
            raise ValueError("There is nothing to decide.")
        return Second(Line(data["id"], typed.line, typed.label), typed.full)
