"""Opening tests on devices for one cohort, more time for a person, and who may do either."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from learning.attempts.conditions import TestAccess as Row
from learning.attempts.granting import extra_time_of, set_extra_time
from learning.attempts.offering import offers_of
from learning.attempts.opening import Access, set_access
from learning.attempts.taking import hand_in, start
from learning.cascade.closing import missing, report
from learning.cascade.models import Event
from learning.cascade.planning import Slot
from learning.enrolment.models import Cohort
from modules.papers.models import Purpose
from modules.papers.models import Test as Rules
from tests.cast import sign_in
from tests.learning.attempts.sitting import add_test, enrol, make_tested_course, open_test
from tests.learning.cascade.making import MORNING, add, loaded, make_event, there

pytestmark = pytest.mark.django_db

PRE, POST = Purpose.PRE, Purpose.POST
OPENS, CLOSES = "2026-12-03T09:00", "2026-12-03T17:30"


@pytest.fixture(scope="module")
def tested(made_once):
    return make_tested_course()


@pytest.fixture
def event(db, cast, tested) -> Event:
    """A session of today, in which the learner takes part with her account."""
    today = timezone.localdate()
    return make_event(cast, version=tested.course.versions.get(), slots=[Slot(today, *MORNING)])


@pytest.fixture
def participant(cast, event):
    return add(event, known=cast.learner.person)


@pytest.fixture
def trainer(client, cast):
    return sign_in(client, cast.trainer)


def address(event) -> str:
    return f"/training/{event.uuid}/tests/"


def send(client, event, purpose=PRE, **fields):
    """What the form of one test sends; the stamp of what stands there comes from the page."""
    own = {f"{purpose}-{name}": value for name, value in fields.items()}
    return client.post(address(event), {"purpose": purpose, "seen": "", **own})


# --- opening and closing


def test_a_test_of_a_session_is_closed_until_somebody_opens_it(trainer, event, participant):
    assert "Not open for this group" in trainer.get(address(event)).content.decode()
    assert offers_of(participant)[PRE].state == "not_offered"
    response = send(trainer, event, is_offered="on")

    assert response["Location"] == address(event)
    assert offers_of(participant)[PRE].state == "ready"
    assert offers_of(participant)[POST].state == "not_offered"
    page = trainer.get(address(event)).content.decode()
    assert "Changed on" in page
    assert "Tariq Trainer" in page


def test_times_are_those_of_the_place(trainer, event):
    send(trainer, event, POST, is_offered="on", opens_at=OPENS, closes_at=CLOSES, attempts="3")

    row = Row.objects.get()
    assert row.opens_at == datetime(2026, 12, 3, 4, tzinfo=UTC)
    assert row.closes_at == datetime(2026, 12, 3, 12, 30, tzinfo=UTC)
    assert row.attempts == 3
    page = trainer.get(address(event)).content.decode()
    assert f'value="{OPENS}"' in page
    assert "Times are those of Asia/Karachi." in page


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"opens_at": CLOSES, "closes_at": OPENS}, "It would close before it opens."),
        ({"opens_at": "soon"}, "Enter a valid date/time."),
        ({"attempts": "0"}, "greater than or equal to 1"),
    ],
)
def test_bad_input_says_why_and_changes_nothing(trainer, event, fields, error):
    response = send(trainer, event, POST, is_offered="on", **fields)

    assert response.status_code == 400
    assert error in response.content.decode()
    assert not Row.objects.exists()


def test_a_form_of_no_test_is_refused(trainer, event):
    assert send(trainer, event, "exam").status_code == 404


def test_who_saw_something_else_is_told_and_may_save_again(cast, trainer, event):
    set_access(event.cohort, PRE, Access(True, attempts=None), cast.area_admin)
    stale = {"purpose": "pre", "seen": "none"}
    response = trainer.post(address(event), stale)

    page = response.content.decode()
    assert response.status_code == 400
    assert "Somebody else changed this test meanwhile." in page
    assert Row.objects.get().is_offered
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    trainer.post(address(event), stale | {"seen": seen})
    assert not Row.objects.get().is_offered


def test_nothing_changes_once_the_record_was_sent(cast, trainer, event, participant):
    open_test(event.cohort, PRE)
    there(event)
    report(loaded(event), cast.trainer)

    assert not Row.objects.get().is_offered  # sending it closed the tests
    page = trainer.get(address(event)).content.decode()
    assert "The record of this session is closed" in page
    response = send(trainer, event, is_offered="on")
    assert response.status_code == 400
    assert "was sent for verification" in response.content.decode()
    assert not Row.objects.get().is_offered


def test_a_record_is_not_sent_while_somebody_sits_a_test(event, participant):
    open_test(event.cohort, PRE)
    there(event)
    sitting = start(participant, PRE)

    assert missing(loaded(event)) == [
        "1 person still sits a test on a device. Wait for the end, or close the test."
    ]
    hand_in(sitting, None)
    assert missing(loaded(event)) == []


# --- what the participant sees


def test_a_participant_finds_the_test_on_the_page_of_the_course(cast, client, event, participant):
    start_page = f"/tests/in/{participant.uuid}/pre/"
    sign_in(client, cast.learner)
    assert start_page not in client.get("/courses/tested/").content.decode()
    open_test(event.cohort, PRE)

    page = client.get("/courses/tested/").content.decode()
    assert "Tests of your training session" in page
    assert start_page in page
    assert "Start the pre-test" in client.get(start_page).content.decode()
    begun = client.post(start_page, follow=True)
    assert begun.status_code == 200
    assert participant.sittings.get().purpose == PRE


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"opens_at": datetime(2099, 12, 3, 4, tzinfo=UTC)}, "on 3 December 2099 at 09:00"),
        (
            {"closes_at": datetime(2020, 12, 3, 4, tzinfo=UTC)},
            "closed for your group on 3 December",
        ),
        (None, "This test is not open for your group."),
    ],
)
def test_start_page_says_from_when_until_when_or_who_opens(
    cast, client, event, participant, own, words
):
    if own:
        open_test(event.cohort, PRE, **own)
    sign_in(client, cast.learner)
    start_page = f"/tests/in/{participant.uuid}/pre/"

    assert words in client.get(start_page).content.decode()
    assert client.post(start_page)["Location"] == start_page
    assert not participant.sittings.exists()


def test_who_does_it_by_herself_is_told_until_when_she_can_begin(cast, client, tested):
    enrolment = enrol(cast.learner, tested)
    open_test(enrolment.cohort, POST, closes_at=datetime(2099, 12, 3, 4, tzinfo=UTC))
    sign_in(client, cast.learner)
    page = client.get("/courses/tested/tests/post/").content.decode()

    assert "You can begin until 3 December 2099, 09:00." in page
    Rules.objects.filter(purpose=POST).update(minutes=None)
    page = client.get("/courses/tested/tests/post/").content.decode()
    assert "You can answer until 3 December 2099, 09:00. There is no other limit." in page


# --- more time


def time_of(event, participant) -> str:
    return f"{address(event)}{participant.uuid}/time/"


@pytest.mark.parametrize(
    ("sent", "percent"),
    [
        ({"percent": "50"}, 50),
        ({"percent": "another", "other": "300"}, 300),
        ({"percent": "25", "other": "70"}, 25),
    ],
)
def test_extra_time_is_given(cast, trainer, event, participant, sent, percent):
    response = trainer.post(time_of(event, participant), sent | {"seen": "0"})

    assert response.status_code == 302
    held = extra_time_of(cast.learner.person)
    assert (held.percent, held.granted_by) == (percent, cast.trainer)
    page = trainer.get(time_of(event, participant)).content.decode()
    assert f"{percent} per cent more than others." in page
    assert f"{percent} per cent more" in trainer.get(address(event)).content.decode()


def test_extra_time_ends(cast, trainer, event, participant):
    set_extra_time(cast.learner.person, 50, cast.trainer)
    trainer.post(time_of(event, participant), {"percent": "0", "seen": "50"})

    assert extra_time_of(cast.learner.person) is None
    assert "No more than others." in trainer.get(time_of(event, participant)).content.decode()


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"percent": "another"}, "Write a number from 1 to 300."),
        ({"percent": "another", "other": "301"}, "less than or equal to 300"),
        ({"percent": "7"}, "not one of the available choices"),
        ({"percent": "100", "seen": "25"}, "Somebody else changed it meanwhile."),
    ],
)
def test_bad_extra_time_says_why_and_changes_nothing(
    cast, trainer, event, participant, sent, error
):
    response = trainer.post(time_of(event, participant), {"seen": "0"} | sent)

    assert response.status_code == 400
    assert error in response.content.decode()
    assert extra_time_of(cast.learner.person) is None


def test_a_test_that_runs_is_said_to_end_later(trainer, event, participant):
    open_test(event.cohort, PRE)
    sitting = start(participant, PRE)
    page = trainer.post(time_of(event, participant), {"percent": "100", "seen": "0"}, follow=True)

    assert "The test that runs now ends later." in page.content.decode()
    sitting.refresh_from_db()
    assert sitting.deadline_at - sitting.started_at == timedelta(minutes=50)


def test_people_are_found_by_their_names(trainer, event, participant):
    page = trainer.get(address(event), {"q": "lubna"}).content.decode()
    assert time_of(event, participant) in page
    page = trainer.get(address(event), {"q": "outi"}).content.decode()
    assert "Nobody in this group was found." in page


# --- people who take a course by themselves


def test_the_programme_leads_to_the_tests_of_its_own_courses(cast, client, tested):
    cohort = Cohort.objects.create(
        programme=cast.programme, course_version=tested.course.versions.get()
    )
    add_test(tested, minutes=None)
    sign_in(client, cast.programme_admin)
    programme = client.get(f"/reports/programmes/{cast.programme.code}/").content.decode()
    page = client.get(f"/training/{cohort.uuid}/tests/").content.decode()

    assert f"/training/{cohort.uuid}/tests/" in programme
    assert page.count('class="state done"') == 3
    assert "no time limit" in page
    send(client, cohort, "practice")
    assert (
        "Not open for this group" in client.get(f"/training/{cohort.uuid}/tests/").content.decode()
    )


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(cast, trainer, event, django_assert_num_queries, people):
    for n in range(people):
        one = add(event, f"Person {n}")
        set_extra_time(one.person, 25, cast.trainer)
    trainer.get(address(event))
    with django_assert_num_queries(13):
        trainer.get(address(event))
