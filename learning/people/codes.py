"""Codes on paper: for people without e-mail, an administrator makes a code and hands it over.

A code is shown once; the table keeps a keyed digest of it. Ten characters of Crockford's base 32
are 50 random bits, which the limit on attempts per address makes unguessable for their 30 days.
"""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from learning.people.access_codes import AccessCode
from learning.people.models import Person, User
from learning.people.usernames import ascii_digits, normalise

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
LOOKALIKES = str.maketrans("OIL", "011")

type Purpose = AccessCode.Purpose


class CodeRefused(Exception):
    """The code opens nothing. One message for every cause: a guesser learns nothing."""

    message = _(
        "This code does not work. It may be mistyped, already used or out of date. "
        "Check it, or ask your administrator for a new one."
    )

    def __str__(self) -> str:
        return str(self.message)


def canonical(text: str) -> str:
    """What a person typed, as the code it means, whatever its case, hyphens, spaces, O, I, L."""
    characters = "".join(char for char in ascii_digits(text) if char.isalnum())
    return characters.upper().translate(LOOKALIKES)


def digest_of(code: str, purpose: Purpose) -> str:
    salt = f"learning.people.codes.{purpose}"
    return salted_hmac(salt, canonical(code), algorithm="sha256").hexdigest()


def account_of_person(person: Person) -> User | None:
    return getattr(person, "user", None)


def address_of_person(person: Person) -> str:
    """Where letters reach somebody, "" where none may or can: erased, without an account that is
    active, or without an address. One query, two where the account is not loaded."""
    account = account_of_person(person)
    if person.erased_at or account is None or not account.is_active:
        return ""
    return EmailAddress.objects.get_primary_email(account) or ""


def check_purpose(person: Person, purpose: Purpose) -> None:
    """Raises `ValidationError` when a code for `purpose` could never be used by `person`."""
    has_account = account_of_person(person) is not None
    if purpose == AccessCode.Purpose.CLAIM and has_account:
        raise ValidationError(
            _("This person has an account. Make a code for a new password instead."),
            code="has_account",
        )
    if purpose == AccessCode.Purpose.RESET and not has_account:
        raise ValidationError(
            _("This person has no account yet. Make a code that opens one instead."),
            code="no_account",
        )


@transaction.atomic
def make_code(person: Person, purpose: Purpose, made_by: User | None) -> str:
    """A new code as it is written on paper, `XXXXX-XXXXX`. Voids older unused ones of its purpose.

    Raises `ValidationError` when the person could not use it.
    """
    # The lock makes two administrators wait for each other: only the later code is good.
    check_purpose(Person.objects.select_for_update().get(pk=person.pk), purpose)
    return new_codes([person], purpose, made_by)[person.pk]


@transaction.atomic
def make_claim_codes(people: QuerySet[Person], made_by: User | None) -> dict[int, str]:
    """New codes for those of `people` who have no account, by the person's key. Three queries."""
    locked = list(people.select_for_update(of=("self",)).select_related("user").order_by("pk"))
    without_account = [person for person in locked if account_of_person(person) is None]
    return new_codes(without_account, AccessCode.Purpose.CLAIM, made_by)


def new_codes(people: list[Person], purpose: Purpose, made_by: User | None) -> dict[int, str]:
    """A code for each of `people`, whose rows are locked."""
    now = timezone.now()
    older = AccessCode.objects.filter(person__in=people, purpose=purpose, used_at=None)
    older.filter(made_at__lt=now, expires_at__gt=now).update(expires_at=now)
    codes = {person.pk: random_code() for person in people}
    AccessCode.objects.bulk_create(
        AccessCode(
            person=person,
            purpose=purpose,
            digest=digest_of(codes[person.pk], purpose),
            made_by=made_by,
            made_at=now,
            expires_at=now + timedelta(days=settings.ACCESS_CODE_DAYS),
        )
        for person in people
    )
    return codes


def random_code() -> str:
    code = "".join(secrets.choice(ALPHABET) for position in range(LENGTH))
    return f"{code[:5]}-{code[5:]}"


def usable(access_codes: QuerySet[AccessCode]) -> AccessCode:
    """The one of `access_codes` that still opens something; raises `CodeRefused`."""
    valid = access_codes.filter(used_at=None, expires_at__gt=timezone.now())
    access_code = valid.select_related("person__user").first()
    if access_code is None or not fits(access_code):
        raise CodeRefused
    return access_code


def find_code(code: str, purpose: Purpose) -> AccessCode:
    """What the typed `code` stands for; raises `CodeRefused`."""
    return usable(AccessCode.objects.filter(digest=digest_of(code, purpose)))


def find_claim(pk: int) -> AccessCode:
    """The code for an account that was found a step before; raises `CodeRefused`."""
    return usable(AccessCode.objects.filter(pk=pk, purpose=AccessCode.Purpose.CLAIM))


def fits(access_code: AccessCode) -> bool:
    """Whether the purpose still makes sense: an account to open, or one to get back into."""
    user = account_of_person(access_code.person)
    if access_code.purpose == AccessCode.Purpose.CLAIM:
        return user is None
    return user is not None and user.is_active


def use_code(access_code: AccessCode) -> None:
    """Mark as used; of two at the same time one wins, the other gets `CodeRefused`."""
    now = timezone.now()
    unused = AccessCode.objects.filter(pk=access_code.pk, used_at=None, expires_at__gt=now)
    if not unused.update(used_at=now):
        raise CodeRefused


@transaction.atomic
def redeem(code: str, purpose: Purpose) -> Person:
    """Use `code` up and tell whose it is; raises `CodeRefused`."""
    access_code = find_code(code, purpose)
    use_code(access_code)
    return access_code.person


@transaction.atomic
def reset_password(username: str, code: str, password: str) -> User:
    """Set a new password with a code; the changed password ends every session of the account.

    Raises `CodeRefused`, and leaves the code unused, when it is not a code of this account.
    """
    user = redeem(code, AccessCode.Purpose.RESET).user
    if user.username != normalise(username):
        raise CodeRefused
    user.set_password(password)
    user.save(update_fields=["password"])
    return user
