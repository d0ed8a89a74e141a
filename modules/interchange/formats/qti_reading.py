"""QTI 2.1, 2.2 and 3.0, read: packages, and single items.

An item is taken only when its way of marking is understood in full; `qti_marking.py` says which
those are. Anything else is refused with its reason: marked in another way it is another question.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from modules.interchange.archives import ZIP, Archive
from modules.interchange.beside import facts_in, key_from
from modules.interchange.drafts import (
    Collector,
    Draft,
    Notes,
    Read,
    Refusal,
    define,
)
from modules.interchange.formats.qti import MANIFEST
from modules.interchange.formats.qti_bodies import INTERACTION, Beside, Item, table_of
from modules.interchange.formats.qti_marking import marking_of
from modules.interchange.holding import Table, plain
from modules.interchange.trees import Node, read_tree

type Files = Mapping[str, bytes]

ITEM_TYPE = re.compile(r"imsqti_item_xmlv(?:2p[12]|3p0)")
CATEGORY = "category:"


def read(data: bytes) -> Read:
    try:
        archive = Archive(data) if data.startswith(ZIP) else {}
        items = dict(_items(data, archive))
    except Refusal as refusal:
        return Read((), (refusal.remark(),))
    collector = Collector()
    for path, (content, tags) in items.items():
        try:
            root = named_as_2_2(read_tree(content, path))
        except Refusal as refusal:
            collector.refuse(refusal, file=path)
        else:
            read_one = partial(_draft, root, tags, partial(_beside, archive, path))
            collector.add(root.line, root.get("identifier"), read_one, path)
    return collector.read


def _items(data: bytes, archive: Files) -> list[tuple[str, tuple[bytes, list[str]]]]:
    """The items that a manifest names, by their paths, with their keywords; or the one item."""
    if not data.startswith(ZIP):
        return [("", (data, []))]
    manifest = next((path for path in archive if path.rpartition("/")[2] == MANIFEST), "")
    if not manifest:
        raise Refusal("no_manifest")
    root = read_tree(archive[manifest], manifest)
    items = []
    for resource in (node for node in root.walk() if node.name == "resource"):
        if not ITEM_TYPE.fullmatch(resource.get("type")):
            continue
        path = normpath(join(dirname(manifest), resource.get("href")))
        if path not in archive:
            raise Refusal("not_in_archive", resource.line, manifest, path=path[:120])
        items.append((path, (archive[path], _keywords(resource))))
    if not items:
        raise Refusal("no_questions", 1, manifest)
    return items


def _beside(archive: Files, item: str, href: str) -> tuple[str, bytes]:
    """A file that an item names, by its path in the archive; an item alone has none beside it."""
    path = normpath(join(dirname(item), unquote(href)))
    if path not in archive:
        raise Refusal("not_in_archive", path=href[:120])
    return path, archive[path]


def _keywords(resource: Node) -> list[str]:
    return [
        words
        for keyword in resource.walk()
        if keyword.name == "keyword"
        for words in [node.words for node in keyword.children] or [keyword.words]
    ]


def named_as_2_2(node: Node) -> Node:
    """3.0 to 2.2: `qti-simple-choice` is `simpleChoice`; wrappers of content fall away."""
    name = _camel(node.name.removeprefix("qti-")) if node.name.startswith("qti-") else node.name
    content: list[Node | str] = []
    for part in node.content:
        if isinstance(part, Node):
            child = named_as_2_2(part)
            content += child.content if child.name == "contentBody" else [child]
        else:
            content.append(part)
    attributes = {_camel(key): value for key, value in node.attributes.items()}
    return Node(name, node.line, attributes, content)


def _camel(name: str) -> str:
    return re.sub("-([a-z])", lambda match: match[1].upper(), name)


def _draft(root: Node, tags: list[str], beside: Beside, notes: Notes) -> Draft:
    if root.name != "assessmentItem":
        raise Refusal("not_qti", root.line, name=root.name)
    body = root.find("itemBody")
    if body is None:
        raise Refusal("description", root.line)
    interactions = [node for node in body.walk() if INTERACTION.fullmatch(node.name)]
    if not interactions:
        raise Refusal("description", body.line)
    item = Item(root, body, interactions, marking_of(root), notes, beside)
    table = table_of(item)
    general = item.feedback("GENERAL", "general")
    key = key_from(root.get("identifier").lstrip("_") or root.get("title"), table.get("stem", ""))
    notes.key = key
    full: Table = {} if table["kind"] in ("essay",) and not item.marking.full else {
        "full_mark": plain(item.marking.full or Decimal(1))
    }  # fmt: skip
    definition = define({"feedback": general, **full, **table}, notes)
    category = next((tag for tag in tags if tag.startswith(CATEGORY)), CATEGORY)
    facts = facts_in(tag for tag in tags if not tag.startswith(CATEGORY))
    return Draft(key=key, definition=definition, category=category.removeprefix(CATEGORY), **facts)
