"""Forms of the list that is pasted: the list itself, and what each of its rows is to be."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.cascade.listing import in_a_row, whereabouts
from learning.cascade.pasting import LEAVE_OUT, NEW, Line
from learning.cascade.registering import Listed
from learning.people.models import Person

LONGEST_LIST = 100_000  # characters


class PasteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("The list"),
        max_length=LONGEST_LIST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "spellcheck": "false"}),
    )
    agreed = forms.TypedChoiceField(
        label=gettext_lazy("Have these people agreed to the record and to a certificate?"),
        choices=[
            (
                "yes",
                gettext_lazy("Yes, all of them: it was read out or stood on a sheet they signed"),
            ),
            ("no", gettext_lazy("Not yet: it is noted for each of them later")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class ChoicesForm(forms.Form):
    """For each row of the list its id, made at the preview, and whom it means."""

    def __init__(self, data: Any, *, lines: Sequence[Line]) -> None:
        super().__init__(data)
        self.lines = lines
        for line in lines:
            self.fields[f"id-{line.row}"] = forms.UUIDField(
                widget=forms.HiddenInput, initial=uuid.uuid4
            )
            self.fields[f"who-{line.row}"] = forms.ChoiceField(
                label=_("Row {n}").format(n=line.row), choices=choices_of(line), initial=line.likely
            )

    @property
    def rows(self) -> list[tuple[Line, Any, Any]]:
        """Each line with its id and its choice, to be shown."""
        return [(line, self[f"id-{line.row}"], self[f"who-{line.row}"]) for line in self.lines]

    def listed(self) -> list[Listed]:
        """The rows to register, of a form that is valid."""
        rows = []
        for line in self.lines:
            chosen = self.cleaned_data[f"who-{line.row}"]
            known = {str(person.uuid): person for person in line.known}
            if chosen != LEAVE_OUT:
                enrolment_id = self.cleaned_data[f"id-{line.row}"]
                rows.append(Listed(line.row, enrolment_id, line.about, known.get(chosen)))
        return rows


def choices_of(line: Line) -> list[tuple[str, str]]:
    people = [(str(person.uuid), told(person)) for person in line.known]
    return [(NEW, _("A new person")), *people, (LEAVE_OUT, _("Leave out"))]


def told(person: Person) -> str:
    about = in_a_row(whereabouts(person))
    name = f"{person} ({about})" if about else str(person)
    return _("It is {name}").format(name=name)
