"""The body of an item of QTI, read: its words, its interactions, and what is right in them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from modules.interchange.drafts import MISSING, Notes, Refusal
from modules.interchange.formats.moodle_gaps import criteria_in
from modules.interchange.formats.qti_making import CRITERION, GAP, PREMISE, RESPONSE, SET
from modules.interchange.formats.qti_marking import Marking
from modules.interchange.holding import CRITERIA, RUBRIC, Table, letter
from modules.interchange.markup import tidy, words_of
from modules.interchange.picturing import from_file, per_cents_of, size_of
from modules.interchange.trees import Node
from modules.questions.shapes import KEY

type Beside = Callable[[str], tuple[str, bytes]]  # a file that the item names: path and content

LONGEST_KEY = 20
WHOLE = re.compile(r"[1-9]\d{0,4}", re.ASCII)  # pixels of a side
INTERACTION = re.compile(r"[a-zA-Z]+Interaction")


@dataclass
class Item:
    """An item whose marking is understood."""

    root: Node
    body: Node
    interactions: list[Node]
    marking: Marking
    notes: Notes
    beside: Beside

    def text(self, node: Node | None) -> str:
        """The words of an element, without interactions in it; raises `Refusal` for pictures."""
        if node is None:
            return ""
        words = words_of(html_in(node))
        if words.unsayable:
            raise Refusal("unsayable", node.line, what=words.unsayable)
        if words.dressed:
            self.notes.changed("undressed", node.line)
        return words.text

    def feedback(self, outcome: str, name: str) -> str:
        for node in self.root.all("modalFeedback"):
            if node.get("outcomeIdentifier") == outcome and node.get("identifier") == name:
                return self.text(node)
        return ""

    def before(self, interaction: Node) -> str:
        """The words of the item that stand before its interaction, rubrics and cases left out."""
        parts = []
        for part in self.body.content:
            if part is interaction or (isinstance(part, Node) and interaction in part.walk()):
                break
            if isinstance(part, str):
                parts.append(part.strip())
            elif part.name != "rubricBlock" and part.get("class") != "case":
                parts.append(self.text(part))
        return "\n\n".join(filter(None, parts))

    def stem(self, interaction: Node) -> str:
        said = (self.before(interaction), self.text(interaction.find("prompt")))
        return "\n\n".join(filter(None, said))


def html_in(node: Node) -> str:
    """What stands in an element as HTML, for the reader of other systems' texts."""
    parts = []
    for part in node.content:
        if isinstance(part, str):
            parts.append(escape(part, quote=False))
        elif part.name == "br":
            parts.append("<br>")
        elif not INTERACTION.fullmatch(part.name) and part.name not in ("prompt", "feedbackInline"):
            parts.append(f"<{part.name}>{html_in(part)}</{part.name}>")
    return "".join(parts)


def table_of(item: Item) -> Table:
    first = item.interactions[0]
    if len(item.interactions) > 1 or first.name == "inlineChoiceInteraction":
        return _gaps(item)
    if first.name == "textEntryInteraction" and first.get("responseIdentifier").startswith(GAP):
        return _gaps(item)
    if first.name not in READERS:
        raise Refusal("unknown_kind", first.line, kind=first.name)
    return READERS[first.name](item, first)


def keys_for(identifiers: list[str], prefix: str = "") -> dict[str, str]:
    """Keys of ours for the identifiers of a list: as they are, else letters."""
    own = {name: name.removeprefix(prefix).removeprefix("_") for name in identifiers}
    fit = all(KEY.fullmatch(key) and len(key) <= LONGEST_KEY for key in own.values())
    if fit and len(set(own.values())) == len(identifiers):
        return own
    return {name: letter(n) for n, name in enumerate(identifiers)}


def _choice(item: Item, node: Node) -> Table:
    choices = node.all("simpleChoice")
    names = [choice.get("identifier") for choice in choices]
    response = item.marking.response(node)
    keys = keys_for(names)
    options = [
        {
            "key": keys[name],
            "correct": name in response.right,
            "text": item.text(choice),
            "feedback": item.feedback("FEEDBACK", name) or _inline_feedback(item, choice),
        }
        for name, choice in zip(names, choices, strict=True)
    ]
    table = {"stem": item.stem(node), "options": options}
    if response.cardinality == "multiple":
        return {
            "kind": "multiple",
            **table,
            "method": response.method_of_several(len(options), item.notes),
        }
    method = response.method_of_one(len(options), item.notes)
    if set(keys.values()) == {"true", "false"}:
        for option in options:
            option.pop("text")
        return {"kind": "truefalse", **table, "method": method}
    case = next((one for one in item.body.all("div") if one.get("class") == "case"), None)
    if case is None:
        return {"kind": "single", **table, "method": method}
    name = case.get("id").removeprefix(SET)
    facts = {"set": name} if name and case.get("id") != name else {}
    return {"kind": "scenario", **table, "case": item.text(case), "method": method, **facts}


