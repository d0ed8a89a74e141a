"""HTML of other systems to the plain words of our questions, and back. Pure.

The texts of the bank are words and line breaks. Emphasis and lists are taken as words; what would
change the question when it is left out (pictures, tables, formulas) is for the reader to refuse.
"""

import re
from html import escape
from html.parser import HTMLParser

from modules.interchange.drafts import Refusal

LONGEST = 20_000  # characters of one text, with its tags

BLOCKS = frozenset(
    (
        *("p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"),
        *("section", "article", "table", "tr", "dl", "dt", "dd", "hr"),
    )
)
# Tags that carry nothing, and those that only dress words.
PLAIN = frozenset(("p", "br", "div", "span", "html", "body", "section", "article", "bdi", "text"))
UNSAYABLE = {
    **dict.fromkeys(("img", "svg", "picture", "object", "embed", "canvas"), "picture"),
    **dict.fromkeys(("audio", "video", "iframe", "source"), "media"),
    **dict.fromkeys(("table", "tr", "td", "th"), "table"),
    **dict.fromkeys(("math", "m:math"), "formula"),
}
HIDDEN = frozenset(("script", "style", "head", "title", "template", "noscript"))
SPACES = re.compile(r"[ \t\r\n\f]+")
TEX = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]|\$\$.+?\$\$", re.DOTALL)


class Words(HTMLParser):
    """The words of a piece of HTML. `dressed` tells of emphasis, `unsayable` of what was there
    beside words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0
        self.dressed = False
        self.unsayable = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSAYABLE:
            self.unsayable = self.unsayable or UNSAYABLE[tag]
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in BLOCKS:
            self.parts.append("\n\n" if tag == "p" else "\n")
            if tag == "li":
                self.parts.append("- ")
        if tag not in PLAIN and tag not in UNSAYABLE:
            self.dressed = True

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(self.hidden - 1, 0)
        elif tag in BLOCKS:
            self.parts.append("\n\n" if tag == "p" else "\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(SPACES.sub(" ", data))

    @property
    def text(self) -> str:
        return tidy("".join(self.parts))


def words_of(html: str) -> Words:
    """Raises `Refusal` for a text that is too long to be looked at in every way."""
    check_length(html)
    reader = Words()
    reader.feed(html)
    reader.close()
    if TEX.search(html):
        reader.unsayable = reader.unsayable or "formula"
    return reader


def check_length(html: str) -> None:
    """Our patterns look for ends that may be missing, in time by the square of the length."""
    if len(html) > LONGEST:
        raise Refusal("text_too_long", most=str(LONGEST))


def tidy(text: str) -> str:
    """Lines without spaces at their ends or too many between, at most one of them empty."""
    lines = (SPACES.sub(" ", line).strip(" ") for line in text.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def html_of(text: str) -> str:
    """Words and line breaks as HTML that is XHTML too; `words_of` reads them back."""
    paragraphs = re.split(r"\n{2,}", tidy(text))
    return "".join(
        f"<p>{'<br/>'.join(escape(line, quote=False) for line in one.split(chr(10)))}</p>"
        for one in paragraphs
    )
