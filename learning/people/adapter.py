"""What django-allauth asks of us: who a login names, where to go next, and our own words.

Its own texts exist in none of our languages but English, so every one that people meet is replaced
here or in `forms.py` and `templates/`, and translated in our catalogue.
"""

import base64
import io
import logging
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.db.models import BigAutoField, DateField, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.people.models import RoleGrant, User
from learning.people.roles import AnyUser, remember_no_grants, requires_second_factor
from learning.people.usernames import normalise
from modules.reference.statements import Slot, Statement

logger = logging.getLogger(__name__)

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: AnyUser) -> bool:
    """Whether an authenticator app or a passkey is set up; recovery codes alone are none."""
    return is_mfa_enabled(user, SECOND_FACTORS)


# --- who is it? ----------------------------------------------------------------------------------


def account_of(login: str) -> User | None:
    """The account that `login` names: by confirmed e-mail address, username, other e-mail address.

    A confirmed address comes first, so that nobody can take it over as a username. An address that
    several accounts gave and none confirmed names nobody.
    """
    name = normalise(login)
    confirmed = Q(emailaddress__email=name, emailaddress__verified=True)
    given = Q(emailaddress__email=name) | Q(email=name)
    users = User.objects.select_related("person")
    for condition in (confirmed, Q(username=name), given):
        found = list(users.filter(condition).distinct()[:2])
        if len(found) == 1:
            return found[0]
    return None


def signed_in() -> QuerySet[User]:
    """The account of a session with its person, and whether it holds any role today."""
    grants = RoleGrant.objects.active(Slot("today", DateField()))
    holding = grants.filter(user=OuterRef("pk"))
    users = User.objects.select_related("person").annotate(holds_a_role=Exists(holding))
    return users.filter(pk=Slot("pk", BigAutoField()))


SIGNED_IN = Statement(signed_in)  # every request of who is signed in asks it


