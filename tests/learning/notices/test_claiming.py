from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from learning.notices.claiming import claim, release
from learning.notices.models import NoticeSent

KIND, State = NoticeSent.Kind.INVITATION, NoticeSent.State

pytestmark = pytest.mark.django_db


def one() -> NoticeSent:
    return claim(KIND, "cohort", ["a"])[0]


def test_claiming_twice_claims_once():
    first = claim(KIND, "cohort", ["a", "b", "a"])

    assert len(first) == 2
    assert claim(KIND, "cohort", ["b", "a"]) == first
    assert NoticeSent.objects.count() == 2


def test_letters_differ_by_kind_event_and_person():
    keys = [
        *claim(KIND, "cohort", ["a"]),
        *claim(KIND, "another", ["a"]),
        *claim(NoticeSent.Kind.ENROLLED, "cohort", ["a"]),
    ]

    assert len({letter.pk for letter in keys}) == 3


def test_what_was_sent_does_not_wait():
    NoticeSent.objects.filter(pk=one().pk).update(state=State.SENT, sent_at=timezone.now())

    assert claim(KIND, "cohort", ["a"]) == []


@pytest.mark.parametrize("many", [1, 3])
def test_claiming_asks_twice(many, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(claim(KIND, "cohort", map(str, range(many)))) == many


def test_the_database_holds_a_letter_once():
    claim(KIND, "cohort", ["a"])

    with pytest.raises(IntegrityError):
        NoticeSent.objects.create(kind=KIND, recipient="a", subject_id="cohort")


@pytest.mark.parametrize(
    ("state", "minutes", "released"),
    [
        (State.SENDING, 11, True),
        (State.SENDING, 9, False),
        (State.REFUSED, 11, False),
        (State.CLAIMED, 11, False),
    ],
)
def test_only_an_uncertain_letter_is_released(state, minutes, released):
    key = one().pk
    tried_at = timezone.now() - timedelta(minutes=minutes)
    NoticeSent.objects.filter(pk=key).update(state=state, tried_at=tried_at)

    assert release(key) is released
    assert NoticeSent.objects.get().state == (State.CLAIMED if released else state)
