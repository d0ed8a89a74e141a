"""A question as named fields: what a row of a spreadsheet and a table in Word have in common. Pure.

Each part of a question has a letter: its text stands in “A”, what belongs to it in “A match”, the
reason in “A why”. What that means for a kind is said in `EXPLAINED`, which the blank forms carry.
"""

from collections.abc import Callable, Iterator, Mapping
from string import ascii_uppercase
from typing import Any

from modules.interchange.arranging import gaps_as_met, responses_as_met
from modules.interchange.beside import LEVELS, USES
from modules.interchange.drafts import MISSING, Draft, Held, Notes
from modules.interchange.holding import (
    Step,
    Table,
    changed,
    english_alone,
    hold_by,
    lettered,
    refuse_kind,
    tidied,
    without_misconceptions,
    without_units,
)
from modules.questions.definitions import to_table
from modules.questions.kinds import KINDS
from modules.questions.shapes import SOURCE

type Fields = dict[str, str]

LETTERS = ascii_uppercase[:12]
MATCH, WHY = "match", "why"
BEFORE = (
    *("key", "kind", "outcome", "level", "use", "tags", "expected", "language"),
    *("case", "set", "question", "text"),
)
AFTER = (
    *("right", "min", "max", "tolerance", "unit", "units", "model", "words"),
    *("when wrong", "takeaway", "marking", "full mark"),
)
NAMES = (
    *BEFORE,
    *(name for one in LETTERS for name in (one, f"{one} {MATCH}", f"{one} {WHY}")),
    *AFTER,
)
COMMENT = "#"
# In English, as the names themselves are.
EXPLAINED: Mapping[str, str] = {
    "key": "A short name for ever: small letters, digits, hyphens. Rows whose key begins with # are"
    " passed over.",
    "kind": f"One of: {', '.join(kind for kind in KINDS if kind != 'hotspot')}.",
    "outcome": "The code of an outcome, such as CO1.",
    "level": f"One of: {', '.join(LEVELS)}.",
    "use": f"One of: {', '.join(USES)}.",
    "tags": "Words with commas between them.",
    "expected": "Of 100 prepared learners, how many answer rightly?",
    "language": "Empty, or en: the bank begins in English.",
    "case, set": "Only for a scenario: what happened, and a name that questions of one case share.",
    "question": "What is asked.",
    "text": "Only for a cloze: the text, with [[a]], [[b]] … where its gaps are.",
    "A, B, C …": "The options, statements, steps in the right order, or what is matched.",
    "A match": "matching: what belongs to it; one that belongs to nothing stands without a text."
    " short: the mark 0, 0.5 or 1 of what A describes. essay, teachback: the levels of the"
    " criterion A, one a line, as 2: Plain words.",
    "A, A match of a cloze": "To choose: the choices, one a line, and which is right. To write: the"
    " accepted answers, one a line, and nothing. A number: nothing, and 55 or 55 [50..60] or"
    " 55 ± 5 or 55 ± 10%.",
    "A why": "Why this is right or wrong, in one sentence. For true or false, A is true, B false.",
    "right": "The letters of what is right, such as A or A, C; true or false; the number; or the"
    " accepted short answers, one a line.",
    "min, max, tolerance": "Only for a number: what is still right, or how far off it may be.",
    "unit, units": "Only for a number: its unit, and other ways to write that, one a line.",
    "model": "A good answer, for short answers and essays.",
    "words": "Advice for an essay, such as 50-150.",
    "when wrong": "Only for a number: how to get there.",
    "takeaway": "What everybody should take away.",
    "marking": "; ".join(
        f"{name}: {', '.join(kind.METHODS)}"
        for name, kind in KINDS.items()
        if len(kind.METHODS) > 1 and name != "hotspot"
    ),
    "full mark": "Usually 1.",
}


# --- what it holds -------------------------------------------------------------------------------


def hold(draft: Draft) -> Held:
    if draft.kind == "hotspot":
        return refuse_kind(draft)
    steps: tuple[Step, ...] = (
        *(english_alone, without_misconceptions, *STEPS.get(draft.kind, ()), in_lines),
        *(tidied, lettered, without_category),
    )
    held = hold_by(draft, steps)
    lists = [rows for rows in draft.definition["structure"].values() if isinstance(rows, list)]
    counted = lists[:1] if draft.kind == "cloze" else lists
    if any(len(rows) > len(LETTERS) for rows in counted):
        return refuse_kind(draft)
    return held


def without_category(draft: Draft, notes: Notes) -> Draft:
    """The outcome says as much."""
    return Draft(**{**vars(draft), "category": ""})


def in_lines(draft: Draft, notes: Notes) -> Draft:
    """Levels and choices stand one a line, so each of them is a line."""

    def change(table: Table, lang: str) -> None:
        rows = list(table.get("choices", ()))
        rows += [level for one in table.get("criteria", ()) for level in one["levels"]]
        for row in rows:
            if "\n" in row["text"].strip():
                notes.lost("line_breaks")
            row["text"] = " ".join(row["text"].split())

    return changed(draft, change)


