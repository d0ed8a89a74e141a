"""What shows of hands come to: exact shares of a room, and nothing about persons."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from learning.cascade.hands import Hands, show_of
from learning.cascade.tallies import Tally
from learning.cascade.tallying import choices_of, problems_with
from modules.papers.asking import ONE_CHOICE
from modules.questions.options import correct_keys
from tests.learning.cascade.test_slips import on_paper

KINDS = ("single", "truefalse", "scenario", "numeric", "multiple", "teachback")
QUESTIONS = [on_paper(kind, n) for n, kind in enumerate(KINDS, 1)]
CHOICES = [question for question in QUESTIONS if question.kind in ONE_CHOICE]


def counted(people, counts, purpose="pre", label="A"):
    own = {str(position): one for position, one in counts.items()}
    return Tally(purpose=purpose, form_label=label, people=people, counts=own)


def right(question):
    return next(iter(correct_keys(question.definition)))


def wrong(question):
    return next(key for key in choices_of(question) if key != right(question))


# Each person of a room answers each question with one of its options, or raises no hand.
rooms = st.lists(
    st.tuples(*(st.sampled_from([None, *choices_of(question)]) for question in CHOICES)),
    min_size=1,
    max_size=30,
)


@given(rooms)
def test_mean_of_a_room_is_the_mean_mark_that_its_people_would_have(room):
    counts = {
        question.item.position: dict(Counter(filter(None, chosen)))
        for question, chosen in zip(CHOICES, zip(*room, strict=True), strict=True)
    }
    show = show_of(counted(len(room), counts), CHOICES)

    marks = [
        question.mark(response) or 0
        for answers in room
        for question, response in zip(CHOICES, answers, strict=True)
    ]
    assert show.mean == Fraction(sum(marks)) / len(marks)
    assert problems_with(CHOICES, len(room), counts) == {}
    assert [one.unraised for one in show.questions] == [
        chosen.count(None) for chosen in zip(*room, strict=True)
    ]


def test_known_answer_of_one_room():
    single, truth, _scenario, number, several, _teachback = QUESTIONS
    counts = {
        1: {right(single): 12, wrong(single): 5},
        2: {right(truth): 20},
        4: {"right": 4},
        5: {"right": 8},
    }
    show = show_of(counted(20, counts), QUESTIONS)

    assert [one.right for one in show.questions] == [12, 20, None, 4, 8, None]
    assert [one.unraised for one in show.questions] == [3, 0, None, None, None, None]
    assert [one.is_judged for one in show.questions] == [False, False, False, True, True, True]
    assert show.left_out == [3, 6]
    assert show.mean == Fraction(12 + 20 + 4 + 8, 4 * 20)
    assert choices_of(number) == choices_of(several) == ["right"]


def test_question_about_which_nobody_raised_a_hand_counts_as_wrong_and_one_not_asked_as_nothing():
    single, truth = QUESTIONS[:2]
    nobody = show_of(counted(10, {1: {right(single): 0}, 2: {right(truth): 10}}), [single, truth])
    not_asked = show_of(counted(10, {2: {right(truth): 10}}), [single, truth])

    assert nobody.mean == Fraction(1, 2)
    assert not_asked.mean == 1


def test_difference_is_that_of_the_whole_per_cents_shown():
    single = QUESTIONS[0]
    before = show_of(counted(3, {1: {right(single): 1}}), [single])
    after = show_of(counted(7, {1: {right(single): 6}}, "post", "B"), [single])

    assert Hands(before, after).change == 85 - 33
    assert Hands(before, None).change is None
    assert not Hands(None, None)


def test_hands_that_no_room_can_raise():
    single, _truth, _scenario, number, *_rest = QUESTIONS
    first, second = right(single), wrong(single)

    assert problems_with([single], 10, {1: {first: 6, second: 4}}) == {}
    assert list(problems_with([single], 10, {1: {first: 6, second: 5}})) == [1]
    assert list(problems_with([number], 10, {4: {"right": 11}})) == [4]
