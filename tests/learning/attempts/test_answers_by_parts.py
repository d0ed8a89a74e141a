"""Gaps, essays and teach-backs in a test: how they are asked, saved and shown again."""

import json
import uuid
from fractions import Fraction

import pytest

from learning.attempts.marking import Given, Open, give_mark
from learning.attempts.models import Sitting
from learning.attempts.questions import questions_of
from learning.attempts.results import result_of
from learning.attempts.scoring import responses_of
from learning.attempts.showing import view_of
from learning.attempts.taking import hand_in, save_answer, start
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import (
    RIGHT_OF_EVERY_KIND,
    answer,
    enrol,
    make_tested_course,
    position_of,
)
from tests.modules.papers.test_drawing import as_posted

pytestmark = pytest.mark.django_db

WRITTEN = ("cloze", "essay")
KINDS = ("single", *WRITTEN, "teachback")
JSON = {"Accept": "application/json"}
LEVELS = {"clear": "1", "true": "4"}


@pytest.fixture
def sitting(cast, client) -> Sitting:
    page = make_tested_course(kinds=KINDS)
    sign_in(client, cast.learner)
    return start(enrol(cast.learner, page), Purpose.PRE)


def at(sitting, kind: str) -> str:
    return f"/tests/{sitting.uuid}/{position_of(sitting, kind)}/"


def posted(sitting, kind: str):
    question = questions_of(sitting)[position_of(sitting, kind) - 1]
    return as_posted(kind, question.given(RIGHT_OF_EVERY_KIND[kind]))


@pytest.mark.parametrize("kind", WRITTEN)
def test_saved_as_it_was_meant_and_shown_again(client, sitting, kind):
    envelope = {"fact": uuid.uuid4(), "device": uuid.uuid4(), "seq": 1}
    response = client.post(at(sitting, kind), posted(sitting, kind) | envelope, headers=JSON)

    assert response.status_code == 200, response.content
    position = position_of(sitting, kind)
    assert responses_of(sitting) == {position: RIGHT_OF_EVERY_KIND[kind]}
    shown = view_of(sitting, "en").questions[position - 1]
    assert shown.is_answered
    written = RIGHT_OF_EVERY_KIND[kind]
    if kind == "cloze":
        given = questions_of(sitting)[position - 1].given(written)
        assert {row.part.key: row.given for row in shown.rows} == given
    else:
        assert (shown.written, shown.words) == (written, 9)


def test_page_tells_neither_keys_nor_lists_nor_the_rubric_of_an_essay(client, sitting):
    page = client.get(at(sitting, "cloze")).content.decode()
    essay = page[page.index('data-kind="essay"') : page.index('data-kind="teachback"')]

    for secret in ('value="payroll"', "contribution", "premium", "57.5", "[[", "Half of all."):
        assert secret not in page
    assert "Plain words throughout." not in essay
    assert "Plain words throughout." in page
    assert "read by a person" in essay
    assert page.count('name="gap-') == 3
    assert 'name="criterion-' not in page


def test_gap_that_is_unfinished_is_saved_and_one_too_long_is_refused(client, sitting):
    envelope = {"fact": uuid.uuid4(), "device": uuid.uuid4()}
    saved = client.post(at(sitting, "cloze"), {"gap-2": "5,", **envelope, "seq": 1}, headers=JSON)
    sent = {"gap-3": "a" * 201, **envelope, "fact": uuid.uuid4(), "seq": 2}
    refused = client.post(at(sitting, "cloze"), sent, headers=JSON)

    assert saved.status_code == 200
    assert (refused.status_code, json.loads(refused.content)) == (400, {"error": "too_long"})


def test_nobody_rates_herself_in_a_test(client, sitting):
    response = client.post(at(sitting, "teachback"), {"criterion-clear": "3"}, headers=JSON)

    assert json.loads(response.content) == {"error": "unknown_part"}
    assert responses_of(sitting) == {}


def test_a_teach_back_asks_for_no_answer(client, sitting):
    for kind in ("single", *WRITTEN):
        right = RIGHT_OF_EVERY_KIND[kind]
        save_answer(sitting, answer(sitting, position_of(sitting, kind), right))
    view = view_of(sitting, "en")

    assert (view.answered, view.to_answer, view.first_unanswered) == (3, 3, 1)
    review = client.get(f"/tests/{sitting.uuid}/review/").content.decode()
    assert "All 3 questions are answered." in review
    assert "seen by a trainer" in review


def test_result_is_open_until_people_have_marked_and_shows_what_they_found(client, cast, sitting):
    for kind in ("single", *WRITTEN):
        right = RIGHT_OF_EVERY_KIND[kind]
        save_answer(sitting, answer(sitting, position_of(sitting, kind), right))
    hand_in(sitting, cast.learner)
    assert (result_of(sitting).mark.got, result_of(sitting).mark.unmarked) == (2, 2)

    essay = sitting.answers.get(position=position_of(sitting, "essay"))
    for kind, written in (("essay", essay), ("teachback", None)):
        question = questions_of(sitting)[position_of(sitting, kind) - 1]
        given = Given(5 * question.full_mark / 7, LEVELS, "Looked up." if not written else "")
        one = Open(sitting, position_of(sitting, kind), written)
        give_mark(one, given, cast.trainer, uuid.uuid4())

    assert result_of(sitting).mark.unmarked == 0
    assert result_of(sitting).mark.got == 2 + 2 * given.share


def test_keys_once_open_show_the_level_found_in_each_criterion_and_the_note(client, cast, sitting):
    hand_in(sitting, cast.learner)
    post = start(sitting.enrolment, Purpose.POST)
    for kind in ("single", *WRITTEN):
        right = RIGHT_OF_EVERY_KIND[kind]
        save_answer(post, answer(post, position_of(post, kind), right))
    hand_in(post, cast.learner)
    for kind in ("essay", "teachback"):
        place = position_of(post, kind)
        one = Open(post, place, post.answers.filter(position=place).first())
        note = "Spoke freely." if kind == "teachback" else ""
        give_mark(
            one, Given(Fraction(1), {"clear": "3", "true": "4"}, note), cast.trainer, uuid.uuid4()
        )

    page = client.get(f"/tests/{post.uuid}/result/").content.decode()
    assert page.count("What was found") == 2
    assert page.count("<dd>All correct.</dd>") == 2
    assert page.count("Spoke freely.") == 1
    assert "Insurance is paid by members." in page
    assert "premium" not in page
