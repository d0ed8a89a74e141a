"""Puts the tree of a Markdown text in order: no gap in headings, tables that can be read aloud."""

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LOWEST = 4


class TidyTree(Treeprocessor):
    """Runs after the inline marks, because labels of cells are made of finished text."""

    def run(self, root: Element) -> None:
        close_gaps(root)
        for table in root.iter("table"):
            name_cells(table)


def close_gaps(root: Element) -> None:
    """The page has its one h1 already; below it, no level is left out."""
    level = 1
    for element in root.iter():
        if element.tag in HEADINGS:
            level = max(2, min(HEADINGS[element.tag], level + 1, LOWEST))
            element.tag = f"h{level}"


def name_cells(table: Element) -> None:
    """Every cell knows its column and row, also where narrow screens turn rows into records."""
    table.set("class", "stack")
    columns = ["".join(cell.itertext()).strip() for cell in table.iterfind("thead/tr/th")]
    for cell in table.iterfind("thead/tr/th"):
        cell.set("scope", "col")
    for row in table.iterfind("tbody/tr"):
        for place, cell in enumerate(row):
            if place == 0:
                cell.tag = "th"
                cell.set("scope", "row")
            else:
                cell.set("data-label", columns[place])
    for cell in table.iter():
        if "right" in cell.attrib.pop("style", ""):
            cell.set("class", "num")
