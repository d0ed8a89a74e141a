"""The table of responses as a value: taken apart, put together, and read as marks."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.measurement.options import ABSENT
from learning.reporting.columns import EARNED, GIVEN, Responses, _made, merged, without
from learning.reporting.counting import Counted, marks_of

trials = settings(database=None, max_examples=50)
VERSIONS = [("a", 1), ("a", 2), ("b", 1), ("c", 1)]

type Sat = dict[int, list[tuple[int, float]]]  # by key of the sitting: question and share


def table(sat: Sat, run: int = 1) -> Responses:
    """One row for each (question, share); a share below 0 was given to everybody."""
    asked = list(dict.fromkeys(question for rows in sat.values() for question, _share in rows))
    rows = [
        (
            place,
            asked.index(question),
            position,
            np.nan if share < 0 else share,
            GIVEN if share < 0 else EARNED,
            question,
        )
        for place, answers in enumerate(sat.values())
        for position, (question, share) in enumerate(answers, 1)
    ]
    sittings = [(pk, run, pk, 1, "pre", "A", "en", float(pk), True) for pk in sat]
    questions = [(*VERSIONS[question], 2.0) for question in asked]
    return _made(sittings, questions, rows)


def read(responses: Responses) -> Sat:
    """What `table` was made of."""
    found: Sat = {int(pk): [] for pk in responses.sittings.pk}
    rows, versions = responses.rows, responses.questions.versions
    for row in range(len(rows)):
        pk = int(responses.sittings.pk[rows.sitting[row]])
        share = -1.0 if rows.state[row] == GIVEN else float(rows.share[row])
        found[pk].append((VERSIONS.index(versions[rows.question[row]]), share))
    return found


answers = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.5, 1.0, -1.0])),
    max_size=4,
    unique_by=lambda pair: pair[0],
)
classes = st.dictionaries(st.integers(1, 9), answers, max_size=6)


@trials
@given(st.lists(classes, min_size=1, max_size=4))
def test_of_several_tables_the_last_one_that_has_a_sitting_tells_it(parts):
    expected: Sat = {}
    for part in parts:
        expected |= part

    assert read(merged([table(part) for part in parts])) == expected


@trials
@given(classes, st.sets(st.integers(1, 9)))
def test_what_is_left_out_is_gone_and_the_rest_stays(sat, gone):
    left = without(table(sat), gone)

    assert read(left) == {pk: rows for pk, rows in sat.items() if pk not in gone}


def test_leaving_out_nothing_makes_no_copy():
    whole = table({1: [(0, 1.0)]})

    assert without(whole, [7]) is whole


def test_marks_stand_in_the_order_of_papers_and_unasked_ones_are_missing():
    whole = table({5: [(2, 0.5), (0, 1.0)], 6: [(2, -1.0), (3, 0.0)], 7: [(1, 1.0)]})
    marks = marks_of(Counted(whole, np.array([1, 0])))

    assert marks.versions == [("b", 1), ("a", 1), ("c", 1)]
    np.testing.assert_array_equal(marks.marks, [[np.nan, np.nan, 0], [1, 2, np.nan]])
    assert marks.full.tolist() == [2, 2, 2]
    assert marks.chosen(0).tolist() == [ABSENT, 2]
    assert marks.asked(0).pks == [5]


def test_nobody_has_no_marks():
    marks = marks_of(Counted(table({1: [(0, 1.0)]}), np.array([], dtype=int)))

    assert (marks.marks.shape, marks.versions) == ((0, 0), [])
