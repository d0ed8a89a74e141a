"""Results on paper: reading a line, storing it once, replacing it, taking it back."""

import contextlib
import datetime as dt
import uuid
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.attempts.keying import (
    CannotKey,
    Unreadable,
    as_typed,
    key_answers,
    key_total,
    options_of,
    paper_questions,
    plain,
    read_keys,
    take_back,
    typed_lines,
)
from learning.attempts.models import Answer, Sitting
from learning.attempts.results import result_of, results_of
from learning.attempts.taking import start
from learning.enrolment.models import Enrolment
from modules.papers.asking import question_of
from modules.papers.contents import Form
from modules.papers.drawing import Item, order_of
from modules.papers.models import Purpose
from tests.learning.attempts.sitting import KINDS, enrol
from tests.modules.questions.samples import definition

NOON = dt.datetime(2026, 3, 2, 7, tzinfo=dt.UTC)


def printed(seed: int = 0):
    """One question of each kind as it stands on paper: options A to D, A to E, true or false."""
    return [
        question_of(Item(n, kind, 1, "X1", order_of(definition(kind), seed, n)), definition(kind))
        for n, kind in enumerate(KINDS, 1)
    ]


def letter(position: int, key: str) -> str:
    return "ABCDE"[options_of(printed()[position - 1]).index(key)]


# --- reading


def test_a_line_says_what_was_chosen_and_what_was_marked():
    line = f"{letter(1, 'b')}-({letter(3, 'a')}{letter(3, 'c')})b 150."

    read = read_keys(line, printed())
    assert [one.response for one in read[:4]] == ["b", None, ["a", "c"], "false"]
    assert [one.share for one in read[4:]] == [1, Fraction(1, 2), 0, 0]


@pytest.mark.parametrize(
    ("line", "code", "position"),
    [
        ("", "few", 0),
        ("AAAA 105", "few", 7),
        ("AAAA 10501", "many", 9),
        ("EAAA 1050", "letter", 1),
        ("AA(AF)A 1050", "letter", 3),
        ("AAAC 1050", "letter", 4),
        ("(AB)AAA 1050", "one", 1),
        ("AAAA 2050", "share", 5),
        ("AAAA A050", "share", 5),
        ("1AAA 1050", "letter", 1),
        ("AA(A 1050", "bracket", 3),
    ],
)
def test_line_that_does_not_fit_says_where(line, code, position):
    with pytest.raises(Unreadable) as caught:
        read_keys(line, printed())

    assert (caught.value.code, caught.value.position) == (code, position)


@pytest.mark.parametrize(
    "line", ["aaaa1051", "AA AA 10 51", "AAAA ۱۰۵۱", "\u200fAAAA١٠٥١", "AAAA១០៥១"]
)
def test_spaces_small_letters_and_other_digits_are_the_same_line(line):
    assert read_keys(line, printed()) == read_keys("AAAA1051", printed())


def test_long_dashes_of_telephones_are_no_answer():
    assert read_keys("–—−. 0000", printed()) == read_keys("---- 0000", printed())


responses = st.fixed_dictionaries(
    {
        1: st.sampled_from([None, *"abcd"]),
        2: st.sampled_from([None, *"abcd"]),
        3: st.sets(st.sampled_from("abcde")).map(lambda keys: sorted(keys) or None),
        4: st.sampled_from([None, "true", "false"]),
    }
)
shares = st.fixed_dictionaries(
    {n: st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]) for n in range(5, 9)}
)


@given(responses, shares, st.integers(0, 2**31 - 1))
def test_what_is_stored_is_read_again_from_the_line_it_gives(responses, shares, seed):
    questions = printed(seed)
    read = read_keys(as_typed(questions, responses, shares), questions)

    assert {one.position: one.response for one in read[:4]} == responses
    assert {one.position: one.share for one in read[4:]} == shares


@given(st.text(alphabet="ABCDEF()-.0125 ab–", max_size=20))
def test_any_line_is_read_or_refused(line):
    with contextlib.suppress(Unreadable):
        assert [one.position for one in read_keys(line, printed())] == list(range(1, 9))


def test_a_place_has_a_letter_and_judgements_are_marked_on_the_paper():
    kinds = ("hotspot", "multiple_truefalse")
    asked = [
        question_of(Item(n, kind, 1, "X1", order_of(definition(kind), 0, n)), definition(kind))
        for n, kind in enumerate(kinds, 1)
    ]
    right = "ABC"[options_of(asked[0]).index("b")]

    place, judgements = read_keys(f"{right}5", asked)

    assert (place.response, asked[0].mark(place.response)) == ("b", 1)
    assert (judgements.response, judgements.share) == (None, Fraction(1, 2))
    with pytest.raises(Unreadable):
        read_keys("D5", asked)
    with pytest.raises(Unreadable):
        read_keys(f"{right}A", asked)


# --- storing


@pytest.fixture
def enrolment(cast, tested_course):
    return enrol(cast.learner, tested_course)


def form(label: str = "A"):
    return paper_questions(Form.objects.get(label=label))


def right_line(label: str = "A", by_hand: str = "1111") -> str:
    """Every letter right, in the order of the paper; then marks by hand."""
    questions = form(label)
    right = {1: "b", 2: "b", 3: ["a", "c"], 4: "false"}
    return as_typed(questions[:4], right, {}) + by_hand


def key(enrolment, line: str, purpose="post", label="A", line_id=None) -> Sitting:
    return key_answers(
        enrolment,
        purpose,
        label,
        read_keys(line, form(label)),
        None,
        line_id=line_id or uuid.uuid4(),
        sat_at=NOON,
    )


def total(enrolment, got, full=20, purpose="post", line_id=None) -> Sitting:
    line_id = line_id or uuid.uuid4()
    return key_total(
        enrolment, purpose, "", Fraction(got), full, None, line_id=line_id, sat_at=NOON
    )


