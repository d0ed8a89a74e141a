"""Finding questions by what they say, in any script.

Options and keys are kept out of the index that readers search, so the rows themselves are read:
some thousands take less than a second, and the list narrows them first.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from modules.questions.kinds import KINDS
from modules.questions.models import Question
from modules.questions.shapes import Shape
from modules.reference.words import fold

NOT_SEARCHED = "feedback"  # and what begins so


def holding(rows: QuerySet[Question], query: str) -> list[int]:
    """The ids of those of `rows` whose key or words hold every word of `query`; one query.

    A part of a word is enough: Khmer and Lao write no spaces between words.
    """
    wanted = fold(query).split()
    found = rows.order_by().select_related(None).only("pk", "key", "definition")
    return [row.pk for row in found.iterator() if _holds_all(row, wanted)]


def words_of(question: Question) -> Iterator[str]:
    """Stem, case, options and the like, as they are stored; no feedback."""
    for raw in question.definition.raw_data:
        if kind := KINDS.get(raw["type"]):
            yield from _texts(raw["value"], kind.SHAPE)


def _holds_all(row: Question, wanted: list[str]) -> bool:
    text = fold("\n".join((row.key, *words_of(row))))
    return all(word in text for word in wanted)


def _texts(value: Mapping[str, Any], shape: Shape) -> Iterator[str]:
    for name in shape.texts:
        if not name.startswith(NOT_SEARCHED):
            yield value.get(name) or ""
    for name, part in shape.lists.items():
        for item in value.get(name, ()):
            yield from _texts(item.get("value", item), part)
