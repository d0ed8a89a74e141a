"""The orientation pack: everything that an officer needs who studies alone."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from modules.editions import shared
from modules.editions.book import Chapter
from modules.editions.gathering import Lesson
from modules.editions.writing import Writer

LEFT_OUT = frozenset({"activity", "question", "sources"})
ANSWERING = ("keypoints", "pocket")


def chapters(writer: Writer) -> Iterator[Chapter]:
    yield shared.about(writer, "orientation-pack")
    if before := shared.test(writer, "A", "pre", _("Test before you read")):
        yield before
    for lesson in writer.matter.lessons:
        yield _lesson(writer, lesson)
    if after := shared.test(writer, "B", "post", _("Test after you have read")):
        yield after
    yield shared.answers(writer)
    yield shared.terms(writer)
    yield shared.sources(writer)


def _lesson(writer: Writer, lesson: Lesson) -> Chapter:
    """The blocks in the order of the lesson, its questions where their author put them.

    What answers the case and the questions comes last, on a page of its own.
    """
    parts = [shared.opening(writer, lesson)]
    asked = {question.anchor: question for question in writer.questions(lesson)}
    _before, behind_the_case = lesson.drawings()
    answering = [*behind_the_case, *lesson.of(*ANSWERING)]
    for block in lesson.blocks:
        if block in answering:
            continue
        if block.block_type == "question":
            question = asked.get(f"question-{block.value['use']}")
            parts += [writer.part("question", question=question)] if question else []
        elif block.block_type not in LEFT_OUT:
            parts.append(writer.block(lesson, block))
    parts.append(f'<div class="answering">{writer.blocks(lesson, answering)}</div>')
    return shared.lesson_chapter(writer, lesson, "".join(parts))
