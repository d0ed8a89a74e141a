"""Some months after, in the report: who came due, what is left, and who is told of whom."""

import datetime as dt

import pytest
import time_machine

from learning.attempts.models import Sitting
from modules.papers.models import Test as Rules
from tests.cast import Cast, sign_in
from tests.learning.reporting.before_after import EVENING, LIST, MORNING
from tests.learning.reporting.making import crowd, hold, sit
from tests.learning.reporting.reading import in_csv, on_page

pytestmark = pytest.mark.django_db

JUNE = dt.datetime(2026, 6, 20, 9, tzinfo=dt.UTC)  # the first wave is open: 3 March and 3 months
AUGUST = dt.datetime(2026, 8, 20, 9, tzinfo=dt.UTC)  # it is over, the second one is open
LABEL = "Reach the pass mark still, of who did after the course"


@pytest.fixture(scope="module")
def whole(made_once) -> Cast:
    """Twenty people: 8 of 20 before, 16 after; twelve tested again with 14, two of them with 16."""
    cast = Cast()
    event = hold(cast, crowd(20, sex="female"))
    code = event.cohort.course_version.course.code
    Rules.objects.create(course_code=code, purpose="post")
    Rules.objects.create(course_code=code, purpose="retention")
    own = list(event.cohort.enrolments.order_by("pk"))
    sit(own, "pre", 8, at=MORNING)
    sit(own, "post", 16, at=EVENING)
    sit(own[:10], "retention", 12, at=JUNE, wave=3)
    sit(own[10:12], "retention", 16, at=JUNE, wave=3)
    return cast


@pytest.fixture
def cast(db, whole) -> Cast:
    return Cast.beside(whole, "programme")


def take_back(sittings) -> None:
    sittings.update(taken_back_at=JUNE, taken_back_why="Somebody else's")


def wave(page: str) -> dict[str, list]:
    """The rows of the last wave of the page."""
    return {row[0]: row[1:] for row in on_page(page, -1)}


@time_machine.travel(JUNE + dt.timedelta(days=1))
def test_what_is_left_and_who_is_behind_it(page_of):
    page = page_of()
    found = wave(page)

    assert "Tested again: 12 of 20 people whose test after the course is so long ago (60" in page
    # 40 before, 80 after, (10 × 60 + 2 × 80) / 12 = 63.3 later: 23.3 of 40 points.
    assert found["People who came due"][0] == 20
    assert found["Tested again"][0] == 12
    assert found["Re-test rate"][0] == 60
    assert found["Can still be tested"][0] == 8
    assert found["Were not tested again"] == [
        0,
        "Everybody whose time for it is over was tested again.",
    ]
    assert "More than a fifth have no result of it." in page
    assert found["Mean some months later, of 100"][0] == "63.3"
    assert found["Share of the gain that is left"][:2] == [
        58,
        "Of 100 points gained, 58 are still there.",
    ]
    assert found[LABEL][0] == "2 of 12"
    assert "8 people can still take it, so these figures may change." in page


@time_machine.travel(AUGUST)
def test_a_wave_nobody_took_says_nothing_and_who_missed_one_is_counted(page_of):
    page = page_of()

    assert "Test after 6 months" not in page
    assert wave(page)["Were not tested again"][0] == 8


@time_machine.travel(JUNE + dt.timedelta(days=1))
def test_people_behind_each_figure(client, cast, course):
    sign_in(client, cast.programme_admin)
    numbers = {"due": 20, "again": 12, "open": 8, "missed": 0, "three": 12, "still": 2}
    for who, people in numbers.items():
        query = {"course": course, "who": who, "wave": "3", "file": "csv"}
        rows = in_csv(client.get(LIST, query).content)
        assert len(rows) == people
        assert {row[-1] for row in rows} <= {60, 80, ""}


@time_machine.travel(AUGUST)
def test_a_viewer_is_told_of_ten_people_and_never_of_the_few_that_are_missing(page_of):
    quarter = {"period": "2026-Q1"}
    few = page_of("viewer", **quarter)
    assert "nobody was tested again, or too few people" in few  # 8 of 20 could be worked out

    back = Sitting.objects.filter(wave=3).order_by("-pk")[:2].values_list("pk", flat=True)
    take_back(Sitting.objects.filter(pk__in=list(back)))
    page = page_of("viewer", **quarter)
    found = wave(page)
    assert (found["People who came due"][0], found["Tested again"][0]) == (20, 10)
    assert found[LABEL][0] == "≤ 5%"
    assert "can still take it" not in page


def test_nobody_tested_again_is_one_line(page_of):
    take_back(Sitting.objects.filter(wave=3))

    assert "Nobody was tested again some months after the course, so nothing can be" in page_of()
