"""Before and after over sessions: what is pooled and what is not, and who sees the people."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from learning.attempts.models import Sitting
from learning.measurement.gain import clustered
from learning.people.models import Person
from learning.reporting.gain_tables import p_in_words
from learning.reporting.gaining import gain_in_points, pool
from learning.reporting.pairing import tried_in
from tests.cast import Cast, sign_in
from tests.learning.reporting.before_after import EVENING, LIST, MORNING, PAGE
from tests.learning.reporting.making import (
    ask,
    crowd,
    enrol_all,
    hold,
    make_cohort,
    sit,
)
from tests.learning.reporting.reading import in_csv, in_xlsx, on_page
from tests.learning.reporting.sitting_forms import make_forms, sit_form

pytestmark = pytest.mark.django_db

QUERIES = {PAGE: 15, LIST: 18}
APRIL = dt.datetime(2026, 4, 10, 9, tzinfo=dt.UTC)
GAINS = (1, 2, 3, 4, 5, 6)  # marks of 20 by which the six sessions gained


def both(enrolments, before: float, after: float) -> None:
    sit(enrolments, "pre", before, at=MORNING)
    sit(enrolments, "post", after, at=EVENING)


@pytest.fixture(scope="module")
def whole(made_once) -> Cast:
    """Six sessions of twelve, of whom two have no second test; and a course with answers."""
    cast = Cast()
    for gain in GAINS:
        event = hold(cast, [*crowd(8, sex="female"), *crowd(4, sex="male")])
        own = list(event.cohort.enrolments.order_by("pk"))
        both(own[:5], 8, 8 + gain)
        both(own[5:10], 10, 10 + gain)
        sit(own[10:], "pre", 2, at=MORNING)
    _page, version = make_forms()
    event = hold(cast, version=version)
    sat = sit_form(event.cohort, "A", [1, 2, 3] * 4)
    people = [one.enrolment for one in sat]
    later = {"purpose": "post", "enrolments": people, "start": EVENING}
    sit_form(event.cohort, "B", [3, 5, 6] * 4, **later)
    return cast


@pytest.fixture
def cast(db, whole) -> Cast:
    return Cast.beside(whole, "programme")


@pytest.fixture(scope="module")
def overall(whole, django_db_blocker) -> str:
    """The page of all sessions, as the administrator of the programme finds it."""
    cast = Cast.beside(whole, "programme")
    with django_db_blocker.unblock(), transaction.atomic():
        client = sign_in(Client(), cast.programme_admin)
        page = client.get(PAGE, {"course": "working-together"}).content.decode()
        transaction.set_rollback(True)
    return page


def figures(page: str) -> dict[str, list]:
    return {row[0]: row[1:] for row in on_page(page)}


def test_the_mean_gain_has_an_interval_that_knows_of_sessions(overall):
    shown = figures(overall)

    # Sixty people gained 17.5 points on average; by hand of six means: sd 9.354, t(5) 2.571.
    assert shown["Mean gain, in points"][0] == "+17.5"
    assert shown["Where the true gain lies (95 per cent sure)"][0] == "+7.7 to +27.3"
    assert "We are 95 per cent sure that the true gain is 8 to 27 points." in overall
    assert shown["Sessions with results of both tests"][0] == 6


def test_nothing_that_takes_people_for_independent_stands_over_sessions(overall):
    assert not [label for label in figures(overall) if "t," in label or "Wilcoxon" in label]
    assert "effect sizes stand only where a single session is shown" in overall
    assert "The figures rest on 6 sessions. With fewer than 20" in overall


def test_narrowed_to_a_session_it_has_the_tests_for_pairs(cast, page_of):
    event = Sitting.objects.filter(purpose="post", form_label="B").first().enrolment.cohort
    shown = figures(page_of("programme_admin", course="forms", cohort=str(event.uuid)))

    # Gains of 2, 3 and 3 of 6, four times each: mean 44.4 points, s 8.2, so t(11) = 18.76.
    assert shown["Mean gain, in points"][0] == "+44.4"
    assert shown["Test for pairs: t, 11 degrees of freedom"][0] == "18.76 (p < 0.001)"
    assert shown["Wilcoxon's test for pairs: W"][0].startswith("0.0 (p = 0.00")
    assert "Sessions with results of both tests" not in shown


def test_counts_matching_and_who_was_lost(overall):
    shown = figures(overall)

    assert shown["People with a result before"][0] == 72
    assert shown["People with results of both tests"][:2] == [
        60,
        "Most people could be matched, so the figures speak for the group.",
    ]
    assert shown["Tested, without results of both"][0] == 12
    assert shown["Mean before of those without results of both"][:2] == [
        "10.0",
        "They began 35.0 points below those with both results: the stronger ones stayed.",
    ]


def test_sessions_by_themselves(overall):
    rows = on_page(overall, 2)

    assert [row[-3] for row in rows] == ["+5.0", "+10.0", "+15.0", "+20.0", "+25.0", "+30.0"]
    assert {tuple(row[2:5]) for row in rows} == {(12, 10, 10)}


def test_groups_by_sex_with_two_rates(overall):
    rows = {row[0]: row[1:] for row in on_page(overall, 1)}

    # Before nobody passes 14 of 20; after those with 8 + 6 and 10 + 4, 5 or 6.
    assert rows["Female"] == [48, "43.8", "61.2", 0, 29]
    assert rows["Male"] == [12, "50.0", "67.5", 0, 50]
    assert rows["All"] == [60, "45.0", "62.5", 0, 33]


def test_outcomes_mastered_by_who_answered_question_by_question(page_of):
    (row,) = on_page(page_of("programme_admin", course="forms"), 1)

    # Five of six and six of six are 80 per cent and more: eight of twelve, nobody before.
    assert row[1:6] == [12, 33, 77, 0, 66]
    assert row[6] == "0.008"  # 2 / 2**8
    assert "Of 100 people 0 mastered it before, 66 after." in row[7]
    assert "Chance alone would hardly bring about such a change." in row[7]


def test_only_totals_say_nothing_of_outcomes(overall):
    assert "here only totals were" in overall
    assert "Only totals were typed in, so nothing can be said of single outcomes." in overall


def test_files_equal_the_screen(client, course, page_of):
    page = page_of("programme_admin", course="forms")
    for kind, read in (("csv", in_csv), ("xlsx", in_xlsx)):
        content = client.get(PAGE, {"course": "forms", "file": kind}).content
        for place in range(4):
            assert read(content, place) == on_page(page, place)


def test_every_number_opens_as_many_people(client, page_of):
    page = page_of("programme_admin")
    opened = 0
    for part in page.split(f'href="{LIST}')[1:]:
        address, _quote, rest = part.partition('"')
        n = int(rest.partition("</bdi>")[0].rpartition(">")[2])
        rows = in_csv(client.get(f"{LIST}{address.replace('&amp;', '&')}&file=csv").content)
        assert len(rows) == n, address
        opened += 1

    assert opened == 4 + 3 + 6 * 3


def test_the_list_says_what_each_got(client, course, page_of):
    page_of("programme_admin")
    rows = in_csv(client.get(LIST, {"course": course, "who": "one", "file": "csv"}).content)

    assert len(rows) == 12
    assert {tuple(row[2:]) for row in rows} == {(10, "", "")}


def test_by_language_of_the_answers(page_of):
    rows = on_page(page_of("programme_admin", course="forms", by="lang"), 2)

    assert [row[:2] for row in rows] == [["English", 12], ["All", 12]]
    assert "Nothing to compare yet" in page_of("programme_admin", course="forms", lang="ur")


def test_people_who_learn_alone_stand_for_themselves(cast, course):
    version = Sitting.objects.filter(course_version__course__code=course)[0].course_version
    alone = enrol_all(make_cohort(cast, version=version), crowd(11))
    both(alone[:6], 8, 12)
    both(alone[6:], 8, 16)
    found = pool(tried_in(ask(cast.programme_admin, course=course, way="self_paced")), {})

    assert found.is_one_class
    assert found.alone == 11
    assert found.gain.clusters == 11
    assert found.ci == pytest.approx(found.gain.ci)


def test_pooled_is_what_the_measurement_says(cast, course):
    found = pool(tried_in(ask(cast.programme_admin, course=course)), {})
    gains = [gain_in_points(one) for one in found.matched]

    assert found.gain == clustered(gains, [one.line.group.pk for one in found.matched])
    assert found.ci == found.gain.ci


# --- who sees what -------------------------------------------------------------------------------


def test_a_viewer_sees_aggregates_of_ended_quarters_without_lists(client, page_of):
    with time_machine.travel(APRIL):
        page = page_of("viewer")
        people = client.get(LIST)
        file = client.get(f"{PAGE}?file=csv")

    shown = figures(page)
    assert shown["People with results of both tests"][0] == 60
    assert shown["Mean before, of 100"][0] == 45
    assert LIST not in page
    assert "Session by session" not in page
    assert (people.status_code, file.status_code) == (403, 200)


def test_a_viewer_cannot_work_out_a_small_group_from_the_others(cast, page_of):
    women = Person.objects.filter(sex="female", enrolments__sittings__purpose="post").distinct()
    Person.objects.filter(pk__in=[one.pk for one in women[:6]]).update(sex="another")
    with time_machine.travel(APRIL):
        rows = {row[0]: row[1:] for row in on_page(page_of("viewer"), 1)}

    assert rows["Another"] == ["under 10"] * 5
    assert rows["Male"] == ["not shown"] * 5  # the smallest beside it
    assert rows["Female"][0] == 42
    assert rows["All"][0] == 60


def test_a_viewer_is_told_nothing_of_a_small_course(client, cast, page_of):
    small = Sitting.objects.filter(purpose="post", form_label="B").order_by("pk")
    for sitting in small[:3]:
        sitting.taken_back_at, sitting.taken_back_why = EVENING, "Wrong person"
        sitting.save(update_fields=["taken_back_at", "taken_back_why"])
    with time_machine.travel(APRIL):
        pages = [page_of("viewer", course="forms"), page_of("viewer")]
        rows = in_csv(client.get(PAGE, {"course": "forms", "file": "csv"}).content)

    # Nor of the other one: the programme as a whole is on its page.
    assert all("Nothing to compare yet" in page for page in pages)
    assert rows == []


@pytest.mark.parametrize("who", ["learner", "trainer", "author", "outsider"])
def test_others_are_refused(client, cast, who):
    sign_in(client, getattr(cast, who))

    assert client.get(PAGE).status_code == 403
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("query", ["course=9", "lang=xx", "by=name", "cohort=none", "who=x"])
def test_unknown_filters_show_nothing(client, cast, query):
    sign_in(client, cast.programme_admin)
    address = LIST if "who" in query else PAGE

    assert "Nothing is shown." in client.get(f"{address}?{query}").content.decode()
    assert client.get(f"{address}?{query}&file=csv").status_code == 404


@pytest.mark.parametrize("address", [PAGE, LIST])
def test_queries_do_not_grow_with_people(client, cast, course, django_assert_num_queries, address):
    sign_in(client, cast.programme_admin)
    client.get(address, {"course": course})
    with django_assert_num_queries(QUERIES[address]):
        client.get(address, {"course": course})


def test_reports_lead_to_it(client, cast):
    sign_in(client, cast.viewer)

    assert f'href="{PAGE}"' in client.get("/reports/").content.decode()


def test_in_urdu_signs_stand_before_their_numbers(client, cast, course):
    sign_in(client, cast.programme_admin)
    page = client.get(f"/ur{PAGE}", {"course": course}).content.decode()

    assert '<bdi dir="ltr">+17.5</bdi>' in page
    assert "\u2066+7.7" in page


@pytest.mark.parametrize(("p", "words"), [(None, ""), (0.0004, "< 0.001"), (0.0314, "0.031")])
def test_p_values_are_never_nothing(p, words):
    assert p_in_words(p) == words
