"""What is asked of who checks a certificate, and of who ends one."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.certificates.models import CertificateFact
from learning.certificates.serials import canonical, place_in_register, unbroken
from learning.certificates.verifying import find_by_number, read_code


class LookUpForm(forms.Form):
    """A number with a name, or what the code on a certificate holds. `token` is what it found."""

    number = forms.CharField(
        label=_("Certificate number"),
        max_length=600,
        help_text=unbroken(
            _(
                "Printed at the foot, for example PK-CASC-COOR-2026-000123-Y. You can also paste"
                " the address that the code on the certificate holds."
            )
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("Name of the holder"),
        max_length=200,
        required=False,
        help_text=_(
            "As it stands on the certificate, in one of its scripts. Not needed with an address."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    token = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = cleaned.get("number", "")
        plain = canonical(typed)
        if place_in_register(plain) != (0, 0):
            self._look_up(plain, cleaned.get("name", ""))
        elif typed:
            self._read(typed)
        return cleaned

    def _look_up(self, plain: str, name: str) -> None:
        if not name:
            self.add_error("name", gettext("Write the name too: the number alone is not enough."))
            return
        certificate = find_by_number(plain, name)
        if certificate is None:
            raise forms.ValidationError(
                gettext(
                    "No certificate is known with this number and this name. Compare both with the"
                    " paper, or scan its code."
                )
            )
        self.token = certificate.token

    def _read(self, typed: str) -> None:
        scanned = read_code(typed)
        if scanned is None:
            self.add_error(
                "number",
                gettext(
                    "This is not a complete number: a character is missing or mistyped. Compare it"
                    " with the paper."
                ),
            )
        elif scanned.genuine is False:
            self.add_error(
                "number",
                gettext("The signature in this code is not ours. Do not rely on this certificate."),
            )
        else:
            self.token = scanned.token


class RevokeForm(forms.Form):
    code = forms.ChoiceField(
        label=_("Reason"),
        choices=CertificateFact.Code,
        widget=forms.RadioSelect,
        help_text=_("Everybody who checks the certificate reads it."),
    )
    note = forms.CharField(
        label=_("Note for the record"),
        max_length=300,
        help_text=_("Who decided, on what ground. It is not shown in public."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
