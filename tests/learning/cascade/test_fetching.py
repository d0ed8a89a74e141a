"""Finding what an address names, or a page that is not there."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from learning.cascade.fetching import (
    event_to_record,
    event_to_see,
    event_to_verify,
    participant_in,
    unit_in,
)
from learning.cascade.registering import take_off
from tests.learning.cascade.making import add, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_by(rf):
    """A request by somebody."""

    def asked_by(user):
        request = rf.get("/")
        request.user = user
        return request

    return asked_by


@pytest.mark.parametrize(
    ("who", "finds"),
    [
        ("trainer", [True, True, False]),
        ("programme_admin", [True, True, True]),
        ("organisation_admin", [True, False, False]),
        ("learner", [False, False, False]),
    ],
)
def test_sees_records_and_verifies(cast, asked_by, who, finds):
    event = make_event(cast, host=cast.institution)
    request = asked_by(getattr(cast, who))

    for fetch, found in zip((event_to_see, event_to_record, event_to_verify), finds, strict=True):
        if found:
            assert fetch(request, event.uuid) == event
        else:
            with pytest.raises(Http404):
                fetch(request, event.uuid)


def test_unknown_session_is_not_found(cast, asked_by):
    for user in (cast.system_admin, AnonymousUser()):
        with pytest.raises(Http404):
            event_to_see(asked_by(user), uuid.uuid4())


def test_session_comes_with_all_that_pages_show(cast, asked_by, django_assert_num_queries):
    request = asked_by(cast.system_admin)
    event = make_event(cast)
    event_to_see(request, event.uuid)  # the roles are remembered

    with django_assert_num_queries(2):
        found = event_to_see(request, event.uuid)
        assert found.state == "planned"
        assert str(found.cohort.course_version.course) == "working-together"
        assert found.held_units[0].is_morning
        assert (str(found.area), found.host) == ("Punjab", None)


def test_half_day_by_its_number(cast):
    event = make_event(cast)

    assert unit_in(event, 2) == event.held_units[1]
    with pytest.raises(Http404):
        unit_in(event, 5)


def test_participant_of_this_session_only(cast):
    event = make_event(cast)
    version, lead = event.cohort.course_version, cast.area_admin.person
    other = make_event(cast, version=version, lead=lead)
    aamir = add(event, "Aamir")

    assert participant_in(event, aamir.uuid) == aamir
    with pytest.raises(Http404):
        participant_in(other, aamir.uuid)
    take_off(event, aamir, None)
    with pytest.raises(Http404):
        participant_in(event, aamir.uuid)
