"""The forms of accounts: allauth's with our words, and our own for codes on paper."""

from typing import Any, ClassVar

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning.people import codes
from learning.people.access_codes import AccessCode
from learning.people.codes import canonical
from learning.people.consents import Consent
from learning.people.models import Person, User
from learning.people.person_forms import AboutForm, NameField, script_of
from learning.people.usernames import RULE as USERNAME_RULE
from learning.people.usernames import ascii_digits

PASSWORD_RULE = _("At least 8 characters; not only digits, not a common word, not like your name.")

# Whoever changes a word of the text gives it a new version: consents name the version agreed to.
CONSENT_VERSION = "2026-11"
CONSENT_TEXT = _(
    "We keep your name, what you learn and your test results, so that you can go on where you "
    "stopped, see your results and get a certificate. The administrators of your area and "
    "organisation can see them. Reports show numbers, never names. You can read all we keep "
    "about you, and have it erased, under “My data”."
)


# For usernames and codes: what is typed stays as it is, in its own direction.
AS_TYPED = {"autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
HIDDEN_TYPING = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class OurWords:
    """Replaces the labels and help texts of allauth, and drops placeholders.

    A placeholder vanishes while one types and is too pale to read; the label says it all.
    """

    labels: ClassVar[dict[str, Any]] = {}
    helps: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)


# --- signing in ----------------------------------------------------------------------------------


