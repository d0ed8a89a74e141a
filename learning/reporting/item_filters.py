"""The filters of pages about questions: what was asked, of whom, in which language and when."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.attempts.naming import label_of_test
from learning.enrolment.models import Enrolment
from learning.people.models import Area
from learning.reporting.asking import Reach
from learning.reporting.columns import Version
from learning.reporting.counting import Counted, Wanted, count
from learning.reporting.cutting import NOT_STATED
from learning.reporting.form_filters import FormsForm, code_of, name_of
from learning.reporting.forms import Choices, Selection
from modules.papers.contents import Label
from modules.papers.models import Purpose, Test
from modules.papers.naming import name_of_test

# Filters that make groups smaller, or parts of one that is shown: for who sees exact figures.
FEW = ("form", "cohort", "area")


def tests_asked() -> Choices:
    """The tests before and after a course, and each wave some months later; one query."""
    later = Test.objects.filter(purpose=Purpose.RETENTION)
    waves = sorted({months for test in later for months in test.months})
    names = [name_of_test(Purpose.RETENTION, months) for months in waves]
    return [
        *((one.value, one.label) for one in (Purpose.POST, Purpose.PRE)),
        *((name, label_of_test(name)) for name in names),
    ]


class ItemsForm(FormsForm):
    """One version of one course and one purpose; by form, language, period, cohort and area.

    What an address does not name is the test after the course, all forms, and the language of most
    answers. Who sees aggregates alone has one programme and ended quarters.
    """

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        labels = [(form, _("Form {form}").format(form=form)) for form in (Label.A, Label.B)]
        self.fields["purpose"] = Selection(gettext_lazy("Test"), tests_asked())
        if reach.exact:
            self.fields["form"] = Selection(gettext_lazy("Form"), [("", _("All")), *labels])
            for name in ("cohort", "area"):
                self.fields[name] = super()._filter(name)
        self.main = ("programme", "version", "purpose", "lang", "period")

    @cached_property
    def versions(self) -> Choices:
        """Versions of all courses, by course, the newest first."""
        newest_first = sorted(self.reach.groups, key=lambda one: (one.number, -one.version))
        return [*dict.fromkeys((code_of(one), name_of(one)) for one in newest_first)]

    @property
    def wanted(self) -> Wanted:
        course, _colon, number = self.version.partition(":")
        return Wanted(course, number, self.purpose, self.cleaned_data.get("form", ""), self.within)

    @property
    def purpose(self) -> str:
        return self.cleaned_data["purpose"] or Purpose.POST

    @cached_property
    def everybody(self) -> Counted:
        """Whose tests are asked for, in any language; of a form that is valid."""
        return count(self._enrolments(), self.wanted)

    @property
    def asked_for(self) -> Counted:
        """Those of them in the language that is shown."""
        return self.everybody.answered_in(self.spoken)

    @property
    def spoken(self) -> str:
        """The language asked for, else that of most answers."""
        return self.lang or next(iter(self.everybody.langs), "")

    def _enrolments(self) -> QuerySet[Enrolment]:
        found = self.reach.enrolments
        if self.programme:
            found = found.filter(cohort__programme__code=self.programme)
        if cohort := self.cleaned_data.get("cohort"):
            found = found.filter(cohort__uuid=cohort)
        if area := self.cleaned_data.get("area"):
            found = found.filter(_works_in(area))
        return found

    @property
    def narrows(self) -> dict[str, str]:
        """Everything the page was asked for, as its links have it."""
        named = {
            "programme": self.programme,
            "version": self.version,
            "purpose": self.purpose,
            "lang": self.spoken,
            "period": self.within.code if self.within else "",
            **{name: self.cleaned_data.get(name, "") for name in FEW},
        }
        return {name: value for name, value in named.items() if value}

    def query(self, **more: str) -> str:
        return urlencode(self.narrows | more)

    def in_words(self) -> list[tuple[str, str]]:
        """What is shown, by what it is filtered by."""
        chosen = self.cleaned_data
        told = [*self.about(self.spoken)]
        tests = dict(self.fields["purpose"].choices)  # type: ignore[attr-defined]
        told.insert(2, (_("Test"), str(tests[self.purpose])))
        for name in FEW:
            if chosen.get(name):
                choices: dict[str, Any] = dict(self.fields[name].choices)  # type: ignore[attr-defined]
                told.append((str(self[name].label), str(choices[chosen[name]])))
        return told


class BehindItemsForm(ItemsForm):
    """The same for the list behind a number: of the test, or of one question."""

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        self.fields["question"] = forms.CharField(
            required=False, max_length=100, widget=forms.HiddenInput
        )

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in super().more_fields if field.name != "question"]

    def question_in(self, versions: Iterable[Version]) -> Version | None:
        """The question that the address names, None where it names none of these."""
        named = self.cleaned_data["question"]
        return next((one for one in versions if f"{one[0]}.{one[1]}" == named), None)


def _works_in(code: str) -> Q:
    """People who work in a province, or of whom nobody knows where."""
    if code == NOT_STATED:
        return Q(person__area_of_work=None)
    path = Area.objects.filter(code=code).values_list("path", flat=True).first()
    return Q(person__area_of_work__path__startswith=path) if path else Q(pk__in=[])
