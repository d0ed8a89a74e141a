"""The table in which people are counted."""

import pytest
from django.test import Client

from learning.cascade.closing import report
from learning.cascade.headcounting import counts_of, set_headcounts
from learning.cascade.models import Event
from tests.cast import sign_in
from tests.learning.cascade.making import make_event

pytestmark = pytest.mark.django_db

WOMEN, MEN, UNKNOWN = ("female", "worker"), ("male", "employer"), ("", "")


@pytest.fixture
def event(cast) -> Event:
    return make_event(cast, counting="headcount")


@pytest.fixture
def trainer(client, cast) -> Client:
    return sign_in(client, cast.trainer)


def address(event: Event) -> str:
    return f"/training/{event.uuid}/headcount/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def save(client: Client, event: Event, **numbers):
    return client.post(address(event), numbers, follow=True)


def test_numbers_are_saved_and_added_up(trainer, event):
    response = save(
        trainer,
        event,
        **{
            "female-worker": "12",
            "male-worker": "7",
            "male-employer": " 27 ",
            "unstated-unstated": "۲",
        },
    )

    assert "The numbers are saved." in text(response)
    assert counts_of(event) == {WOMEN: 12, ("male", "worker"): 7, MEN: 27, UNKNOWN: 2}
    form = response.context["form"]
    assert [total.n for total in form.totals] == [12, 34, 0, 2]
    assert {row.label: row.total for row in form.rows()}["Workers"] == 19
    assert form.total == 48


@pytest.mark.parametrize("wrong", ["seven", "-1", "1.5", "10000"])
def test_one_wrong_number_and_nothing_is_saved_or_lost(trainer, event, cast, wrong):
    set_headcounts(event, {MEN: 3}, cast.trainer)
    response = save(trainer, event, **{"female-worker": "12", "male-employer": wrong})
    page = text(response)

    assert "Not saved yet." in page
    assert 'value="12"' in page
    assert f'value="{wrong}"' in page
    assert counts_of(event) == {MEN: 3}


def test_emptied_and_zero_cells_are_removed(trainer, event, cast):
    set_headcounts(event, {WOMEN: 12, MEN: 3}, cast.trainer)
    save(trainer, event, **{"female-worker": "0", "male-employer": ""})

    assert counts_of(event) == {}


def test_second_of_two_who_count_sees_the_others_numbers_and_may_insist(trainer, event, cast):
    seen = trainer.get(address(event)).context["seen"]
    set_headcounts(event, {WOMEN: 12}, cast.area_admin)

    response = save(trainer, event, **{"female-worker": "11", "seen": seen})
    page = text(response)
    assert "Somebody else saved other numbers meanwhile." in page
    assert "theirs: 12" in page
    assert 'value="11"' in page
    assert counts_of(event) == {WOMEN: 12}

    save(trainer, event, **{"female-worker": "11", "seen": response.context["seen"]})
    assert counts_of(event) == {WOMEN: 11}


def test_closed_session_shows_its_numbers_without_fields(trainer, event, cast):
    set_headcounts(event, {WOMEN: 12}, cast.trainer)
    report(event, cast.trainer)
    page = text(trainer.get(address(event)))

    assert ">12</td>" in page
    assert 'inputmode="numeric"' not in page
    response = save(trainer, event, **{"female-worker": "13"})
    assert "was sent for verification" in text(response)
    assert counts_of(event) == {WOMEN: 12}


def test_named_session_has_no_such_page(trainer, cast):
    event = make_event(cast)

    assert trainer.get(address(event)).status_code == 404
    assert "headcount" not in text(trainer.get(f"/training/{event.uuid}/"))


@pytest.mark.parametrize("who", ["learner", "outsider", "organisation_admin"])
def test_others_count_nothing(client, cast, event, who):
    sign_in(client, getattr(cast, who))

    assert client.get(address(event)).status_code == 404
    assert client.post(address(event), {"female-worker": "1"}).status_code == 404
