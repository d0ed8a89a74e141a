"""Who is how far in a test on her own device, without anything of what she answers."""

import datetime as dt

import pytest

from learning.attempts.taking import hand_in, save_answer, start
from learning.cascade.progressing import under_way
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import answer, make_tested_course, open_test, position_of
from tests.learning.cascade.making import add, make_event, result

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC)
SECRET = "Canary of an answer"


@pytest.fixture
def event(cast):
    page = make_tested_course(kinds=("single", "truefalse", "short"))
    event = make_event(cast, version=page.course.versions.get())
    going, done = add(event, "Aamir Going"), add(event, "Bano Done")
    add(event, "Chand Later")
    open_test(event.cohort, Purpose.PRE)
    open_test(event.cohort, Purpose.POST)
    running = start(going, Purpose.POST, NOW)
    save_answer(running, answer(running, position_of(running, "short"), SECRET), NOW)
    save_answer(running, answer(running, position_of(running, "single"), "b"), NOW)
    taken_back = answer(running, position_of(running, "single"), None)
    save_answer(running, taken_back, NOW + dt.timedelta(minutes=1))
    finished = start(done, Purpose.POST, NOW)
    save_answer(finished, answer(finished, position_of(finished, "single"), "b"), NOW)
    hand_in(finished, None, NOW)
    return event


def test_running_tests_first_then_those_handed_in(event):
    found = under_way(event)

    assert [(one.name, one.answered, one.total, one.is_running) for one in found.tests] == [
        ("Aamir Going", 1, 3, True),
        ("Bano Done", 1, 3, False),
    ]
    assert (found.running, found.not_begun) == (1, 1)


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_page_holds_no_answer_no_key_and_no_mark(client, cast, event, prefix):
    sign_in(client, cast.trainer)
    page = client.get(f"{prefix}/training/{event.uuid}/").content.decode()
    table = page.partition('aria-labelledby="tests"')[2].partition("</section>")[0]

    assert "Aamir Going" in table
    assert table.count("<tr>") == 3
    for told in (SECRET, "Both families", "Most are informal", "correct", "marks", "%"):
        assert told not in table
    assert SECRET not in page


def test_results_on_paper_are_no_tests_under_way(cast):
    event = make_event(cast)
    result(add(event, "Aamir"), "post", 12)

    assert under_way(event) is None


def test_the_page_without_such_tests_says_nothing_of_them(client, cast):
    event = make_event(cast)
    sign_in(client, cast.trainer)

    assert "Tests under way" not in client.get(f"/training/{event.uuid}/").content.decode()


def test_queries_do_not_grow_with_people(event, django_assert_num_queries):
    with django_assert_num_queries(3):
        under_way(event)
    for name in ("More", "And more"):
        start(add(event, name), Purpose.PRE, NOW)
    with django_assert_num_queries(3):
        assert len(under_way(event).tests) == 4
