"""The pool of a blueprint as it stands in the bank, and papers drawn from it."""

import pytest

from modules.papers.contents import Blueprint
from modules.papers.drawing import versions_of
from modules.papers.pool import Place, ShortPoolError
from modules.papers.pooling import draw_from_pool, freeze_pool, pool_of
from modules.questions.models import Question, QuestionVersion
from tests.modules.bank.making import make
from tests.modules.questions.samples import in_set

pytestmark = pytest.mark.django_db

APPLY = Place("CO1", "apply")


@pytest.fixture
def blueprint(db) -> Blueprint:
    """Two of four questions, one of them an anchor."""
    blueprint = Blueprint.objects.create(course_code="tested", key="main")
    blueprint.cells.create(outcome="CO1", level="apply", count=2)
    for n in range(4):
        make(f"co-{n}", use="test", expected=60 if n else None)
        blueprint.pool.create(question_key=f"co-{n}", is_anchor=n == 3)
    return blueprint


def in_a_set(key: str) -> Question:
    question = make(key, kind="scenario", use="test")
    question.definition = [{"type": "scenario", "value": question.table | in_set("Why?")}]
    question.save()
    return question


def test_candidates_are_as_the_bank_says(blueprint):
    pool = pool_of(blueprint)

    assert pool.wanted == {APPLY: 2}
    assert [(one.key, one.place, one.band, one.is_anchor) for one in pool.candidates] == [
        ("co-0", APPLY, "unknown", False), ("co-1", APPLY, "middle", False),
        ("co-2", APPLY, "middle", False), ("co-3", APPLY, "middle", True),
    ]  # fmt: skip


@pytest.mark.parametrize("facts", [{"retired": True}, {"live": False}])
def test_what_is_not_asked_any_more_is_no_candidate(blueprint, facts):
    Question.objects.filter(key="co-1").update(**facts)

    assert [one.key for one in pool_of(blueprint).candidates] == ["co-0", "co-2", "co-3"]


def test_a_translation_is_no_candidate_of_its_own(blueprint):
    make("co-0", lang="ur", stem="کون سا؟")

    assert len(pool_of(blueprint).candidates) == 4


def test_a_set_is_read_from_its_questions_and_never_halved(blueprint):
    for key in ("co-a", "co-b"):
        in_a_set(key)
        blueprint.pool.create(question_key=key)
    assert [one.case_set for one in pool_of(blueprint).candidates][-2:] == ["two-laws", "two-laws"]

    Question.objects.filter(key="co-b").update(retired=True)

    assert [one.key for one in pool_of(blueprint).candidates] == ["co-0", "co-1", "co-2", "co-3"]


def test_a_paper_names_versions_and_no_form(blueprint):
    paper = draw_from_pool(freeze_pool(blueprint), 7)

    assert paper.form == ""
    assert [item.position for item in paper.items] == [1, 2]
    assert "co-3" in {item.question for item in paper.items}
    assert {(item.n, item.outcome) for item in paper.items} == {(1, "CO1")}
    assert set(versions_of(paper)) == {item.question for item in paper.items}
    assert paper == draw_from_pool(freeze_pool(blueprint), 7)
    assert len({draw_from_pool(freeze_pool(blueprint), seed) for seed in range(9)}) > 3


def test_a_pool_kept_from_before_needs_no_stored_versions(blueprint):
    """Frozen within a transaction that was undone: the questions are frozen anew."""
    frozen = freeze_pool(blueprint)
    QuestionVersion.objects.all().delete()

    paper = draw_from_pool(frozen, 7)

    assert set(versions_of(paper)) == {item.question for item in paper.items}


def test_too_small_a_pool_draws_nothing(blueprint):
    blueprint.cells.update(count=5)

    with pytest.raises(ShortPoolError) as refusal:
        draw_from_pool(freeze_pool(blueprint), 7)
    assert refusal.value.missing == {APPLY: 1}


def test_the_queries_of_a_draw(blueprint, django_assert_num_queries):
    freeze_pool(blueprint)
    with django_assert_num_queries(7):
        frozen = freeze_pool(Blueprint.objects.get(pk=blueprint.pk))
    with django_assert_num_queries(1):
        draw_from_pool(frozen, 7)
