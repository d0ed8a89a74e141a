"""Preparing a training session: one form, with rows for the half-days and for the team."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.forms import formset_factory
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from learning.cascade.clashing import Slot
from learning.cascade.models import Event, Facilitation
from learning.cascade.permissions import (
    areas_for_training,
    may_place_event,
    programmes_for_training,
)
from learning.cascade.planning import MOST_UNITS, Plan
from learning.cascade.showing import LANGUAGES
from learning.cascade.teaming import find_colleague, people_to_offer
from learning.people.forms import AS_TYPED
from learning.people.models import Area, Organisation, Person, Programme, User, name_in
from learning.people.permissions import organisations_visible_to
from modules.courses.models import CourseVersion

ROWS_AT_FIRST = 4  # half-days: two days
SPARE_ROWS = 2
TEAM_ROWS = 3
MOST_PEOPLE = 2000
CHOOSE = _("choose …")
# Of a session and of its plan alike.
PLANNED = ("kind", "mode", "area", "venue", "host", "languages", "planned")

type People = Mapping[str, Person]


def sentences(choices: Any) -> list[tuple[str, Any]]:
    """Choices whose labels begin with a capital letter."""
    return [(value, capfirst(label)) for value, label in choices]


class VersionField(forms.ModelChoiceField):
    """Released course versions, course by course, the newest of each first."""

    def __init__(self, **kwargs: Any) -> None:
        versions = CourseVersion.objects.select_related("course")
        super().__init__(versions.order_by("course__number", "-released_at", "-pk"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        title = name_in(obj.manifest.get("titles", {})) or obj.course.code
        return gettext("{course}, version {number}").format(course=title, number=obj.number)


class AreaField(forms.ModelChoiceField):
    """Areas with what they lie in. The own name comes first: by it a keyboard finds them."""

    def label_from_instance(self, obj: Any) -> str:
        if obj.parent is None:
            return str(obj)
        return gettext("{area}, {within}").format(area=obj, within=obj.parent)


class RowForm(forms.Form):
    """A row of the form. It is always read: that nothing was changed in it means nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"empty_permitted": False})