def marks(sitting) -> tuple[Fraction, Fraction, int]:
    mark = result_of(sitting).mark
    return mark.got, mark.full, mark.unmarked


@pytest.mark.django_db
def test_answers_are_marked_at_once_and_nothing_waits(enrolment):
    sitting = key(enrolment, right_line(by_hand="1505"))

    assert marks(sitting) == (Fraction(6), Fraction(8), 0)
    assert result_of(sitting).by_outcome["CO1"].got == 6
    assert (sitting.grain, sitting.handed_in_by, sitting.started_at) == ("item", "keyed", NOON)
    assert plain(typed_lines([sitting])[sitting.pk]) == right_line(by_hand="1505")


@pytest.mark.django_db
def test_newer_line_replaces_the_older_one_which_is_kept(enrolment):
    first = key(enrolment, right_line())
    second = key(enrolment, "---- 0000")

    assert first == second
    assert marks(second) == (0, 8, 0)
    assert Answer.objects.filter(sitting=first).count() == 16
    assert [run.num for run in first.scoring_runs.all()] == [8, 0]


@pytest.mark.django_db
def test_line_sent_again_is_stored_once_and_turns_nothing_back(enrolment):
    line_id = uuid.uuid4()
    key(enrolment, right_line(), line_id=line_id)
    total(enrolment, 11)
    sitting = key(enrolment, right_line(), line_id=line_id)

    assert (sitting.grain, marks(sitting)) == ("total", (11, 20, 0))
    assert Answer.objects.count() == 8


@pytest.mark.django_db
def test_line_of_a_result_taken_back_does_not_bring_it_again(enrolment):
    ids = uuid.uuid4(), uuid.uuid4()
    take_back(key(enrolment, right_line(), line_id=ids[0]), None, "Wrong person")
    take_back(total(enrolment, 11, line_id=ids[1]), None, "Wrong person")
    key(enrolment, right_line(), line_id=ids[0])
    total(enrolment, 11, line_id=ids[1])

    assert results_of(enrolment) == []
    assert enrolment.sittings.count() == 2


@pytest.mark.django_db
def test_line_of_one_person_is_not_that_of_another(cast, enrolment):
    other = Enrolment.objects.create(cohort=enrolment.cohort, person=cast.trainer.person)
    ids = uuid.uuid4(), uuid.uuid4()
    key(enrolment, right_line(), line_id=ids[0])
    total(enrolment, 11, purpose="pre", line_id=ids[1])

    with pytest.raises(CannotKey, match="known"):
        key(other, right_line(), line_id=ids[0])
    with pytest.raises(CannotKey, match="known"):
        total(enrolment, 11, purpose="post", line_id=ids[1])
    assert not other.sittings.exists()


@pytest.mark.django_db
def test_total_and_answers_replace_each_other(enrolment):
    total(enrolment, "23/2")
    sitting = key(enrolment, right_line())
    assert (sitting.grain, marks(sitting)) == ("item", (8, 8, 0))

    sitting = total(enrolment, "23/2")
    assert (sitting.grain, marks(sitting)) == ("total", (Fraction(23, 2), 20, 0))
    assert result_of(sitting).by_outcome == {}
    assert enrolment.sittings.count() == 1


@pytest.mark.django_db
def test_mark_by_hand_on_one_form_is_no_mark_for_a_letter_on_the_other(enrolment):
    """Form B asks for a letter where form A had a text."""
    places = Form.objects.get(label="B").questions
    places.filter(position=8).update(position=9)
    places.filter(position=1).update(position=8)
    places.filter(position=9).update(position=1)
    key(enrolment, "---- 0001", label="A")
    sitting = key(enrolment, "1--- 000-", label="B")

    assert marks(sitting) == (1, 8, 0)


@pytest.mark.django_db
def test_result_taken_back_counts_nowhere_and_another_may_be_typed(cast, enrolment):
    sitting = key(enrolment, right_line())
    take_back(sitting, cast.trainer, "Typed for the wrong person")
    take_back(sitting, None, "Pressed twice")

    sitting.refresh_from_db()
    assert (sitting.taken_back_by, sitting.taken_back_why) == (
        cast.trainer,
        "Typed for the wrong person",
    )
    assert results_of(enrolment) == []
    assert total(enrolment, 11).attempt_no == 2
    assert [result.mark.got for result in results_of(enrolment)] == [11]


@pytest.mark.django_db
def test_test_taken_online_is_never_typed_over_or_taken_back(enrolment):
    sitting = start(enrolment, Purpose.POST)

    for attempt in (lambda: key(enrolment, right_line()), lambda: total(enrolment, 11)):
        with pytest.raises(CannotKey, match="online"):
            attempt()
    with pytest.raises(CannotKey, match="online"):
        take_back(sitting, None, "Why not")
    assert enrolment.sittings.get().is_open


@pytest.mark.django_db
def test_form_that_the_course_lacks_is_refused(enrolment):
    with pytest.raises(CannotKey, match="no_form"):
        key_answers(
            enrolment, "post", "Z", read_keys(right_line(), form()), None,
            line_id=uuid.uuid4(), sat_at=NOON,
        )  # fmt: skip

    assert not Sitting.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 3])
def test_lines_of_many_take_three_queries(cast, enrolment, people, django_assert_num_queries):
    users = [cast.trainer, cast.author, cast.viewer][:people]
    cohort = enrolment.cohort
    others = [Enrolment.objects.create(cohort=cohort, person=user.person) for user in users]
    sittings = [key(one, right_line()) for one in others]

    with django_assert_num_queries(3):
        lines = typed_lines(sittings)
    assert {plain(line) for line in lines.values()} == {right_line()}
