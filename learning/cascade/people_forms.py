"""Forms of the list of participants: the row that registers, and what can be put right later."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.cascade.models import Event
from learning.cascade.places import areas_for, organisations_for
from learning.cascade.registering import About
from learning.cascade.stickers import HIGHEST
from learning.people.cells import Unreadable, names_by_script
from learning.people.models import Area, Organisation, Person
from learning.people.person_forms import NameField
from learning.people.roles import AnyUser

OLDEST_ROW = 30 * 24 * 3600  # seconds that a row may wait on a device
MILLISECONDS = 1000


class AboutParticipantForm(forms.Form):
    """What a participant tells about herself; everything but a name may stay open."""

    name = NameField(label=_("Name"), required=False)
    other_name = NameField(label=_("Name in another script"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, required=False)
    age_band = forms.ChoiceField(label=_("Age"), choices=Person.AgeBand.choices, required=False)
    constituency = forms.ChoiceField(
        label=_("Works for"), choices=Person.Constituency.choices, required=False
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("not in this list"),
    )
    job_role = forms.CharField(label=_("Job"), max_length=120, required=False)
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area of work"), required=False, empty_label=_("not stated")
    )
    agreed = forms.BooleanField(
        label=_("Agreed to the record and to a certificate"), required=False, initial=True
    )

    def __init__(self, *args: Any, user: AnyUser, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("sex", "age_band", "constituency"):
            self.fields[name].choices = blank_first(self.fields[name].choices)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations_for(user, event)  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas_for(user, event)  # type: ignore[attr-defined]
        self.fields["area"].initial = event.area_id
        self.fields["job_role"].widget.attrs["dir"] = "auto"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = [data.get("name", ""), data.get("other_name", "")]
        data["names"] = {}
        if any(names):
            try:
                data["names"] = dict(names_by_script(*names))
            except Unreadable as problem:
                self.add_error("other_name", str(problem))
        return data

    def about(self) -> About:
        """What was typed, of a form that is valid."""
        data = self.cleaned_data
        names = ("names", "sex", "age_band", "constituency", "organisation", "job_role", "area")
        return About(**{name: data[name] for name in names}, agreed=data["agreed"])


def blank_first(choices: Any) -> list[tuple[Any, Any]]:
    """The choices with "not stated" at the head, where a select begins."""
    return sorted(choices, key=lambda choice: choice[0] != "")


class RegisterForm(AboutParticipantForm):
    """The row in which people are registered one after the other.

    `suggested` is the number that the row offered: one that stayed may be replaced when another
    phone was faster, one that somebody typed may not. `ago` is how many milliseconds the row has
    waited on the device.
    """

    row = forms.UUIDField(required=False, widget=forms.HiddenInput)
    known = forms.UUIDField(required=False, widget=forms.HiddenInput)
    suggested = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ago = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    number = forms.IntegerField(label=_("Sticker"), min_value=1, max_value=HIGHEST, required=False)
    nameless = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["row"] = data.get("row") or uuid.uuid4()
        if data.get("known"):
            return data
        if data.get("nameless"):
            if data["names"]:
                self.add_error(
                    "name",
                    gettext("A name stands here. Empty it first, or register with the name."),
                )
        elif not data["names"] and not self.errors:
            self.add_error("name", gettext("Type a name, or register without one."))
        return data

    @property
    def is_number_typed(self) -> bool:
        return self.cleaned_data["number"] != self.cleaned_data["suggested"]

    @property
    def typed_at(self) -> datetime:
        """When it was typed, by the server's clock: the clock of a phone may be wrong."""
        seconds = (self.cleaned_data["ago"] or 0) / MILLISECONDS
        return timezone.now() - timedelta(seconds=min(seconds, OLDEST_ROW))


class StickerForm(forms.Form):
    number = forms.IntegerField(label=_("Number on the sticker"), min_value=1, max_value=HIGHEST)


class TakeOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("For example: did not come, or was registered twice."),
    )


class RecogniseForm(forms.Form):
    """Who a participant is: the id of a known person, or nothing for another one."""

    known = forms.UUIDField(required=False)
