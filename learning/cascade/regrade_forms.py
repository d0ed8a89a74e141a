"""The forms of marking again: which versions, by what, where; and the reason."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.attempts.regrades import LONGEST_REASON, Regrading
from learning.attempts.regrading import Choice
from learning.people.models import Programme
from modules.questions.models import QuestionVersion

NOW = "now"  # the question as it is in the bank, where no version is kept of that yet
How = Regrading.How


class RegradeForm(forms.Form):
    """What is to be decided; sent by GET, so that the address holds it and nothing changes."""

    versions = forms.MultipleChoiceField(
        label=gettext_lazy("Tests that ask"), widget=forms.CheckboxSelectMultiple
    )
    decision = forms.ChoiceField(label=gettext_lazy("Mark them again"), widget=forms.RadioSelect)
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        question: str,
        asked: Mapping[int, int],
        versions: list[QuestionVersion],
        now_is: int | None,
        programmes: list[Programme],
        may_all: bool,
    ) -> None:
        super().__init__(data, auto_id="regrade-%s")
        self.question, self.programmes = question, {one.code: one for one in programmes}
        self.fields["versions"].choices = [  # type: ignore[attr-defined]
            (str(n), f"{question}.{n}: " + _tests(count)) for n, count in asked.items()
        ]
        self.fields["decision"].choices = self._decisions(versions, now_is)  # type: ignore[attr-defined]
        everything = [("", _("All programmes"))] if may_all else []
        listed = [*everything, *((one.code, str(one)) for one in programmes)]
        self.fields["programme"].choices = listed  # type: ignore[attr-defined]
        self.fields["programme"].required = not may_all

    def _decisions(
        self, versions: list[QuestionVersion], now_is: int | None
    ) -> list[tuple[str, str]]:
        newest_first = sorted(versions, key=lambda one: -one.n)
        by_version = [
            (
                str(one.n),
                (
                    _("by version {n}, the question as it is now")
                    if one.n == now_is
                    else _("by version {n}")
                ).format(n=one.n),
            )
            for one in newest_first
        ]
        if now_is is None:
            by_version.insert(0, (NOW, _("by the question as it is now")))
        return [
            *by_version,
            (How.FULL, _("everybody gets the full mark")),
            (How.OUT, _("leave the question out: it counts for nobody")),
        ]

    @property
    def choice(self) -> Choice:
        """Of a form that is valid."""
        data = self.cleaned_data
        decision = data["decision"]
        by_version = decision not in {How.FULL, How.OUT}
        return Choice(
            question=self.question,
            from_ns=tuple(sorted(int(n) for n in data["versions"])),
            how=How.VERSION if by_version else How(decision),
            to_n=int(decision) if by_version and decision != NOW else None,
            programme=self.programmes.get(data["programme"]),
        )


class ReasonForm(forms.Form):
    """Why; with what was shown, so that nobody decides on other numbers than she saw."""

    reason = forms.CharField(
        label=gettext_lazy("Why are these tests marked again?"),
        help_text=gettext_lazy("Everybody whose marks change reads it beside the result."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    @classmethod
    def about(cls, digest: str) -> "ReasonForm":
        return cls(initial={"key": uuid.uuid4(), "digest": digest})


def _tests(count: int) -> str:
    return ngettext("{n} test", "{n} tests", count).format(n=count)
