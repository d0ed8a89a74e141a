"""Whose certificates are issued, and which are printed in which language."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from learning.cascade.certifying import Line
from learning.certificates.freezing import LANGUAGES
from learning.certificates.models import Certificate
from learning.certificates.printing import MOST_TOGETHER
from modules.templatetags.languages import own_name


class IssueForm(forms.Form):
    """Participants chosen by key. Who has her certificate by now may be among them."""

    chosen = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Nobody is chosen."),
            "invalid_choice": _("Somebody among them takes no part in this session any more."),
        },
    )
    sure = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, lines: Sequence[Line]) -> None:
        super().__init__(data)
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (line.enrolment.pk, str(line.enrolment.person)) for line in lines
        ]


class PrintForm(forms.Form):
    """Which certificates go into one file: all, or only some; of very many, one part."""

    lang = forms.ChoiceField(label=_("Language"))
    part = forms.TypedChoiceField(label=_("Part"), coerce=int, required=False)
    only = forms.MultipleChoiceField(
        label=_("Only these people"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: QueryDict | None, *, certificates: Sequence[Certificate], language: str
    ) -> None:
        super().__init__(data, initial={"lang": language, "part": 1})
        self.certificates = certificates
        self.asked_for = data.getlist("only") if data else []
        parts = enumerate(batched(range(1, len(certificates) + 1), MOST_TOGETHER), 1)
        choices = {
            "lang": [(code, own_name(code)) for code in LANGUAGES],
            "part": [(n, f"{numbers[0]}–{numbers[-1]}") for n, numbers in parts],
            "only": [(one.enrolment_id, str(one.person)) for one in certificates],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        if len(certificates) <= MOST_TOGETHER:
            del self.fields["part"]

    @property
    def language(self) -> str:
        return self.cleaned_data.get("lang", "en")

    @property
    def chosen(self) -> list[Certificate]:
        """Of a form that was looked at: no more than go into one file. Who is unknown is nobody."""
        if self.asked_for:
            some = [one for one in self.certificates if str(one.enrolment_id) in self.asked_for]
            return some[:MOST_TOGETHER]
        first = ((self.cleaned_data.get("part") or 1) - 1) * MOST_TOGETHER
        return list(self.certificates[first : first + MOST_TOGETHER])