def _places(item: Item, node: Node) -> Table:
    """Areas of a picture, one of which is right. Which was chosen is all that counts, so each
    stands as a circle.
    """
    response = item.marking.response(node)
    picture = node.find("object") or node.find("img")
    if response.cardinality != "single" or picture is None:
        raise Refusal("qti_places", node.line)
    path, content = item.beside(picture.get("data") or picture.get("src"))
    svg = from_file(content, path)
    said = [picture.get(side) for side in ("width", "height")]
    size = (int(said[0]), int(said[1])) if all(map(WHOLE.fullmatch, said)) else size_of(svg)
    choices = {one.get("identifier"): one for one in node.all("hotspotChoice")}
    method = response.method_of_one(len(choices), item.notes)
    keys = keys_for(list(choices))
    options = []
    for name, choice in choices.items():
        place, is_same = per_cents_of(choice.get("shape"), choice.get("coords"), size)
        if not is_same:
            item.notes.changed("areas", node.line)
        options.append(
            {"key": keys[name], "correct": name in response.right, **place}
            | {"text": _named(item, choice, f"options {keys[name]} text")}
            | {"feedback": item.feedback("FEEDBACK", name)}
        )
    return {
        "kind": "hotspot", "stem": item.stem(node), "picture": svg, "method": method,
        "alt": _named(item, picture, "alt"), "options": options,
    }  # fmt: skip


def _named(item: Item, node: Node, where: str) -> str:
    """What a picture or an area says of itself, for who cannot see it; most say nothing."""
    said = tidy(node.get("hotspotLabel") or node.get("alt") or node.words)
    if not said:
        item.notes.changed("filled_in", parts=where)
    return said or MISSING


def _inline_feedback(item: Item, choice: Node) -> str:
    inner = choice.find("feedbackInline")
    return item.text(inner) if inner else ""


def _pairs(item: Item, node: Node) -> Table:
    sets = node.all("simpleMatchSet")
    if len(sets) != 2:  # noqa: PLR2004
        raise Refusal("qti_match_sets", node.line)
    left, right = ({one.get("identifier"): one for one in side.children} for side in sets)
    response = item.marking.response(node)
    matches = _matches(response.right, left, right, node)
    method = response.method_of_pairs(item.notes)
    premises = keys_for(list(left), PREMISE)
    rows: list[Table] = [
        {
            "key": premises[name],
            "text": item.text(one),
            "feedback": item.feedback("REASONS", name),
        }
        for name, one in left.items()
    ]
    stem = item.stem(node)
    if set(right) == {"true", "false"}:
        for name, row in zip(left, rows, strict=True):
            row["correct"] = matches[name] == "true"
        method = "per_decision" if method == "per_pair" else method
        return {"kind": "multiple_truefalse", "stem": stem, "statements": rows, "method": method}
    responses = keys_for(list(right), RESPONSE)
    for name, row in zip(left, rows, strict=True):
        row["match"] = responses[matches[name]]
    answers = [{"key": responses[name], "text": item.text(one)} for name, one in right.items()]
    return {
        "kind": "matching", "stem": stem, "premises": rows, "responses": answers, "method": method,
    }  # fmt: skip


def _matches(
    pairs: list[str], left: Mapping[str, Node], right: Mapping[str, Node], node: Node
) -> dict[str, str]:
    """The match of each premise; raises `Refusal` unless each has one."""
    found: dict[str, str] = {}
    for pair in pairs:
        premise, _space, answer = pair.partition(" ")
        if premise not in left or answer not in right or premise in found:
            raise Refusal("qti_pairs", node.line)
        found[premise] = answer
    if set(found) != set(left):
        raise Refusal("qti_pairs", node.line)
    return found


def _order(item: Item, node: Node) -> Table:
    choices = {choice.get("identifier"): choice for choice in node.all("simpleChoice")}
    response = item.marking.response(node)
    if sorted(response.right) != sorted(choices):
        raise Refusal("qti_order", node.line)
    keys = keys_for(response.right)
    response.must_be_all_or_nothing(node)
    steps = [{"key": keys[name], "text": item.text(choices[name])} for name in response.right]
    return {
        "kind": "ordering", "stem": item.stem(node), "steps": steps, "method": "all_or_nothing",
    }  # fmt: skip


