"""The forms of studies: beginning one, its panel, estimates, a list, a decision."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.cascade.teaming import account_named
from learning.people.models import Person
from learning.standards.deciding import first_day
from learning.standards.estimating import Place
from learning.standards.models import Judge, Round
from learning.standards.sheets import read_percent
from learning.standards.studying import MOST_JUDGES, Panel
from modules.courses.models import CourseVersion
from modules.papers.contents import Form, Label

LONGEST_NAME = 60
SALT = "estimates"
HALF_A_DAY = 12 * 3600  # seconds that a list which was tried may be taken over


class StudyForm(forms.Form):
    """A course version that has forms, and which of them are judged."""

    version = forms.ModelChoiceField(
        label=gettext_lazy("Course and version"),
        queryset=CourseVersion.objects.none(),
        empty_label=gettext_lazy("Choose …"),
    )
    labels = forms.MultipleChoiceField(
        label=gettext_lazy("Forms"),
        choices=Label.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A question that stands in both is judged once."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the study"),
        max_length=80,
        help_text=gettext_lazy("For example the panel and its month: “Lahore, March 2026”."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        courses = Form.objects.values_list("course_code", flat=True).distinct()
        versions = CourseVersion.objects.filter(course__code__in=courses).select_related("course")
        self.fields["version"].queryset = versions.order_by("course__number", "-pk")  # type: ignore[attr-defined]


class PanelForm(forms.Form):
    """Names of judges, one a line, each with the account that is hers, if that is said.

    `people` are those whose account was said; None where it was said that nobody's is.
    """

    names = forms.CharField(
        label=gettext_lazy("Judges"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy(
            "One a line. Initials or numbers are enough. For somebody with an account, who shall"
            " find this among her data: “A. K. = username or e-mail address”; “A. K. =” takes it"
            " off again."
        ),
    )

    def clean_names(self) -> list[str]:
        lines = [line.partition("=") for line in self.cleaned_data["names"].splitlines()]
        said = {" ".join(name.split()): typed if sign else None for name, sign, typed in lines}
        said.pop("", None)
        found = list(said)
        self.people: dict[str, Person | None] = {
            name: _person_of(typed) for name, typed in said.items() if typed is not None
        }
        if any(len(name) > LONGEST_NAME for name in found):
            raise forms.ValidationError(
                _("A name is longer than {n} letters.").format(n=LONGEST_NAME)
            )
        if len(found) > MOST_JUDGES:
            raise forms.ValidationError(_("A panel has at most {n} judges.").format(n=MOST_JUDGES))
        return found


def _person_of(typed: str) -> Person | None:
    """Whose account it is; None for nothing typed."""
    if not typed.strip():
        return None
    account = account_named(typed)
    if account is None:
        words = _("Nobody here has the username or e-mail address “{typed}”.")
        raise forms.ValidationError(words.format(typed=typed.strip()[:LONGEST_NAME]))
    return account.person


class PercentField(forms.CharField):
    """A whole number from 0 to 100 in the digits of any script, or nothing."""

    def clean(self, value: Any) -> int | None:
        try:
            return read_percent(str(value or ""))
        except ValueError:
            raise forms.ValidationError(_("Write a whole number from 0 to 100.")) from None


class EstimatesForm(forms.Form):
    """The estimates of one judge in one round, a field for each question."""

    def __init__(self, data: Any, judge: Judge, panel: Panel, known: Mapping[Place, int]) -> None:
        super().__init__(data)
        self.judge = judge
        for position in panel.positions:
            self.fields[f"q{position}"] = PercentField(
                label=_("Estimate for question {n}, of 100").format(n=position),
                required=False,
                initial=known.get((judge.pk, position), ""),
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "size": 4, "maxlength": 5, "autocomplete": "off"}
                ),
            )

    @property
    def asked(self) -> dict[Place, int | None]:
        """Of a form that is valid."""
        return {
            (self.judge.pk, int(name.removeprefix("q"))): value
            for name, value in self.cleaned_data.items()
        }


class ListForm(forms.Form):
    """A filled-in list of one round."""

    round = forms.TypedChoiceField(label=gettext_lazy("Round"), choices=Round.choices, coerce=int)
    file = forms.FileField(
        label=gettext_lazy("List"), help_text=gettext_lazy("XLSX or CSV, as it is downloaded here.")
    )


class TriedForm(forms.Form):
    """What a list said when it was tried, signed, so that just that is stored."""

    tried = forms.CharField(widget=forms.HiddenInput)

    @classmethod
    def about(cls, study: str, round_: int, asked: Mapping[Place, int]) -> "TriedForm":
        rows = [[judge, position, percent] for (judge, position), percent in asked.items()]
        told = json.dumps({"study": study, "round": round_, "rows": rows})
        return cls(initial={"tried": signing.dumps(told, salt=SALT, compress=True)})

    def clean_tried(self) -> dict[str, Any]:
        try:
            told = signing.loads(self.cleaned_data["tried"], salt=SALT, max_age=HALF_A_DAY)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This list was tried too long ago. Upload it again.")
            ) from None
        found: dict[str, Any] = json.loads(told)
        return found


class DecisionForm(forms.Form):
    """From when, and why."""

    effective_from = forms.DateField(
        label=gettext_lazy("Holds from"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Work that ends on this day or later; tomorrow at the earliest."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("What the panel was, and why this cut. It is kept for ever."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"effective_from": first_day()})
