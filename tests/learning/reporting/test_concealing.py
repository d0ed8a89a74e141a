"""Small groups: nothing a viewer sees tells of fewer than five people, on any way out."""

import datetime as dt
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from learning.enrolment.models import Enrolment
from learning.people.models import Programme, Role
from learning.people.roles import grant_role
from learning.reporting.concealing import (
    Counted,
    conceal,
    hidden_in_row_of,
    is_few,
    mean_or_words,
    rate,
)
from learning.reporting.periods import last_quarter
from tests.cast import sign_in
from tests.learning.reporting.making import crowd, enrol_all, make_cohort
from tests.learning.reporting.reading import in_csv, in_xlsx, on_page

PAGE = "/reports/completion/"
# Rows of the worked case: women and men of governments, employers, workers.
WORKED = {"government": (3, 12), "employer": (9, 14), "worker": (11, 8)}
HIDDEN = "not shown"
LARGEST = 30


# --- which counts --------------------------------------------------------------------------------


def test_worked_case():
    counted = Counted(
        whole=[15, 23, 19],
        whole_total=57,
        split=[[3, 12], [9, 14], [11, 8]],
        split_totals=[23, 34],
    )
    shown = conceal(counted)

    assert shown.split == [[None, None], [None, None], [11, 8]]
    assert (shown.whole, shown.split_totals, shown.whole_total) == ([15, 23, 19], [23, 34], 57)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([10, 0, 12], set()),
        ([3, 10, 12], {0, 1}),
        ([3, 4, 50], {0, 1}),
        ([1, 2, 50], {0, 1, 2}),
        ([3, 0, 0], {0}),
        ([], set()),
    ],
)
def test_hidden_counts_are_at_least_two_and_together_not_few(counts, hidden):
    assert hidden_in_row_of(counts) == hidden


def test_of_few_people_nothing_is_shown():
    shown = conceal(Counted([3, 0], 3, [[1, 0]], [1], [[3], [0]], [3]))

    assert (shown.whole, shown.whole_total) == ([None, None], None)
    assert (shown.parts, shown.parts_totals) == ([[None, None]], [None])
    assert (shown.split, shown.split_totals) == ([[None], [None]], [None])


def test_who_did_not_is_hidden_like_who_did():
    shown = conceal(Counted([20, 20], 40, [[18, 10]], [28]))

    assert shown.parts == [[None, None]]


rows = st.lists(
    st.integers(0, LARGEST).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    min_size=1,
    max_size=5,
)


@given(rows)
@settings(max_examples=80, deadline=None)
def test_no_few_people_can_be_worked_out(table):
    whole, part = [n for n, _in in table], [n for _all, n in table]
    shown = conceal(Counted(whole, sum(whole), [part], [sum(part)]))

    for row, (n, some) in enumerate(table):
        for few, parts in ((n, (1, 0)), (some, (0, 1)), (n - some, (1, -1))):
            if is_few(few):
                low, high = interval(shown, row, parts)
                assert high - low >= 1 - 1e-6, (table, shown, row, parts)


def interval(shown, row, parts):
    """What an attacker who knows everything shown can say of one row: from, to."""

    n = len(shown.whole)
    known = [(shown.whole, 0), (shown.parts[0], n)]
    bounds = [
        (value, value) if value is not None else (0, None)
        for values, _start in known
        for value in values
    ]
    sums = [(shown.whole_total, range(n)), (shown.parts_totals[0], range(n, 2 * n))]
    equal = [([i in places for i in range(2 * n)], t) for t, places in sums if t is not None]
    inside = [[-(i == r) + (i == n + r) for i in range(2 * n)] for r in range(n)]
    aim = [0] * (2 * n)
    aim[row], aim[n + row] = parts
    ends = []
    for sign in (1, -1):
        found = linprog(
            [sign * one for one in aim],
            A_ub=inside,
            b_ub=[0] * n,
            A_eq=[one for one, _t in equal] or None,
            b_eq=[t for _one, t in equal] or None,
            bounds=[(low, LARGEST * n if high is None else high) for low, high in bounds],
        )
        ends.append(sign * found.fun)
    return ends


@given(rows, rows)
def test_which_totals_are_shown_depends_on_the_totals_alone(one, other):
    """Two groupings of the same people share their totals."""
    whole, part = sum(n for n, _in in one), sum(n for _all, n in one)

    def totals(table):
        shown = conceal(Counted([n for n, _in in table], whole, [[n for _all, n in table]], [part]))
        return shown.whole_total, shown.parts_totals

    if len(one) > 1:
        assert totals(one) == totals([(whole, part)])


