"""The filters of reports. They are sent by GET, so that an address holds its question."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from learning.certificates.models import Grade
from learning.certificates.standing import State
from learning.enrolment.models import Cohort
from learning.people.models import Person
from learning.reporting.asking import Asked, Narrowed, Reach
from learning.reporting.cutting import CUTS, NOT_STATED, choices
from learning.reporting.lineage import Lead, leads_of
from learning.reporting.narrowing import (
    ANY,
    NONE,
    USUAL,
    by_generation,
    by_lead,
    by_training,
    generation_words,
    of_person,
    people_within,
)
from learning.reporting.periods import Period, is_until, last_quarter, period, periods_of
from learning.reporting.stages import LABELS, Stage
from learning.reporting.trainers import STATES

# What a table can have a row for each of; a viewer may choose one of these alone.
GROUPINGS = ("course", "cohort", "area", "organisation", "sex", "age", "constituency")
VIEWER_GROUPINGS = ("course", "area", "sex", "age", "constituency")
CROSSINGS = ("sex", "age", "constituency")
DUE = (
    ("closing", _("over and not closed")),
    ("unverified", _("over and not verified")),
    ("certifying", _("certificates to approve")),
)
# Filters that links set; where an address has one, it stands among the first.
FROM_LINKS = ("generation", "after", "person")
NOT_LISTED = _("Choose one of those that are listed.")

type Choices = list[tuple[str, Any]]


class Select(forms.Select):
    """Django's own, without a template for each option: the filters of a report have hundreds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = format_html_join("", "{}", ((_group(*one),) for one in widget["optgroups"]))
        attributes = flatatt(widget["attrs"])
        return format_html('<select name="{}"{}>{}</select>', widget["name"], attributes, groups)


