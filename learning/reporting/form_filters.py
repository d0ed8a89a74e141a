"""The filters of the page about forms: programme, version of a course, language, period."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.reporting.asking import Reach
from learning.reporting.cutting import CUTS
from learning.reporting.forms import Choices, FilterForm, Selection, ended_quarters
from learning.reporting.groups import Group
from learning.reporting.halves import FORMS, ON_PAPER, Asked
from learning.reporting.periods import Period, last_quarter, period

LANGUAGE = gettext_lazy("Language of the answers")


class FormsForm(FilterForm):
    """One version of one course. Who sees aggregates alone has one programme and ended quarters.

    What an address does not name is the newest version of the first course, and the language that
    most people answered in.
    """

    names = ("programme",)

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        versions = Selection(gettext_lazy("Course and version"), self.versions)
        languages = [("", gettext_lazy("The one of most people")), *languages_listed()]
        self.fields = {
            "programme": self.fields["programme"],
            "version": versions,
            "lang": Selection(LANGUAGE, languages),
            "period": self.fields["period"],
        }
        self.main = tuple(self.fields)

    def _filter(self, name: str) -> Selection:
        everything = [("", _("All"))] if self.reach.exact else []
        return Selection(CUTS[name].label, [*everything, *self._listed(name)])

    def periods(self) -> Choices:
        return super().periods() if self.reach.exact else ended_quarters(self.reach)

    @cached_property
    def versions(self) -> Choices:
        """Versions of courses with a test before them, by course, the newest first."""
        groups = [group for group in self.reach.groups if group.terms.has_pre]
        newest_first = sorted(groups, key=lambda one: (one.number, -one.version))
        return [*dict.fromkeys((code_of(one), name_of(one)) for one in newest_first)]

    @property
    def programme(self) -> str:
        """Of a form that is valid: the code of the one chosen; who must choose has the first."""
        first = "" if self.reach.exact else next(iter(self._listed("programme")), ("",))[0]
        return self.cleaned_data["programme"] or first

    @property
    def version(self) -> str:
        return self.cleaned_data["version"] or next(iter(self.versions), ("",))[0]

    @property
    def lang(self) -> str:
        return self.cleaned_data["lang"]

    @property
    def within(self) -> Period | None:
        code = self.cleaned_data["period"]
        if code:
            return period(code)
        return None if self.reach.exact else last_quarter()

    def about(self, lang: str) -> list[tuple[str, str]]:
        """What is shown, in words."""
        programmes = dict(self._listed("programme"))
        return [
            (str(self["programme"].label), str(programmes.get(self.programme, _("All")))),
            (str(self["version"].label), str(dict(self.versions).get(self.version, ""))),
            (str(LANGUAGE), str(dict(languages_listed()).get(lang, lang))),
            (_("Period"), self.within.in_words() if self.within else _("Any time")),
        ]


class BehindFormsForm(FormsForm):
    """The same for the list behind a number: of one form, of one question, or of both."""

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        labels = [(form, _("Form {form}").format(form=form)) for form in FORMS]
        self.fields["form"] = Selection(_("Form"), [("", _("All")), *labels])
        self.fields["question"] = forms.CharField(
            required=False, max_length=100, widget=forms.HiddenInput
        )
        self.main = tuple(self.fields)[:-1]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return []

    def asked_of(self, questions: Iterable[Asked]) -> Asked | None:
        """The question that the address names, None where it names none of these."""
        named = self.cleaned_data["question"]
        return next((one for one in questions if str(one) == named), None)


def code_of(group: Group) -> str:
    """How an address names a version of a course."""
    return f"{group.course}:{group.version_number}"


def name_of(group: Group) -> str:
    return _("{course}, version {number}").format(course=group.title, number=group.version_number)


def languages_listed() -> Choices:
    return [*settings.LANGUAGES, (ON_PAPER, gettext_lazy("on paper"))]
