"""The frozen questions of a sitting."""

from collections.abc import Iterable

from learning.attempts.models import Sitting
from modules.papers.asking import PaperQuestion, question_of
from modules.papers.drawing import Paper, versions_of
from modules.questions.models import QuestionVersion


def paper_of(sitting: Sitting) -> Paper:
    return Paper.from_json(sitting.paper)


def question_at(sitting: Sitting, position: int) -> PaperQuestion | None:
    """The question at one position, None where the paper has none; one query."""
    item = paper_of(sitting).item(position)
    if item is None:
        return None
    version = QuestionVersion.objects.get(key=item.question, n=item.n)
    return question_of(item, version.content)


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
