"""Reviewers confirm the interface in the languages of their countries."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from learning.people.models import Area, Role
from learning.people.roles import grant_role
from modules.reference.interface import InterfaceTranslation
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)


def row(language: str) -> InterfaceTranslation:
    return InterfaceTranslation.objects.select_related("confirmed_by").get(language=language)


def page_of(language: str) -> str:
    return reverse("interface_translations:edit", args=[row(language).pk])


def test_reviewer_confirms_in_her_name(client, cast):
    with time_machine.travel("2026-11-21 09:00+05:00", tick=False):  # her role begins that day
        sign_in(client, cast.reviewer)
        client.post(page_of("ur"), {"confirmed": "on"})

    assert (row("ur").confirmed_by, row("ur").confirmed_on) == (cast.reviewer, DAY)


def test_saving_again_keeps_the_first_name_and_day(client, cast):
    InterfaceTranslation.objects.filter(language="ur").update(
        confirmed_by=cast.reviewer, confirmed_on=DAY
    )
    sign_in(client, cast.system_admin)

    client.post(page_of("ur"), {"confirmed": "on"})

    assert (row("ur").confirmed_by, row("ur").confirmed_on) == (cast.reviewer, DAY)


def test_a_confirmation_can_be_taken_back(client, cast):
    InterfaceTranslation.objects.filter(language="ur").update(
        confirmed_by=cast.system_admin, confirmed_on=DAY
    )
    sign_in(client, cast.reviewer)

    client.post(page_of("ur"), {})

    assert (row("ur").confirmed_by, row("ur").confirmed_on) == (None, None)


def test_reviewer_sees_only_the_languages_of_her_countries(client, cast):
    grant_role(cast.reviewer, Role.REVIEWER, Area.objects.get(code="KH"))
    sign_in(client, cast.reviewer)

    page = client.get(reverse("interface_translations:index")).text

    assert page_of("ur") in page
    assert page_of("km") in page
    assert page_of("lo") not in page


def test_a_role_that_has_ended_confirms_nothing(client, cast):
    cast.reviewer.role_grants.update(
        valid_from=dt.date(2020, 1, 1), valid_until=dt.date(2020, 2, 1)
    )
    grant_role(cast.reviewer, Role.AUTHOR, cast.pakistan)
    sign_in(client, cast.reviewer)

    assert client.post(page_of("ur"), {"confirmed": "on"}).status_code in {302, 404}
    assert row("ur").confirmed_on is None


def test_the_list_names_the_state(client, cast):
    InterfaceTranslation.objects.update(confirmed_by=cast.reviewer, confirmed_on=DAY)
    sign_in(client, cast.system_admin)

    page = client.get(reverse("interface_translations:index")).text

    assert page.count("confirmed by Rehan Reviewer on 21 November 2026") == 3
