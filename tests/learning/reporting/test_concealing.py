"""Small groups: nothing a viewer sees tells of fewer than five people, on any way out."""

import datetime as dt
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from learning.enrolment.models import Enrolment
from learning.measurement.suppression import MIN_RESULT
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
from tests.learning.reporting.making import (
    crowd,
    enrol_all,
    give_certificate,
    hold,
    make_cohort,
    sit,
)
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
@settings(max_examples=80)
def test_no_few_people_can_be_worked_out(table):
    whole, part = [n for n, _in in table], [n for _all, n in table]
    shown = conceal(Counted(whole, sum(whole), [part], [sum(part)]))

    for row, (n, some) in enumerate(table):
        for few, aim in ((n, (1, 0)), (some, (0, 1)), (n - some, (1, -1))):
            if is_few(few):
                low, high = interval(shown, row, aim)
                assert high - low >= 1 - 1e-6, (table, shown, row, aim)


def interval(shown, row, aim):
    """What an attacker who knows everything shown can say of one row: from, to.

    `aim` weighs the whole and the parts, each of which lies in the one before.
    """

    n, kinds = len(shown.whole), len(aim)
    known = [*shown.whole, *(value for part in shown.parts for value in part)]
    bounds = [(0, LARGEST * n) if value is None else (value, value) for value in known]
    sums = [(shown.whole_total, 0), *zip(shown.parts_totals, range(1, kinds), strict=True)]
    equal = [([i // n == kind for i in range(kinds * n)], t) for t, kind in sums if t is not None]
    inside = [
        [(i == kind * n + r) - (i == (kind - 1) * n + r) for i in range(kinds * n)]
        for kind in range(1, kinds)
        for r in range(n)
    ]
    weights = [aim[i // n] if i % n == row else 0 for i in range(kinds * n)]
    ends = []
    for sign in (1, -1):
        found = linprog(
            [sign * one for one in weights],
            A_ub=inside,
            b_ub=[0] * len(inside),
            A_eq=[one for one, _t in equal] or None,
            b_eq=[t for _one, t in equal] or None,
            bounds=bounds,
        )
        ends.append(sign * found.fun)
    return ends


tested = st.lists(
    st.tuples(*[st.integers(0, LARGEST)] * 3).map(lambda row: sorted(row, reverse=True)),
    min_size=1,
    max_size=4,
)


@given(tested)
@example([[25, 11, 11], [21, 8, 8]])
@example([[10, 10, 0], [9, 9, 0]])
@settings(max_examples=60)
def test_nobody_of_fewer_than_ten_who_passed_or_failed_can_be_worked_out(table):
    whole, took, passed = ([row[place] for row in table] for place in range(3))
    counted = Counted(whole, sum(whole), [took, passed], [sum(took), sum(passed)], results={1: 0})
    shown = conceal(counted)

    for row in range(len(table)):
        for few, aim in ((passed[row], (0, 0, 1)), (took[row] - passed[row], (0, 1, -1))):
            if is_few(few, MIN_RESULT):
                low, high = interval(shown, row, aim)
                assert high - low >= 1 - 1e-6, (table, shown, row, aim)


def test_results_need_ten_on_either_side_and_other_parts_five():
    shown = conceal(
        Counted(
            whole=[40, 60],
            whole_total=100,
            parts=[[33, 52], [40, 60], [31, 40]],
            parts_totals=[85, 100, 71],
            results={2: 1},
        )
    )

    assert shown.parts == [[33, 52], [40, 60], [None, None]]
    assert shown.parts_totals == [85, 100, 71]


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


@pytest.mark.parametrize(
    ("passed", "of", "shown"),
    [(33, 40, HIDDEN), (9, 40, HIDDEN), (30, 40, 75), (39, 40, "≥ 95%"), (1, 40, "≤ 5%")],
)
def test_a_rate_of_results_needs_ten_who_passed_and_ten_who_failed(passed, of, shown):
    assert rate(passed, of, exact=False, least=MIN_RESULT) == shown
    assert rate(passed, of, exact=True, least=MIN_RESULT) == passed * 100 // of


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
def test_viewer_does_not_read_how_few_failed(client, cast):
    """In a session on the page of the programme, and by certificates in the table of completion."""
    day = last_quarter().first + dt.timedelta(days=40)
    event = hold(cast, crowd(40), day=day)
    cohort = make_cohort(cast, version=event.cohort.course_version)
    learners = enrol_all(cohort, crowd(40))
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    Enrolment.objects.update(created_at=noon)
    for enrolments in (list(event.cohort.enrolments.all()), learners):
        sit(enrolments[:33], "post", 15)
        sit(enrolments[33:], "post", 5)
    for enrolment in learners[:33]:
        give_certificate(cast, enrolment)
    period = f"period={last_quarter().code}"

    sign_in(client, cast.viewer)
    address = f"/reports/programmes/test-programme/?{period}"
    assert "82%" not in client.get(address).content.decode()
    assert "82" not in client.get(f"{address}&file=csv").content.decode().split("Report")[0]
    total = on_page(client.get(f"{PAGE}?{period}").content.decode())[-1]
    assert total[-3:] == [40, HIDDEN, 0]
    sign_in(client, cast.programme_admin)
    assert "82%" in client.get(address).content.decode()


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