def _group(name: str | None, options: Sequence[dict[str, Any]], _place: int) -> SafeString:
    found = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((one["value"], flatatt(one["attrs"]), one["label"]) for one in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', name, found) if name else found


class Selection(forms.ChoiceField):
    """One of `choices`, or nothing."""

    widget = Select

    def __init__(self, label: Any, choices: Choices) -> None:
        super().__init__(
            label=label,
            choices=choices,
            required=False,
            error_messages={"invalid_choice": NOT_LISTED},
        )


class FilterForm(forms.Form):
    """Filters by the cuts in `names`, and by a period. What it asks for is `asked`."""

    names: Sequence[str] = tuple(name for name in CUTS if name != "counting")
    # What most people need; the others stand folded together below.
    main: Sequence[str] = ("programme", "course", "period", "by", "cut", "stage", "count")

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.reach = reach
        for name in self.names:
            self.fields[name] = self._filter(name)
        self.fields["period"] = Selection(_("Period"), self.periods())

    def _filter(self, name: str) -> Selection:
        return Selection(CUTS[name].label, [("", _("All")), *self._listed(name)])

    def _listed(self, name: str) -> Choices:
        found = choices(name, self.reach.groups, self.reach.places)
        return [(option.in_address, option.label) for option in found]

    def periods(self) -> Choices:
        return [("", _("Any time")), *by_year(self.reach)]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        main = (*self.main, *FROM_LINKS)
        return [self[name] for name in main if name in self.fields]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        main = {*self.main, *FROM_LINKS}
        return [self[name] for name in self.fields if name not in main]

    @property
    def uses_more(self) -> bool:
        return any(field.value() for field in self.more_fields)

    @cached_property
    def asked(self) -> Asked:
        """Of a form that is valid."""
        data = self.cleaned_data
        chosen = {name: data[name] for name in self.names if data[name]}
        plain = {name: "" if value == NOT_STATED else value for name, value in chosen.items()}
        code = data.get("period")
        return Asked(self.reach, plain, period(code) if code else None)


class CompletionForm(FilterForm):
    """How the table of completion is made for who sees exact figures."""

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        self.fields["by"] = Selection(_("A row for each"), _labels(GROUPINGS))
        crossings = [("", _("No")), *_labels(CROSSINGS)]
        self.fields["cut"] = Selection(_("Also split by"), crossings)

    @property
    def by(self) -> str:
        return self.cleaned_data["by"] or "course"

    @property
    def cut(self) -> str:
        """The second cut; none by what the rows are made of already."""
        cut = self.cleaned_data.get("cut", "")
        return "" if cut == self.by else cut


class ViewerForm(CompletionForm):
    """The same for a viewer: one programme, one quarter that has ended, one cut, nothing else.

    Why no more, says docs/decisions/0011-small-groups.md.
    """

    names = ("programme",)

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        self.fields["by"] = Selection(_("A row for each"), _labels(VIEWER_GROUPINGS))
        del self.fields["cut"]

    def _filter(self, name: str) -> Selection:
        return Selection(CUTS[name].label, self._listed(name))

    def periods(self) -> Choices:
        return ended_quarters(self.reach)

    @cached_property
    def asked(self) -> Asked:
        """Of the first programme and the last quarter, where the address names none."""
        first = next(iter(self._listed("programme")), ("",))[0]
        asked = super().asked
        chosen = {"programme": first, **asked.chosen, "way": str(Cohort.Kind.SELF_PACED)}
        return Asked(self.reach, chosen, asked.period or last_quarter())


class PeriodForm(FilterForm):
    """The period of a programme's page: a year or a part of one; for viewers an ended quarter."""

    names = ()

    def periods(self) -> Choices:
        return by_year(self.reach) if self.reach.exact else ended_quarters(self.reach)

    @property
    def within(self) -> Period:
        """This year, or the last quarter, where the address names nothing that is listed."""
        code = self.cleaned_data.get("period") if self.is_valid() else ""
        if code:
            return period(code)
        return period(str(timezone.localdate().year)) if self.reach.exact else last_quarter()


class ListForm(FilterForm):
    """The list behind a number, which may be narrowed by links."""

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        if data.get("lead") or self.always_by_lead:
            named = sorted((one.name, one.uuid) for one in self.leads.values())
            listed = dict.fromkeys((uuid, name) for name, uuid in named)
            self.fields["lead"] = Selection(_("Lead trainer"), [("", _("All")), *listed])
        if data.get("generation"):
            self.fields["generation"] = generations(data["generation"])
        if data.get("after"):
            trainings = [(one.uuid, one.label) for one in reach.groups if one.trains_trainers]
            self.fields["after"] = Selection(
                _("Led after the training"), [("", _("All")), *trainings]
            )

    always_by_lead = False

    @cached_property
    def leads(self) -> dict[int, Lead]:
        """The lead trainers of the sessions in scope, by cohort."""
        return leads_of(group for group in self.reach.groups if group.in_scope)

    def periods(self) -> Choices:
        """Those of every form, and everything until some day where a link asks for it."""
        code = self.data.get("period", "")
        until = [(code, period(code).in_words())] if is_until(code) else []
        return [*super().periods(), *until]

    @cached_property
    def asked(self) -> Asked:
        asked, data = super().asked, self.cleaned_data
        narrowed = []
        if data.get("lead"):
            narrowed.append(by_lead(data["lead"], self.leads))
        if data.get("generation"):
            narrowed.append(by_generation(asked, data["generation"]))
        if data.get("after"):
            training = next(one for one in self.reach.groups if one.uuid == data["after"])
            narrowed.append(by_training(asked, training))
        return replace(asked, narrowed=tuple(narrowed))


class PeopleForm(ListForm):
    """Everything that a number of people may be filtered by, and which number."""

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        self.fields["stage"] = Selection(_("Who"), [(stage, LABELS[stage]) for stage in Stage])
        counts = [("", _("Enrolments")), ("people", _("People"))]
        self.fields["count"] = Selection(_("A row for each"), counts)
        if data.get("person"):
            names = [(str(one.uuid), one.name()) for one in self._found]
            self.fields["person"] = Selection(_("Person"), [("", _("All")), *names])

    @cached_property
    def _found(self) -> list[Person]:
        """The person whom the address names, if any of her enrolments are counted."""
        try:
            key = UUID(self.data["person"])
        except ValueError:
            return []
        return list(people_within(self.reach).filter(uuid=key))

    @cached_property
    def asked(self) -> Asked:
        asked = super().asked
        return of_person(asked, self._found[0]) if self.cleaned_data.get("person") else asked


class SessionsForm(ListForm):
    """Training sessions by course, place, state and period; by who led, or by what is due."""

    names = ("programme", "course", "place", "state", "counting")
    main = ("programme", "course", "period", "state")
    always_by_lead = True

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        self.fields["due"] = Selection(_("What is due"), [("", _("All")), *DUE])

    @cached_property
    def asked(self) -> Asked:
        """What is due is looked for among the sessions asked for; here it is only told."""
        asked, due = super().asked, self.cleaned_data.get("due")
        if not due:
            return asked
        told = Narrowed("due", due, str(self["due"].label), str(dict(DUE)[due]))
        return replace(asked, narrowed=(*asked.narrowed, told))


class RegisterForm(FilterForm):
    """A register: people by organisation and area of work, and by part of a name."""

    names: Sequence[str] = ("organisation", "area")
    search: Any = _("Name")

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        del self.fields["period"]
        widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
        text = forms.CharField(label=self.search, max_length=100, required=False, widget=widget)
        self.fields = {"q": text, **self.fields}
        self.main = tuple(self.fields)

    def in_words(self) -> list[tuple[str, str]]:
        """What is filtered by, with what; of a form that is valid."""
        chosen = [(self[name], value) for name, value in self.cleaned_data.items() if value]
        return [(str(bound.label), _word(bound, value)) for bound, value in chosen]


class TrainersForm(RegisterForm):
    """Trainers by programme, by the state of their accreditation and by when they led sessions."""

    names = ("programme",)

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        self.fields["state"] = Selection(_("State"), [("", _("All")), *STATES.items()])
        self.fields["period"] = Selection(_("Period of the sessions"), self.periods())
        self.main = tuple(self.fields)
        if data.get("generation"):
            self.fields["generation"] = generations(data["generation"])

    @cached_property
    def asked(self) -> Asked:
        asked, code = super().asked, self.cleaned_data.get("generation")
        return replace(asked, narrowed=(by_generation(asked, code),)) if code else asked


class CertificatesForm(RegisterForm):
    """Certificates by programme, course, grade and state, by name and number."""

    names = ("programme", "course")
    search = _("Name or number")

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, reach)
        self.fields["grade"] = Selection(_("Grade"), [("", _("All")), *Grade.choices])
        states = [(state, state.label) for state in State if state != State.UNKNOWN]
        self.fields["state"] = Selection(_("State"), [("", _("All")), *states])
        self.main = tuple(self.fields)