class AccountBackend(AuthenticationBackend):
    """Signs in by username or e-mail address; reads the account with its person in one query."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str = "",
        email: str = "",
        password: str = "",
        **credentials: Any,
    ) -> User | None:
        """One password check for every login, known or not: time must not tell who exists."""
        if not password:
            return None
        user = account_of(username or email)
        if user is None:
            User().set_password(password)
            return None
        if not user.check_password(password):
            return None
        if not self.user_can_authenticate(user):
            self._stash_user(user)  # shows "this account is closed" instead of "wrong password"
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        user = SIGNED_IN.first(pk=user_id, today=timezone.localdate())
        if user and not user.holds_a_role:  # type: ignore[attr-defined]
            remember_no_grants(user)  # most people hold none: no page need ask for them again
        return user if user and self.user_can_authenticate(user) else None


# --- accounts ------------------------------------------------------------------------------------

NOT_TOGETHER = _(
    "This username or e-mail address and this password do not go together. "
    "Check both and try again."
)

CONFIRMATION_SENT = "account/messages/email_confirmation_sent.txt"
# By the template that allauth would render. What is not here is said by the page itself.
MESSAGES = {
    "account/messages/cannot_delete_primary_email.txt": _(
        "{email} is your main address. Choose another main address first."
    ),
    "account/messages/email_confirmation_failed.txt": _(
        "{email} could not be confirmed, because another account has confirmed it."
    ),
    CONFIRMATION_SENT: _(
        "We sent a message to {email}. Open the link in it to confirm the address."
    ),
    "account/messages/email_confirmed.txt": _("{email} is confirmed."),
    "account/messages/email_deleted.txt": _("{email} is removed from your account."),
    "account/messages/logged_in.txt": _("You are signed in."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your new password is saved."),
    "account/messages/password_set.txt": _("Your password is saved."),
    "account/messages/primary_email_set.txt": _("Your main e-mail address is changed."),
    "account/messages/unverified_primary_email.txt": _(
        "Confirm this address first; then it can become your main address."
    ),
    "mfa/messages/recovery_codes_generated.txt": _("Your recovery codes are ready. Keep them."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is switched off."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("All your other devices are signed out."),
}

# What changed, for the letter about it; by the letter that allauth would send.
CHANGES = {
    "account/email/email_changed": _("The main e-mail address is now {to_email}."),
    "account/email/email_deleted": _("The e-mail address {deleted_email} was removed."),
    "account/email/password_changed": _("The password was changed."),
    "account/email/password_reset": _("The password was replaced by a new one."),
    "account/email/password_set": _("A password was set."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made."),
    "mfa/email/totp_activated": _("An authenticator app was set up."),
    "mfa/email/totp_deactivated": _("The authenticator app was switched off."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
}

WAYS_TO_CONFIRM = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code from your app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("Choose another main address first."),
        "duplicate_email": _("This e-mail address is in your account already."),
        "email_password_mismatch": NOT_TOGETHER,
        "enter_current_password": _("This is not your present password. Try again."),
        "incorrect_code": _("This code is not right. Use the newest one and try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
        "max_email_addresses": _("An account can have at most %d e-mail addresses."),
        "rate_limited": _("That was too often. Wait a few minutes, then try again."),
        "too_many_login_attempts": _(
            "Too many attempts with this account. Wait five minutes, then try again."
        ),
        "username_password_mismatch": NOT_TOGETHER,
        "username_taken": _("This username is taken. Please choose another."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return super().clean_username(normalise(username), shallow)

    def set_password(self, user: User, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])

    # Where to go: the home page in the language of the page, never another host.

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtail_serve", args=[""])

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("your_account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("your_account")

    def is_safe_url(self, url: str | None) -> bool:
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    # Limits count per account, whichever of its names is typed and however it is written.

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        login = normalise(credentials.get("username") or credentials.get("email") or "")
        user = account_of(login)
        return f"account:{user.pk}" if user else f"login:{login}"

    def forget_failed_attempts(self, request: HttpRequest, user: User) -> None:
        """After a new password: the count of the old one is over."""
        self._delete_login_attempts_cached_email(request, username=user.username)

    def get_reauthentication_methods(self, user: AnyUser) -> list[dict]:
        """Who needs a second factor and has one confirms with it: the password is not enough."""
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = WAYS_TO_CONFIRM[method["id"]]
        second = [method for method in methods if method["id"].startswith("mfa_")]
        return second if second and requires_second_factor(user) else methods

    # Words: messages on the page and letters by e-mail.

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if message_template == CONFIRMATION_SENT and hasattr(self.request.allauth, "mail_is_down"):
            return
        if message_template is not None:
            text = MESSAGES.get(message_template, "")
            message = text.format(**(message_context or {}))
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of its reader. A mail server that is down stops nobody's work."""
        user = context.get("user")
        language = user.person.language if user and user.person else ""
        try:
            with translation.override(language or translation.get_language()):
                super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("The letter %s was not sent.", template_prefix)
            self.request.allauth.mail_is_down = True
            text = _("We could not send an e-mail message just now. Please try again later.")
            messages.warning(self.request, text)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """One letter for all changes of an account; it differs by the sentence on what changed."""
        facts = context or {}
        letter = {"user": user, "change": format_lazy(CHANGES[template_prefix], **facts)}
        super().send_notification_mail("account/email/change", user, letter, email)


# --- second factor -------------------------------------------------------------------------------


def box() -> MultiFernet:
    """Encrypts the secrets of authenticator apps, so that a copy of the database opens no account.

    Follows Django's rotation: a new `SECRET_KEY` with the old one among the fallbacks.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("learning.people.box", "", key, algorithm="sha256") for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest.digest())) for digest in digests])


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
        "incorrect_code": _("This code is not right. Use the newest one and try again."),
    }

    def encrypt(self, text: str) -> str:
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return box().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        return user.username

    def build_totp_svg(self, url: str) -> str:
        """Dark on white with a margin: phones read it in the dark scheme too."""
        drawing = io.BytesIO()
        segno.make(url, micro=False).save(
            drawing, kind="svg", scale=5, border=4, light="white", xmldecl=False
        )
        return drawing.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        names = {"name": user.username, "display_name": user.get_full_name()}
        return super().get_public_key_credential_user_entity(user) | names
