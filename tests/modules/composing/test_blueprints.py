"""The admin of blueprints: cells, pool, and papers to try."""

import pytest

from modules.papers import models as papers
from modules.papers.contents import Blueprint, Form
from modules.questions.models import Question, QuestionVersion
from tests.modules.composing.conftest import TEST_KEYS
from tests.modules.composing.sending import (
    address,
    edit_blueprint,
    page_of,
    words,
)
from tests.modules.questions.samples import english, in_set

pytestmark = pytest.mark.django_db


def content_of(blueprint):
    cells = {f"{c.outcome}-{c.level}": c.count for c in blueprint.cells.all()}
    return cells, {row.question_key: row.is_anchor for row in blueprint.pool.all()}


def test_making_a_blueprint_leads_on_to_its_cells(author):
    answer = author.post(
        address("blueprint", "add"), {"course_code": "coordination", "key": "main"}
    )

    blueprint = Blueprint.objects.get()
    assert answer["Location"] == address("blueprint", "edit", blueprint.pk)
    page = words(author.get(answer["Location"]))
    assert 'name="cells-CO1-apply"' in page
    assert 'value="co-t1"' in page
    assert 'name="cells-' not in author.get(address("blueprint", "add")).text


def test_cells_and_pool_are_filled_in(author, blueprint):
    edit_blueprint(
        author, blueprint, {"CO1-apply": "1", "CO2-recall": "0", "CO2-analyse": "2"},
        pool=["co-t1", "co-t2"], anchors=["co-t2", "co-t3"],
    )  # fmt: skip

    assert content_of(blueprint) == (
        {"CO1-apply": 1, "CO2-analyse": 2}, {"co-t1": False, "co-t2": True, "co-t3": True},
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["-1", "1.5", "many", "100", "0000999", "٣"])
def test_no_number_changes_nothing_and_stays_typed(author, blueprint, typed):
    before = content_of(blueprint)

    page = edit_blueprint(author, blueprint, {"CO1-apply": typed})

    assert f"CO1: “{typed}” is no whole number from 0 to 99." in words(page)
    assert f'name="cells-CO1-apply" value="{typed}"' in words(page)
    assert content_of(blueprint) == before


def test_a_question_of_another_course_changes_nothing(author, blueprint):
    before = content_of(blueprint)

    page = edit_blueprint(author, blueprint, {"CO1-apply": "1"}, pool=["co-t1", "zz-none"])

    assert "“zz-none” is no question of this course." in words(page)
    assert content_of(blueprint) == before


def test_what_a_test_draws_from_stays_enough(author, blueprint):
    papers.Test.objects.create(
        course_code="coordination", purpose="post", drawing="pool", blueprint=blueprint
    )
    before = content_of(blueprint)

    page = edit_blueprint(author, blueprint, {"CO1-apply": "9"})
    assert "CO1, apply: 1 question missing" in words(page)
    page = edit_blueprint(author, blueprint, {"CO1-apply": "1"}, pool=[*TEST_KEYS, "co-p1"])
    assert "these are for practice: co-p1." in words(page)
    page = edit_blueprint(author, blueprint, {})
    assert "The blueprint asks nothing yet." in words(page)
    assert content_of(blueprint) == before


def test_without_a_test_a_blueprint_may_be_unfinished(author, blueprint):
    edit_blueprint(author, blueprint, {"CO1-apply": "9"}, pool=[])

    assert content_of(blueprint) == ({"CO1-apply": 9}, {})


def test_the_page_compares_what_is_wanted_with_what_is_there(author, blueprint):
    Form.objects.update(blueprint=blueprint)
    Question.objects.filter(key__in=["co-t1", "co-t2"]).update(expected=90)
    blueprint.cells.create(outcome="CO2", level="recall", count=3)

    page = page_of(author, blueprint)

    assert (
        '<td>8 <span class="bands"><span>easy 2</span> · <span>no estimate 6</span></span></td>'
        in page
    )
    assert '<td>4 <b class="short">not 2</b></td>' in page
    assert '<td>0 <b class="short">3 missing</b></td>' in page
    assert "No paper can be drawn: CO2, recall: 3 questions missing." in page
    assert "6 questions have no share of expected right answers." in page
    assert "The two forms share 0 questions. With 5 or more that stand in both" in page
    assert "It can be tried once the pool is enough." in page


def test_the_page_names_what_nobody_draws(author, blueprint):
    Question.objects.filter(key="co-t2").update(level="create")
    Question.objects.filter(key="co-t3").update(live=False)

    page = page_of(author, blueprint)

    assert "Nothing is wanted of their outcome and level, so nobody draws these: co-t2." in page
    assert "These are not published or retired, so nobody draws them: co-t3." in page


def test_the_page_names_the_rest_of_a_set(author, blueprint):
    for key in ("co-t1", "co-p1"):
        question = Question.objects.get(key=key)
        table = english("scenario") | in_set("Why?")
        question.definition = [{"type": table.pop("kind"), "value": table}]
        question.save()

    page = page_of(author, blueprint)

    assert "asked together, but these are not in the pool: co-p1." in page


def test_three_papers_are_tried_and_nothing_is_stored(author, blueprint):
    page = page_of(author, blueprint)
    assert "Draw three papers" in page
    assert "Paper 1" not in page

    page = page_of(author, blueprint, seed="7")

    assert [f"Paper {n}" in page for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert page.count("in every paper") == 3
    assert page.count("co-t8") == 3
    assert not QuestionVersion.objects.exists()


@pytest.mark.parametrize("seed", ["", "x", "-1", "1" * 30, "٣"])
def test_a_seed_that_is_none_draws_nothing(author, blueprint, seed):
    assert "Paper 1" not in page_of(author, blueprint, seed=seed)


def test_an_empty_blueprint_says_how_to_begin(author):
    blueprint = Blueprint.objects.create(course_code="coordination", key="main")

    page = page_of(author, blueprint)

    assert "It asks nothing yet." in page
    assert "There is no pool yet" in page
    assert "No test follows it yet." in page


def test_a_course_without_outcomes_and_questions_says_so(author):
    blueprint = Blueprint.objects.create(course_code="empty", key="main")

    page = words(author.get(address("blueprint", "edit", blueprint.pk)))

    assert "The course has no outcomes yet." in page
    assert "The bank has no question for an outcome of this course yet." in page
