"""Forms of award rules and issuers in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from learning.certificates.models import AwardRule, Issuer, Register, Scheme

SIGNATORIES = (1, 2)  # places for signatures on the paper


class AwardRuleForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        gap, pass_mark = cleaned.get("gap"), cleaned.get("pass_mark")
        if gap is not None and pass_mark is not None and gap > pass_mark:
            self.add_error("gap", gettext("This is more than the pass mark itself."))
        if cleaned.get("gate") is not None and cleaned.get("scheme") == Scheme.S1:
            self.add_error("gate", gettext("S1 has its own least attendance. Leave this empty."))
        return cleaned

    class Meta:
        model = AwardRule
        fields: ClassVar = [
            "course_version",
            "scheme",
            "a_min",
            "pass_mark",
            "gap",
            "gate",
            "effective_from",
        ]


class IssuerForm(WagtailAdminModelForm):
    """Edits signatories and the words on quality as one plain field per language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quality = self.instance.quality or {}
        for language, name in settings.LANGUAGES:
            self.fields[f"quality_{language}"] = forms.CharField(
                label=_("Quality assurance ({language})").format(language=name),
                max_length=200,
                required=False,
                initial=quality.get(language, ""),
            )
        for number, part, language in self._places():
            label = {
                "name": _("Signatory {number}: name ({language})"),
                "title": _("Signatory {number}: office ({language})"),
            }[part].format(number=number, language=dict(settings.LANGUAGES)[language])
            self.fields[f"{part}_{number}_{language}"] = forms.CharField(
                label=label,
                max_length=80,
                required=False,
                initial=self._known(number).get(part, {}).get(language, ""),
            )

    def _places(self) -> Iterator[tuple[int, str, str]]:
        for number in SIGNATORIES:
            for part in ("name", "title"):
                for language, _name in settings.LANGUAGES:
                    yield number, part, language

    def _known(self, number: int) -> dict[str, dict[str, str]]:
        known = self.instance.signatories or []
        return known[number - 1] if number <= len(known) else {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.instance.quality = self._typed(cleaned, "quality")
        self.instance.signatories = [
            signatory
            for number in SIGNATORIES
            if (signatory := self._signatory(cleaned, number))["name"]
        ]
        self._keep_code_of_register(cleaned)
        return cleaned

    def _typed(self, cleaned: dict[str, Any], prefix: str) -> dict[str, str]:
        texts = {code: cleaned.get(f"{prefix}_{code}", "") for code, _name in settings.LANGUAGES}
        return {code: text for code, text in texts.items() if text}

    def _signatory(self, cleaned: dict[str, Any], number: int) -> dict[str, dict[str, str]]:
        name = self._typed(cleaned, f"name_{number}")
        title = self._typed(cleaned, f"title_{number}")
        if title and not name:
            first = f"name_{number}_{settings.LANGUAGE_CODE}"
            self.add_error(first, gettext("Who holds this office? Write the name too."))
        return {"name": name, "title": title}

    def _keep_code_of_register(self, cleaned: dict[str, Any]) -> None:
        """A number must not be given twice: the code of another's register is taken."""
        code, organisation = cleaned.get("code"), cleaned.get("organisation")
        programme = cleaned.get("programme")
        others = Register.objects.filter(code=code).exclude(
            organisation=organisation, programme=programme
        )
        if code and others.exists():
            self.add_error(
                "code",
                gettext(
                    "Another organisation or programme has issued certificates under this code."
                    " Choose another."
                ),
            )

    class Meta:
        model = Issuer
        fields: ClassVar = ["programme", "organisation", "code", "time_zone"]
