"""Who may be named as lead, co-facilitator, observer or organiser of a session, and by whom."""

from django.db.models import Q, QuerySet

from learning.cascade.models import Event
from learning.cascade.permissions import people_known_to_trainer
from learning.people.models import Area, Person, Role, User
from learning.people.roles import active_grants
from learning.people.usernames import normalise

TRAINING_OF_TRAINERS = (Event.Kind.TOMT, Event.Kind.TOT)


def people_to_offer(user: User) -> QuerySet[Person]:
    """Those whom `user` knows and who train, or were trained to: the list stays short.

    Others whom she knows are named by their account.
    """
    trained = Q(enrolments__cohort__event__kind__in=TRAINING_OF_TRAINERS)
    trains = Q(facilitations__isnull=False) | Q(accreditations__isnull=False) | Q(user=user)
    known = people_known_to_trainer(user).values("pk")
    one_each = Person.objects.filter(merged_into=None, pk__in=known)
    return one_each.filter(trained | trains).distinct()


def account_named(typed: str) -> User | None:
    """The account of a person with exactly this username or e-mail address; None of two."""
    name = typed.strip()
    accounts = User.objects.filter(
        Q(username=normalise(name)) | Q(email__iexact=name), is_active=True, person__isnull=False
    )
    found = list(accounts.select_related("person")[:2])
    return found[0] if len(found) == 1 else None


def find_colleague(typed: str, country: Area, by: User) -> Person | None:
    """The person whose account has exactly this username or e-mail address.

    Only somebody who holds a role other than learner in `country`, or whom `by` knows already: an
    answer tells nothing about anybody else. None also when two accounts have the address.
    """
    account = account_named(typed)
    person = account.person if account else None
    if account is None or person is None:
        return None
    works_there = any(
        grant.role != Role.LEARNER
        and grant.within
        and grant.within.country_code == country.country_code
        for grant in active_grants(account)
    )
    if works_there or people_known_to_trainer(by).filter(pk=person.pk).exists():
        return person
    return None
