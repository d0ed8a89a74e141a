"""QTI 2.2 and 3.0 packages, written: an archive with a manifest and one file for each question.

The two versions say the same under other names, so an item is made once, as 2.2 names its parts,
and renamed.
"""

import re
from collections.abc import Sequence
from functools import partial
from xml.etree.ElementTree import Element, SubElement, tostring

from modules.interchange.archives import packed
from modules.interchange.beside import tags_of
from modules.interchange.drafts import Draft
from modules.interchange.formats.qti_items import item_of
from modules.interchange.formats.qti_places import picture_path
from modules.interchange.picturing import as_file
from modules.interchange.trees import sayable
from modules.questions.shapes import SOURCE

NAMESPACES = {
    "2.2": "http://www.imsglobal.org/xsd/imsqti_v2p2",
    "3.0": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
MANIFESTS = {
    "2.2": ("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.2 Package", "1.0.0"),
    "3.0": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "QTI Package", "3.0.0"),
}
TYPES = {"2.2": "imsqti_item_xmlv2p2", "3.0": "imsqti_item_xmlv3p0"}
LOM = "http://ltsc.ieee.org/xsd/LOM"
XHTML = frozenset(("p", "br", "div", "span", "table", "tbody", "tr", "td", "img"))
MANIFEST = "imsmanifest.xml"


def write(version: str, drafts: Sequence[Draft], lang: str) -> bytes:
    members = {MANIFEST: _xml(_manifest(version, drafts, lang or SOURCE))}
    for draft in drafts:
        item = item_of(draft, lang or SOURCE)
        if version == "3.0":
            _rename(item)
        item.set("xmlns", NAMESPACES[version])
        members[path_of(draft)] = _xml(item)
        if picture := draft.definition["structure"].get("picture"):
            members[picture_path(draft.key)] = as_file(picture)
    return packed(members)


def path_of(draft: Draft) -> str:
    return f"items/{draft.key}.xml"


def _xml(root: Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")


def _manifest(version: str, drafts: Sequence[Draft], lang: str) -> Element:
    namespace, schema, number = MANIFESTS[version]
    root = Element("manifest", {"xmlns": namespace, "identifier": "QUESTIONS"})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = schema
    SubElement(metadata, "schemaversion").text = number
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for draft in drafts:
        resource = SubElement(
            resources,
            "resource",
            {"identifier": f"ITEM_{draft.key}", "type": TYPES[version], "href": path_of(draft)},
        )
        general = SubElement(
            SubElement(SubElement(resource, "metadata"), "lom", xmlns=LOM), "general"
        )
        category = [f"category:{draft.category}"] if draft.category else []
        for tag in (*tags_of(draft), *category):
            keyword = SubElement(general, "keyword")
            SubElement(keyword, "string", language=lang).text = sayable(tag)
        SubElement(resource, "file", href=path_of(draft))
        if "picture" in draft.definition["structure"]:
            SubElement(resource, "file", href=picture_path(draft.key))
    return root


def _rename(root: Element) -> None:
    """2.2 to 3.0: `simpleChoice` is `qti-simple-choice`, `mapKey` is `map-key`."""
    for element in list(root.iter()):
        if element.tag in ("modalFeedback", "rubricBlock"):
            inner = Element("contentBody")
            inner.text, element.text = element.text, None
            inner.extend(list(element))
            for child in list(element):
                element.remove(child)
            element.append(inner)
            inner.tag = "qti-content-body"
        if element.tag == "rubricBlock":
            element.set("use", "scoring")
        elif element.tag == "object":
            _to_img(element)
        element.attrib = {_kebab(name): value for name, value in element.attrib.items()}
        if element.tag not in XHTML and not element.tag.startswith("qti-"):
            element.tag = f"qti-{_kebab(element.tag)}"


def _to_img(element: Element) -> None:
    """The picture of places: its words are an attribute there, and its type is told by the file."""
    sides = {name: element.get(name, "") for name in ("width", "height")}
    element.attrib = {"src": element.get("data", ""), "alt": element.text or "", **sides}
    element.tag, element.text = "img", None


def _kebab(name: str) -> str:
    return name if name.startswith("{") else re.sub("[A-Z]", lambda m: f"-{m[0].lower()}", name)


write_2_2 = partial(write, "2.2")
write_3_0 = partial(write, "3.0")