# --- rates and means -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "exact", "shown"),
    [
        (3, 9, False, "under 10"),
        (3, 9, True, 33),
        (5, 10, False, 50),
        (3, 10, False, HIDDEN),
        (7, 10, False, HIDDEN),
        (0, 20, False, "≤ 5%"),
        (20, 20, False, "≥ 95%"),
        (0, 0, False, None),
        (23, 30, True, 76),
    ],
)
def test_rate(part, whole, exact, shown):
    assert rate(part, whole, exact=exact) == shown


@pytest.mark.parametrize(("n", "shown"), [(0, None), (9, "under 10"), (10, 15)])
def test_a_mean_needs_ten_people_whoever_reads_it(n, shown):
    assert mean_or_words(Fraction(47, 3) if n else None, n) == shown


# --- through the page and its files --------------------------------------------------------------


@pytest.fixture
def worked_case(cast):
    """The people of the worked case started a course in the last quarter that ended."""
    cohort = make_cohort(cast)
    for constituency, (women, men) in WORKED.items():
        for n, sex in ((women, "female"), (men, "male")):
            enrol_all(cohort, crowd(n, sex=sex, constituency=constituency))
    day = last_quarter().first + dt.timedelta(days=40)
    Enrolment.objects.update(created_at=timezone.make_aware(dt.datetime.combine(day, dt.time(12))))
    return cohort


@pytest.mark.django_db
def test_worked_case_through_page_csv_and_xlsx(client, cast, worked_case):
    sign_in(client, cast.viewer)
    address = f"{PAGE}?by=constituency"
    page = on_page(client.get(address).content.decode())

    by_name = {row[0]: row[1:4] for row in page}
    assert by_name["Government"] == [15, HIDDEN, HIDDEN]
    assert by_name["Employers"] == [23, HIDDEN, HIDDEN]
    assert by_name["Workers"] == [19, 11, 8]
    assert by_name["All"] == [57, 23, 34]
    assert in_csv(client.get(f"{address}&file=csv").content) == page
    assert in_xlsx(client.get(f"{address}&file=xlsx").content) == page


@pytest.mark.django_db
def test_who_administers_sees_the_same_case_exactly(client, cast, worked_case):
    sign_in(client, cast.programme_admin)
    page = on_page(client.get(f"{PAGE}?by=constituency&cut=sex").content.decode())

    assert ["Government", "Female", 3] in [row[:3] for row in page]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "filters",
    [
        "sex=female",
        "cut=sex",
        "area=PK-PB",
        "cohort=x",
        "age=25-34",
        "course=working-together",
        "way=event",
    ],
)
def test_a_viewer_cannot_filter_further(client, cast, worked_case, filters):
    sign_in(client, cast.viewer)
    plain = client.get(f"{PAGE}?by=constituency").content.decode()

    narrowed = client.get(f"{PAGE}?by=constituency&{filters}").content.decode()
    assert on_page(narrowed) == on_page(plain)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["period=2026", "period=2026-H1", "by=cohort", "by=organisation"])
def test_a_viewer_chooses_single_quarters_and_coarse_groups_alone(client, cast, worked_case, asked):
    sign_in(client, cast.viewer)

    assert "Nothing is shown." in client.get(f"{PAGE}?{asked}").content.decode()
    assert client.get(f"{PAGE}?{asked}&file=csv").status_code == 404


@pytest.mark.django_db
def test_a_viewer_sees_no_list_and_no_link_to_one(client, cast, worked_case):
    sign_in(client, cast.viewer)

    assert "/reports/people/" not in client.get(PAGE).content.decode()
    for address in ("people", "sessions", "people-register", "trainers", "certificates"):
        assert client.get(f"/reports/{address}/").status_code == 403


@pytest.mark.django_db
def test_two_programmes_of_a_viewer_are_never_one_table(client, cast, worked_case):
    other = Programme.objects.create(code="z-other", area=cast.pakistan, names={"en": "Other"})
    make_cohort(cast, version=worked_case.course_version, programme=other)
    grant_role(cast.viewer, Role.VIEWER, other)
    sign_in(client, cast.viewer)

    page = client.get(PAGE).content.decode()
    assert on_page(page)[-1][1] == 57
    assert 'value="">All' not in page


@pytest.mark.django_db
def test_who_also_administers_sees_her_own_scope_alone(client, cast, worked_case):
    grant_role(cast.viewer, Role.AREA_ADMIN, cast.punjab)
    sign_in(client, cast.viewer)

    assert "Nobody is enrolled here" in client.get(PAGE).content.decode()
