"""Questions of tests: who is counted, what is said, and who sees people and keys."""

import datetime as dt

import pytest
from django.utils import timezone

from learning.attempts.models import Sitting
from learning.people.models import Programme
from tests.cast import Cast, sign_in
from tests.learning.reporting.making import make_cohort
from tests.learning.reporting.reading import in_csv, in_xlsx, on_page
from tests.learning.reporting.sitting_forms import START, make_forms, sit_form

pytestmark = pytest.mark.django_db

PAGE = "/reports/items/"
PRE = f"{PAGE}?purpose=pre"
QUERIES = {PRE: 17, f"{PAGE}people/?purpose=pre": 23, f"{PAGE}fo-1/1/?purpose=pre": 17}
MIXED = [0, 1, 2, 3, 4, 5, 6] * 2


@pytest.fixture(scope="module")
def whole(made_once):
    """Fourteen people on form A with 0 to 6 of 6 right; and some who do not count."""
    cast = Cast()
    _page, version = make_forms()
    cohort = make_cohort(cast, version=version)
    first = sit_form(cohort, "A", MIXED)
    # Again, in another language, taken back, only a total: none of these counts.
    again = {"attempt_no": 2, "start": START + dt.timedelta(days=3)}
    sit_form(cohort, "B", [6], enrolments=[first[0].enrolment], **again)
    sit_form(cohort, "A", [1] * 12, lang="ur")
    back = {"taken_back_at": timezone.now(), "taken_back_why": "Wrong person"}
    sit_form(cohort, "A", [6], **back)
    sit_form(cohort, "A", [6], grain="total")
    return cast, cohort


@pytest.fixture
def cast(db, whole, settings, tmp_path) -> Cast:
    settings.VAR = tmp_path
    found = Cast()
    vars(found)["programme"] = whole[0].programme
    return found


@pytest.fixture
def cohort(whole):
    return whole[1]


@pytest.fixture
def ask(client, cast):
    def ask(who: str, address: str = PRE, status: int = 200) -> str:
        sign_in(client, getattr(cast, who))
        response = client.get(address)
        assert response.status_code == status
        return response.content.decode()

    return ask


def test_the_test_in_figures_and_a_sentence(ask):
    page = ask("programme_admin")
    figures = {row[0]: row[1] for row in on_page(page)}

    assert "14 people answered 50.0 of 100 on average." in page
    assert "It is reliable: a person’s mark is certain to about" in page
    assert "every figure is rough" in page
    assert figures["People"] == 14
    assert figures["Mean"] == "50.0"
    # A ladder of six steps: 6/5 (1 - 56/49 14/13 / (56/13)), of variances with divisor n - 1.
    assert figures["Reliability (alpha)"] == "0.86"


def test_each_question_with_its_people_and_what_to_look_at(ask):
    first, *_others, last = on_page(ask("programme_admin"), 1)

    assert first[:3] == ["fo-1.1", 14, 85]
    assert last[:3] == ["fo-a.1", 14, 14]
    assert "hardly anybody has it right" in last[7]


def test_first_attempts_of_one_language_count(ask):
    urdu = on_page(ask("programme_admin", f"{PRE}&lang=ur"), 1)
    form_b = ask("programme_admin", f"{PRE}&form=B")

    assert [row[1] for row in urdu] == [12] * 6
    assert "Nobody has taken such a test" in form_b


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("period=2026-Q1", 14),
        ("period=2025", None),
        ("area=not-stated", 14),
    ],
)
def test_filters_by_period_and_area(ask, query, people):
    page = ask("programme_admin", f"{PRE}&{query}")

    found = on_page(page)[0][1] if people else None
    assert found == people
    assert people or "Nobody has taken such a test" in page


def test_the_filter_by_cohort_leaves_out_the_others(ask, cast, cohort):
    programme = Programme.objects.create(
        code="another", names={"en": "Another"}, area=cast.programme.area
    )
    other = make_cohort(cast, version=cohort.course_version, programme=programme)
    sit_form(other, "A", [1] * 3)

    assert on_page(ask("system_admin", f"{PRE}&cohort={other.uuid}"))[0][1] == 3
    assert on_page(ask("system_admin"))[0][1] == 17


def test_an_answer_that_waits_keeps_its_test_out(ask, monkeypatch):
    from learning.reporting import columns  # noqa: PLC0415 (as the table is made)

    monkeypatch.setattr(columns, "_sitting", waiting(columns._sitting))
    page = ask("programme_admin")

    assert "1 test is not counted because an answer waits to be marked." in page
    assert on_page(page)[0][1] == 13


