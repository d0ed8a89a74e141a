"""The roll call: as a form, and as its script sends marks."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from learning.cascade.attending import in_force, mark
from learning.cascade.closing import report
from learning.cascade.models import AttendanceMark, Event
from learning.cascade.planning import cancel_unit
from learning.cascade.registering import take_off
from tests.cast import sign_in
from tests.learning.cascade.making import add, loaded, make_event, there

pytestmark = pytest.mark.django_db

JSON = {"accept": "application/json"}


@pytest.fixture
def event(cast) -> Event:
    return make_event(cast)


@pytest.fixture
def trainer(client, cast):
    return sign_in(client, cast.trainer)


def address(event, n: int | str = 1) -> str:
    return f"/training/{event.uuid}/roll/{n}/"


def given(enrolment, value: str, **more) -> dict[str, str]:
    """The fields of one mark."""
    fields = {"mark": value, "fact": uuid.uuid4()} | more
    return {f"{enrolment.uuid}-{name}": str(field) for name, field in fields.items()}


def values(event) -> dict[str, str]:
    """What is in force in the first half-day, by name."""
    unit = event.units.first()
    marks = in_force(AttendanceMark.objects.filter(unit=unit).select_related("enrolment__person"))
    return {str(one.enrolment.person): one.value for one in marks.values()}


def test_roll_shows_everybody_and_what_was_noted(trainer, event):
    aamir = add(event, "Aamir")
    add(event, "Bano")
    mark(event.held_units[0], aamir, "late", None, fact_id=uuid.uuid4(), minutes=150)
    page = trainer.get(address(event)).content.decode()

    assert page.index("Aamir") < page.index("Bano")
    assert f'name="{aamir.uuid}-mark" value="late" checked' in page
    assert 'value="150"' in page
    for words in ("Roll call, morning", "Monday, 2 March 2026, 09:00 to 12:30", "1 of 2 marked"):
        assert words in page
    assert "Mark 1 present" in page


def test_form_saves_only_what_changed(trainer, event):
    aamir, bano = add(event, "Aamir"), add(event, "Bano")
    mark(event.held_units[0], aamir, "late", None, fact_id=uuid.uuid4())
    fields = given(aamir, "late", seen="late") | given(bano, "absent", seen="")
    page = trainer.post(address(event), fields, follow=True).content.decode()

    assert "1 mark saved." in page
    assert values(event) == {"Aamir": "late", "Bano": "absent"}
    assert AttendanceMark.objects.count() == 2
    again = trainer.post(address(event), given(aamir, "late", seen="late"), follow=True)
    assert "nothing was saved" in again.content.decode()


def test_form_sent_twice_marks_once(trainer, event):
    fields = given(add(event, "Aamir"), "present", seen="")
    for _n in range(2):
        trainer.post(address(event), fields)

    assert AttendanceMark.objects.count() == 1


def test_changed_minutes_are_a_change(trainer, event):
    aamir = add(event, "Aamir")
    mark(event.held_units[0], aamir, "late", None, fact_id=uuid.uuid4())
    trainer.post(address(event), given(aamir, "late", seen="late", minutes="120"))

    assert AttendanceMark.objects.last().minutes == 120


def test_button_marks_the_rest_and_changes_nobody_else(trainer, event):
    aamir = add(event, "Aamir")
    add(event, "Bano")
    page = trainer.post(
        address(event), given(aamir, "absent", seen="") | {"rest": "1"}, follow=True
    )

    assert "2 marks saved." in page.content.decode()
    assert values(event) == {"Aamir": "absent", "Bano": "present"}


def test_script_is_told_of_each_mark(trainer, event):
    aamir, bano = add(event, "Aamir"), add(event, "Bano")
    first = given(aamir, "present")
    answer = trainer.post(
        address(event), first | given(bano, "late", minutes="900"), headers=JSON
    ).json()

    told = answer["marks"][str(aamir.uuid)]
    assert told["fact"] == first[f"{aamir.uuid}-fact"]
    assert (told["value"], told["minutes"]) == ("present", None)
    assert "has 210 minutes" in answer["marks"][str(bano.uuid)]["error"]
    assert values(event) == {"Aamir": "present"}


def test_mark_that_waited_is_dated_back_and_loses_to_a_newer_one(trainer, event):
    aamir = add(event, "Aamir")
    mark(event.held_units[0], aamir, "absent", None, fact_id=uuid.uuid4())
    hour = str(3600 * 1000)
    answer = trainer.post(address(event), given(aamir, "present", ago=hour), headers=JSON).json()

    assert answer["marks"][str(aamir.uuid)]["value"] == "absent"
    waited = timezone.now() - AttendanceMark.objects.get(value="present").captured_at
    assert dt.timedelta(minutes=59) < waited < dt.timedelta(minutes=61)


def test_the_rest_leaves_what_another_phone_noted(trainer, event):
    aamir = add(event, "Aamir")
    mark(event.held_units[0], aamir, "absent", None, fact_id=uuid.uuid4())
    answer = trainer.post(address(event), given(aamir, "present", rest="1"), headers=JSON).json()

    assert answer["marks"][str(aamir.uuid)]["value"] == "absent"
    assert values(event) == {"Aamir": "absent"}


def test_somebody_taken_off_meanwhile_is_told_of(trainer, event):
    aamir = add(event, "Aamir")
    take_off(event, aamir, None, "Did not come")
    answer = trainer.post(address(event), given(aamir, "present"), headers=JSON).json()

    assert "not on the list any more" in answer["marks"][str(aamir.uuid)]["error"]
    page = trainer.post(address(event), given(aamir, "present"), follow=True).content.decode()
    assert "not on the list any more" in page
    assert values(event) == {}


@pytest.mark.parametrize(
    "fields",
    [{"value": "nonsense"}, {"value": "late", "minutes": "-1"}, {"value": "late", "minutes": "x"}],
)
def test_mark_that_cannot_be_read_is_refused(trainer, event, fields):
    aamir = add(event, "Aamir")
    answer = trainer.post(address(event), given(aamir, **fields), headers=JSON).json()

    assert answer["marks"][str(aamir.uuid)]["error"]
    assert values(event) == {}


def test_cancelled_half_day_says_so(trainer, event):
    aamir = add(event, "Aamir")
    cancel_unit(event, event.held_units[0], "Heavy rain")
    page = trainer.get(address(event)).content.decode()

    assert "This half-day was cancelled." in page
    assert "Heavy rain" in page
    assert 'id="roll"' not in page
    assert trainer.post(address(event), given(aamir, "late"), headers=JSON).status_code == 409


def test_closed_session_shows_its_roll_and_takes_no_mark(trainer, cast, event):
    aamir = add(event, "Aamir")
    there(event)
    report(loaded(event), cast.trainer)
    page = trainer.get(address(event)).content.decode()

    assert "Present" in page
    assert 'type="radio"' not in page
    response = trainer.post(address(event), given(aamir, "absent"), headers=JSON)
    assert "sent for verification" in response.json()["message"]
    page = trainer.post(address(event), given(aamir, "absent"), follow=True).content.decode()
    assert "sent for verification" in page
    assert values(event) == {"Aamir": "present"}


def test_nobody_to_call_leads_to_registering(trainer, event):
    page = trainer.get(address(event)).content.decode()

    assert "Nobody is registered yet" in page
    assert f'href="/training/{event.uuid}/people/"' in page


def test_half_days_are_linked_and_the_last_leads_back(trainer, event):
    add(event, "Aamir")
    first, last = (trainer.get(address(event, n)).content.decode() for n in (1, 4))

    assert "Next: Mon, afternoon" in first
    assert "Roll call, afternoon" in last
    assert "Back to the session" in last
    assert trainer.get(address(event, 5)).status_code == 404


def test_address_without_a_number_leads_to_the_half_day_to_call(trainer, event):
    add(event, "Aamir")

    assert trainer.get(f"/training/{event.uuid}/roll/")["Location"] == address(event)


@pytest.mark.parametrize("who", ["learner", "outsider", "viewer"])
def test_roll_is_closed_to_who_has_nothing_to_do_with_it(client, cast, event, who):
    sign_in(client, getattr(cast, who))

    assert client.get(address(event)).status_code == 404
    assert client.get(f"/training/{event.uuid}/roll/").status_code == 404
    assert client.post(address(event)).status_code == 404


def test_who_only_reads_marks_nothing(client, cast):
    event = make_event(cast, host=cast.institution)
    aamir = add(event, "Aamir")
    sign_in(client, cast.organisation_admin)

    assert 'type="radio"' not in client.get(address(event)).content.decode()
    assert client.post(address(event), given(aamir, "late")).status_code == 404


def test_session_of_headcounts_has_no_roll(trainer, cast):
    event = make_event(cast, counting=Event.Counting.HEADCOUNT)

    assert trainer.get(address(event)).status_code == 404


@pytest.mark.parametrize("people", [1, 3, 38])
def test_queries_do_not_grow_with_people(trainer, event, django_assert_num_queries, people):
    for n in range(people):
        add(event, f"Person {n}")
    there(event)

    with django_assert_num_queries(8):
        trainer.get(address(event))


@pytest.mark.parametrize("people", [1, 3])
def test_saving_asks_no_more_for_more_marks(trainer, event, django_assert_num_queries, people):
    fields: dict[str, str] = {}
    for n in range(people):
        fields |= given(add(event, f"Person {n}"), "present")

    with django_assert_num_queries(14):
        trainer.post(address(event), fields, headers=JSON)


def test_sticker_leads_to_its_place_in_the_roll(trainer, event):
    aamir = add(event, "Aamir")

    found = trainer.get(address(event), {"sticker": aamir.code.replace("-", " ").lower()})

    assert found["Location"] == f"{address(event)}#p-{aamir.code}"
    assert f'id="p-{aamir.code}"' in trainer.get(address(event)).content.decode()
    nobody = trainer.get(address(event), {"sticker": "99-A"}, follow=True).content.decode()
    assert "Nobody on this page has the sticker 99-A." in nobody


def test_second_mark_of_a_phone_stands_however_slow_the_first_was(trainer, event):
    aamir = add(event, "Aamir")
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    trainer.post(address(event), given(aamir, "present", fact=first), headers=JSON)
    late = {"fact": second, "ago": 60_000}  # given a minute before the first one arrived
    assert values(event) == {"Aamir": "present"}

    trainer.post(address(event), given(aamir, "absent", after=f"{first} {second} no-id", **late))

    assert values(event) == {"Aamir": "absent"}


def test_after_a_mark_of_somebody_else_means_nothing(trainer, event):
    aamir, bano = add(event, "Aamir"), add(event, "Bano")
    other, first = str(uuid.uuid4()), str(uuid.uuid4())
    trainer.post(address(event), given(bano, "present", fact=other), headers=JSON)
    trainer.post(address(event), given(aamir, "present", fact=first), headers=JSON)

    trainer.post(address(event), given(aamir, "absent", after=other, ago=60_000), headers=JSON)

    assert values(event) == {"Aamir": "present", "Bano": "present"}
