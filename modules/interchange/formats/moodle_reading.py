"""Moodle XML, read: files of Moodle 2 to 5, and what `moodle.py` writes.

A part that Moodle marks in a way of its own (half a mark for an option, a penalty for a second try)
is taken without it, and the report says so. What cannot be asked with words alone is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from modules.interchange.beside import facts_in, key_from
from modules.interchange.drafts import (
    Collector,
    Draft,
    Notes,
    Read,
    Refusal,
    define,
)
from modules.interchange.formats.moodle import GRADING
from modules.interchange.formats.moodle_gaps import FULL, cloze_in, per_cent, rubric_in
from modules.interchange.holding import RUBRIC, Table, letter, number_in, plain
from modules.interchange.languages import Html, languages_in, localised
from modules.interchange.markup import check_length, html_of
from modules.interchange.trees import Node, read_tree
from modules.questions.shapes import SOURCE
from modules.questions.wording import example

NEAR = Fraction(1, 1000)  # Moodle writes 33.33333
METHODS = {theirs: ours for ours, theirs in GRADING.items()}


def read(data: bytes) -> Read:
    try:
        root = read_tree(data)
        if root.name != "quiz":
            raise Refusal("not_moodle", root.line, name=root.name)
    except Refusal as refusal:
        return Read((), (refusal.remark(),))
    collector = Collector()
    category = ""
    for node in root.all("question"):
        if node.get("type") == "category":
            path = node.say("category", "text").split("/")
            category = "/".join(part for part in path if part not in ("$course$", "top", ""))
        else:
            name = node.say("name", "text")
            collector.add(node.line, name, partial(_draft, node, category))
    return collector.read


def _draft(node: Node, category: str, notes: Notes) -> Draft:
    kind = node.get("type")
    if kind not in READERS:
        raise Refusal("unknown_kind", kind=kind)
    if any(child.name == "file" for child in node.walk()):
        raise Refusal("unsayable", what="picture")
    raw = {
        "stem": _html(node.find("questiontext")),
        "feedback": _html(node.find("generalfeedback")),
        **READERS[kind](node, notes),
    }
    if (mark := node.say("defaultgrade")) and kind != "cloze":
        raw["full_mark"] = _plain(mark, "defaultgrade")
    tables = {lang: localised(raw, lang, notes) for lang in languages_in(raw)}
    english = tables.pop(SOURCE)
    own = {"kind", "method", "full_mark"}
    translations = {
        lang: {name: value for name, value in table.items() if name not in own}
        for lang, table in tables.items()
    }
    facts = facts_in(tag.say("text") for tag in _tags(node))
    key = key_from(node.say("idnumber") or node.say("name", "text"), english["stem"])
    notes.key = key
    definition = define(english, notes, translations)
    return Draft(key=key, definition=definition, category=category, **facts)


def _tags(node: Node) -> list[Node]:
    tags = node.find("tags")
    return tags.all("tag") if tags else []


def _html(node: Node | None) -> Html:
    """The text of an element; what is plain becomes HTML."""
    if node is None:
        return Html("")
    text = node.say("text") if node.find("text") else node.words
    check_length(text)
    return Html(text if node.get("format", "html") == "html" else html_of(text))


def _plain(text: str, where: str) -> str:
    return plain(number_in(text, where))


def _share(node: Node) -> Fraction:
    return Fraction(_plain(node.get("fraction", "0"), "fraction"))


# --- kinds ---------------------------------------------------------------------------------------


def _choices(node: Node, notes: Notes) -> Table:
    answers = node.all("answer")
    options = [
        {
            "key": letter(n),
            "correct": _share(answer) > 0,
            "text": _html(answer),
            "feedback": _html(answer.find("feedback")),
        }
        for n, answer in enumerate(answers)
    ]
    shares = [_share(answer) for answer in answers]
    if node.say("single") in ("true", "1"):
        return {"kind": "single", "options": options, **one_right(options, shares, notes)}
    return {"kind": "multiple", "options": options, **several_right(shares, notes)}


def one_right(options: list[Table], shares: Sequence[Fraction], notes: Notes) -> Table:
    """Corrects what is right in `options`, and tells the method."""
    best = max(shares, default=FULL)
    wrong = [share for share in shares if share != best]
    for option, share in zip(options, shares, strict=True):
        option["correct"] = share == best and best > 0
    if not wrong or not any(wrong):
        return {}
    if all(abs(share + FULL / len(wrong)) < NEAR for share in wrong):
        return {"method": "penalised"}
    notes.changed("shares", shares=", ".join(per_cent(share) for share in wrong if share))
    return {}


def several_right(shares: Sequence[Fraction], notes: Notes) -> Table:
    right = [share for share in shares if share > 0]
    even = FULL / len(right) if right else FULL
    if any(abs(abs(share) - even) >= NEAR for share in shares):
        said = ", ".join(per_cent(share) for share in shares)
        notes.changed("weights", shares=said)
    return {"method": "plus_minus"}


def _judgement(node: Node, notes: Notes) -> Table:
    answers = {answer.say("text").casefold(): answer for answer in node.all("answer")}
    return {
        "kind": "truefalse",
        "options": [
            {
                "key": key,
                "correct": _share(answers[key]) > 0,
                "feedback": _html(answers[key].find("feedback")),
            }
            for key in answers
            if key in ("true", "false")
        ],
    }


def _pairs(node: Node, notes: Notes) -> Table:
    # Moodle shows answers in a menu, so they are plain.
    said = [
        (_html(part), Html(html_of(part.say("answer", "text")))) for part in node.all("subquestion")
    ]
    responses = list(dict.fromkeys(answer for _text, answer in said))
    premises = [(text, answer) for text, answer in said if text]
    return {
        "kind": "matching",
        "premises": [
            {
                "key": letter(n),
                "match": letter(responses.index(answer)),
                "text": text,
                "feedback": Html(""),
            }
            for n, (text, answer) in enumerate(premises)
        ],
        "responses": [{"key": letter(n), "text": text} for n, text in enumerate(responses)],
    }


def _steps(node: Node, notes: Notes) -> Table:
    grading = node.say("gradingtype")
    if grading and grading not in METHODS:
        notes.changed("grading", grading=grading)
    answers = sorted(node.all("answer"), key=_share)
    return {
        "kind": "ordering",
        "method": METHODS.get(grading, "exact_positions"),
        "steps": [{"key": letter(n), "text": _html(one)} for n, one in enumerate(answers)],
    }


def _number(node: Node, notes: Notes) -> Table:
    answers = node.all("answer")
    right = [one for one in answers if _share(one) == FULL]
    partly = [one for one in answers if 0 < _share(one) < FULL]
    if len(right) != 1 or right[0].say("text") == "*":
        raise Refusal("several_numbers", n=str(len(right)))
    if partly:
        notes.changed("shares", shares=", ".join(per_cent(_share(one)) for one in partly))
    wrong = next((one for one in answers if _share(one) <= 0), None)
    table = {
        "kind": "numeric",
        "answer": _plain(right[0].say("text"), "answer"),
        "tolerance": _plain(right[0].say("tolerance") or "0", "tolerance"),
        "feedback_wrong": _html(wrong.find("feedback")) if wrong else Html(""),
        "unit": "",
    }
    names = list(_units(node, notes))
    return (
        table
        | ({"unit": names[0]} if names else {})
        | ({"units": "\n".join(names[1:])} if names[1:] else {})
    )


def _units(node: Node, notes: Notes) -> Iterator[str]:
    """Those that count one; ours know no other."""
    units = node.find("units")
    for unit in units.all("unit") if units else ():
        if Fraction(_plain(unit.say("multiplier") or "1", "multiplier")) == 1:
            yield unit.say("unit_name")
        else:
            notes.changed("unit_dropped", unit=unit.say("unit_name"))


def _accepted(node: Node, notes: Notes) -> Table:
    answers = node.all("answer")
    partly = [one for one in answers if 0 < _share(one) < FULL]
    if partly:
        notes.changed("shares", shares=", ".join(per_cent(_share(one)) for one in partly))
    if node.say("usecase") == "1":
        notes.changed("case_ignored")
    lines = [one.say("text") for one in answers if _share(one) == FULL]
    return short_table(lines)


def short_table(lines: Sequence[str]) -> Table:
    """A short answer that a list alone marks."""
    accepted = "\n".join(lines)
    return {
        "kind": "short",
        "method": "list_only",
        "accepted": accepted,
        "model": example(accepted) if accepted.strip() else "",
        "rubric": [dict(row) for row in RUBRIC],
    }


# --- longer texts --------------------------------------------------------------------------------


def _essay(node: Node, notes: Notes) -> Table:
    table: Table = {"kind": "essay"}
    for ours, theirs in (("fewest_words", "minwordlimit"), ("most_words", "maxwordlimit")):
        if (limit := node.say(theirs)) and limit != "0":
            table[ours] = limit
    return table | rubric_in(_html(node.find("graderinfo")), notes)


def _cloze(node: Node, notes: Notes) -> Table:
    return cloze_in(_html(node.find("questiontext")), notes)


READERS: Mapping[str, Any] = {
    "multichoice": _choices,
    "truefalse": _judgement,
    "matching": _pairs,
    "match": _pairs,
    "ordering": _steps,
    "numerical": _number,
    "shortanswer": _accepted,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
}
