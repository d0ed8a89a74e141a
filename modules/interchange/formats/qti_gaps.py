"""A text with gaps as an item of QTI: each gap is an interaction within the paragraph."""

from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from modules.interchange.formats.qti_making import (
    GAP,
    Item,
    as_typed,
    identifier,
    ignore_case,
    near,
    paragraph,
)
from modules.interchange.holding import Table, plain
from modules.interchange.trees import sayable
from modules.questions.kinds import cloze


def make_gaps(item: Item) -> None:
    table = item.table
    gaps = {gap["key"]: gap for gap in table["gaps"]}
    share = item.full / len(gaps)
    paragraph(item.body, table["stem"])
    text = SubElement(item.body, "p")
    *before, after = cloze.IN_TEXT.split(table["text"])[::2]
    last: Element | None = None
    for words, key in zip(before, cloze.IN_TEXT.findall(table["text"]), strict=True):
        last = _after(text, last, words)
        own = [row for row in table.get("choices", ()) if row["gap"] == key]
        last = SubElement(text, *_gap_field(gaps[key], own))
        for row in own:
            choice = SubElement(last, "inlineChoice", identifier=identifier(row["key"]))
            choice.text = sayable(row["text"])
        _declare_gap(item, gaps[key], own, share)
    _after(text, last, after)
    item.reasons({GAP + key: gap["feedback"] for key, gap in gaps.items()})


def _after(parent: Element, last: Element | None, words: str) -> Element | None:
    """`words`, with their line breaks, behind what the paragraph holds."""
    for n, line in enumerate(sayable(words).split("\n")):
        if n:
            last = SubElement(parent, "br")
        if last is None:
            parent.text = line
        else:
            last.tail = line
    return last


def _gap_field(gap: Table, own: Sequence[Table]) -> tuple[str, dict[str, str]]:
    name = GAP + gap["key"]
    if own:
        return "inlineChoiceInteraction", {"responseIdentifier": name, "shuffle": "true"}
    return "textEntryInteraction", {"responseIdentifier": name}


def _declare_gap(item: Item, gap: Table, own: Sequence[Table], share: Decimal) -> None:
    name = GAP + gap["key"]
    value = plain(round(share, 9))
    rule = SubElement(item.processing, "setOutcomeValue", identifier="SCORE")
    if "answer" in gap:
        item.response(name, "float", "single", [gap["answer"]])
        item.processing.remove(rule)
        condition = SubElement(item.processing, "responseCondition")
        then = SubElement(condition, "responseIf")
        then.append(near(name, gap))
        total = SubElement(SubElement(then, "setOutcomeValue", identifier="SCORE"), "sum")
        SubElement(total, "variable", identifier="SCORE")
        SubElement(total, "baseValue", baseType="float").text = value
        return
    if own:
        right = [identifier(gap["match"])]
        declared = item.response(name, "identifier", "single", right)
    else:
        right = [as_typed(line) for line in gap["accepted"].splitlines() if line.strip()]
        declared = item.response(name, "string", "single", right[:1])
    mapping = SubElement(declared, "mapping", defaultValue="0")
    for key in right:
        SubElement(mapping, "mapEntry", {"mapKey": sayable(key), "mappedValue": value})
    if not own:
        ignore_case(declared)
    total = SubElement(rule, "sum")
    SubElement(total, "variable", identifier="SCORE")
    SubElement(total, "mapResponse", identifier=name)
