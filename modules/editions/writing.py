"""Writes the parts of a book: numbers figures and tables, and notes where terms are used.

A writer goes through one book from front to back and so knows what comes next.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from modules.blocks.languages import language_attributes, language_of_block
from modules.blocks.markdown import TERM as TERM_MARK
from modules.blocks.markdown import Glossary, render
from modules.editions.book import Chapter, Heading, Indexed
from modules.editions.gathering import Lesson, Matter
from modules.editions.questions import Printed, printed, with_runs
from modules.reference.alphabet import dictionary_order

TERM = re.compile(r'<a class="term" href="#([\w-]+)"(?: title="[^"]*")?>')
PLAIN_TERM = re.compile(r'<a class="term"[^>]*>(.*?)</a>', re.DOTALL)
SOURCE = re.compile(r'href="#source-(\w+)"')
HEADING_OR_TABLE = re.compile(r"<h([23])>(.*?)</h\1>|<table[^>]*>", re.DOTALL)
HEAD = re.compile(r'<h2 id="([\w-]+)"[^>]*>(.*?)</h2>', re.DOTALL)
NEXT_MARK = re.compile(r"(?<=</sup>)<sup[^>]*>")
SEE = re.compile(r'<a class="see" href="\.\./([\w-]+)/(?:#([\w-]+))?">')
# How a link to a term looks before it is known where the book explains it.
TO_TERMS = Glossary(address="")


class Writer:
    """One pass through a book of `matter`. Terms stay plain words in books without a glossary."""

    def __init__(self, matter: Matter, *, explains: bool = True) -> None:
        self.matter = matter
        self.explains = explains
        self.cited: set[str] = set()
        self.cited_in_english: set[str] = set()  # by blocks that are not translated
        self.places: dict[str, list[str]] = {}
        self.anchors = count(1)
        self.numbers: Counter[tuple[str, str]] = Counter()
        self.begin("")

    def begin(self, number: str) -> None:
        """Figures and tables are numbered by lesson, "" outside of lessons; terms noted once."""
        self.number = number
        self.noted: set[str] = set()

    def next_number(self, kind: str) -> str:
        """ "3.2", the next of "figures", "tables" or "exercises" in this lesson."""
        self.numbers[self.number, kind] += 1
        n = self.numbers[self.number, kind]
        return f"{self.number}.{n}" if self.number else str(n)

    def prose(self, text: str) -> SafeString:
        """Lesson Markdown with its headings, tables and terms as the book has them."""
        html = render(text, TO_TERMS)
        self.cited |= set(SOURCE.findall(html))
        html = self._with_headings_and_tables(html)
        html = NEXT_MARK.sub("\\g<0>\u00a0", html)
        html = SEE.sub(_see, html)
        html = TERM.sub(self._note, html) if self.explains else PLAIN_TERM.sub(r"\1", html)
        return mark_safe(html)  # noqa: S308 (sanitised by render)

    def inline(self, text: str) -> SafeString:
        """A sentence or two of Markdown inside a line: the text of an option, a reason."""
        html = self.prose(text).removeprefix("<p>").removesuffix("</p>")
        return mark_safe(html.replace("</p>\n<p>", "<br>"))  # noqa: S308 (sanitised by prose)

    def block(self, lesson: Lesson, block: Any, **more: Any) -> str:
        """The block by its template for books; in English, and marked so, where not translated."""
        own = language_of_block(block.value, self.matter.lang)
        context = {"writer": self, "lesson": lesson, "value": block.value, **more}
        context["anchor"] = lesson.anchor(block)
        context["references"] = self.matter.references
        context["language_attributes"] = "" if own == self.matter.lang else language_attributes(own)
        with translation.override(own):
            html = self._rendered(f"editions/blocks/{block.block_type}.html", context)
        if own == self.matter.lang:
            return html
        self.cited_in_english |= set(SOURCE.findall(html))
        return self.part("untranslated") + html

    def blocks(self, lesson: Lesson, blocks: Iterable[Any], **more: Any) -> str:
        return "".join(self.block(lesson, block, **more) for block in blocks)

    def part(self, name: str, **context: Any) -> str:
        """Another part of a book by its template."""
        context |= {"writer": self, "matter": self.matter, "references": self.matter.references}
        return self._rendered(f"editions/parts/{name}.html", context)

    def _rendered(self, template: str, context: dict[str, Any]) -> str:
        """What it cites is listed at the end of the book."""
        html = render_to_string(template, context)
        self.cited |= set(SOURCE.findall(html))
        return html

    def words_of(self, lesson: Lesson) -> list[SafeString]:
        """The terms of a lesson, each leading to the glossary, in the order of their first use."""
        texts = "\n".join(str(block.value.get("text", "")) for block in lesson.of("text", "case"))
        found = [key for key in terms_of(texts) if key in self.matter.terms]
        return [self.inline(f"[[term:{key}|{shown(self.matter.terms[key])}]]") for key in found]

    def questions(self, lesson: Lesson) -> list[Printed]:
        """The practice questions of a lesson, numbered "3.1" and on; only those that are live."""
        keys = [block.value["use"] for block in lesson.of("question")]
        return self.asked(keys, f"{lesson.number}.")

    def asked(self, keys: Sequence[str], prefix: str = "") -> list[Printed]:
        known = [key for key in keys if key in self.matter.questions]
        questions = [
            printed(key, self.matter.questions[key], self.matter.lang, f"{prefix}{n}")
            for n, key in enumerate(known, 1)
        ]
        return with_runs(questions)

    def chapter(self, anchor: str, kind: str, title: str, html: str, number: str = "") -> Chapter:
        headings = tuple(Heading(name, strip_tags(words)) for name, words in HEAD.findall(html))
        return Chapter(anchor, kind, title, html, number, headings)

    def index(self) -> tuple[Indexed, ...]:
        """Every term that the book uses, in the order of the alphabet of its language."""
        terms = self.matter.terms
        rows = [(shown(terms[key]), places) for key, places in self._keyed() if key in terms]
        return tuple(
            Indexed(term, tuple(places))
            for term, places in sorted(rows, key=lambda row: dictionary_order(row[0]))
        )

    def _keyed(self) -> Iterable[tuple[str, list[str]]]:
        keys = {entry.english.anchor: key for key, entry in self.matter.terms.items()}
        return ((keys.get(name, name), places) for name, places in self.places.items())

    def _with_headings_and_tables(self, html: str) -> str:
        """A table is named after the heading before it, unless that stands right above it.

        Then only its number is said, and outside of lessons, where nobody refers to it, nothing.
        """
        heading, end = "", 0

        def write(found: re.Match) -> str:
            nonlocal heading, end
            if found[1]:
                heading, end = found[2], found.end()
                name = f"part-{next(self.anchors)}"
                return f'<h{found[1]} id="{name}">{found[2]}</h{found[1]}>'
            is_named = bool(found.string[end : found.start()].strip())
            if not (is_named or self.number):
                return "<table>"
            numbered = _("Table {number}.").format(number=self.next_number("tables"))
            title = f" {heading}" if is_named else ""
            return f"<table><caption><b>{numbered}</b>{title}</caption>"

        return HEADING_OR_TABLE.sub(write, html)

    def _note(self, found: re.Match) -> str:
        """A term leads to the glossary of the book; its first place in a chapter is indexed."""
        name = found[1]
        if name in self.noted:
            return f'<a class="term" href="#term-{name}">'
        self.noted.add(name)
        place = f"use-{next(self.anchors)}"
        self.places.setdefault(name, []).append(place)
        return f'<a class="term" id="{place}" href="#term-{name}">'


def terms_of(text: str) -> list[str]:
    """Keys of the terms that a text marks, each once, in the order of first use."""
    return list(dict.fromkeys(mark[1].strip() for mark in re.finditer(TERM_MARK, text)))


def shown(entry: Any) -> str:
    """A term in the language of the book where it has a form there, else in English."""
    return str((entry.own or entry.english).term)


def _see(found: re.Match) -> str:
    """A link to another place of the book, with what stands before the number of its page."""
    anchor = f"{found[1]}--{found[2]}" if found[2] else found[1]
    before = _("p.")
    return f'<a class="see" data-page="{before}" href="#{anchor}">'
