"""Questions with several right options, statements and pairs: who chose what."""

import numpy as np
import pytest

from learning.measurement.options import count_choices, count_ticks
from learning.reporting.option_tables import options_table, parts_table
from tests.cast import Cast, sign_in
from tests.learning.reporting.making import make_cohort
from tests.learning.reporting.reading import in_csv, on_page
from tests.learning.reporting.sitting_forms import answer_as, make_form_of, sit_form

pytestmark = pytest.mark.django_db

PAGE = "/reports/items/"
QUERIES = 17
KINDS = ("multiple", "multiple_truefalse", "matching", "single")
# The stronger leave a right option out, tick a wrong one, and have one pair otherwise.
STRONG = (
    ["a", "b"],
    {"a": "true", "b": "false", "c": "true", "d": "false", "e": "false"},
    {"a": "x", "b": "y", "c": "y"},
    "b",
)
WEAK = (["a", "c"], {"a": "false"}, {"a": "y", "b": "x", "c": "x"}, "a")
HALF = 60


@pytest.fixture(scope="module")
def whole(made_once):
    """Sixty who know more and sixty who know less."""
    cast = Cast()
    version = make_form_of("chosen", KINDS)
    sittings = sit_form(make_cohort(cast, version=version), "A", [1] * 2 * HALF)
    answer_as(sittings, [STRONG] * HALF + [WEAK] * HALF)
    return cast


@pytest.fixture
def ask(client, db, whole, settings, tmp_path):
    settings.VAR = tmp_path
    cast = Cast()
    vars(cast)["programme"] = whole.programme

    def ask(address, who="programme_admin"):
        sign_in(client, getattr(cast, who))
        response = client.get(address)
        assert response.status_code == 200
        return response

    return ask


def page_of(ask, question, **more):
    return ask(f"{PAGE}{question}/1/?purpose=pre", **more).content.decode()


def test_each_of_several_options_by_who_ticked_it(ask):
    page = page_of(ask, "ch-1")
    options = on_page(page, 1)

    assert [row[1:4] for row in options] == [
        ["this one", 120, 100],
        ["", 60, 50],
        ["this one", 60, 50],
        ["", 0, 0],
        ["", 0, 0],
    ]
    assert [row[5:8] for row in options[1:3]] == [[0, 50, 100], [100, 50, 0]]
    assert "most of the strongest tick B, a wrong option: check the key" in page
    assert "most of the strongest leave out C, a key: check it" in page
    assert page.count('class="curve key') == 2


def test_statements_each_with_who_had_it_right(ask):
    page = page_of(ask, "ch-2")
    rows = on_page(page, 1)

    assert rows[0][:4] == ["A: It is a.", "True", 60, 50]
    assert rows[0][8:11] == ["False", 50, 0]
    assert rows[1][:4] == ["B: It is b.", "False", 60, 50]
    assert rows[1][8:11] == ["", "", 60]
    assert [row[5:8] for row in rows] == [[0, 50, 100]] * 5
    assert page.count('class="curve ') == 5


def test_a_pair_that_the_strongest_have_otherwise(ask):
    page = page_of(ask, "ch-3")
    row = on_page(page, 1)[1]

    assert row[:4] == ["B: ESSI", "Payroll", 60, 50]
    assert row[8:10] == ["Taxes", 50]
    assert row[11] == "the strongest choose “Taxes” for B: check the key"


def test_the_list_of_questions_says_it_without_options_to_who_may_not_know(ask):
    notes = {row[0]: row[-1] for row in on_page(ask(f"{PAGE}?purpose=pre").content.decode(), 1)}
    seen = ask(f"{PAGE}?purpose=pre&period=2026-Q1", who="viewer").content.decode()
    plain = {row[0]: row[-1] for row in on_page(seen, 1)}

    assert "leave out C" in notes["ch-1.1"]
    assert "have B otherwise" in notes["ch-3.1"]
    assert "a wrong option attracts those who know more" in plain["ch-1.1"]
    assert "pulls those who know more away" in plain["ch-3.1"]
    assert "strongest" not in seen


def test_files_hold_what_was_chosen(ask):
    answer = ask(f"{PAGE}responses/?purpose=pre&file=csv")
    rows = in_csv(b"".join(answer.streaming_content))
    table = in_csv(ask(f"{PAGE}ch-3/1/?purpose=pre&file=csv").content, 1)

    assert [row[-1] for row in rows[:4]] == ["A B", "A1 B2 C1 D2 E2", "A1 B2 C2", "B"]
    assert rows[-3][-1] == "A2"
    assert table == on_page(page_of(ask, "ch-3"), 1)


def test_queries_are_those_of_a_choice_of_one(client, ask, django_assert_num_queries):
    address = f"{PAGE}ch-3/1/?purpose=pre"
    ask(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)


# --- small groups --------------------------------------------------------------------------------


def column(table, key):
    place = [one.key for one in table.columns].index(key)
    return [row.cells[place].value for row in table.rows]


def test_a_tick_and_its_leaving_are_both_hidden_from_who_sees_aggregates():
    ticks = np.array([[0, 0, -1]] * 3 + [[0, -1, -1]] * 14 + [[-1, -1, -1]] * 3)
    marks = np.arange(20.0)
    choices = count_ticks(ticks, "ABC", {0}, marks, marks)
    seen = options_table(choices, "ABC", (), exact=False)

    assert column(seen, "people") == ["not shown", "not shown", 0, "not shown"]
    assert column(options_table(choices, "ABC", (), exact=True), "people") == [17, 3, 0, 3]


def test_mistakes_of_few_are_hidden_from_who_sees_aggregates():
    marks = np.arange(20.0)
    part = count_choices(np.array([0] * 12 + [1] * 8), "TF", 0, marks, marks)
    rare = count_choices(np.array([0] * 17 + [1] * 3), "TF", 0, marks, marks)
    seen = parts_table([part, rare], ("XY", ["True", "False"]), (), exact=False)

    assert column(seen, "people") == [12, "not shown"]
    assert column(seen, "wrong") == ["False", ""]
    assert column(seen, "wrong_share") == [40, None]


def test_a_share_of_few_is_not_told_even_to_who_sees_each_of_them():
    marks = np.arange(9.0)
    part = count_choices(np.array([0] * 6 + [1] * 3), "TF", 0, marks, marks)
    options = options_table(part, ["True", "False"], (), exact=True)
    parts = parts_table([part], ("X", ["True", "False"]), (), exact=True)

    assert column(options, "people") == [6, 3]
    assert column(options, "share") == ["under 10", "under 10"]
    assert column(parts, "share") == column(parts, "wrong_share") == ["under 10"]
