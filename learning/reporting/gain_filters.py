"""The filters of the page about before and after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.attempts.models import Sitting
from learning.attempts.naming import label_of_test
from learning.cascade.retained import Retained
from learning.reporting.asking import Asked, Reach
from learning.reporting.cutting import CUTS
from learning.reporting.form_filters import languages_listed
from learning.reporting.forms import Choices, FilterForm, Selection, ended_quarters
from learning.reporting.pairing import Tried
from learning.reporting.periods import last_quarter
from modules.papers.models import Purpose, Test
from modules.papers.naming import name_of_test

LANG = "lang"
LANGUAGE = gettext_lazy("Language of the answers")
GROUPINGS = ("sex", "age", "constituency", "area", "organisation", "place", "programme")
VIEWER_GROUPINGS = ("sex", "age", "constituency", "area")


class Who(StrEnum):
    """Which people a number counts, as addresses name them."""

    BOTH = "both"
    BEFORE = "before"
    AFTER = "after"
    ONE = "one"
    # of one wave some months after the course
    DUE = "due"
    AGAIN = "again"
    STILL_OPEN = "open"
    MISSED = "missed"
    THREE = "three"
    REACH_STILL = "still"


LABELS: Mapping[Who, str | Promise] = {
    Who.BOTH: gettext_lazy("Results of both tests"),
    Who.BEFORE: gettext_lazy("A result before"),
    Who.AFTER: gettext_lazy("A result after"),
    Who.ONE: gettext_lazy("Tested, without results of both tests"),
    Who.DUE: gettext_lazy("Came due some months later"),
    Who.AGAIN: gettext_lazy("Tested again"),
    Who.STILL_OPEN: gettext_lazy("Can still be tested again"),
    Who.MISSED: gettext_lazy("Were not tested again"),
    Who.THREE: gettext_lazy("Results of all three tests"),
    Who.REACH_STILL: gettext_lazy("Reach the pass mark still"),
}


class GainForm(FilterForm):
    """One course, narrowed by anything; the first course where the address names none."""

    names = tuple(name for name in CUTS if name not in {"counting", "state", "scope"})
    main: Sequence[str] = ("course", "programme", "cohort", "place", "period", "by")

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        languages = [("", gettext_lazy("All")), *languages_listed()]
        self.fields[LANG] = Selection(LANGUAGE, languages)
        self.fields["by"] = Selection(gettext_lazy("Compare by"), self.groupings())

    def _filter(self, name: str) -> Selection:
        if name == "course":
            return Selection(CUTS[name].label, self._listed(name))
        return super()._filter(name)

    def groupings(self) -> Choices:
        labels: Choices = [(name, CUTS[name].label) for name in GROUPINGS]
        return [*labels, (LANG, LANGUAGE)]

    @property
    def course(self) -> str:
        """The one asked for, else the first that has a test before it, else the first."""
        tested = [one.course for one in self.reach.groups if one.terms.has_pre]
        every = [one.course for one in self.reach.groups]
        return self.cleaned_data["course"] or next(iter([*tested, *every]), "")

    @property
    def by(self) -> str:
        return self.cleaned_data["by"] or "sex"

    @property
    def lang(self) -> str:
        return self.cleaned_data.get(LANG, "")

    @property
    def parts_languages(self) -> bool:
        """Whether anything depends on the language in which somebody answered."""
        return bool(self.lang) or self.cleaned_data.get("by") == LANG

    @cached_property
    def asked(self) -> Asked:
        asked = super().asked
        return replace(asked, chosen={**asked.chosen, "course": self.course})

    def among(self, people: list[Tried]) -> list[Tried]:
        """Those of the language asked for."""
        return [one for one in people if not self.lang or one.lang == self.lang]

    def link(self, view: str = "report_before_after_people", **more: str) -> str:
        """The list behind a number; empty for who sees no lists."""
        return self.asked.link(view, **{LANG: self.lang} | more)

    def about(self) -> list[tuple[str, str]]:
        """What is shown, in words."""
        told = list(self.asked.in_words())
        if self.lang:
            told.append((str(LANGUAGE), str(dict(languages_listed())[self.lang])))
        return told


class ViewersGainForm(GainForm):
    """The same for a viewer: a course, a programme, one quarter that has ended, one comparison."""

    names = ("course", "programme")

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        del self.fields[LANG]

    def _filter(self, name: str) -> Selection:
        return Selection(CUTS[name].label, self._listed(name))

    def groupings(self) -> Choices:
        return [(name, CUTS[name].label) for name in VIEWER_GROUPINGS]

    def periods(self) -> Choices:
        return ended_quarters(self.reach)

    @cached_property
    def asked(self) -> Asked:
        """Of the first programme and the last quarter, where the address names none."""
        asked = super().asked
        first = next(iter(self._listed("programme")), ("",))[0]
        chosen = {"programme": first, **asked.chosen}
        return replace(asked, chosen=chosen, period=asked.period or last_quarter())


class BehindGainForm(GainForm):
    """The same for the list behind a number."""

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        del self.fields["by"]
        self.fields["who"] = Selection(_("Who"), list(LABELS.items()))
        waves = [("", _("None")), *((str(n), title_of_wave(n)) for n in waves_asked())]
        self.fields["wave"] = Selection(_("Some months later"), waves)
        self.main = ("course", "programme", "cohort", "who", "wave", "period")

    @property
    def who(self) -> Who:
        return Who(self.cleaned_data["who"] or Who.BOTH)

    @property
    def wave(self) -> int:
        """Of which the list tells; 0 of none."""
        return int(self.cleaned_data["wave"] or 0)

    def about(self) -> list[tuple[str, str]]:
        told = super().about()
        if self.wave:
            told.append((str(self["wave"].label), title_of_wave(self.wave)))
        return told

    def counted(self, people: list[Tried]) -> list[Tried]:
        """Exactly those whom a number counts."""
        among = self.among(people)
        if self.who in COUNTED_LATER:
            found = Retained(self.wave, among, Tried.passes)
            return list(COUNTED_LATER[self.who](found))
        return [one for one in among if COUNTED[self.who](one)]


COUNTED: Mapping[Who, Callable[[Tried], bool]] = {
    Who.BOTH: lambda one: one.pair is not None,
    Who.BEFORE: lambda one: bool(one.before and one.before.mark.is_final),
    Who.AFTER: lambda one: bool(one.after and one.after.mark.is_final),
    Who.ONE: lambda one: one.pair is None,
}


COUNTED_LATER: Mapping[Who, Callable[[Retained[Tried]], Sequence[Tried]]] = {
    Who.DUE: lambda found: found.due,
    Who.AGAIN: lambda found: found.taken,
    Who.STILL_OPEN: lambda found: found.can_still,
    Who.MISSED: lambda found: found.missed,
    Who.THREE: lambda found: found.whole,
    Who.REACH_STILL: lambda found: [one for one in found.taken if found.passes_still(one)],
}


def waves_asked() -> list[int]:
    """Every wave that a course has, or that somebody sat; two queries."""
    tests = Test.objects.filter(purpose=Purpose.RETENTION)
    sat = Sitting.objects.filter(wave__gt=0).order_by().values_list("wave", flat=True).distinct()
    return sorted({*sat, *(months for test in tests for months in test.months)})


def title_of_wave(months: int) -> str:
    return label_of_test(name_of_test(Purpose.RETENTION, months))


def value_by(by: str, one: Tried, form: GainForm) -> str:
    """The value of somebody by what is compared; empty: not stated."""
    return one.lang if by == LANG else CUTS[by].value(one.line, form.reach.places)


def no_course(asked: Asked) -> Asked:
    """The same of all courses: a viewer must not work one out from another and their sum."""
    return replace(asked, chosen={k: v for k, v in asked.chosen.items() if k != "course"})
