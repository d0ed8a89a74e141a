"""Counts of answers by version and language: nothing about who gave them."""

import uuid

import pytest
from django.utils import timezone

from learning.attempts.counting import Tally, practice_answers, tallies_of, test_answers
from learning.attempts.models import PracticeAnswer, Sitting
from learning.attempts.taking import hand_in, save_answer, start
from modules.papers.models import Purpose
from modules.questions.freezing import freeze
from modules.questions.models import Question
from tests.learning.attempts.sitting import answer, enrol, make_tested_course, position_of

pytestmark = pytest.mark.django_db

counted_in_tests = test_answers
counted_in_tests.__test__ = False
KEYS = ("tested-a-single", "tested-b-single")


@pytest.fixture
def course():
    return make_tested_course()


def sit(user, course, purpose=Purpose.PRE, **given):
    sitting = start(enrol(user, course), purpose)
    for kind, response in given.items():
        save_answer(sitting, answer(sitting, position_of(sitting, kind), response))
    hand_in(sitting, None)
    return sitting


def asked_by(sitting):
    """The question with one right answer on the paper of this sitting."""
    return next(i["question"] for i in sitting.paper["items"] if i["question"] in KEYS)


def practise(enrolment, version, lang="en"):
    return PracticeAnswer.objects.create(
        id=uuid.uuid4(),
        enrolment=enrolment,
        question_version=version,
        response="a",
        lang=lang,
        mark_num=0,
        mark_den=1,
    )


def reword(key):
    question = Question.objects.get(key=key)
    question.definition[0].value["stem"] = "In other words?"
    question.save()
    return freeze(key)


def test_practice_is_counted_by_version_and_language(cast, course):
    enrolment = enrol(cast.learner, course)
    first = freeze(KEYS[0])
    for lang in ("en", "en", "ur"):
        practise(enrolment, first, lang)
    practise(enrolment, reword(KEYS[0]))
    practise(enrolment, freeze(KEYS[1]))

    assert practice_answers(KEYS[0]) == {(1, "en"): 2, (1, "ur"): 1, (2, "en"): 1}


def test_answers_in_tests_are_counted_once_a_sitting(cast, course):
    sitting = start(enrol(cast.learner, course), Purpose.PRE)
    place = position_of(sitting, "single")
    for response in ("a", "b"):
        save_answer(sitting, answer(sitting, place, response))
    key = asked_by(sitting)
    assert counted_in_tests(key) == {}  # it still runs

    hand_in(sitting, None)

    assert counted_in_tests(key) == {(1, "en"): 1}
    assert counted_in_tests(next(other for other in KEYS if other != key)) == {}


def test_what_was_left_out_or_taken_back_is_not_counted(cast, course):
    left_out = sit(cast.learner, course, multiple=["a"])
    assert counted_in_tests(asked_by(left_out)) == {}

    answered = sit(cast.trainer, course, single="a")
    key = asked_by(answered)
    assert sum(counted_in_tests(key).values()) == 1
    Sitting.objects.filter(pk=answered.pk).update(
        taken_back_at=timezone.now(), taken_back_why="Wrong person."
    )

    assert counted_in_tests(key) == {}


def test_an_answer_points_to_the_version_on_its_paper(cast, course):
    before = sit(cast.learner, course, single="a")
    key = asked_by(before)
    reword(key)

    after = sit(cast.learner, course, Purpose.POST, single="a")

    wanted = {(1, "en"): 1} | ({(2, "en"): 1} if asked_by(after) == key else {})
    assert counted_in_tests(key) == wanted


def test_both_stand_side_by_side_in_three_queries(cast, course, django_assert_num_queries):
    sitting = sit(cast.learner, course, single="b")
    key = asked_by(sitting)
    practise(sitting.enrolment, freeze(key), "ur")

    with django_assert_num_queries(3):
        tallies = tallies_of(key)

    assert tallies == [Tally(1, "en", practice=0, tests=1), Tally(1, "ur", practice=1, tests=0)]
    assert [tally.language for tally in tallies] == ["English", "Urdu"]


def test_nothing_is_counted_where_nobody_answered():
    assert tallies_of("co-nobody") == []
