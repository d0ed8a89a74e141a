import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.people import codes
from learning.people.access_codes import AccessCode
from learning.people.codes import CodeRefused
from learning.people.models import Person

CLAIM, RESET = AccessCode.Purpose.CLAIM, AccessCode.Purpose.RESET


@pytest.fixture
def newcomer(db) -> Person:
    return Person.objects.create(names={"Latn": "Nadia Newcomer"})


def test_a_code_is_ten_characters_without_lookalikes(cast, newcomer):
    code = codes.make_code(newcomer, CLAIM, cast.area_admin)

    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code)


def test_the_table_holds_no_code(cast, newcomer):
    code = codes.make_code(newcomer, CLAIM, cast.area_admin)
    row = AccessCode.objects.get()

    assert code.replace("-", "") not in str(vars(row))
    assert len(row.digest) == 64
    assert row.made_by == cast.area_admin
    assert row.expires_at - row.made_at == timedelta(days=30)


@pytest.mark.parametrize(
    "typed",
    ["0123A-BCDEF", "o123a bcdef", "Oi23AB-CDEF", "0l23ABCDEF", "۰۱۲۳ABCDEF", "0123A—BCDEF"],
)
def test_typing_is_forgiven(typed):
    assert codes.canonical(typed) == "0123ABCDEF"


def test_a_code_works_once(cast, newcomer):
    code = codes.make_code(newcomer, CLAIM, cast.area_admin)

    assert codes.redeem(code.lower().replace("-", " "), CLAIM) == newcomer
    with pytest.raises(CodeRefused):
        codes.redeem(code, CLAIM)


def test_of_two_at_the_same_time_one_wins(cast, newcomer):
    code = codes.make_code(newcomer, CLAIM, cast.area_admin)
    first, second = codes.find_code(code, CLAIM), codes.find_code(code, CLAIM)

    codes.use_code(first)
    with pytest.raises(CodeRefused):
        codes.use_code(second)


def test_a_code_serves_one_purpose(cast):
    code = codes.make_code(cast.learner.person, RESET, cast.area_admin)

    with pytest.raises(CodeRefused):
        codes.redeem(code, CLAIM)


def test_a_code_ends_after_30_days(cast, newcomer, time_machine):
    code = codes.make_code(newcomer, CLAIM, cast.area_admin)

    time_machine.move_to(timezone.now() + timedelta(days=30, seconds=1))
    with pytest.raises(CodeRefused):
        codes.redeem(code, CLAIM)


def test_a_new_code_voids_the_older_one(cast, newcomer):
    older = codes.make_code(newcomer, CLAIM, cast.area_admin)
    newer = codes.make_code(newcomer, CLAIM, cast.area_admin)

    with pytest.raises(CodeRefused):
        codes.redeem(older, CLAIM)
    assert codes.redeem(newer, CLAIM) == newcomer


def test_a_code_that_nobody_could_use_is_not_made(cast, newcomer):
    with pytest.raises(ValidationError, match="has an account"):
        codes.make_code(cast.learner.person, CLAIM, cast.area_admin)
    with pytest.raises(ValidationError, match="no account yet"):
        codes.make_code(newcomer, RESET, cast.area_admin)
    assert not AccessCode.objects.exists()


def test_reset_sets_the_password(cast):
    code = codes.make_code(cast.learner.person, RESET, cast.area_admin)

    user = codes.reset_password("LEARNER", code, "quite another one")

    assert user == cast.learner
    assert user.check_password("quite another one")


def test_a_code_of_somebody_else_stays_unused(cast):
    code = codes.make_code(cast.learner.person, RESET, cast.area_admin)

    with pytest.raises(CodeRefused):
        codes.reset_password("trainer", code, "quite another one")
    assert AccessCode.objects.get().used_at is None


def test_a_closed_account_gets_no_new_password(cast):
    code = codes.make_code(cast.learner.person, RESET, cast.area_admin)
    cast.learner.is_active = False
    cast.learner.save()

    with pytest.raises(CodeRefused):
        codes.reset_password("learner", code, "quite another one")


@pytest.mark.parametrize("many", [1, 3])
def test_codes_for_a_list_are_made_for_those_without_account(
    cast, newcomer, many, django_assert_num_queries
):
    people = [newcomer, cast.learner.person]
    people += [Person.objects.create() for number in range(many - 1)]
    older = codes.make_code(newcomer, CLAIM, cast.area_admin)

    with django_assert_num_queries(5):  # two of them for the transaction
        made = codes.make_claim_codes(Person.objects.filter(pk__in=[p.pk for p in people]), None)

    assert set(made) == {person.pk for person in people} - {cast.learner.person.pk}
    assert codes.find_code(made[newcomer.pk], CLAIM).person == newcomer
    with pytest.raises(CodeRefused):
        codes.find_code(older, CLAIM)
