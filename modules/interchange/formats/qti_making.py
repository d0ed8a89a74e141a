"""An item of QTI while it is made, and what the makers of all kinds share.

Marking is written out, since the templates of the standard set no feedback.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from modules.interchange.drafts import MISSING, Draft
from modules.interchange.formats.qti_holding import margins
from modules.interchange.holding import Table, plain
from modules.interchange.trees import sayable
from modules.questions.definitions import to_table
from modules.questions.shapes import SOURCE

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TRUTHS = {"true": "True", "false": "False"}
PREMISE, RESPONSE, GAP, CRITERION, SET = "P_", "R_", "GAP_", "C_", "S_"


class Item:
    """An item that is being made: its parts come in the order that the standard asks for."""

    def __init__(self, draft: Draft, lang: str) -> None:
        self.root = Element(
            "assessmentItem",
            {"identifier": identifier(draft.key), "title": draft.key, LANG: lang}
            | {"adaptive": "false", "timeDependent": "false"},
        )
        self.key = draft.key
        self.full = Decimal(draft.definition["max"])
        self.table = to_table(draft.definition, SOURCE)
        self.method = draft.definition["method"]
        self.responses: list[Element] = []
        self.outcomes: list[Element] = []
        self.body = Element("itemBody")
        self.processing = Element("responseProcessing")
        self.feedback: list[Element] = []

    def finished(self) -> Element:
        self.outcome("SCORE", "float", "single", ["0"])
        self.outcome("MAXSCORE", "float", "single", [plain(self.full)])
        if self.table["feedback"] != MISSING:
            self.outcome("GENERAL", "identifier", "single", ["general"])
            self.modal("GENERAL", "general", self.table["feedback"])
        self.root.extend(self.responses)
        self.root.extend(self.outcomes)
        self.root.append(self.body)
        if len(self.processing):
            self.root.append(self.processing)
        self.root.extend(self.feedback)
        return self.root

    def response(self, name: str, base: str, cardinality: str, correct: Sequence[str]) -> Element:
        declared = Element(
            "responseDeclaration",
            {"identifier": name, "cardinality": cardinality, "baseType": base},
        )
        if correct:
            right = SubElement(declared, "correctResponse")
            for value in correct:
                SubElement(right, "value").text = sayable(value)
        self.responses.append(declared)
        return declared

    def outcome(self, name: str, base: str, cardinality: str, values: Sequence[str]) -> None:
        declared = Element(
            "outcomeDeclaration", {"identifier": name, "cardinality": cardinality, "baseType": base}
        )
        if values:
            usual = SubElement(declared, "defaultValue")
            for value in values:
                SubElement(usual, "value").text = value
        self.outcomes.append(declared)

    def modal(self, outcome: str, name: str, text: str) -> None:
        modal = Element(
            "modalFeedback",
            {"outcomeIdentifier": outcome, "identifier": name, "showHide": "show"},
        )
        inline(modal, text)
        self.feedback.append(modal)

    def reasons(self, texts: Mapping[str, str]) -> None:
        """Reasons at parts, all of them told after the answer."""
        said = {name: text for name, text in texts.items() if text != MISSING}
        if said:
            self.outcome("REASONS", "identifier", "multiple", list(said))
            for name, text in said.items():
                self.modal("REASONS", name, text)

    def mark_by_mapping(
        self, declared: Element, values: Mapping[str, Decimal], **bounds: str
    ) -> None:
        mapping = SubElement(declared, "mapping", {"defaultValue": "0", **bounds})
        for key, value in values.items():
            SubElement(
                mapping, "mapEntry", {"mapKey": sayable(key), "mappedValue": plain(round(value, 9))}
            )
        self.set_score(Element("mapResponse", identifier=declared.get("identifier", "")))

    def set_score(self, expression: Element) -> None:
        value = SubElement(self.processing, "setOutcomeValue", identifier="SCORE")
        value.append(expression)

    def mark_if(self, condition: Element, *, otherwise: str = "") -> None:
        """The full mark where `condition` holds; else the feedback `otherwise`, if there is one."""
        rule = SubElement(self.processing, "responseCondition")
        then = SubElement(rule, "responseIf")
        then.append(condition)
        _set(then, "SCORE", "float", plain(self.full))
        if otherwise:
            _set(SubElement(rule, "responseElse"), "FEEDBACK", "identifier", otherwise)

    def mark_all_or_nothing(self, name: str) -> None:
        match = Element("match")
        SubElement(match, "variable", identifier=name)
        SubElement(match, "correct", identifier=name)
        self.mark_if(match)


def _set(parent: Element, name: str, base: str, value: str) -> None:
    rule = SubElement(parent, "setOutcomeValue", identifier=name)
    SubElement(rule, "baseValue", baseType=base).text = value


def identifier(key: str) -> str:
    """A name that XML allows: it may not begin with a digit. `key_in` reads it back."""
    return f"_{key}" if key[:1].isdigit() else key


def inline(parent: Element, text: str) -> None:
    """Words with their line breaks."""
    first, *lines = sayable(text).split("\n")
    parent.text = first
    for line in lines:
        SubElement(parent, "br").tail = line


def paragraph(parent: Element, text: str) -> Element:
    one = SubElement(parent, "p")
    inline(one, text)
    return one


def map_options(item: Item, declared: Element, right: int) -> None:
    rows = item.table["options"]
    good = item.full / right
    bad = {"plus_minus": -good, "penalised": -item.full / (len(rows) - 1)}.get(
        item.method, Decimal(0)
    )
    bounds = {"lowerBound": "0"} if item.method == "plus_minus" else {}
    values = {identifier(row["key"]): good if row["correct"] else bad for row in rows}
    item.mark_by_mapping(declared, values, **bounds)


def say_chosen(item: Item, rows: Sequence[Table], cardinality: str) -> None:
    said = [row for row in rows if row["feedback"] != MISSING]
    if said:
        item.outcome("FEEDBACK", "identifier", cardinality, [])
        rule = SubElement(item.processing, "setOutcomeValue", identifier="FEEDBACK")
        SubElement(rule, "variable", identifier="RESPONSE")
        for row in said:
            item.modal("FEEDBACK", identifier(row["key"]), row["feedback"])


def near(name: str, facts: Mapping[str, Any]) -> Element:
    if facts.get("tolerance", "").endswith("%"):
        share = facts["tolerance"][:-1]
        mode, tolerance = "relative", f"{share} {share}"
    else:
        mode, tolerance = "absolute", " ".join(plain(one) for one in margins(facts))
    equal = Element("equal", {"toleranceMode": mode, "tolerance": tolerance})
    SubElement(equal, "variable", identifier=name)
    SubElement(equal, "correct", identifier=name)
    return equal


def as_typed(line: str) -> str:
    return line.replace("\\*", "*")


def ignore_case(declared: Element) -> None:
    for entry in declared.iter("mapEntry"):
        entry.set("caseSensitive", "false")
