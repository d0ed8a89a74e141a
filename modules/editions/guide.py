"""The facilitation guide: how to teach each lesson, with every key. For trainers only."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from modules.editions import shared
from modules.editions.book import Chapter
from modules.editions.gathering import Lesson
from modules.editions.writing import Writer

# Minutes: an activity of this length is the plan of a day or half a day, not a part of a lesson.
AGENDA_FROM = 120


def chapters(writer: Writer) -> Iterator[Chapter]:
    yield shared.about(writer, "facilitation-guide")
    yield _overview(writer)
    yield _running(writer)
    if agendas := _agendas(writer):
        yield agendas
    for lesson in writer.matter.lessons:
        yield _plan(writer, lesson)
    if keys := _keys(writer):
        yield keys
    yield _forms(writer)
    yield shared.terms(writer)
    yield shared.sources(writer)


def activities(lesson: Lesson) -> list:
    return [one for one in lesson.of("activity") if one.value["minutes"] < AGENDA_FROM]


def agendas_of(lesson: Lesson) -> list:
    return [one for one in lesson.of("activity") if one.value["minutes"] >= AGENDA_FROM]


def _overview(writer: Writer) -> Chapter:
    """Every lesson with its time and its activity, and everything that must be brought."""
    writer.begin("")
    rows = [(lesson, activities(lesson)) for lesson in writer.matter.lessons]
    html = writer.part("overview", rows=rows)
    return writer.chapter("overview", "front", _("The course at a glance"), html)


def _running(writer: Writer) -> Chapter:
    writer.begin("")
    html = shared.own_text(writer, "running")
    return writer.chapter("running", "front", _("Running a session"), html)


def _agendas(writer: Writer) -> Chapter | None:
    writer.begin("")
    html = "".join(writer.blocks(lesson, agendas_of(lesson)) for lesson in writer.matter.lessons)
    return writer.chapter("agendas", "agendas", _("Agendas"), html) if html else None


def _plan(writer: Writer, lesson: Lesson) -> Chapter:
    """What to know, what to do, what to ask: in the order in which a trainer needs it."""
    times, doing = timing(lesson), activities(lesson)
    total = sum(minutes for _title, minutes in times) + sum(one.value["minutes"] for one in doing)
    parts = [
        shared.opening(writer, lesson, words=True, is_taught=True),
        writer.part("timing", lesson=lesson, parts=times, activities=doing, total=total),
        writer.blocks(lesson, lesson.of("keypoints")),
        writer.blocks(lesson, lesson.of("law", "figures")),
        writer.blocks(lesson, lesson.of("figure")),
        writer.blocks(lesson, lesson.of("case")),  # activities speak of “the case above”
        writer.blocks(lesson, doing),
    ]
    if asked := writer.questions(lesson):
        title = _("Questions of this lesson, with key")
        parts.append(writer.part("keyed", anchor=lesson.key, title=title, questions=asked))
    return shared.lesson_chapter(writer, lesson, "".join(parts))


def timing(lesson: Lesson) -> list[tuple[str, int]]:
    """The parts of a lesson that have a length, by the heading they begin with."""
    return [
        (block.value["text"].partition("\n")[0].removeprefix("## "), block.value["minutes"])
        for block in lesson.of("text", "case")
        if block.value.get("minutes")
    ]


def _keys(writer: Writer) -> Chapter | None:
    """The keys of both forms; a trainer marks by them on paper."""
    writer.begin("")
    html = "".join(
        writer.part(
            "answers",
            anchor=f"form-{label}",
            title=_("Form {label}").format(label=label),
            questions=writer.asked(keys),
            link=False,
            options=False,
        )
        for label, keys in sorted(writer.matter.forms.items())
    )
    return writer.chapter("keys", "answers", _("Keys of the tests"), html) if html else None


def _forms(writer: Writer) -> Chapter:
    writer.begin("")
    return writer.chapter("forms", "forms", _("Forms"), shared.own_text(writer, "forms"))