def generations(chosen: str) -> Selection:
    """The usual generations, and the one that a link asks for."""
    codes = [*USUAL, NONE]
    if chosen == ANY or (chosen.isdecimal() and chosen.isascii() and chosen not in codes):
        codes.append(chosen)
    words = [(code, generation_words(code)) for code in codes]
    return Selection(_("Generation"), [("", _("All")), *words])


def _word(bound: forms.BoundField, value: str) -> str:
    labels: dict[str, Any] = dict(getattr(bound.field, "choices", ()))
    return str(labels.get(value, value))


def by_year(reach: Reach) -> Choices:
    """Years with their halves and quarters, newest first: from the first session to today."""
    today = timezone.localdate()
    days = [group.last_day for group in reach.groups if group.last_day]
    first = min([day.year for day in days], default=today.year)
    last = max([day.year for day in days], default=today.year)
    listed = range(max(last, today.year), min(first, today.year - 1) - 1, -1)
    return [(str(year), [(one.code, str(one)) for one in periods_of(year)]) for year in listed]


def ended_quarters(reach: Reach) -> Choices:
    """The quarters that have ended, newest first."""
    today = timezone.localdate()
    periods = [period(code) for _year, parts in by_year(reach) for code, _words in parts]
    quarters = [one for one in periods if one.is_quarter and one.has_ended(today)]
    return [(one.code, str(one)) for one in sorted(quarters, reverse=True)]


def _labels(names: Sequence[str]) -> Choices:
    return [(name, CUTS[name].label) for name in names]
