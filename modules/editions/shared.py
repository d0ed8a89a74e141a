"""Chapters that several books have."""

import re
from collections.abc import Sequence

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from modules.blocks.markdown import DEVICES
from modules.editions.book import Chapter
from modules.editions.gathering import Lesson
from modules.editions.questions import Printed
from modules.editions.writing import Writer, shown
from modules.reference.alphabet import dictionary_order

SOURCE = "en"
MATTER = settings.BASE_DIR / "modules/editions/matter"
DIGITS = re.compile(r"(\d+)")


def own_text(writer: Writer, name: str) -> SafeString:
    """What the editions say themselves, beside the courses, in English where it must be."""
    lang = writer.matter.lang
    path = MATTER / lang / f"{name}.md"
    if path.exists():
        return writer.prose(path.read_text(encoding="utf-8"))
    html = writer.prose((MATTER / SOURCE / f"{name}.md").read_text(encoding="utf-8"))
    return mark_safe(f'<div lang="{SOURCE}" dir="ltr">{html}</div>')  # noqa: S308 (ours)


def about(writer: Writer, name: str) -> Chapter:
    writer.begin("")
    html = writer.part("about", use=own_text(writer, name))
    return writer.chapter("about", "front", _("About this book"), html)


def lesson_chapter(writer: Writer, lesson: Lesson, html: str) -> Chapter:
    return writer.chapter(lesson.key, "lesson", lesson.title, html, str(lesson.number))


def opening(writer: Writer, lesson: Lesson, *, words: bool = False, is_taught: bool = False) -> str:
    """Begins a lesson: purpose, time, outcomes, and the caution about its law.

    With `words` also the terms of its texts, for books that do not hold the texts themselves. Where
    it is taught, the time of the session stands elsewhere, and that for reading is called so.
    """
    writer.begin(str(lesson.number))
    terms_used = writer.words_of(lesson) if words else []
    return writer.part("opening", lesson=lesson, words=terms_used, is_taught=is_taught)


def questions(writer: Writer, asked: Sequence[Printed]) -> str:
    return "".join(writer.part("question", question=question) for question in asked)


def test(writer: Writer, label: str, purpose: str, title: str) -> Chapter | None:
    """The form as people take it; None where the course has no such form."""
    writer.begin("")
    asked = writer.asked(writer.matter.forms.get(label, ()))
    if not asked:
        return None
    html = writer.part("test", questions=asked, test=writer.matter.tests.get(purpose))
    return writer.chapter(f"test-{purpose}", "test", title, html)


def answers(writer: Writer) -> Chapter:
    """What is right in every practice question, and why, with the way back to the question."""
    writer.begin("")
    parts = [
        writer.part(
            "answers",
            anchor=lesson.key,
            title=_("Lesson {number}: {title}").format(number=lesson.number, title=lesson.title),
            questions=writer.questions(lesson),
            link=True,
            options=True,
        )
        for lesson in writer.matter.lessons
        if lesson.of("question")
    ]
    return writer.chapter("answers", "answers", _("Answers"), "".join(parts))


def terms(writer: Writer) -> Chapter:
    entries = sorted(writer.matter.entries, key=lambda entry: dictionary_order(shown(entry)))
    html = writer.part("terms", entries=entries)
    return writer.chapter("terms", "terms", _("Glossary"), html)


def sources(writer: Writer) -> Chapter:
    """Those that the book cites, so this comes after everything that may."""
    references = writer.matter.references
    html = writer.part(
        "sources",
        cited=sorted(
            (one for one in references.sources if one.source.tag in writer.cited),
            key=lambda one: place_of(one.source.tag),
        ),
        devices=[one for one in DEVICES if one in writer.cited],
        in_english=writer.cited_in_english,
    )
    return writer.chapter("sources", "sources", _("Sources"), html)


def place_of(tag: str) -> tuple[str, int, str]:
    """Where readers look for a source: W9 stands before W10, and W20 before W20b."""
    letters, number, rest = (*DIGITS.split(tag, maxsplit=1), "0", "")[:3]
    return letters, int(number), rest
