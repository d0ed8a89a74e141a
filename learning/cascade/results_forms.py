"""Forms of the pages on which results of tests on paper are typed in."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.cascade.entering import ANOTHER_TEST, Line

LONGEST_LINE = 300  # characters; forty questions with brackets everywhere need fewer
MOST_MARKS = 1000  # of a whole test


class SheetForm(forms.Form):
    """What is typed for everybody: answers or totals, of which form, of how many marks.

    What does not fit is left out: the page then begins as usual.
    """

    grain = forms.ChoiceField(choices=[("item", ""), ("total", "")], required=False)
    form = forms.ChoiceField(required=False)
    full = forms.IntegerField(min_value=1, max_value=MOST_MARKS, required=False)
    day = forms.DateField(required=False)  # of a test some months after the session

    def __init__(self, data: Any, *, labels: list[str]) -> None:
        super().__init__(data)
        self.fields["form"].choices = [(label, label) for label in labels]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """The values that fit, by name; `form` may be empty, which means another test."""
        self.full_clean()
        given = {name for name in self.fields if name in self.data}
        return {name: value for name, value in self.cleaned_data.items() if name in given}


class LineForm(forms.Form):
    """One row of the page: what is typed for one person."""

    line = forms.CharField(max_length=LONGEST_LINE, required=False)
    form = forms.ChoiceField(required=False)
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["form"].choices = choices  # type: ignore[attr-defined]
        attributes = {"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        self.fields["line"].widget.attrs |= attributes

    @property
    def was_sent(self) -> bool:
        return self.is_bound and self.add_prefix("line") in self.data

    @property
    def typed(self) -> Line:
        """Of a form that is valid; a page without scripts may send no id."""
        data = self.cleaned_data
        label = data["form"] or ANOTHER_TEST
        return Line(data["id"] or uuid.uuid4(), data["line"].strip(), label)


class TakeBackForm(forms.Form):
    """Why a result that was typed counts no longer."""

    reason = forms.CharField(
        label=_("Why does this result not count?"),
        help_text=_("For example: typed for the wrong person."),
        max_length=300,
    )
