"""Lesson Markdown to safe HTML.

Beside ordinary Markdown three marks are ours: `[[term:social protection]]` (a glossary term, with
other words after `|`), `[[see:scope#four-doors|the four doors]]` (another lesson of the course, or
a block of it) and source tags such as `[E]`, `[W12]` or `(own)`. Whatever authors write goes
through a sanitiser last: no raw HTML, script or address of another site's pictures survives.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import markdown
import nh3
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from modules.blocks.tidying import TidyTree
from modules.reference.lists import html_with_numbers_kept, with_numbers_kept

TERM = r"\[\[term:([^\]|]+)(?:\|([^\]]+))?\]\]"
SEE = r"\[\[see:([a-z0-9-]+)(?:#([a-z0-9-]+))?\|([^\]]+)\]\]"
SOURCE_TAG = r"\[(E|R|C|L|P|GK|W\d+[a-z]?)\]"
DEVICE_TAG = r"\((own|calc)\)"
# What readers see of these marks.
DEVICES = {"own": gettext_lazy("own"), "calc": gettext_lazy("calc")}
# Before an item, a heading, a row of a table, or after an empty line, something new begins.
NEXT_PART = re.compile(r"\n(?=[ \t]*(?:[-*] |\d+\. |#|\||\n))|(?<=\|)\n")
LAYOUT = re.compile(r"^[ \t]*(?:#+|[-*>]|\d+\.) |^[|\s:-]+$|^\||\|$", re.MULTILINE)
BREAK = re.compile(r"\n[ \t]*\n+")

ALLOWED_TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote", "code"),
    *("table", "thead", "tbody", "tr", "th", "td", "span", "sup", "hr"),
}
ALLOWED_ATTRIBUTES = {
    "a": {"href", "class", "title", "aria-label"},
    "span": {"class"},
    "sup": {"class"},
    "table": {"class"},
    "th": {"class", "scope"},
    "td": {"class", "data-label"},
    "ol": {"start"},
}


@dataclass(frozen=True)
class Glossary:
    """What rendering needs of the glossary: the entries in use and where the glossary stands."""

    address: str = "/glossary/"
    definitions: Mapping[str, str] = field(default_factory=dict)


class TermProcessor(InlineProcessor):
    """A term links to its entry; the definition is its title, and the page can show it in place."""

    def __init__(self, glossary: Glossary) -> None:
        super().__init__(TERM)
        self.glossary = glossary

    def handleMatch(self, match: re.Match, data: str) -> tuple[Element, int, int]:  # noqa: N802
        key, shown = match.group(1).strip(), match.group(2) or match.group(1)
        link = Element("a")
        link.set("class", "term")
        link.set("href", f"{self.glossary.address}#{slugify(key)}")
        if definition := self.glossary.definitions.get(key):
            link.set("title", with_numbers_kept(definition))
        link.text = shown.strip()
        return link, match.start(0), match.end(0)


class SeeProcessor(InlineProcessor):
    """Leads to another lesson of the same course, in print with its page."""

    def __init__(self) -> None:
        super().__init__(SEE)

    def handleMatch(self, match: re.Match, data: str) -> tuple[Element, int, int]:  # noqa: N802
        lesson, block, shown = match.groups()
        link = Element("a")
        link.set("class", "see")
        link.set("href", f"../{lesson}/#{block}" if block else f"../{lesson}/")
        link.text = shown.strip()
        return link, match.start(0), match.end(0)


class MarkProcessor(InlineProcessor):
    """A mark links to its entry in the list of sources, and stays on the line of the last word.

    `[E]` names a source; `(own)` and `(calc)` say that none stands behind the words before them.
    """

    def __init__(self, pattern: str) -> None:
        super().__init__(rf"\s*{pattern}")

    def handleMatch(self, match: re.Match, data: str) -> tuple[Element, int, int]:  # noqa: N802
        tag = match.group(1)
        mark = Element("sup")
        link = Element("a")
        link.set("href", f"#source-{tag}")
        if tag in DEVICES:
            mark.set("class", "device")
            link.text = str(DEVICES[tag])
        else:
            mark.set("class", "source")
            link.set("aria-label", _("Source {tag}").format(tag=tag))
            link.text = tag
        mark.append(link)
        return mark, match.start(0), match.end(0)


class LessonMarks(Extension):
    """Registers our marks before Markdown's own links, which also begin with a bracket."""

    def __init__(self, glossary: Glossary) -> None:
        super().__init__()
        self.glossary = glossary

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(TermProcessor(self.glossary), "term", 200)
        md.inlinePatterns.register(SeeProcessor(), "see", 201)
        md.inlinePatterns.register(MarkProcessor(SOURCE_TAG), "source", 199)
        md.inlinePatterns.register(MarkProcessor(DEVICE_TAG), "device", 198)
        md.treeprocessors.register(TidyTree(md), "tidy", 5)


def render(text: str, glossary: Glossary | None = None) -> str:
    """Safe HTML of lesson Markdown, in the active language where words are added."""
    md = markdown.Markdown(
        extensions=["tables", "sane_lists", LessonMarks(glossary or Glossary())],
        output_format="html",
    )
    html = nh3.clean(
        md.convert(text),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return html_with_numbers_kept(html)


def heading(text: str) -> str:
    """The words of the heading that an author's text begins with; its first line without one."""
    return text.partition("\n")[0].removeprefix("## ").strip()


def terms_in(text: str) -> set[str]:
    """Keys of the glossary terms that a text marks."""
    return {match.group(1).strip() for match in re.finditer(TERM, text)}


def sources_in(text: str) -> list[str]:
    """Source tags in a text, each once, in the order of first use."""
    return list(dict.fromkeys(match.group(1) for match in re.finditer(SOURCE_TAG, text)))


def devices_in(text: str) -> list[str]:
    """Which of `own` and `calc` a text uses, in that order."""
    return sorted({match.group(1) for match in re.finditer(DEVICE_TAG, text)}, reverse=True)


def plain(text: str) -> str:
    """The words of a text without any marks, for search and for counting."""
    text = re.sub(TERM, lambda match: match.group(2) or match.group(1), text)
    text = re.sub(SEE, r"\3", text)
    text = re.sub(rf"{SOURCE_TAG}|{DEVICE_TAG}", "", text)
    text = re.sub(r"^[#>\-|\s:]+|\||^\d+\.\s", " ", text, flags=re.MULTILINE)
    text = re.sub(r"[*_`]", "", text)
    return re.sub(r"\s+", " ", text).strip()


def with_paragraphs(text: str, new: Sequence[str]) -> str:
    """`text` with each of its `paragraphs` replaced by the one of `new`, the gaps kept.

    Raises `ValueError` when there are not as many.
    """
    done = []
    for old, said in zip(paragraphs(text), new, strict=True):
        before, _old, text = text.partition(old)
        done.append(before + said)
    return "".join(done) + text


def readable(text: str) -> list[str]:
    """The paragraphs, items and rows of a text without the signs that only steer the layout.

    Sources stay: they are part of what is said.
    """
    text = re.sub(TERM, lambda match: match.group(2) or match.group(1), text)
    text = re.sub(SEE, r"\3", text)
    parts = (
        re.sub(r"\*\*|[`_]", "", re.sub(LAYOUT, " ", part)) for part in re.split(NEXT_PART, text)
    )
    return [words for part in parts if (words := " ".join(part.split()))]


def paragraphs(text: str) -> list[str]:
    """The translation segments of a text: one per paragraph, heading, list or table."""
    return [part.strip("\n") for part in BREAK.split(text.strip("\n")) if part.strip()]