def waiting(make):
    """The first sitting waits for a mark."""
    first = Sitting.objects.order_by("pk").first()

    def made(taken, run):
        row = make(taken, run)
        return (*row[:-1], row[-1] and taken.sitting != first)

    return made


def test_one_question_with_its_options(ask):
    page = ask("programme_admin", f"{PAGE}fo-1/1/?purpose=pre")
    options = on_page(page, 1)
    languages = on_page(page, 2)

    assert [row[:4] for row in options][:2] == [
        [options[0][0], "", 2, 14],
        [options[1][0], "this one", 12, 85],
    ]
    assert "From 100 people on" in page
    assert "From 30 people on it is said whether anything stands out." in page
    assert languages[0][:4] == ["Urdu", 12, 100, 14]


@pytest.mark.parametrize("question", ["fo-b/1", "fo-1/2", "nothing/1"])
def test_of_a_question_that_nobody_was_asked_nothing_is_told(ask, question):
    page = ask("programme_admin", f"{PAGE}{question}/?purpose=pre")

    assert "Nobody was asked this question" in page
    ask("programme_admin", f"{PAGE}{question}/?purpose=pre&file=csv", 404)


def test_numbers_lead_to_exactly_the_people_behind_them(ask):
    page = ask("programme_admin", f"{PAGE}people/?purpose=pre&question=fo-1.1")
    rows = on_page(page)

    assert len(rows) == 14
    assert sorted(row[3] for row in rows) == [0] * 2 + [100] * 12
    ask("programme_admin", f"{PAGE}people/?purpose=pre&question=nothing.1", 404)


def test_files_equal_the_page(client, ask):
    page = ask("programme_admin")

    for place in (0, 1):
        csv = client.get(f"{PRE}&file=csv").content
        xlsx = client.get(f"{PRE}&file=xlsx").content
        assert in_csv(csv, place) == in_xlsx(xlsx, place) == on_page(page, place)
    assert client.get(f"{PRE}&file=odt").status_code == 404
    assert client.get(f"{PAGE}?purpose=nonsense&file=csv").status_code == 404


def test_every_response_as_a_row_without_names(client, cast, ask, whole):
    ask("programme_admin")
    answer = client.get(f"{PAGE}responses/?purpose=pre&file=csv")
    rows = in_csv(b"".join(answer.streaming_content))
    sheet = client.get(f"{PAGE}responses/?purpose=pre&file=xlsx").content

    assert len(rows) == 14 * 6
    assert rows[0] == [1, "2026-03-02", "A", "fo-1", 1, 0, 1, "A"]
    assert [str(cell) for row in in_xlsx(sheet) for cell in row] == [
        str(cell) for row in rows for cell in row
    ]


def test_who_writes_questions_sees_them_and_nobody_behind_them(ask):
    page = ask("author", f"{PRE}&period=2026-Q1")

    assert "14 people answered" in page
    assert "/reports/items/fo-1/1/" in page
    assert "/reports/items/people/" not in page
    assert "/reports/items/responses/" not in page
    assert "Area of work" not in page


def test_options_of_few_are_not_shown_to_who_sees_aggregates(ask):
    page = ask("author", f"{PAGE}fo-1/1/?purpose=pre&period=2026-Q1")

    assert [row[2:4] for row in on_page(page, 1)[:2]] == [["not shown"] * 2] * 2


def test_who_may_not_know_the_key_sees_no_option(ask, cast):
    page = ask("area_admin")

    assert "/reports/items/fo-1/1/" not in page
    ask("area_admin", f"{PAGE}fo-1/1/?purpose=pre", 403)
    ask("viewer", f"{PAGE}fo-1/1/?purpose=pre", 403)
    ask("viewer", f"{PAGE}people/?purpose=pre", 403)
    ask("viewer", f"{PAGE}responses/?purpose=pre", 403)


def test_a_wrong_filter_is_told(ask):
    assert "Nothing is shown." in ask("programme_admin", f"{PAGE}?version=nothing:1")


@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize("address", QUERIES)
def test_queries_do_not_depend_on_how_many_were_tested(
    client, cast, cohort, django_assert_num_queries, address, more
):
    sit_form(cohort, "A", [3] * more)
    sign_in(client, cast.programme_admin)
    client.get(address)

    with django_assert_num_queries(QUERIES[address]):
        client.get(address)
