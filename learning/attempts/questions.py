"""The frozen questions of a sitting."""

from collections.abc import Iterable

from django.db.models import CharField, PositiveIntegerField

from learning.attempts.models import Sitting
from modules.papers.asking import PaperQuestion, question_of
from modules.papers.drawing import Item, Paper, versions_of
from modules.questions.models import QuestionVersion
from modules.reference.statements import Slot, Statement


def paper_of(sitting: Sitting) -> Paper:
    return Paper.from_json(sitting.paper)


VERSION = Statement(
    lambda: QuestionVersion.objects.filter(
        key=Slot("key", CharField()), n=Slot("n", PositiveIntegerField())
    )
)


def version_of(item: Item) -> QuestionVersion:
    """The frozen question of an item; one query."""
    return VERSION.run(key=item.question, n=item.n)[0]


def question_at(sitting: Sitting, position: int) -> PaperQuestion | None:
    """The question at one position, None where the paper has none; one query."""
    item = paper_of(sitting).item(position)
    if item is None:
        return None
    return question_of(item, version_of(item).content)


def questions_of(sitting: Sitting) -> list[PaperQuestion]:
    """All questions of the sitting's paper in their order; one query."""
    paper = paper_of(sitting)
    versions = versions_of(paper)
    return [question_of(item, versions[item.question].content) for item in paper.items]


def questions_by_sitting(sittings: Iterable[Sitting]) -> dict[int, list[PaperQuestion]]:
    """The questions of many sittings by their key; one query for all of them."""
    papers = {sitting.pk: paper_of(sitting) for sitting in sittings}
    keys = {item.question for paper in papers.values() for item in paper.items}
    versions = {(v.key, v.n): v for v in QuestionVersion.objects.filter(key__in=keys)}
    return {
        pk: [question_of(item, versions[item.question, item.n].content) for item in paper.items]
        for pk, paper in papers.items()
    }
