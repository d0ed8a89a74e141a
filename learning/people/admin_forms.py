"""Forms of the registers in Wagtail's admin."""

from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from learning.people.models import Area, Organisation, Person, Programme, RoleGrant, Script, User
from learning.people.permissions import (
    areas_visible_to,
    may_place_person,
    organisations_visible_to,
)
from learning.people.programme_settings import (
    DOUBLE_ENTRY,
    MIN_ATTENDANCE,
    MIN_TRAINING_HOURS,
    MOST_DIFFERING,
)
from modules.reference.interface import InterfaceTranslation


class NamesForm(WagtailAdminModelForm):
    """Edits a JSON field `names` as one plain field per language or script."""

    name_keys: ClassVar[list[tuple[str, Any]]] = []
    needs_name = True

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        labels = {key: _("Name ({variant})").format(variant=name) for key, name in self.name_keys}
        names = {
            f"name_{key}": forms.CharField(
                label=label,
                max_length=200,
                required=False,
                initial=(self.instance.names or {}).get(key, ""),
            )
            for key, label in labels.items()
        }
        self.fields: dict[str, forms.Field] = names | self.fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        values = {key: cleaned.get(f"name_{key}", "").strip() for key, _label in self.name_keys}
        names = {key: value for key, value in values.items() if value}
        if self.needs_name and not names and not cleaned.get("is_anonymous"):
            first = f"name_{self.name_keys[0][0]}"
            self.add_error(first, gettext("Give the name in at least one of these."))
        if names and cleaned.get("is_anonymous"):
            self.add_error("is_anonymous", gettext("An anonymous person has no name."))
        # Before model validation, which checks the constraint on names and anonymity.
        self.instance.names = names
        return cleaned


class NamesByLanguageForm(NamesForm):
    name_keys: ClassVar = list(settings.LANGUAGES)


class AreaForm(NamesByLanguageForm):
    class Meta:
        model = Area
        fields: ClassVar = ["code", "kind", "parent", "listed_on"]


class OrganisationForm(NamesByLanguageForm):
    class Meta:
        model = Organisation
        fields: ClassVar = ["code", "kind", "parent", "area"]


class ProgrammeForm(NamesByLanguageForm):
    """The settings as plain fields; what else the programme's JSON holds stays as it is."""

    min_training_hours = forms.DecimalField(
        label=_("Least hours that count as training"),
        min_value=Decimal("0.5"),
        max_value=200,
        step_size=Decimal("0.5"),
        help_text=_("A training session that offers fewer hours reaches people but trains nobody."),
    )
    min_attendance = forms.IntegerField(
        label=_("Least attendance that counts as trained, in per cent"),
        min_value=1,
        max_value=100,
        help_text=_("Of the hours that a training session offers. Nothing is rounded up."),
    )
    double_entry = forms.IntegerField(
        label=_("Tests on paper typed a second time, in per cent"),
        min_value=0,
        max_value=100,
        help_text=_("Of the slips of each test, at least three. 0 means none, 100 means all."),
    )
    most_differing = forms.DecimalField(
        label=_("Most answers that may differ when typed twice, in per cent"),
        min_value=0,
        max_value=100,
        step_size=Decimal("0.5"),
        help_text=_("Above it, all slips of the test are to be typed a second time."),
    )
    defaults: ClassVar = {
        "min_training_hours": MIN_TRAINING_HOURS,
        "min_attendance": MIN_ATTENDANCE,
        "double_entry": DOUBLE_ENTRY,
        "most_differing": MOST_DIFFERING,
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, usual in self.defaults.items():
            self.initial[name] = self.instance.settings.get(name, usual)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        own = {name: cleaned[name] for name in self.defaults if name in cleaned}
        self.instance.settings = self.instance.settings | {k: _plain(v) for k, v in own.items()}
        return cleaned

    class Meta:
        model = Programme
        fields: ClassVar = ["code", "area"]


def _plain(value: Decimal | int) -> float | int:
    """As JSON has it: 6 for 6.0, and 6.5, which a float holds exactly."""
    return int(value) if value == int(value) else float(value)


class PersonForm(NamesForm):
    """Keeps what is offered, and who is saved, within the scope of the administrator."""

    name_keys: ClassVar = list(Script.choices)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "organisation": organisations_visible_to(self.for_user),
            "area_of_work": areas_visible_to(self.for_user),
        }
        for name, choices in offered.items():
            cast("forms.ModelChoiceField", self.fields[name]).queryset = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        area, organisation = cleaned.get("area_of_work"), cleaned.get("organisation")
        if not may_place_person(self.for_user, area, organisation):
            raise forms.ValidationError(
                gettext("Choose an area or an organisation that you administer. Nothing was saved.")
            )
        return cleaned

    class Meta:
        model = Person
        fields: ClassVar = [
            "is_anonymous",
            "sex",
            "age_band",
            "constituency",
            "organisation",
            "job_role",
            "area_of_work",
            "language",
        ]


class AccountField(forms.ModelChoiceField):
    """People of the same name are told apart by their usernames."""

    def label_from_instance(self, obj: Any) -> str:
        name, username = obj.get_full_name(), obj.get_username()
        return username if name == username else f"{name} ({username})"


class RoleGrantForm(WagtailAdminModelForm):
    user = AccountField(User.objects.select_related("person"), label=_("account"))

    class Meta:
        model = RoleGrant
        fields: ClassVar = [
            "user",
            "role",
            "area",
            "organisation",
            "programme",
            "valid_from",
            "valid_until",
        ]


class InterfaceTranslationForm(WagtailAdminModelForm):
    """Confirms in the name of whoever saves; saving again leaves the first name and day."""

    confirmed = forms.BooleanField(
        label=_("Confirmed"),
        required=False,
        help_text=_(
            "I speak this language, I have read the buttons, menus and messages of the site in it,"
            " and they are right. Until then every page says that they are a draft."
        ),
    )

    class Meta:
        model = InterfaceTranslation
        fields: ClassVar[list[str]] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["confirmed"] = self.instance.confirmed_on is not None

    def save(self, commit: bool = True) -> InterfaceTranslation:
        confirmed = self.cleaned_data["confirmed"]
        if confirmed != self.initial["confirmed"]:
            self.instance.confirmed_by = self.for_user if confirmed else None
            self.instance.confirmed_on = timezone.localdate() if confirmed else None
        return super().save(commit)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Stays in the history of the site with your name and the time."),
    )
