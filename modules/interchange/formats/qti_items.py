"""One item of QTI, made as 2.2 names its parts: a function for each kind."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, SubElement

from modules.interchange.drafts import MISSING, Draft
from modules.interchange.formats.qti_gaps import make_gaps
from modules.interchange.formats.qti_making import (
    CRITERION,
    PREMISE,
    RESPONSE,
    SET,
    TRUTHS,
    Item,
    as_typed,
    identifier,
    ignore_case,
    inline,
    map_options,
    near,
    paragraph,
    say_chosen,
)
from modules.interchange.formats.qti_places import make_places


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
        map_options(item, declared, len(right))
    say_chosen(item, rows, cardinality)


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
    item.mark_if(near("RESPONSE", table), otherwise="wrong" if wrong != MISSING else "")


def _words(item: Item) -> None:
    paragraph(item.body, item.table["stem"])
    lines = [as_typed(line) for line in item.table["accepted"].splitlines()]
    declared = item.response("RESPONSE", "string", "single", lines[:1])
    line = SubElement(item.body, "p")
    SubElement(line, "textEntryInteraction", responseIdentifier="RESPONSE")
    item.mark_by_mapping(declared, dict.fromkeys(lines, item.full))
    ignore_case(declared)


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
    "cloze": make_gaps,
    "hotspot": make_places,
}
