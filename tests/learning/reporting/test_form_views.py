"""Forms A and B: who is counted, what is said, and who sees the people behind it."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.regrades import Regrading
from learning.people.models import Area, Programme
from learning.reporting.comparing import facility
from modules.courses.models import CourseVersion
from tests.cast import Cast, sign_in
from tests.learning.reporting.making import enrol_all, make_cohort
from tests.learning.reporting.reading import in_csv, in_xlsx, on_page
from tests.learning.reporting.sitting_forms import START, make_forms, sit_form

pytestmark = pytest.mark.django_db

PAGE = "/reports/forms/"
QUERIES = {PAGE: 13, f"{PAGE}people/?form=A": 14}
MIXED = [1, 2, 3, 4, 5, 6] * 2  # twelve people with 1 to 6 of 6 right: 58.3 per cent


@pytest.fixture(scope="module")
def whole(made_once) -> Cast:
    """Twelve people on form A, twelve on B, who got one more right; and some who do not count."""
    cast = Cast()
    _page, version = make_forms()
    cohort = make_cohort(cast, version=version)
    first = sit_form(cohort, "A", MIXED)
    sit_form(cohort, "B", [min(n + 1, 6) for n in MIXED])
    # After the course, in another language, taken back, only a total: none of these counts.
    sit_form(cohort, "B", [6], purpose="post", enrolments=[first[0].enrolment])
    sit_form(cohort, "A", [6, 6], lang="ur")
    back = {"taken_back_at": timezone.now(), "taken_back_why": "Wrong person"}
    sit_form(cohort, "A", [6], **back)
    sit_form(cohort, "A", [6], grain="total")
    return cast


@pytest.fixture
def cast(db, whole) -> Cast:
    return Cast.beside(whole, "programme")


@pytest.fixture
def page_of(client, cast):
    def page_of(who: str, query: str = "") -> str:
        sign_in(client, getattr(cast, who))
        response = client.get(f"{PAGE}?{query}")
        assert response.status_code == 200
        return response.content.decode()

    return page_of


def test_both_forms_with_people_means_and_the_difference(page_of):
    a, b, difference = on_page(page_of("programme_admin"))

    assert a[:4] == ["Form A", 12, "58.3", "29.7"]
    assert b[:3] == ["Form B", 12, "72.2"]
    assert difference[0:3] == ["B less A", "", "+13.9"]
    assert difference[6] == "+0.50"


def test_the_sentence_says_which_form_is_easier(page_of):
    page = page_of("programme_admin")

    assert "Form B is easier: people answered 72.2 of 100 on it, 58.3 on form A." in page
    assert "It may still be chance" in page
    assert "every figure is rough" in page
    assert "By the common questions, 70 of 100 on form B are worth" in page


def test_questions_by_version_with_forms_people_and_share(page_of):
    rows = {row[0]: row[1:] for row in on_page(page_of("programme_admin"), 1)}

    assert list(rows) == [*(f"fo-{n}.1" for n in range(1, 6)), "fo-a.1", "fo-b.1"]
    assert rows["fo-1.1"][:3] == ["A, B", 24, 100]
    # The second: two of twelve had only the first one right on A, nobody on B.
    assert rows["fo-2.1"][:3] == ["A, B", 24, 91]
    assert rows["fo-a.1"][:3] == ["A", 12, 16]
    assert rows["fo-b.1"][:3] == ["B", 12, 33]
    assert rows["fo-b.1"][3] == ""  # not in both forms


def test_files_equal_the_screen(client, page_of):
    page = page_of("programme_admin")
    for kind, read in (("csv", in_csv), ("xlsx", in_xlsx)):
        content = client.get(f"{PAGE}?file={kind}").content
        assert read(content, 0) == on_page(page, 0)
        assert read(content, 1) == on_page(page, 1)


def test_every_number_opens_as_many_people(client, page_of):
    page = page_of("programme_admin")
    links = {part.partition('"')[0] for part in page.split('href="')[1:]}
    lists = {link.replace("&amp;", "&") for link in links if link.startswith(f"{PAGE}people/")}

    assert len(lists) == 2 + 7
    for address in lists:
        rows = in_csv(client.get(f"{address}&file=csv").content)
        expected = 24 if "question=fo-" in address and "fo-a" not in address else 12
        expected = 12 if "fo-b." in address else expected
        assert len(rows) == expected, address


def test_the_list_says_what_each_got(client, page_of):
    page_of("programme_admin")
    whole = in_csv(client.get(f"{PAGE}people/?form=A&file=csv").content)
    one = in_csv(client.get(f"{PAGE}people/?form=A&question=fo-2.1&file=csv").content)

    assert [row[3] for row in whole] == [16, 33, 50, 66, 83, 100] * 2
    assert [row[3] for row in one] == [0, 100, 100, 100, 100, 100] * 2
    assert {row[2] for row in whole} == {"2026-03-02"}


def test_only_the_very_first_test_of_a_person_counts(cast, client, page_of):
    first = Sitting.objects.filter(form_label="A", purpose="pre").order_by("started_at").first()
    older = CourseVersion.objects.create(
        course=first.course_version.course,
        number="0.9",
        released_at=START,
        manifest={},
        sha256="1" * 64,
    )
    again = enrol_all(make_cohort(cast, version=older), [first.enrolment.person])
    sit_form(again[0].cohort, "B", [6], enrolments=again, start=START - dt.timedelta(days=9))
    a, b, _difference = on_page(page_of("programme_admin", "version=forms:1.0"))

    assert (a[1], b[1]) == (11, 12)


def test_the_language_is_chosen_and_small_halves_say_nothing(page_of):
    page = page_of("programme_admin", "lang=ur")
    a, b, difference = on_page(page)

    assert "Too few people took one of the forms first to say anything: 10 are needed" in page
    assert (a[1], b[1], a[2], difference[2]) == (2, 0, "", "")
    assert {row[3] for row in on_page(page, 1)} == {"under 10"}


def test_another_programme_has_its_own_people(cast, page_of):
    Programme.objects.create(code="second", area=cast.pakistan, names={"en": "Second"})
    page = page_of("system_admin", "programme=second")

    assert "A filter in the address is not one of those listed" in page


@pytest.mark.parametrize("query", ["version=forms:9", "lang=xx", "period=1", "programme=none"])
def test_unknown_filters_show_nothing(client, page_of, query):
    page = page_of("programme_admin", query)

    assert "Nothing is shown." in page
    assert client.get(f"{PAGE}?{query}&file=csv").status_code == 404


def test_a_question_that_nobody_was_asked_is_not_found(client, page_of):
    page_of("programme_admin")

    assert client.get(f"{PAGE}people/?question=fo-9.1").status_code == 404


def test_nothing_to_show_says_what_counts(page_of):
    assert "Nobody has taken such a test first" in page_of("programme_admin", "period=2025")


@pytest.mark.parametrize("who", ["viewer", "author", "reviewer"])
def test_aggregates_alone_have_no_lists_and_whole_quarters(client, page_of, who):
    with time_machine.travel(dt.datetime(2026, 4, 10, 9, tzinfo=dt.UTC)):
        page = page_of(who)
        people = client.get(f"{PAGE}people/")

    a, b, _difference = on_page(page)
    assert (a[1:3], b[1:3]) == ([12, "58.3"], [12, "72.2"])
    assert f"{PAGE}people/" not in page
    assert people.status_code == 403
    assert re.search(r"Period: January\W+March 2026", page)
    assert "Any time" not in page


@pytest.mark.parametrize("who", ["viewer", "author"])
def test_aggregates_of_few_are_concealed(page_of, who):
    with time_machine.travel(dt.datetime(2026, 4, 10, 9, tzinfo=dt.UTC)):
        page = page_of(who, "lang=ur")

    assert [row[1] for row in on_page(page)[:2]] == ["under 10", 0]
    assert [row[2] for row in on_page(page, 1)] == ["under 10"] * 6


def test_a_viewer_sees_no_quarter_that_runs(page_of):
    with time_machine.travel(START + dt.timedelta(days=2)):
        page = page_of("viewer")

    assert "Nobody has taken such a test first" in page


def test_an_author_of_another_country_sees_nothing_of_it(client, cast):
    author = cast.author
    author.role_grants.update(area=Area.objects.get(code="KH"))
    sign_in(client, author)
    page = client.get(PAGE).content.decode()

    assert "Test programme" not in page
    assert "<table" not in page


@pytest.mark.parametrize("who", ["learner", "trainer", "translator", "outsider"])
def test_others_are_refused(client, cast, who):
    sign_in(client, getattr(cast, who))

    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("share", "n", "exact", "shown"),
    [
        (1.0, 12, True, 100),
        (1.0, 12, False, "≥ 95%"),
        (0.0, 12, False, "≤ 5%"),
        (0.999, 400, False, "≥ 99%"),
        (0.5, 9, True, "under 10"),
        (0.5, 9, False, "under 10"),
        (0.566, 50, False, 56),
        (2 / 3, 30, True, 66),
    ],
)
def test_shares_near_the_ends_are_told_as_bounds_to_viewers(share, n, exact, shown):
    assert facility(share, n, exact=exact) == shown


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}people/?form=A"])
def test_queries_do_not_grow_with_people(client, cast, django_assert_num_queries, address):
    sign_in(client, cast.programme_admin)
    client.get(address)
    with django_assert_num_queries(QUERIES[address]):
        client.get(address)


def test_reports_lead_to_it(client, cast):
    sign_in(client, cast.viewer)

    assert f'href="{PAGE}"' in client.get("/reports/").content.decode()


@pytest.mark.parametrize("how", ["full", "out"])
def test_what_was_given_away_or_left_out_says_nothing_of_a_question(cast, page_of, how):
    Regrading.objects.create(question_key="fo-a", from_ns=[1], how=how, reason="Faulty")
    page = page_of("programme_admin")

    assert "fo-a.1" not in [row[0] for row in on_page(page, 1)]
    assert on_page(page)[0][2] == "66.7"  # of the five questions that are left


def test_signs_stand_before_their_numbers_in_urdu(client, cast):
    sign_in(client, cast.programme_admin)
    page = client.get(f"/ur{PAGE}").content.decode()

    assert '<bdi dir="ltr">+13.9</bdi>' in page
    assert "\u2066+" in page.partition("95%")[2]  # in the interval and in the sentence
