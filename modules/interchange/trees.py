"""XML that strangers wrote, as a tree whose elements know their lines. Pure.

No document type, no entity of one's own, nothing fetched: defusedxml refuses all three. What is
left is bounded by the size of the upload, and by the depth and number of elements here.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from modules.interchange.drafts import Refusal

DEEPEST = 60
MOST_ELEMENTS = 200_000
# Characters that XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass
class Node:
    """An element. Its name and those of its attributes are without prefixes."""

    name: str
    line: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    content: list["Node | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Node"]:
        return [part for part in self.content if isinstance(part, Node)]

    def all(self, *names: str) -> list["Node"]:
        """The children of these names."""
        return [child for child in self.children if child.name in names]

    def find(self, *path: str) -> "Node | None":
        """The first child of the first name, of that the first of the next, and so on."""
        node: Node | None = self
        for name in path:
            node = next(iter(node.all(name)), None) if node else None
        return node

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def say(self, *path: str) -> str:
        """The words of the element at `path`, "" where there is none."""
        node = self.find(*path)
        return node.words if node else ""

    @property
    def words(self) -> str:
        return "".join(self._words()).strip()

    def _words(self) -> Iterator[str]:
        for part in self.content:
            if isinstance(part, Node):
                yield from part._words()
            else:
                yield part

    def walk(self) -> Iterator["Node"]:
        """The element and everything in it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[Node] = []
        self.root: Node | None = None
        self.elements = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        line = cast("Any", self)._locator.getLineNumber()
        self.elements += 1
        if len(self.open) >= DEEPEST or self.elements > MOST_ELEMENTS:
            raise Refusal("xml_too_large", line)
        named = {_local(key): value for key, value in attrs.items()}
        node = Node(_local(name), line, named)
        if self.open:
            self.open[-1].content.append(node)
        else:
            self.root = node
        self.open.append(node)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.open.pop()

    def characters(self, content: str) -> None:
        if self.open:
            self.open[-1].content.append(content)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def read_tree(data: bytes, file: str = "") -> Node:
    """The root of a document. Raises `Refusal` for what is not well formed, or not harmless."""
    builder = _Builder()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(builder)
    try:
        parser.parse(io.BytesIO(data.lstrip()))
    except DefusedXmlException:
        raise Refusal("xml_with_entities", 1, file) from None
    except SAXParseException as error:
        raise Refusal(
            "xml_broken", error.getLineNumber() or 0, file, problem=error.getMessage()
        ) from None
    except (SAXException, UnicodeError, LookupError, ValueError):
        raise Refusal("xml_encoding", 1, file) from None
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.line, file) from None
    if builder.root is None:
        raise Refusal("xml_broken", 1, file, problem="no element found")
    return builder.root


def sayable(text: str) -> str:
    """`text` without what XML cannot hold."""
    return NOT_XML.sub("", text)
