"""Getting back in after losing phone, passkeys and recovery codes: an administrator helps."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from learning.people.codes import account_of_person
from learning.people.models import Person, User

REMOVED = "people.remove_second_factor"


def second_factors_of(person: Person) -> QuerySet[Authenticator]:
    """Apps, passkeys and recovery codes of the person's account."""
    return Authenticator.objects.filter(user__person=person)


def check_removable(person: Person) -> None:
    """Raises `ValidationError` when there is nothing to remove."""
    if account_of_person(person) is None:
        raise ValidationError(_("This person has no account."), code="no_account")
    if not second_factors_of(person).exists():
        raise ValidationError(
            _("This account has no second factor. A forgotten password needs a code instead."),
            code="no_second_factor",
        )


def remove_second_factors(person: Person, by: User, reason: str) -> None:
    """Remove every second factor, end every session, note who did it and why, tell the person.

    Raises `ValidationError`, and changes nothing, when there is nothing to remove.
    """
    with transaction.atomic():
        # The lock makes a second administrator wait, who is then told that nothing is left.
        person = Person.objects.select_for_update().get(pk=person.pk)
        check_removable(person)
        second_factors_of(person).delete()
        for session in UserSession.objects.filter(user=person.user):
            session.end()
        log(person, REMOVED, user=by, data={"reason": reason})
    tell(person.user, by)


def tell(account: User, by: User) -> None:
    """The letter to the owner of the account, if we know an address."""
    email = EmailAddress.objects.get_primary_email(account)
    if email:
        context = {"user": account, "by": by.get_full_name()}
        get_adapter().send_mail("people/email/second_factor_removed", email, context)


class RemovedFormatter(LogFormatter):
    """What the history says; the reason goes when the person is erased."""

    label = _("Remove the second factor")

    def format_message(self, log_entry: Any) -> str:
        reason = log_entry.data.get("reason", "")
        return str(_("Second factor removed, all devices signed out. {reason}")).format(
            reason=reason
        )


def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(REMOVED)(RemovedFormatter)