def _entry(item: Item, node: Node) -> Table:
    response = item.marking.response(node)
    stem = item.before(node)
    unit = next((one for one in item.body.walk() if one.get("class") == "unit"), None)
    if not stem:
        holder = next(one for one in item.body.walk() if node in one.content)
        stem = item.text(
            replace(holder, content=[part for part in holder.content if part is not unit])
        )
    if response.base in ("float", "integer"):
        wrong = item.feedback("FEEDBACK", "wrong")
        facts = response.number(node)
        unit_text = item.text(unit) if unit else ""
        return {
            "kind": "numeric",
            "stem": stem,
            **facts,
            "unit": unit_text,
            "feedback_wrong": wrong,
        }
    accepted = accepted_in(response, item.notes)
    return {
        "kind": "short", "stem": stem, "method": "list_only", "accepted": accepted,
        "model": accepted.split("\n")[0].replace("\\*", "*"),
        "rubric": [dict(row) for row in RUBRIC],
    }  # fmt: skip


def accepted_in(response: Any, notes: Notes) -> str:
    """The answers that have the full mark, one a line; an asterisk is one, and no wildcard."""
    return "\n".join(line.replace("*", "\\*") for line in response.accepted(notes))


def _essay(item: Item, node: Node) -> Table:
    table: Table = {"kind": "essay", "stem": item.stem(node)}
    model = [one for one in item.body.all("rubricBlock") if one.get("class") == "model"]
    if model:
        table["model"] = item.text(model[0])
    others = [one for one in item.body.all("rubricBlock") if one not in model]
    for block in others:
        found = criteria_in(html_in(block))
        if found:
            rows = [row.get("id") for row in block.walk() if row.name == "tr"]
            return {**table, "criteria": _with_keys(found, rows)}
    said = tidy("\n".join(item.text(block) for block in others))
    if said:
        item.notes.changed("rubric_as_text")
        one = {"key": "a", "text": said[:400], "levels": [{"points": "0"}, {"points": "1"}]}
        return {**table, "criteria": [one]}
    item.notes.changed("no_rubric")
    return {**table, "criteria": [dict(row) for row in CRITERIA]}


def _with_keys(criteria: list[Table], ids: list[str]) -> list[Table]:
    """The keys that rows of ours carry as `C_key_0`."""
    named = [name[len(CRITERION) :].rpartition("_")[0] for name in ids if name.endswith("_0")]
    if len(named) != len(criteria) or not all(map(KEY.fullmatch, named)):
        return criteria
    return [{**row, "key": name} for row, name in zip(criteria, named, strict=True)]


# --- gaps ----------------------------------------------------------------------------------------


def _gaps(item: Item) -> Table:
    gaps: list[Table] = []
    choices: list[Table] = []
    names = [node.get("responseIdentifier") for node in item.interactions]
    keys = keys_for(names, GAP)
    for node in item.interactions:
        name = node.get("responseIdentifier")
        gap, own = _gap(item, node, keys[name])
        gaps.append({**gap, "feedback": item.feedback("REASONS", name)})
        choices += own
    item.marking.must_share_evenly(item.notes)
    text = tidy(item.text(_with_marks(item.body, keys)))
    stem, _empty, rest = text.partition("\n\n")
    if "[[" in stem or "[[" not in rest:
        stem, rest = "Fill in the gaps.", text
    table = {"kind": "cloze", "stem": stem, "text": rest, "gaps": gaps}
    fixed = _apart(choices)
    return table | ({"choices": fixed} if fixed else {})


def _apart(choices: list[Table]) -> list[Table]:
    """Choices of all gaps have one list, so their names must differ."""
    if len({row["key"] for row in choices}) == len(choices):
        return choices
    raise Refusal("qti_same_choices")


def _gap(item: Item, node: Node, key: str) -> tuple[Table, list[Table]]:
    response = item.marking.response(node)
    if node.name == "inlineChoiceInteraction":
        rows = {one.get("identifier"): one for one in node.all("inlineChoice")}
        names = keys_for(list(rows))
        right = response.only_right(node)
        own = [
            {"key": names[name], "gap": key, "text": item.text(one)} for name, one in rows.items()
        ]
        return {"key": key, "match": names.get(right, right)}, own
    if node.name != "textEntryInteraction":
        raise Refusal("unknown_gap", node.line, kind=node.name)
    if response.base in ("float", "integer"):
        return {"key": key, **response.number(node)}, []
    return {"key": key, "accepted": accepted_in(response, item.notes)}, []


def _with_marks(node: Node, keys: Mapping[str, str]) -> Node:
    """The element with [[key]] where its interactions are."""
    content: list[Node | str] = []
    for part in node.content:
        if isinstance(part, str):
            content.append(part)
        elif part.get("responseIdentifier") in keys:
            content.append(f"[[{keys[part.get('responseIdentifier')]}]]")
        else:
            content.append(_with_marks(part, keys))
    return Node(node.name, node.line, node.attributes, content)


READERS: Mapping[str, Callable[[Item, Node], Table]] = {
    "choiceInteraction": _choice,
    "hotspotInteraction": _places,
    "matchInteraction": _pairs,
    "orderInteraction": _order,
    "textEntryInteraction": _entry,
    "extendedTextInteraction": _essay,
}
