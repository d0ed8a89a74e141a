"""A deck of slides for a room: what the lessons say, never a word of its own.

Text that is too long for a slide goes on to the next one, which repeats its title; so does the
drawing beside a legend.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from modules.blocks.markdown import heading
from modules.editions.drawings import picture
from modules.editions.gathering import Lesson, Matter
from modules.editions.pocket import figure_keys
from modules.editions.setting import Report, in_its_script
from modules.editions.writing import Writer
from modules.reference.dates import duration
from modules.reference.drawings import LEGEND
from modules.reference.marks import lang_of

MARK = re.compile(r"<sup\b.*?</sup>|</?a\b[^>]*>", re.DOTALL)
LIST = re.compile(r"<(?:ol|ul)\b.*?</(?:ol|ul)>", re.DOTALL)


@dataclass(frozen=True)
class Slide:
    """What stands on one slide, or on several when it is long."""

    kind: str  # "lesson", "agenda", "figure", "law", "case", "points", "card", "closing"
    over: str  # what stands over the title: of which lesson it is
    title: str
    html: str
    picture: str = ""  # address
    alt: str = ""


def make(matter: Matter, sha: str, report: Report) -> tuple[bytes, int]:
    """The deck as PDF, and how many slides it has. Raises `RenderingFailed`.

    `sha` is printed on every slide. `report` hears what is being done and per cent of the whole.
    """
    # Importing WeasyPrint takes a second, which only those who print should wait.
    from modules.printing.rendering import render_book  # noqa: PLC0415

    html = page_of(matter, slides_of(matter), sha)
    report("pages", 40)
    pdf, slides = render_book(html, stylesheet())
    report("file", 85)
    return pdf, slides


def slides_of(matter: Matter) -> tuple[Slide, ...]:
    """All slides but the first, in the order of the course; no queries."""
    with translation.override(matter.lang):
        writer = Writer(matter)
        lessons = [slide for lesson in matter.lessons for slide in _lesson(writer, lesson)]
        return (*lessons, _closing(matter))


def page_of(matter: Matter, slides: Iterable[Slide], sha: str) -> str:
    """The deck as HTML."""
    context = {
        "matter": matter,
        "slides": slides,
        "sha": sha,
        "direction": "rtl" if get_language_info(matter.lang)["bidi"] else "ltr",
    }
    with translation.override(matter.lang):
        return in_its_script(render_to_string("editions/slides.html", context))


@cache
def stylesheet() -> str:
    path = settings.BASE_DIR / "templates/editions/slides.css"
    return path.read_text(encoding="utf-8")


def _lesson(writer: Writer, lesson: Lesson) -> Iterator[Slide]:
    writer.begin(str(lesson.number))
    number = _("Lesson {number}").format(number=lesson.number)
    name = _("Lesson {number}: {title}").format(number=lesson.number, title=lesson.title)
    yield Slide("lesson", number, lesson.title, _opening(writer.matter, lesson))
    if lesson.of("text"):
        yield Slide("agenda", name, _("In this lesson"), _agenda(lesson))
    before, after = lesson.drawings()
    yield from (_figure(writer, name, block) for block in before)
    if law := _law(writer, lesson):
        yield Slide("law", name, _("The law"), law)
    yield from (_case(writer, name, block) for block in lesson.of("case"))
    yield from (_figure(writer, name, block) for block in after)
    for kind, title in (("keypoints", _("Key points")), ("pocket", _("Pocket card"))):
        for block in lesson.of(kind):
            yield Slide(kind, name, title, _plain(writer, block.value["text"]))


def _opening(matter: Matter, lesson: Lesson) -> SafeString:
    outcomes = _list(matter.outcomes[code] for code in lesson.outcomes if code in matter.outcomes)
    return format_html("<p{}>{}</p>{}", lang_of(lesson.purpose), lesson.purpose, outcomes)


def _agenda(lesson: Lesson) -> SafeString:
    rows = (
        (lang_of(title), title, _time(block.value.get("minutes")))
        for block in lesson.of("text")
        if (title := heading(block.value["text"]))
    )
    return format_html("<ol>{}</ol>", format_html_join("", "<li><span{}>{}</span>{}</li>", rows))


def _time(minutes: int | None) -> SafeString:
    return format_html(" <small>{}</small>", duration(minutes)) if minutes else SafeString()


def _figure(writer: Writer, name: str, block: Any) -> Slide:
    """The drawing, and beside it the caption and the legend that explains its letters."""
    value = block.value
    text = LEGEND.sub(r"- **\1:** ", value["text"])
    title = _("Figure {number}").format(number=writer.next_number("figures"))
    return Slide(
        "figure", name, title, _plain(writer, text), picture(value["drawing"]), value["alt"]
    )


def _law(writer: Writer, lesson: Lesson) -> SafeString:
    """Value, place and date of each figure of the law, and what to be careful of."""
    figures = writer.matter.references.figures
    known = [figures[key] for key in figure_keys(lesson) if key in figures]
    told = writer.part("figures", figures=known) if known else ""
    caution = format_html("<p>{}</p>", lesson.caution) if lesson.caution else ""
    return mark_safe(told + caution)  # noqa: S308 (both escape what they are given)


def _case(writer: Writer, name: str, block: Any) -> Slide:
    """The title and the questions; the story itself is on paper and on the site."""
    text = block.value["text"]
    lists = LIST.findall(_plain(writer, text))
    questions = mark_safe(lists[-1] if lists else "")  # noqa: S308 (sanitised by prose)
    return Slide("case", name, _("Case: {title}").format(title=heading(text)), questions)


def _closing(matter: Matter) -> Slide:
    titles = _list(lesson.title for lesson in matter.lessons)
    return Slide("closing", "", _("The lessons of this course"), titles)


def _list(items: Iterable[str]) -> SafeString:
    rows = format_html_join("", "<li{}>{}</li>", ((lang_of(item), item) for item in items))
    return format_html("<ul>{}</ul>", rows) if rows else SafeString()


def _plain(writer: Writer, text: str) -> SafeString:
    """Lesson Markdown without marks of sources and links, which nobody can follow on a wall."""
    return mark_safe(MARK.sub("", writer.prose(text)))  # noqa: S308 (sanitised by prose)