class UnitForm(RowForm):
    """One half-day; a row without anything is none."""

    date = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts = forms.TimeField(
        label=_("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("To"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        empty = [name for name in self.fields if cleaned.get(name) is None]
        if len(empty) < len(self.fields):
            for name in empty:
                if name not in self.errors:
                    self.add_error(name, gettext("Missing. Fill it in, or empty the row."))
        return cleaned

    @property
    def slot(self) -> Slot | None:
        """The half-day of a valid row; None of an empty one."""
        data = self.cleaned_data
        return Slot(data["date"], data["starts"], data["ends"]) if data.get("date") else None


class PersonForm(RowForm):
    """Somebody chosen from the list, or named by her account. `chosen` is set by `find`."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    account = forms.CharField(
        label=_("Or username or e-mail address"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs=AS_TYPED | {"autocomplete": "off"}),
    )
    chosen: Person | None = None

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        names = sorted(
            ((key, str(person)) for key, person in people.items()), key=lambda one: one[1]
        )
        self.fields["person"].choices = [("", _("nobody")), *names]  # type: ignore[attr-defined]

    def find(self, programme: Programme, by: User) -> bool:
        """Look up who is meant; False, with an error at the field, when nobody can be named so."""
        key, typed = self.cleaned_data.get("person"), self.cleaned_data.get("account")
        if key and typed:
            self.add_error("account", gettext("Choose from the list or type a name, not both."))
        elif typed:
            self.chosen = find_colleague(typed, programme.area, by)
            if self.chosen is None:
                self.add_error("account", _nobody_known(typed))
        elif key:
            self.chosen = self.people[key]
        return not self.errors


def _nobody_known(typed: str) -> str:
    return gettext(
        "Nobody who trains or administers in this country is known as “{typed}”. Compare it letter"
        " by letter, or leave it empty for now."
    ).format(typed=typed)


class TeamForm(PersonForm):
    """One person beside the lead trainer; a row without a person is none."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=sentences(one for one in Facilitation.Role.choices if one[0] != "lead"),
    )


UnitRows = formset_factory(
    UnitForm, extra=ROWS_AT_FIRST, max_num=MOST_UNITS, absolute_max=MOST_UNITS
)
TeamRows = formset_factory(TeamForm, extra=TEAM_ROWS, max_num=MOST_UNITS, absolute_max=MOST_UNITS)


class PlanForm(forms.Form):
    """A session to be prepared by `user`, or `event` to be changed."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), empty_label=CHOOSE
    )
    course_version = VersionField(
        label=_("Course"),
        empty_label=CHOOSE,
        help_text=_("The materials that are used, in this version."),
    )
    kind = forms.ChoiceField(label=_("Kind of session"), choices=sentences(Event.Kind.choices))
    counting = forms.ChoiceField(
        label=_("Who is recorded"),
        choices=sentences(Event.Counting.choices),
        widget=forms.RadioSelect,
        help_text=_(
            "This cannot be changed later. Certificates and reports on people trained need names;"
            " counting is for short sessions that make something known."
        ),
    )
    mode = forms.ChoiceField(
        label=_("How it is held"),
        choices=sentences(Event.Mode.choices),
        widget=forms.RadioSelect,
    )
    area = AreaField(Area.objects.none(), label=_("Area"), empty_label=CHOOSE)
    venue = forms.CharField(
        label=_("Venue"),
        max_length=120,
        required=False,
        help_text=_("House and town, as it should stand on the certificate."),
    )
    host = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Host organisation"),
        required=False,
        empty_label=_("none"),
        help_text=_("Its administrators see the session and who took part."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    planned = forms.IntegerField(
        label=_("People expected"), min_value=1, max_value=MOST_PEOPLE, required=False
    )

    def __init__(self, data: Any, *, user: User, event: Event | None = None) -> None:
        super().__init__(data, initial=_initial(user, event))
        self.user, self.event = user, event
        self._offer(user)
        team = list(event.facilitations.select_related("person")) if event else []
        people = {str(one.pk): one for one in people_to_offer(user)}
        people |= {str(one.person_id): one.person for one in team}
        self._add_rows(data, people, team)
        if event:
            del self.fields["programme"], self.fields["counting"]

    def _offer(self, user: User) -> None:
        offered = {
            "programme": programmes_for_training(user).select_related("area"),
            "area": areas_for_training(user).select_related("parent"),
            "host": organisations_visible_to(user).select_related("area"),
        }
        for name, choices in offered.items():
            cast("forms.ModelChoiceField", self.fields[name]).queryset = choices

    def _add_rows(self, data: Any, people: People, team: list[Facilitation]) -> None:
        lead = next((one.person_id for one in team if one.role == "lead"), None)
        others = [{"person": one.person_id, "role": one.role} for one in team if one.role != "lead"]
        own = lead or self.user.person_id or ""
        units = _unit_rows(self.event)
        self.lead = PersonForm(data, prefix="lead", people=people, initial={"person": own})
        self.units = UnitRows(data, prefix="unit", initial=units)
        self.team = TeamRows(data, prefix="team", initial=others, form_kwargs={"people": people})
        if self.event:
            self.units.extra = min(SPARE_ROWS, MOST_UNITS - len(units))
        self.cancelled = _cancelled(self.event)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        area, programme = cleaned.get("area"), self.chosen_programme
        if area and programme and not may_place_event(self.user, programme, area):
            self.add_error("area", gettext("Choose an area in which you train for this programme."))
        return cleaned

    @property
    def chosen_programme(self) -> Programme | None:
        """That of the session, which stays, or the one chosen."""
        return self.event.cohort.programme if self.event else self.cleaned_data.get("programme")

    def is_valid(self) -> bool:
        parts = (self.lead, self.units, self.team)
        all_valid = all([super().is_valid(), *(part.is_valid() for part in parts)])
        # Looked up in any case: who has put everything else right should not be told of it then.
        return self._find_people() and all_valid

    def _find_people(self) -> bool:
        programme = self.chosen_programme if self.is_bound else None
        if programme is None:
            return False
        found = [one.find(programme, self.user) for one in (self.lead, *self.team.forms)]
        if found[0] and self.lead.chosen is None:
            self.lead.add_error("person", gettext("Choose who leads the session."))
            return False
        return all(found)

    @property
    def problems(self) -> int:
        """How many fields are to be put right."""
        parts = [self, self.lead, *self.units.forms, *self.team.forms]
        return sum(len(part.errors) for part in parts)

    @property
    def rows(self) -> list[tuple[int, UnitForm, str]]:
        """Number and form of each half-day, and why it was cancelled."""
        return [(n, row, self.cancelled.get(n, "")) for n, row in enumerate(self.units.forms, 1)]

    @property
    def plan(self) -> Plan:
        """What a valid form says."""
        data = self.cleaned_data
        lead = (cast("Person", self.lead.chosen), Facilitation.Role.LEAD)
        others = [(row.chosen, row.cleaned_data["role"]) for row in self.team.forms if row.chosen]
        return Plan(
            programme=cast("Programme", self.chosen_programme),
            course_version=data["course_version"],
            counting=data.get("counting", Event.Counting.NAMED),
            slots=[row.slot for row in self.units.forms],
            team=[lead, *others],
            **{name: data[name] for name in PLANNED},
        )


def _initial(user: User, event: Event | None) -> dict[str, Any]:
    """What the form begins with: the session as it is, or what is usual."""
    if event:
        own = {name: getattr(event, name) for name in PLANNED}
        return own | {"course_version": event.cohort.course_version_id}
    programmes = list(programmes_for_training(user)[:2])
    return {
        "programme": programmes[0] if len(programmes) == 1 else None,
        "kind": Event.Kind.CASCADE,
        "counting": Event.Counting.NAMED,
        "mode": Event.Mode.ROOM,
        "languages": [get_language() or "en"],
    }


def _unit_rows(event: Event | None) -> list[dict[str, Any]]:
    """The half-days, each in the row of its number; rows of cancelled ones stay empty."""
    units = {unit.n: unit for unit in event.held_units} if event else {}
    last = max([0, *(unit.n for unit in event.units.all())] if event else [0])
    empty: dict[str, Any] = {}
    return [
        {name: getattr(units[n], name) for name in ("date", "starts", "ends")}
        if n in units
        else empty
        for n in range(1, last + 1)
    ]


def _cancelled(event: Event | None) -> dict[int, str]:
    """Why half-days were cancelled, by their numbers."""
    units = event.units.all() if event else ()
    return {unit.n: unit.cancelled_why for unit in units if not unit.counts}
