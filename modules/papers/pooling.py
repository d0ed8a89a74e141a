"""The pool of a blueprint as it stands now, and papers drawn from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from modules.papers.choosing import choose
from modules.papers.contents import Blueprint
from modules.papers.drawing import Frozen, Paper, freeze_keys, paper_asking
from modules.papers.pool import Candidate, Place
from modules.questions.models import Question, State
from modules.questions.shapes import SOURCE


@dataclass(frozen=True)
class Pool:
    """What a blueprint wants, and the candidates that readers may be asked now."""

    wanted: Mapping[Place, int]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class FrozenPool:
    """The same with the version of each question, to be kept until anything changes."""

    pool: Pool
    frozen: Mapping[str, Frozen]


def pool_of(blueprint: Blueprint) -> Pool:
    """Three queries."""
    wanted = {Place(cell.outcome, cell.level): cell.count for cell in blueprint.cells.all()}
    return pool_from(wanted, {row.question_key: row.is_anchor for row in blueprint.pool.all()})


def pool_from(wanted: Mapping[Place, int], anchors: Mapping[str, bool]) -> Pool:
    """The pool of these questions, each an anchor or not; one query.

    A question that is retired or not published is no candidate. Neither are the others of its set
    then: half a set would cost its sense.
    """
    english = Question.objects.filter(key__in=anchors, locale__language_code=SOURCE)
    rows = english.with_state().order_by("key")
    halved = {case_set_of(row) for row in rows if row.state != State.LIVE} - {""}
    return Pool(
        wanted,
        tuple(
            candidate_of(row, is_anchor=anchors[row.key])
            for row in rows
            if row.state == State.LIVE and case_set_of(row) not in halved
        ),
    )


def candidate_of(question: Question, *, is_anchor: bool = False) -> Candidate:
    return Candidate(
        question.key,
        question.outcome,
        question.level,
        question.expected,
        case_set_of(question),
        is_anchor,
    )


def case_set_of(question: Question) -> str:
    """ "" for a question that stands alone."""
    raw = question.definition.raw_data
    return (raw[0]["value"].get("set") or "") if len(raw) else ""


def freeze_pool(blueprint: Blueprint) -> FrozenPool:
    """Raises what `freeze` raises."""
    pool = pool_of(blueprint)
    frozen = freeze_keys([one.key for one in pool.candidates])
    return FrozenPool(pool, {one.question: one for one in frozen})


def draw_from_pool(
    frozen: FrozenPool, seed: int, last_asked: Mapping[str, int] | None = None
) -> Paper:
    """The paper for a seed in [0, SEEDS); `choose` says what `last_asked` is.

    The same seed gives the same paper as long as the pool stays as it is. What was stored for a
    person is her paper for ever. Raises `ShortPoolError`.
    """
    keys = choose(frozen.pool.wanted, frozen.pool.candidates, seed, last_asked)
    return paper_asking("", keys, seed, [frozen.frozen[key] for key in keys])
