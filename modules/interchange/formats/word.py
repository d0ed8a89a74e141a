"""Word: a table of two columns for each question, the name of a field and what it says.

A document is an archive of XML, which is read as any other that strangers made. Fields that say
nothing may be left out; words around the tables are passed over.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from xml.sax.saxutils import escape

from modules.interchange.archives import Archive, packed
from modules.interchange.drafts import Collector, Draft, Notes, Read, Refusal
from modules.interchange.fields import COMMENT, EXPLAINED, NAMES, Fields, fields_of
from modules.interchange.fields_reading import draft_of
from modules.interchange.trees import Node, read_tree, sayable

DOCUMENT = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PICTURES = frozenset(("drawing", "pict", "object"))
RIGHT_TO_LEFT = frozenset(("ur",))
WIDTHS = (2200, 7000)  # of the columns, in twentieths of a point


# --- out -----------------------------------------------------------------------------------------


def write(drafts: Sequence[Draft], lang: str) -> bytes:
    tables = [_table(list(fields_of(draft, lang).items()), lang) for draft in drafts]
    explained = [
        _paragraph("The fields", ""),
        _table([(name, text) for name, text in EXPLAINED.items()], ""),
    ]
    return document([*tables, *explained])


def document(parts: Sequence[str]) -> bytes:
    """A file of Word with these parts after one another."""
    between = "<w:p/>"
    body = between.join(parts)
    types = (
        f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.open'
        'xmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/'
        f'xml"/><Override PartName="/{DOCUMENT}" ContentType="{MAIN}"/></Types>'
    )
    relations = (
        f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}"'
        f' Target="{DOCUMENT}"/></Relationships>'
    )
    words = f'{HEAD}<w:document xmlns:w="{W}"><w:body>{body}<w:p/></w:body></w:document>'
    return packed(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations.encode(),
            DOCUMENT: words.encode(),
        }
    )


def _table(rows: Sequence[tuple[str, str]], lang: str) -> str:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    lines = "".join(
        "<w:tr>" + _cell(name, WIDTHS[0], "") + _cell(text, WIDTHS[1], lang) + "</w:tr>"
        for name, text in rows
    )
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
    )


def _cell(text: str, width: int, lang: str) -> str:
    paragraphs = "".join(_paragraph(line, lang) for line in sayable(text).split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def _paragraph(text: str, lang: str) -> str:
    turned = "<w:pPr><w:bidi/></w:pPr>" if lang in RIGHT_TO_LEFT else ""
    run = "<w:rPr><w:rtl/></w:rPr>" if lang in RIGHT_TO_LEFT else ""
    return f'<w:p>{turned}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


# --- in ------------------------------------------------------------------------------------------


def read(data: bytes) -> Read:
    try:
        archive = Archive(data)
        if DOCUMENT not in archive:
            raise Refusal("no_document")
        root = read_tree(archive[DOCUMENT], DOCUMENT)
    except Refusal as refusal:
        return Read((), (refusal.remark(),))
    collector = Collector()
    tables = [node for node in root.walk() if node.name == "tbl"]
    for number, table in enumerate(tables, 1):
        fields = _fields(table)
        key = fields.get("key", "").strip()
        if {"kind", "question"} & fields.keys() and not _is_explanation(fields, key):
            collector.add(number, key, partial(_draft, table, fields))
    return collector.read


def _is_explanation(fields: Fields, key: str) -> bool:
    return key.startswith(COMMENT) or fields.get("kind") == EXPLAINED["kind"]


def _draft(table: Node, fields: Fields, notes: Notes) -> Draft:
    if any(node.name in PICTURES for node in table.walk()):
        raise Refusal("unsayable", what="picture")
    return draft_of(fields, notes)


def _fields(table: Node) -> Fields:
    """What the rows of two cells or more say; the name in the first, the words in the second."""
    known = {name.lower(): name for name in NAMES}
    fields: Fields = {}
    for row in table.all("tr"):
        cells = [_words(cell) for cell in row.all("tc")]
        if len(cells) > 1 and cells[0].strip():
            name = " ".join(cells[0].split()).lower()
            fields[known.get(name, name)] = cells[1]
    return fields


def _words(cell: Node) -> str:
    paragraphs = [node for node in cell.walk() if node.name == "p"]
    return "\n".join("".join(_runs(one)) for one in paragraphs)


def _runs(node: Node) -> Iterator[str]:
    """Text that is there: what was deleted with changes tracked has another name."""
    for child in node.children:
        if child.name == "t":
            yield "".join(part for part in child.content if isinstance(part, str))
        elif child.name in ("br", "cr"):
            yield "\n"
        elif child.name == "tab":
            yield " "
        elif child.name not in ("p", "tbl"):
            yield from _runs(child)
