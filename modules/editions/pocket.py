"""The pocket book: rules, figures and steps to look up in twenty seconds."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from modules.editions import shared
from modules.editions.book import Chapter
from modules.editions.gathering import Lesson
from modules.editions.writing import Writer
from modules.reference.provinces import COUNTRY, table_by_place

NOTES = 4  # pages


def chapters(writer: Writer) -> Iterator[Chapter]:
    yield _use(writer)
    for lesson in writer.matter.lessons:
        if lesson.of("pocket"):
            yield _rules(writer, lesson)
    if table := _table(writer):
        yield table
    if steps := _steps(writer):
        yield steps
    yield _contacts(writer)
    yield shared.sources(writer)
    yield _notes(writer)


def _use(writer: Writer) -> Chapter:
    writer.begin("")
    return writer.chapter(
        "about", "front", _("How to use it"), shared.own_text(writer, "pocket-book")
    )


def _rules(writer: Writer, lesson: Lesson) -> Chapter:
    """A lesson on one page: its rules, then the dated figures that go with them."""
    writer.begin(str(lesson.number))
    html = writer.blocks(lesson, lesson.of("pocket"))
    figures = [writer.matter.references.figures.get(key) for key in figure_keys(lesson)]
    html += writer.part("figures", figures=[figure for figure in figures if figure])
    return shared.lesson_chapter(writer, lesson, html)


def figure_keys(lesson: Lesson) -> list[str]:
    """The dated figures that a lesson shows, in their order."""
    return [key for block in lesson.of("law", "figures") for key in keys_in(block)]


def keys_in(block: Any) -> list[str]:
    return list(block.value["keys"]) if block.block_type == "figures" else [block.value["figure"]]


def _table(writer: Writer) -> Chapter | None:
    """What holds in which province, in a course for the country that they belong to."""
    if writer.matter.course.country != COUNTRY:
        return None
    writer.begin("")
    html = writer.part("provinces", rows=table_by_place(writer.matter.law))
    return writer.chapter("provinces", "provinces", _("Figures by province"), html)


def _steps(writer: Writer) -> Chapter | None:
    """What authors marked to be looked up in the field, in simple words where there are any."""
    writer.begin("")
    html = "".join(
        writer.blocks(lesson, lesson.marked("steps"), simple=True)
        for lesson in writer.matter.lessons
    )
    return writer.chapter("steps", "steps", _("Step by step"), html) if html else None


def _contacts(writer: Writer) -> Chapter:
    """Blank lines: whom one calls differs from district to district."""
    writer.begin("")
    html = writer.part("contacts", lines=range(12))
    return writer.chapter("contacts", "contacts", _("Telephone list"), html)


def _notes(writer: Writer) -> Chapter:
    html = writer.part("notes", pages=range(NOTES))
    return writer.chapter("notes", "notes", _("Notes"), html)
