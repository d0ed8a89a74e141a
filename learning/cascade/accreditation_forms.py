"""What is asked of who accredits a trainer, of who withdraws it, and of who reads the register."""

import datetime as dt
import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.cascade.accrediting import USUAL_MONTHS, Validity, usual_end
from learning.cascade.models import Accreditation
from learning.cascade.permissions import people_to_accredit, programmes_accredited_by
from learning.people.models import Person, Programme, User
from learning.people.roles import AnyUser
from learning.people.usernames import normalise


class DayField(forms.DateField):
    """A day, chosen in the browser’s calendar; sent as 2026-11-27 in every language."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, **kwargs)


class Either:
    """One of two fields that name the same. The form checks that one of them is filled."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value else None  # type: ignore[misc]


class AccountField(Either, forms.CharField):
    pass


class PersonField(Either, forms.ModelChoiceField):
    """People by name, with the body they work for: names repeat."""

    def label_from_instance(self, person: Person) -> str:
        return f"{person}, {person.organisation}" if person.organisation else str(person)


class GrantForm(forms.Form):
    """A person, chosen or named by her account, with programme, level, days and the reason."""

    use_required_attribute = False
    fact = forms.UUIDField(widget=forms.HiddenInput)
    person = PersonField(
        Person.objects.none(),
        label=_("Trainer"),
        empty_label=_("Choose somebody, or write an account below"),
        help_text=_("People with the role of trainer, and those who led or helped in a session."),
    )
    account = AccountField(
        label=_("Or her username or e-mail address"),
        max_length=150,
        help_text=_("Exactly as she signs in. For somebody who is not in the list yet."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        ),
    )
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), empty_label=_("Choose a programme")
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=Accreditation.Level,
        widget=forms.RadioSelect,
        help_text=_(
            "Certificates are issued for sessions led by a certified trainer or a master trainer."
        ),
    )
    valid_from = DayField(label=_("First day"))
    valid_until = DayField(
        label=_("Last day"),
        required=False,
        help_text=_(
            "Leave it empty for the usual time: {candidate} months for a candidate, {trainer} for a"
            " certified trainer, {master} for a master trainer."
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("What was seen: training attended, sessions led, observation, examination."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, user: AnyUser, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"fact": uuid.uuid4()} | initial)
        self.user = user
        people = people_to_accredit(user).select_related("organisation")
        self.fields["person"].queryset = people.order_by("names__Latn", "pk")  # type: ignore[attr-defined]
        programmes = programmes_accredited_by(user)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        months = {str(level): n for level, n in USUAL_MONTHS.items()}
        until = self.fields["valid_until"]
        until.help_text = str(until.help_text).format(**months)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._find_person(cleaned)
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_until")
        if begins and not ends and cleaned.get("level"):
            cleaned["valid_until"] = usual_end(cleaned["level"], begins)
        if begins and ends and ends < begins:
            self.add_error("valid_until", gettext("The last day is before the first."))
        return cleaned

    def _find_person(self, cleaned: dict[str, Any]) -> None:
        """One of the two fields names the person; `person` holds her afterwards."""
        account, programme = cleaned.get("account"), cleaned.get("programme")
        if cleaned.get("person") and account:
            self.add_error(
                "account", gettext("Choose from the list or write an account, not both.")
            )
        elif account and programme:
            cleaned["person"] = person_with_account(account, programme)
            if cleaned["person"] is None:
                self.add_error(
                    "account",
                    gettext("No account of this name works in the country of the programme."),
                )
        elif not account and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", gettext("Choose somebody, or write an account."))


def person_with_account(account: str, programme: Programme) -> Person | None:
    """Whose username or confirmed e-mail address this is, among those who may work in the
    programme; at most two queries."""
    addresses = EmailAddress.objects.filter(email__iexact=account.strip(), verified=True)
    users = User.objects.filter(
        Q(username=normalise(account)) | Q(pk__in=addresses.values("user")),
        Q(person__area_of_work=None)
        | Q(person__area_of_work__path__startswith=programme.area.path),
        is_active=True,
        person__isnull=False,
    )
    found = list(users.select_related("person")[:2])
    return found[0].person if len(found) == 1 else None


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Who decided, on what ground. The trainer can read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RegisterForm(forms.Form):
    """The filter of the register; it stays in the address."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        to_field_name="code",
        label=_("Programme"),
        required=False,
        empty_label=_("All programmes"),
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Every state")), *Validity.choices], required=False
    )

    def __init__(self, data: Any, *, programmes: QuerySet[Programme]) -> None:
        super().__init__(data)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[Programme | None, str]:
        """What to show; whatever is no choice chooses nothing."""
        self.is_valid()
        return self.cleaned_data.get("programme"), self.cleaned_data.get("state", "")


def first_day_of_renewal(known: Accreditation) -> dt.date:
    """Renewed before its end it goes on from there, else from today."""
    return max(known.valid_until + dt.timedelta(days=1), timezone.localdate())
