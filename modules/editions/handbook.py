"""The participants' handbook: worked examples to read, exercises to write in, cards to keep.

Each exercise begins on its own pair of pages; `spreading` sees to it that it is the same pair in
every language. So nothing after the first exercise of a lesson may be left out in one language.
"""

from collections.abc import Iterator
from itertools import batched

from django.utils.translation import gettext as _

from modules.editions import shared
from modules.editions.book import Chapter
from modules.editions.gathering import Lesson
from modules.editions.writing import Writer

CARDS_ON_A_LEAF = 6  # at most: so many fit on one page in every script; its back stays empty


def chapters(writer: Writer) -> Iterator[Chapter]:
    yield shared.about(writer, "handbook")
    for lesson in writer.matter.lessons:
        yield _lesson(writer, lesson)
    yield shared.answers(writer)
    yield _key_points(writer)
    yield _cards(writer)
    yield shared.terms(writer)
    yield shared.sources(writer)


def _lesson(writer: Writer, lesson: Lesson) -> Chapter:
    before, _after = lesson.drawings()
    parts = [
        shared.opening(writer, lesson, words=True),
        writer.blocks(lesson, before),
        writer.blocks(lesson, lesson.of("law", "figures")),
        *(writer.part("example", html=writer.block(lesson, b)) for b in lesson.marked("example")),
        *_exercises(writer, lesson),
    ]
    return shared.lesson_chapter(writer, lesson, "".join(parts))


def _exercises(writer: Writer, lesson: Lesson) -> Iterator[str]:
    """What the author marked, the cases, and last the questions of the lesson."""
    for block in (*lesson.marked("exercise"), *lesson.of("case")):
        number = writer.next_number("exercises")
        html = writer.block(lesson, block)
        yield writer.part(
            "exercise",
            anchor=f"exercise-{lesson.key}-{block.value['anchor']}",
            number=number,
            html=html,
            lines=block.block_type == "case",
        )
    if asked := writer.questions(lesson):
        yield writer.part(
            "exercise",
            anchor=f"exercise-{lesson.key}-questions",
            number=writer.next_number("exercises"),
            html=writer.part("check", lesson=lesson, questions=shared.questions(writer, asked)),
            lines=False,
        )


def _key_points(writer: Writer) -> Chapter:
    """At the end, because they answer the cases, as do the figures that follow a case."""
    parts = []
    for lesson in writer.matter.lessons:
        writer.begin(str(lesson.number))
        title = _("Lesson {number}: {title}").format(number=lesson.number, title=lesson.title)
        _before, after = lesson.drawings()
        html = writer.blocks(lesson, [*lesson.of("keypoints"), *after])
        parts.append(writer.part("titled", anchor=f"points-{lesson.key}", title=title, html=html))
    return writer.chapter(
        "points", "points", _("Key points, and our answers to the cases"), "".join(parts)
    )


def _cards(writer: Writer) -> Chapter:
    writer.begin("")
    cards = [
        writer.block(lesson, block)
        for lesson in writer.matter.lessons
        for block in lesson.of("pocket")
    ]
    leaves = -(-len(cards) // CARDS_ON_A_LEAF)
    on_each = batched(cards, -(-len(cards) // leaves)) if leaves else ()
    html = "".join(f'<div class="leaf">{"".join(some)}</div>' for some in on_each)
    return writer.chapter("cards", "cards", _("Pocket cards to cut out"), html)
