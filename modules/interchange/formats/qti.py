"""QTI 2.2 and 3.0 packages, written: an archive with a manifest and one file for each question.

The two versions say the same under other names, so an item is made once, as 2.2 names its parts,
and renamed. Marking is written out, since the templates of the standard set no feedback.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from modules.interchange.archives import packed
from modules.interchange.beside import tags_of
from modules.interchange.drafts import MISSING, Draft, Held, Notes
from modules.interchange.formats.moodle import gaps_as_met
from modules.interchange.holding import (
    Step,
    Table,
    accepted_list_alone,
    changed,
    english_alone,
    hold_by,
    plain,
    refuse_kind,
    short_as_essay,
    tidied,
    usual_method,
    without_misconceptions,
)
from modules.interchange.trees import sayable
from modules.questions.definitions import to_table
from modules.questions.kinds import cloze, numeric
from modules.questions.shapes import SOURCE
from modules.questions.wording import WILDCARD

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
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XHTML = frozenset(("p", "br", "div", "span", "table", "tbody", "tr", "td"))
MANIFEST = "imsmanifest.xml"
TRUTHS = {"true": "True", "false": "False"}
PREMISE, RESPONSE, GAP, CRITERION, SET = "P_", "R_", "GAP_", "C_", "S_"


# --- what it holds -------------------------------------------------------------------------------


def hold(draft: Draft) -> Held:
    if draft.kind in ("teachback", "hotspot"):
        return refuse_kind(draft)
    notes = Notes()
    draft = english_alone(draft, notes)
    if draft.kind == "short":
        draft = without_wildcards(draft, notes)
        if "accepted" not in draft.definition["texts"][SOURCE]:
            draft = short_as_essay(draft, notes)
    held = hold_by(draft, (without_misconceptions, *STEPS[draft.kind], tidied))
    return Held(held.draft, (*notes.found, *held.losses))


def without_wildcards(draft: Draft, notes: Notes) -> Draft:
    """Lists compare whole answers. What is left without a list is read by a person."""

    def change(table: Table, lang: str) -> None:
        for part in (table, *table.get("gaps", ())):
            lines = part.get("accepted", "").splitlines()
            kept = [line for line in lines if not WILDCARD.search(line) and line.strip()]
            if len(kept) < len(lines):
                notes.lost("wildcards")
            if kept:
                part["accepted"] = "\n".join(kept)
            elif table["kind"] == "short":
                part.pop("accepted", None)
                part.pop("method", None)
            elif lines:
                part["accepted"] = "\n".join(WILDCARD.sub("", line).strip() for line in lines)

    return changed(draft, change)


def as_tolerances(draft: Draft, notes: Notes) -> Draft:
    """A range that lies evenly round its answer is a tolerance; any other stays a range."""
    structure = dict(draft.definition["structure"])
    if "gaps" in structure:
        structure["gaps"] = [
            _as_tolerance(gap) if "answer" in gap else gap for gap in structure["gaps"]
        ]
    else:
        structure = _as_tolerance(structure)
    return draft.with_definition(structure=structure)


def _as_tolerance(facts: Mapping[str, Any]) -> Table:
    rest = {name: facts[name] for name in facts if name not in ("min", "max", "tolerance")}
    rest["answer"] = plain(Decimal(facts["answer"]))
    if facts.get("tolerance", "").endswith("%"):
        return {**rest, "tolerance": f"{plain(Decimal(facts['tolerance'][:-1]))}%"}
    below, above = margins(facts)
    if below == above:
        return {**rest, "tolerance": plain(below)}
    low, high = map(Decimal, numeric.bounds(facts))
    return {**rest, "min": plain(low), "max": plain(high)}


def margins(facts: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """How far off may be accepted below and above the answer."""
    with localcontext(prec=numeric.DIGITS):
        low, high = map(Decimal, numeric.bounds(facts))
        answer = Decimal(facts["answer"])
        return answer - low, high - answer


def without_names_of_units(draft: Draft, notes: Notes) -> Draft:
    """The unit stands beside the field; other ways to write it do not."""

    def change(table: Table, lang: str) -> None:
        for part in (table, *table.get("gaps", ())):
            if part.pop("units", ""):
                notes.lost("units")

    return changed(draft, change)


def without_words(draft: Draft, notes: Notes) -> Draft:
    def change(table: Table, lang: str) -> None:
        for name in ("fewest_words", "most_words"):
            if table.pop(name, ""):
                notes.lost("words")

    return changed(draft, change)


def choices_in_lines(draft: Draft, notes: Notes) -> Draft:
    """What is chosen within a sentence has no lines, and the question is one paragraph."""

    def change(table: Table, lang: str) -> None:
        for row in table.get("choices", ()):
            if "\n" in row["text"].strip():
                notes.lost("line_breaks")
            row["text"] = " ".join(row["text"].split())
        table["stem"] = re.sub(r"\n{2,}", "\n", table["stem"])

    return changed(draft, change)


STEPS: Mapping[str, tuple[Step, ...]] = {
    "single": (),
    "scenario": (),
    "multiple": (usual_method("plus_minus", "all_or_nothing"),),
    "truefalse": (),
    "multiple_truefalse": (usual_method("per_decision", "all_or_nothing"),),
    "matching": (),
    "ordering": (usual_method("all_or_nothing"),),
    "numeric": (as_tolerances, without_names_of_units),
    "short": (accepted_list_alone,),
    "essay": (without_words,),
    "cloze": (
        *(usual_method("per_gap"), as_tolerances, without_names_of_units, without_wildcards),
        *(gaps_as_met, choices_in_lines),
    ),
}


# --- the package ---------------------------------------------------------------------------------


def write(version: str, drafts: Sequence[Draft], lang: str) -> bytes:
    members = {MANIFEST: _xml(_manifest(version, drafts, lang or SOURCE))}
    for draft in drafts:
        item = item_of(draft, lang or SOURCE)
        if version == "3.0":
            _rename(item)
        item.set("xmlns", NAMESPACES[version])
        members[path_of(draft)] = _xml(item)
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
        element.attrib = {_kebab(name): value for name, value in element.attrib.items()}
        if element.tag not in XHTML and not element.tag.startswith("qti-"):
            element.tag = f"qti-{_kebab(element.tag)}"


def _kebab(name: str) -> str:
    return name if name.startswith("{") else re.sub("[A-Z]", lambda m: f"-{m[0].lower()}", name)


# --- an item -------------------------------------------------------------------------------------


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

write_2_2 = partial(write, "2.2")
write_3_0 = partial(write, "3.0")