class SignInForm(OurWords, account_forms.LoginForm):
    labels: ClassVar = {
        "login": _("Username or e-mail address"),
        "password": _("Password"),
        "remember": _("Stay signed in on this phone for 30 days"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= AS_TYPED | {"autocomplete": "username"}


class ConfirmPasswordForm(OurWords, account_forms.ReauthenticateForm):
    labels: ClassVar = {"password": _("Password")}


# --- opening an account --------------------------------------------------------------------------


class AccountForm(OurWords, account_forms.SignupForm):
    """Name, username, password, consent: what every new account needs."""

    labels: ClassVar = {
        "full_name": _("Full name"),
        "username": _("Username"),
        "password1": _("Password"),
        "email": _("E-mail address"),
    }
    helps: ClassVar = {
        "full_name": _("As it should stand on your certificate."),
        "username": USERNAME_RULE,
        "password1": PASSWORD_RULE,
        "email": _("We use it to send you a new password when you forget yours."),
    }
    field_order = ("full_name", "username", "password1", "consent", "email")
    full_name = NameField(widget=forms.TextInput(attrs={"autocomplete": "name"}))
    consent = forms.BooleanField(
        label=_("I agree that this record is kept."),
        error_messages={"required": _("We can open an account only if you agree to this.")},
    )
    consent_text = CONSENT_TEXT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= AS_TYPED

    def make_person(self) -> Person:
        """Whose account it is; runs in one transaction with the saving of the account."""
        raise NotImplementedError

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth's hook right after the account is saved."""
        user.person = self.make_person()
        user.save(update_fields=["person"])
        Consent.objects.get_or_create(
            person=user.person,
            purpose=Consent.Purpose.RECORD,
            withdrawn_at=None,
            defaults={
                "text_version": CONSENT_VERSION,
                "language": get_language() or "en",
                "channel": Consent.Channel.WEB,
            },
        )

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """All or nothing. Of two people who take one username at once, the slower is told so."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            messages.error(request, get_adapter().error_messages["username_taken"])
            return None, redirect(request.get_full_path())


class SignUpForm(AccountForm):
    """Opens an account and, with it, a person's record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = AboutForm(self.data if self.is_bound else None)

    def is_valid(self) -> bool:
        return super().is_valid() and self.about.is_valid()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.about.is_valid() and cleaned.get("full_name"):
            self.about.check_scripts_differ(cleaned["full_name"])
        return cleaned

    def make_person(self) -> Person:
        return self.about.save_with_name(self.cleaned_data["full_name"])


class ClaimForm(AccountForm):
    """Opens an account for a person we know. A name we have stays as it is."""

    def __init__(self, *args: Any, access_code: AccessCode, **kwargs: Any) -> None:
        self.access_code = access_code
        super().__init__(*args, **kwargs)
        if access_code.person.names:
            del self.fields["full_name"]

    def make_person(self) -> Person:
        """Uses the code up; raises `CodeRefused` when somebody was faster."""
        codes.use_code(self.access_code)
        person = self.access_code.person
        if name := self.cleaned_data.get("full_name"):
            person.names, person.is_anonymous = {script_of(name): name}, False
            person.save(update_fields=["names", "is_anonymous"])
        return person


# --- a new password ------------------------------------------------------------------------------

NEW_PASSWORD = _("New password")
NEW_PASSWORD_AGAIN = _("New password once more")


class NewPassword(OurWords):
    labels: ClassVar = {
        "oldpassword": _("Present password"),
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD_AGAIN,
    }
    helps: ClassVar = {"password1": PASSWORD_RULE}

    def add_error(self, field: str | None, error: Any) -> None:
        """allauth says in its own words that the two differ; Django raises `ValidationError`s."""
        if field == "password2" and not isinstance(error, forms.ValidationError):
            error = _("The two passwords are not the same. Type both again.")
        super().add_error(field, error)  # type: ignore[misc]


class ChangePasswordForm(NewPassword, account_forms.ChangePasswordForm):
    pass


class SetPasswordForm(NewPassword, account_forms.SetPasswordForm):
    pass


class NewPasswordForm(NewPassword, account_forms.ResetPasswordKeyForm):
    pass


class AskForResetForm(OurWords, account_forms.ResetPasswordForm):
    labels: ClassVar = {"email": _("E-mail address")}


class AddEmailForm(OurWords, account_forms.AddEmailForm):
    labels: ClassVar = {"email": _("E-mail address")}


CODE_RULE = _("Ten letters and digits, for example 4F7KD‑9QX2M.")


class CodeField(forms.CharField):
    """A code on paper, as anybody may type it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Code"),
            max_length=40,
            help_text=CODE_RULE,
        )
        self.widget.attrs |= AS_TYPED | {"autocomplete": "off", "dir": "ltr"}


class ClaimCodeForm(forms.Form):
    code = CodeField()


class ResetCodeForm(NewPassword, account_forms.PasswordVerificationMixin, forms.Form):
    username = forms.CharField(max_length=150, widget=forms.TextInput(attrs=AS_TYPED))
    code = CodeField()
    password1 = forms.CharField(strip=False, widget=HIDDEN_TYPING)
    password2 = forms.CharField(strip=False, widget=HIDDEN_TYPING)
    labels: ClassVar = NewPassword.labels | {"username": _("Username")}
    helps: ClassVar = NewPassword.helps | {"code": CODE_RULE}

    def clean_password1(self) -> str:
        """Compared with the typed username, not with an account: that would tell who exists."""
        user = User(username=self.cleaned_data.get("username", ""))
        return get_adapter().clean_password(self.cleaned_data["password1"], user=user)


# --- second factor -------------------------------------------------------------------------------


class OwnDigits(OurWords):
    """A code from an app may be typed in the digits of any script."""

    labels: ClassVar = {"code": _("Code from your app, or a recovery code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "dir": "ltr"}  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        self.cleaned_data["code"] = ascii_digits(self.cleaned_data["code"])  # type: ignore[attr-defined]
        return super().clean_code()  # type: ignore[misc]


class OnlyOnce(OwnDigits):
    """allauth forgets a used code after one period, but with a tolerance it works for longer."""

    def clean_code(self) -> str:
        code = super().clean_code()
        lifetime = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)  # seconds
        key = f"people:second-factor:{self.user.pk}:{canonical(code)}"  # type: ignore[attr-defined]
        if not cache.add(key, "used", timeout=lifetime):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(OnlyOnce, mfa_forms.AuthenticateForm):
    pass


class ConfirmCodeForm(OnlyOnce, mfa_forms.ReauthenticateForm):
    pass


class SetUpAppForm(OwnDigits, ActivateTOTPForm):
    labels: ClassVar = {"code": _("Code that the app shows now")}

    @property
    def grouped_secret(self) -> str:
        """The key in groups of four, as one types it."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


class AddPasskeyForm(OurWords, AddWebAuthnForm):
    """Every passkey may sign in by itself when the device lets it: no question about that."""

    passwordless = None
    name = forms.CharField(label=_("Name of this passkey"), max_length=60, required=False)
    helps: ClassVar = {"name": _("So that you know it again, for example “my phone”.")}


class RenamePasskeyForm(OurWords, EditWebAuthnForm):
    name = forms.CharField(label=_("Name of this passkey"), max_length=60)
