"""A test with questions about one case: what its pages, its papers and its review tell when."""

import re

import pytest

from learning.attempts.keying import paper_questions
from learning.attempts.questions import questions_of
from learning.attempts.taking import hand_in, save_answer, start
from learning.cascade.question_sheets import asked_in_runs
from modules.papers.contents import Form, FormQuestion
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import answer, enrol, make_tested_course
from tests.modules.questions.making import make
from tests.modules.questions.samples import in_set

pytestmark = pytest.mark.django_db

CASE = "A fund has two laws."
ABOUT = "Questions 2 to 4 are about this case."


@pytest.fixture
def course():
    """Form A and B: a single choice, three questions about one case, a case of its own."""
    page = make_tested_course(kinds=["single"], attempts=1)
    for form in Form.objects.all():
        for n in (2, 3, 4):
            key = f"tested-{form.label.lower()}-case-{n}"
            make(key, "scenario", use="test", **in_set(f"What {n}?"))
            FormQuestion.objects.create(form=form, position=n, question_key=key)
        key = f"tested-{form.label.lower()}-own"
        make(key, "scenario", use="test", case="A fund of its own.")
        FormQuestion.objects.create(form=form, position=5, question_key=key)
    return page


@pytest.fixture
def sitting(course, cast, client):
    sign_in(client, cast.learner)
    return start(enrol(cast.learner, course), Purpose.POST)


def sections(client, sitting) -> list[str]:
    page = client.get(f"/tests/{sitting.uuid}/3/").content.decode()
    return re.findall(r'<section class="row question".*?</section>', page, re.DOTALL)


def test_every_question_of_a_sitting_has_its_case_at_hand(client, sitting):
    first, *about, own = sections(client, sitting)

    assert (first.count(CASE), own.count("A fund of its own.")) == (0, 1)
    assert [section.count(CASE) for section in about] == [1, 1, 1]
    assert [section.count(ABOUT) for section in (first, *about, own)] == [0, 1, 1, 1, 0]
    assert 'id="question-3-case"' in about[1]
    assert 'aria-describedby="question-3-case"' in about[1]


def test_each_question_of_a_set_is_marked_for_itself(sitting):
    for position, key in ((2, "b"), (3, "a")):
        save_answer(sitting, answer(sitting, position, key))
    hand_in(sitting, None)

    run = sitting.scoring_runs.get()
    assert (run.num, run.full_num) == (1, 5)


def test_the_review_tells_the_case_once_and_leads_back_to_it(client, sitting):
    for question in questions_of(sitting):
        save_answer(sitting, answer(sitting, question.item.position, "b"))
    hand_in(sitting, None)

    page = client.get(f"/tests/{sitting.uuid}/result/").content.decode()

    assert page.count(CASE) == page.count(ABOUT) == 1
    assert page.count("About the case that stands before question 2.") == 3
    assert page.count("A fund of its own.") == 1
    assert page.index(CASE) < page.index("What 2?")


def test_a_paper_tells_it_once(course):
    asked = asked_in_runs(paper_questions(Form.objects.get(label="A")), "en")

    runs = [(one.run.first, one.run.last, one.run.is_first) if one.run else None for one in asked]
    assert runs == [None, (2, 4, True), (2, 4, False), (2, 4, False), None]
