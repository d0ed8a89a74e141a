"""What people tell about themselves: fields for names and places, and the form that asks."""

import unicodedata
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.forms.models import ModelChoiceIterator
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from learning.people.models import Area, Organisation, Person, Script
from learning.people.naming import script_of


class NameField(forms.CharField):
    """A person's name: one space between words, composed letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, **kwargs)
        self.widget.attrs["dir"] = "auto"

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", " ".join((super().to_python(value) or "").split()))


class LanguageField(forms.ChoiceField):
    """The languages of the site, each by its own name."""

    def __init__(self, **kwargs: Any) -> None:
        names = [(code, get_language_info(code)["name_local"]) for code, name in settings.LANGUAGES]
        super().__init__(choices=names, **kwargs)


class ByCountry(ModelChoiceIterator):
    """Areas or organisations under the name of their country."""

    def __iter__(self) -> Any:
        yield ("", self.field.empty_label)
        countries = {area.code: str(area) for area in Area.objects.filter(parent=None)}
        country_of = self.field.country_of  # type: ignore[attr-defined]
        for code, group in groupby(self.queryset, key=country_of):
            yield (countries[code], [self.choice(thing) for thing in group])


class AreaField(forms.ModelChoiceField):
    iterator = ByCountry
    country_of = staticmethod(lambda area: area.country_code)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Area.objects.order_by("path"), required=False, **kwargs)

    def label_from_instance(self, area: Area) -> str:
        return str(area) if area.parent_id else str(_("All of {country}")).format(country=area)


class OrganisationField(forms.ModelChoiceField):
    iterator = ByCountry
    country_of = staticmethod(lambda organisation: organisation.area.country_code)

    def __init__(self, **kwargs: Any) -> None:
        organisations = Organisation.objects.select_related("area").order_by("area__path", "code")
        super().__init__(organisations, required=False, **kwargs)


class AboutForm(forms.ModelForm):
    """What a person may tell about herself; all of it optional."""

    other_name = NameField(
        label=_("Your name in another script"),
        required=False,
        help_text=_("As it should stand on a certificate in that language."),
    )
    other_script = forms.ChoiceField(
        label=_("Script of that name"), required=False, choices=[("", "—"), *Script.choices]
    )
    organisation = OrganisationField(label=_("Organisation"), empty_label=_("Not in this list"))
    area_of_work = AreaField(label=_("Where you work"), empty_label=_("Not stated"))
    language = LanguageField(
        label=_("Language of messages to you"), required=False, initial=get_language
    )

    class Meta:
        model = Person
        fields = (
            *("other_name", "other_script", "sex", "age_band", "constituency", "organisation"),
            *("job_role", "area_of_work", "language"),
        )
        labels: ClassVar = {
            "sex": _("Sex"),
            "age_band": _("Age"),
            "constituency": _("You work for"),
            "job_role": _("Your work"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, script = cleaned.get("other_name"), cleaned.get("other_script")
        if name and script and script != script_of(name):
            self.add_error("other_name", _("This name is not written in the script you chose."))
        return cleaned

    def check_scripts_differ(self, full_name: str) -> None:
        other = self.cleaned_data.get("other_name")
        if other and script_of(other) == script_of(full_name):
            text = _("Your full name is in this script already. Use another, or leave this empty.")
            self.add_error("other_name", text)

    def save_with_name(self, full_name: str) -> Person:
        """A new person with one or both names, each under the script it is written in."""
        person: Person = self.save(commit=False)
        names = [full_name, self.cleaned_data["other_name"]]
        person.names = {script_of(name): name for name in names if name}
        person.language = person.language or get_language() or ""
        person.save()
        return person


class LanguageForm(forms.ModelForm):
    language = LanguageField(label=_("Language of messages to you"))

    class Meta:
        model = Person
        fields = ("language",)
