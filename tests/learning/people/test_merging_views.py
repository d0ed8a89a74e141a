"""The page that lays two records of one person side by side."""

import pytest
from django.utils import timezone

from learning.people.merging_views import compare
from learning.people.models import Person

pytestmark = pytest.mark.django_db


def test_records_are_compared_in_words_that_an_administrator_knows():
    one = Person.objects.create(names={"Latn": "Bano Bibi", "Arab": "بانو بی بی"})
    other = Person.objects.create(names={"Latn": "Bano Bibi"})
    lines = {line.label: line for line in compare(one, other)}

    assert not lines["Name (Latin)"].differs
    assert lines["Name (Arabic (Urdu))"].given_up == ""
    assert str(timezone.localdate().year) in lines["created at"].kept
    assert not lines["created at"].differs  # on one day
