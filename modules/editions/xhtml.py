"""HTML of a chapter as XHTML, which is stricter: what a book on a device may hold, well-formed."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from tinyhtml5 import parse

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
# Nothing of these is left: they act, or fetch, or wait for an answer that a book cannot take.
DROPPED = {
    *("script", "style", "link", "meta", "base", "template", "noscript"),
    *("iframe", "object", "embed", "audio", "video", "dialog"),
    *("button", "input", "select", "textarea", "datalist", "output", "progress", "meter"),
}
# What only held them, or opens and closes, becomes what it looks like.
PLAIN = {
    "form": "div",
    "fieldset": "div",
    "legend": "p",
    "label": "span",
    "details": "div",
    "summary": "p",
}
GLOBAL = frozenset({"id", "class", "lang", "dir"})  # attributes that any element may have
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "headers", "for")
OUTSIDE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

type Address = Callable[[str], str | None]


def parsed(html: str) -> ET.Element:
    """The body of `html`, tidied: no forms, no scripts, no comments, each id once."""
    body = parse(f"<!doctype html><body>{NOT_XML.sub('', html)}").find(f"{HTML}body")
    assert body is not None  # the parser always makes one
    _drop(body)
    for figure in body.iter(f"{HTML}figure"):
        _end_with_caption(figure)
    ids: set[str] = set()
    for element in body.iter():
        _tidy(element, ids)
    for element in body.iter():
        _keep_references(element, ids)
    return body


def ids_of(body: ET.Element) -> list[str]:
    """The ids in a body, in their order."""
    return [element.attrib["id"] for element in body.iter() if "id" in element.attrib]


def has_drawing(body: ET.Element) -> bool:
    return body.find(f".//{SVG}svg") is not None


def link(body: ET.Element, address: Address) -> None:
    """Turn each `#anchor` into what `address` says; what leads nowhere in a book is plain text."""
    for element in body.iter(f"{HTML}a"):
        href = element.get("href", "")
        found = address(href[1:]) if href.startswith("#") else None
        if found:
            element.set("href", found)
        elif not OUTSIDE.match(href):
            element.tag = f"{HTML}span"
            _keep_only(element, GLOBAL)


def written(body: ET.Element) -> str:
    """What is in `body` as XML. XHTML needs no prefix: it is the language of the page around it."""
    for element in body.iter():
        if element.tag == f"{SVG}svg":
            element.set("xmlns", SVG[1:-1])
        element.tag = element.tag.removeprefix(HTML).removeprefix(SVG)
    whole = ET.tostring(body, encoding="unicode")
    return whole[whole.index(">") + 1 :].removesuffix("</body>")


def _drop(parent: ET.Element) -> None:
    """Take out what may not stay, and keep the text that follows it."""
    for place, child in reversed(list(enumerate(parent))):
        if _may_stay(child):
            _drop(child)
            continue
        if child.tail and place:
            before = parent[place - 1]
            before.tail = (before.tail or "") + child.tail
        elif child.tail:
            parent.text = (parent.text or "") + child.tail
        parent.remove(child)


def _may_stay(element: ET.Element) -> bool:
    if not isinstance(element.tag, str) or "hidden" in element.attrib:
        return False  # the tag of a comment is a function
    name = element.tag.removeprefix(HTML)
    has_no_file = name == "img" and not element.get("src", "").startswith("data:image/")
    return name not in DROPPED and not has_no_file


def _end_with_caption(figure: ET.Element) -> None:
    """What follows the caption becomes part of it: nothing may stand behind."""
    caption = figure.find(f"{HTML}figcaption")
    if caption is not None:
        for follower in list(figure)[list(figure).index(caption) + 1 :]:
            figure.remove(follower)
            caption.append(follower)


def _tidy(element: ET.Element, ids: set[str]) -> None:
    name = element.tag.removeprefix(HTML)
    if name in PLAIN:
        element.tag = HTML + PLAIN[name]
        _keep_only(element, GLOBAL)
    for attribute in [a for a in element.attrib if a.startswith(("on", "{", "xml"))]:
        del element.attrib[attribute]
    if (own := element.get("id")) is not None:
        if own in ids or not own:
            del element.attrib["id"]
        ids.add(own)
    if language := element.get("lang"):
        element.set("{http://www.w3.org/XML/1998/namespace}lang", language)


def _keep_only(element: ET.Element, attributes: frozenset[str]) -> None:
    element.attrib = {k: v for k, v in element.attrib.items() if k in attributes}


def _keep_references(element: ET.Element, ids: set[str]) -> None:
    """References to what is not (or no longer) on the page go."""
    for attribute in REFERRING:
        if not set(element.get(attribute, "").split()) <= ids:
            del element.attrib[attribute]