def choices_apart(draft: Draft, notes: Notes) -> Draft:
    """Choices of one gap that say the same cannot be told apart, nor one that is a number."""
    table = to_table(draft.definition, SOURCE)
    said = [(row["gap"], " ".join(row["text"].split())) for row in table.get("choices", ())]
    if len(set(said)) == len(said):
        return draft
    notes.lost("same_responses")

    def change(table: Table, lang: str) -> None:
        for n, row in enumerate(table["choices"]):
            if (row["gap"], " ".join(row["text"].split())) in said[:n]:
                row["text"] = f"{row['text']} ({n + 1})"

    return changed(draft, change)


STEPS: Mapping[str, tuple[Step, ...]] = {
    "matching": (responses_as_met,),
    "cloze": (without_units, gaps_as_met, choices_apart),
}


# --- out -----------------------------------------------------------------------------------------


def fields_of(draft: Draft, lang: str) -> Fields:
    """The fields of a draft that `hold` gave; those that say nothing are left out."""
    table = to_table(draft.definition, SOURCE)
    fields: Fields = {
        "key": draft.key,
        "kind": draft.kind,
        "outcome": draft.outcome,
        "level": draft.level,
        "use": draft.use,
        "tags": ", ".join(draft.tags),
        "expected": "" if draft.expected is None else str(draft.expected),
        "language": "" if lang in ("", SOURCE) else lang,
        "question": table["stem"],
        "takeaway": _said(table["feedback"]),
        "when wrong": _said(table.get("feedback_wrong", MISSING)),
        "marking": table.get("method", ""),
        "full mark": table.get("full_mark", ""),
        "model": _said(table.get("model", MISSING)),
        "words": _words_advised(table),
        **{
            name: table.get(name, "")
            for name in ("case", "set", "text", "min", "max", "tolerance", "unit", "units")
        },
    }
    fields |= WRITERS[draft.kind](table)
    return {name: fields[name] for name in NAMES if fields.get(name)}


def _said(text: str) -> str:
    return "" if text == MISSING else text


def _words_advised(table: Table) -> str:
    ends = [table.get("fewest_words", ""), table.get("most_words", "")]
    return "-".join(ends) if any(ends) else ""


def _parts(rows: list[Table]) -> Iterator[tuple[str, Table]]:
    return zip(LETTERS, rows, strict=False)


def _options(table: Table) -> Fields:
    rows = table.get("options") or table["statements"]
    right = [one for one, row in _parts(rows) if row["correct"]]
    fields = {"right": ", ".join(right)}
    if table["kind"] == "truefalse":
        rows = sorted(rows, key=lambda row: row["key"] != "true")
        fields["right"] = "true" if rows[0]["correct"] else "false"
    for one, row in _parts(rows):
        fields |= {one: row.get("text", ""), f"{one} {WHY}": _said(row["feedback"])}
    return fields


def _pairs(table: Table) -> Fields:
    words = {row["key"]: row["text"] for row in table["responses"]}
    rows = [(row["text"], row["match"], row["feedback"]) for row in table["premises"]]
    used = {match for _text, match, _why in rows}
    rows += [("", key, MISSING) for key in words if key not in used]
    fields: Fields = {}
    for one, (text, match, why) in zip(LETTERS, rows, strict=False):
        fields |= {one: text, f"{one} {MATCH}": words[match], f"{one} {WHY}": _said(why)}
    return fields


def _steps(table: Table) -> Fields:
    return {one: row["text"] for one, row in _parts(table["steps"])}


def _number(table: Table) -> Fields:
    return {"right": table["answer"]}


def _words(table: Table) -> Fields:
    fields = {"right": table.get("accepted", "")}
    for one, row in _parts(table["rubric"]):
        fields |= {one: _said(row["text"]), f"{one} {MATCH}": row["mark"]}
    return fields


def _criteria(table: Table) -> Fields:
    fields: Fields = {}
    for one, row in _parts(table["criteria"]):
        levels = [f"{level['points']}: {level['text']}" for level in row["levels"]]
        fields |= {one: row["text"], f"{one} {MATCH}": "\n".join(levels)}
    return fields


def _gaps(table: Table) -> Fields:
    fields: Fields = {}
    for one, gap in _parts(table["gaps"]):
        own = {
            row["key"]: row["text"] for row in table.get("choices", ()) if row["gap"] == gap["key"]
        }
        text, match = gap.get("accepted", ""), ""
        if own:
            text, match = "\n".join(own.values()), own[gap["match"]]
        elif "answer" in gap:
            match = _number_in_words(gap)
        fields |= {one: text, f"{one} {MATCH}": match, f"{one} {WHY}": _said(gap["feedback"])}
    return fields


def _number_in_words(gap: Mapping[str, Any]) -> str:
    if "tolerance" in gap:
        return f"{gap['answer']} ± {gap['tolerance']}"
    return f"{gap['answer']} [{gap['min']}..{gap['max']}]"


WRITERS: Mapping[str, Callable[[Table], Fields]] = {
    **dict.fromkeys(
        ("single", "scenario", "multiple", "truefalse", "multiple_truefalse"), _options
    ),
    "matching": _pairs,
    "ordering": _steps,
    "numeric": _number,
    "short": _words,
    "essay": _criteria,
    "teachback": _criteria,
    "cloze": _gaps,
}
