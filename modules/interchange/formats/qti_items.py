"""One item of QTI, made as 2.2 names its parts.

Marking is written out, since the templates of the standard set no feedback.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from modules.interchange.drafts import MISSING, Draft
from modules.interchange.formats.qti_holding import margins
from modules.interchange.holding import Table, plain
from modules.interchange.trees import sayable
from modules.questions.definitions import to_table
from modules.questions.kinds import cloze
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


def item_of(draft: Draft, lang: str) -> Element:
    item = Item(draft, lang)
    KINDS[draft.kind](item)
    return item.finished()


def _choice(item: Item) -> None:
    table = item.table
    rows = table["options"]
    is_several = table["kind"] == "multiple"
    right = [row for row in rows if row["correct"]]
    if "case" in table:
        case = SubElement(item.body, "div", {"class": "case"})
        paragraph(case, table["case"])
        if "set" in table:
            case.set("id", SET + table["set"])
    cardinality = "multiple" if is_several else "single"
    declared = item.response(
        "RESPONSE", "identifier", cardinality, [identifier(row["key"]) for row in right]
    )
    shuffle = "false" if table["kind"] == "truefalse" else "true"
    interaction = SubElement(
        item.body,
        "choiceInteraction",
        {"responseIdentifier": "RESPONSE", "shuffle": shuffle}
        | {"maxChoices": "0" if is_several else "1"},
    )
    inline(SubElement(interaction, "prompt"), table["stem"])
    for row in rows:
        choice = SubElement(interaction, "simpleChoice", identifier=identifier(row["key"]))
        inline(choice, row["text"] if "text" in row else TRUTHS[row["key"]])
    if item.method == "all_or_nothing":
        item.mark_all_or_nothing("RESPONSE")
    else:
        _map_options(item, declared, len(right))
    _say_chosen(item, rows, cardinality)


def _map_options(item: Item, declared: Element, right: int) -> None:
    rows = item.table["options"]
    good = item.full / right
    bad = {"plus_minus": -good, "penalised": -item.full / (len(rows) - 1)}.get(
        item.method, Decimal(0)
    )
    bounds = {"lowerBound": "0"} if item.method == "plus_minus" else {}
    values = {identifier(row["key"]): good if row["correct"] else bad for row in rows}
    item.mark_by_mapping(declared, values, **bounds)


def _say_chosen(item: Item, rows: Sequence[Table], cardinality: str) -> None:
    said = [row for row in rows if row["feedback"] != MISSING]
    if said:
        item.outcome("FEEDBACK", "identifier", cardinality, [])
        rule = SubElement(item.processing, "setOutcomeValue", identifier="FEEDBACK")
        SubElement(rule, "variable", identifier="RESPONSE")
        for row in said:
            item.modal("FEEDBACK", identifier(row["key"]), row["feedback"])


def _pairs(item: Item) -> None:
    table = item.table
    if table["kind"] == "multiple_truefalse":
        parts = table["statements"]
        matches = {row["key"]: "true" if row["correct"] else "false" for row in parts}
        answers = dict(TRUTHS)
    else:
        parts = table["premises"]
        matches = {row["key"]: RESPONSE + row["match"] for row in parts}
        answers = {RESPONSE + row["key"]: row["text"] for row in table["responses"]}
    pairs = [f"{PREMISE}{key} {match}" for key, match in matches.items()]
    declared = item.response("RESPONSE", "directedPair", "multiple", pairs)
    interaction = SubElement(
        item.body,
        "matchInteraction",
        {"responseIdentifier": "RESPONSE", "shuffle": "true", "maxAssociations": str(len(parts))},
    )
    inline(SubElement(interaction, "prompt"), table["stem"])
    left, right = (SubElement(interaction, "simpleMatchSet") for _side in range(2))
    for side, texts, most in (
        (left, {PREMISE + row["key"]: row["text"] for row in parts}, "1"),
        (right, answers, "0"),
    ):
        for name, text in texts.items():
            choice = {"identifier": name, "matchMax": most}
            inline(SubElement(side, "simpleAssociableChoice", choice), text)
    if item.method == "all_or_nothing":
        item.mark_all_or_nothing("RESPONSE")
    else:
        item.mark_by_mapping(declared, dict.fromkeys(pairs, item.full / len(pairs)))
    item.reasons({PREMISE + row["key"]: row["feedback"] for row in parts})


def _order(item: Item) -> None:
    steps = item.table["steps"]
    item.response("RESPONSE", "identifier", "ordered", [identifier(row["key"]) for row in steps])
    interaction = SubElement(
        item.body, "orderInteraction", {"responseIdentifier": "RESPONSE", "shuffle": "true"}
    )
    inline(SubElement(interaction, "prompt"), item.table["stem"])
    for row in steps:
        inline(
            SubElement(interaction, "simpleChoice", identifier=identifier(row["key"])), row["text"]
        )
    item.mark_all_or_nothing("RESPONSE")


def _number(item: Item) -> None:
    table = item.table
    paragraph(item.body, table["stem"])
    item.response("RESPONSE", "float", "single", [table["answer"]])
    line = SubElement(item.body, "p")
    field = SubElement(line, "textEntryInteraction", responseIdentifier="RESPONSE")
    if table.get("unit"):
        field.tail = " "
        inline(SubElement(line, "span", {"class": "unit"}), table["unit"])
    wrong = table["feedback_wrong"]
    if wrong != MISSING:
        item.outcome("FEEDBACK", "identifier", "single", [])
        item.modal("FEEDBACK", "wrong", wrong)
    item.mark_if(_near("RESPONSE", table), otherwise="wrong" if wrong != MISSING else "")


def _near(name: str, facts: Mapping[str, Any]) -> Element:
    if facts.get("tolerance", "").endswith("%"):
        share = facts["tolerance"][:-1]
        mode, tolerance = "relative", f"{share} {share}"
    else:
        mode, tolerance = "absolute", " ".join(plain(one) for one in margins(facts))
    equal = Element("equal", {"toleranceMode": mode, "tolerance": tolerance})
    SubElement(equal, "variable", identifier=name)
    SubElement(equal, "correct", identifier=name)
    return equal


def _words(item: Item) -> None:
    paragraph(item.body, item.table["stem"])
    lines = [as_typed(line) for line in item.table["accepted"].splitlines()]
    declared = item.response("RESPONSE", "string", "single", lines[:1])
    line = SubElement(item.body, "p")
    SubElement(line, "textEntryInteraction", responseIdentifier="RESPONSE")
    item.mark_by_mapping(declared, dict.fromkeys(lines, item.full))
    _ignore_case(declared)


def as_typed(line: str) -> str:
    return line.replace("\\*", "*")


def _ignore_case(declared: Element) -> None:
    for entry in declared.iter("mapEntry"):
        entry.set("caseSensitive", "false")


def _essay(item: Item) -> None:
    table = item.table
    item.response("RESPONSE", "string", "single", [])
    if table.get("model"):
        inline(paragraph(_for_scorers(item, "model"), ""), table["model"])
    rows = SubElement(SubElement(_for_scorers(item, "criteria"), "table"), "tbody")
    for criterion in table["criteria"]:
        for n, level in enumerate(criterion["levels"]):
            row = SubElement(rows, "tr", id=f"{CRITERION}{criterion['key']}_{n}")
            for text in (criterion["text"], level["points"], level["text"]):
                inline(SubElement(row, "td"), text)
    interaction = SubElement(item.body, "extendedTextInteraction", responseIdentifier="RESPONSE")
    inline(SubElement(interaction, "prompt"), table["stem"])


def _for_scorers(item: Item, name: str) -> Element:
    return SubElement(item.body, "rubricBlock", {"view": "scorer", "class": name})


def _gaps(item: Item) -> None:
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
        then.append(_near(name, gap))
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
        _ignore_case(declared)
    total = SubElement(rule, "sum")
    SubElement(total, "variable", identifier="SCORE")
    SubElement(total, "mapResponse", identifier=name)


KINDS: Mapping[str, Callable[[Item], None]] = {
    "single": _choice,
    "scenario": _choice,
    "multiple": _choice,
    "truefalse": _choice,
    "multiple_truefalse": _pairs,
    "matching": _pairs,
    "ordering": _order,
    "numeric": _number,
    "short": _words,
    "essay": _essay,
    "cloze": _gaps,
}
