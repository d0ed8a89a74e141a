"""Forms of what a cohort and a person have of their own in the tests of a course."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.attempts.conditions import MOST_EXTRA, TestAccess
from learning.attempts.opening import Access
from modules.papers.models import Purpose, Test

MOST_ATTEMPTS = 20
MOMENT = "%Y-%m-%dT%H:%M"
USUAL = (0, 25, 50, 100)  # percent
ANOTHER = "another"


class MomentField(forms.DateTimeField):
    """Day and time, by the clock that is in force where the form is read."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)


class AccessForm(forms.Form):
    """One test for one cohort. Times are those of the place; the view sets the clock."""

    is_offered = forms.BooleanField(label=_("Open for this group"), required=False)
    opens_at = MomentField(label=_("Opens"), required=False)
    closes_at = MomentField(
        label=_("Closes"),
        required=False,
        help_text=_("Nobody begins after that. Whoever has begun keeps the whole time."),
    )
    attempts = forms.IntegerField(
        label=_("Attempts"), min_value=1, max_value=MOST_ATTEMPTS, required=False
    )

    def __init__(self, data: Any, test: Test, row: TestAccess | None, *, is_offered: bool) -> None:
        """`row`: what the cohort has of its own so far; `is_offered`: what holds without one."""
        begin = {
            "is_offered": row.is_offered if row else is_offered,
            "opens_at": row.opens_at if row else None,
            "closes_at": row.closes_at if row else None,
            "attempts": row.attempts if row else None,
        }
        super().__init__(data, prefix=test.purpose, initial=begin)
        self.test = test
        if test.purpose != Purpose.POST:
            del self.fields["attempts"]  # a pre-test is taken once, practice without end
        if test.minutes is None:
            self.fields["is_offered"].help_text = _(
                "This test has no time limit: when you close it, it ends also for who has begun."
            )
            self.fields["closes_at"].help_text = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens = data.get("opens_at") or self.test.opens_at
        closes = data.get("closes_at") or self.test.closes_at
        if opens and closes and closes <= opens and not self.errors:
            self.add_error("closes_at", gettext("It would close before it opens."))
        return data

    @property
    def wanted(self) -> Access:
        """What was sent, of a form that is valid."""
        data = self.cleaned_data
        return Access(data["is_offered"], data["opens_at"], data["closes_at"], data.get("attempts"))


class ExtraTimeForm(forms.Form):
    """How much longer than others a person has. Why is not asked."""

    percent = forms.ChoiceField(label=_("Extra time"), widget=forms.RadioSelect)
    other = forms.IntegerField(
        label=_("Another number, in per cent"), min_value=1, max_value=MOST_EXTRA, required=False
    )

    def __init__(self, data: Any, now: int) -> None:
        usual = now in USUAL
        initial = {"percent": str(now) if usual else ANOTHER, "other": None if usual else now}
        super().__init__(data, initial=initial)
        more = [(str(n), gettext("{n} per cent more").format(n=n)) for n in USUAL if n]
        self.fields["percent"].choices = [  # type: ignore[attr-defined]
            ("0", gettext("none")),
            *more,
            (ANOTHER, gettext("another number")),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("percent") == ANOTHER and not data.get("other") and "other" not in self.errors:
            self.add_error("other", gettext("Write a number from 1 to {n}.").format(n=MOST_EXTRA))
        return data

    @property
    def chosen(self) -> int:
        """The percentage, 0 for none, of a form that is valid."""
        data = self.cleaned_data
        return data["other"] if data["percent"] == ANOTHER else int(data["percent"])


class FindForm(forms.Form):
    """Who is looked for, by the beginnings of her names."""

    q = forms.CharField(label=_("Name"), max_length=120, required=False)
