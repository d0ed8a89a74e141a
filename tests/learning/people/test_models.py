import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation

from learning.people.consents import Consent
from learning.people.models import Person, Role, RoleGrant

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 21)


def test_name_in_the_script_of_the_page():
    person = Person(names={"Latn": "Nasreen Gul", "Arab": "نسرین گل"})

    assert person.name("en") == "Nasreen Gul"
    assert person.name("ur") == "نسرین گل"
    assert person.name("km") == "Nasreen Gul"


def test_name_falls_back_to_the_only_script_there_is():
    assert Person(names={"Khmr": "សុខា"}).name("en") == "សុខា"


def test_anonymous_person_is_called_so_and_has_no_name():
    with translation.override("en"):
        assert str(Person(is_anonymous=True)) == "Anonymous participant"
    with pytest.raises(IntegrityError):
        Person.objects.create(is_anonymous=True, names={"Latn": "Somebody"})


@pytest.mark.parametrize(
    ("starts", "ends", "active"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY + dt.timedelta(days=1), None, False),
        (TODAY - dt.timedelta(days=9), TODAY - dt.timedelta(days=1), False),
    ],
)
def test_role_holds_from_its_first_to_its_last_day(cast, starts, ends, active):
    RoleGrant.objects.create(
        user=cast.learner,
        role=Role.TRAINER,
        programme=cast.programme,
        valid_from=starts,
        valid_until=ends,
    )

    assert RoleGrant.objects.active(TODAY).exists() is active


def test_role_needs_exactly_one_scope(cast):
    nowhere = RoleGrant(user=cast.learner, role=Role.TRAINER)
    twice = RoleGrant(
        user=cast.learner, role=Role.TRAINER, area=cast.punjab, programme=cast.programme
    )

    for grant in (nowhere, twice):
        with pytest.raises(ValidationError):
            grant.full_clean()


def test_database_refuses_a_role_without_scope(cast):
    with pytest.raises(IntegrityError):
        RoleGrant.objects.create(user=cast.learner, role=Role.TRAINER)


def test_one_consent_in_force_per_purpose(cast):
    values = {
        "person": cast.learner.person,
        "purpose": Consent.Purpose.RECORD,
        "text_version": "1",
        "language": "en",
        "channel": Consent.Channel.WEB,
    }
    Consent.objects.create(**values)

    with pytest.raises(IntegrityError):
        Consent.objects.create(**values)


def test_the_period_of_a_role_in_words(cast):
    grant = cast.trainer.role_grants.get()
    grant.valid_from, grant.valid_until = TODAY, None

    assert grant.period == "21 November 2026 –"
    grant.valid_until = dt.date(2027, 1, 3)
    assert grant.period == "21 November 2026 – 3 January 2027"
