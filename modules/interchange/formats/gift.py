"""GIFT: Moodle's format for questions typed as plain text, written.

// [id:co-first] [tag:outcome:CO1]
::co-first::[plain]Which is first?{ =To declare#It comes first. ~To pay#Later. ####Declare. }
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from modules.interchange.arranging import responses_as_met
from modules.interchange.beside import tags_of
from modules.interchange.drafts import MISSING, Draft, Held, Notes
from modules.interchange.holding import (
    Step,
    Table,
    accepted_list_alone,
    case_before_stem,
    changed,
    english_alone,
    hold_by,
    lettered,
    plain,
    refuse_kind,
    short_as_essay,
    statements_as_pairs,
    tidied,
    tolerance_round_answer,
    usual_mark,
    usual_method,
    without_misconceptions,
    without_part_feedback,
    without_rubric,
    without_units,
)
from modules.questions.definitions import to_table
from modules.questions.shapes import SOURCE

# --- what it holds -------------------------------------------------------------------------------


def used_responses_alone(draft: Draft, notes: Notes) -> Draft:
    """GIFT has pairs, and no response without its premise."""
    structure = draft.definition["structure"]
    used = {row["match"] for row in structure["premises"]}
    words = draft.definition["texts"][SOURCE]
    kept = [row for row in structure["responses"] if row["key"] in used]
    if len(kept) < len(structure["responses"]):
        notes.lost("unused_responses")
    responses = {row["key"]: words["responses"][row["key"]] for row in kept}
    return draft.with_definition(
        structure={**structure, "responses": kept},
        texts={SOURCE: {**words, "responses": responses}},
    )


def without_arrows(draft: Draft, notes: Notes) -> Draft:
    """ "->" parts pairs, and there is no way to write it as a word."""

    def said(text: str) -> str:
        if "->" in text:
            notes.lost("arrows")
        return text.replace("->", "→")

    def change(table: Table, lang: str) -> None:
        for row in (*table.get("premises", ()), *table.get("responses", ())):
            row["text"] = said(row["text"])
        if "accepted" in table:
            table["accepted"] = said(table["accepted"])

    return changed(draft, change)


STEPS: Mapping[str, tuple[Step, ...]] = {
    "single": (),
    "multiple": (usual_method("plus_minus"),),
    "truefalse": (usual_method("right_or_wrong"),),
    "matching": (
        *(without_part_feedback, usual_method("per_pair"), without_arrows),
        *(responses_as_met, used_responses_alone),
    ),
    "numeric": (tolerance_round_answer, without_units),
    "short": (without_arrows, accepted_list_alone),
    "essay": (without_rubric,),
}
FEWEST_RESPONSES = 2


def hold(draft: Draft) -> Held:
    if draft.kind in ("teachback", "hotspot", "cloze", "ordering"):
        return refuse_kind(draft)
    notes = Notes()
    draft = english_alone(draft, notes)
    if draft.kind == "scenario":
        draft = case_before_stem(draft, notes)
    if draft.kind == "multiple_truefalse":
        draft = statements_as_pairs(draft, notes)
    if draft.kind == "short" and "accepted" not in draft.definition["texts"][SOURCE]:
        draft = short_as_essay(draft, notes)
    steps = (without_misconceptions, usual_mark, *STEPS[draft.kind], tidied, lettered)
    held = hold_by(draft, steps)
    if (
        held.draft
        and draft.kind == "matching"
        and len(held.draft.definition["structure"]["responses"]) < FEWEST_RESPONSES
    ):
        return refuse_kind(draft)
    return Held(held.draft, (*notes.found, *held.losses))


# --- writing -------------------------------------------------------------------------------------

ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\~=#{}:"} | {"\n": "\\n"})


def write(drafts: Sequence[Draft], lang: str) -> bytes:
    parts = []
    category = ""
    for draft in drafts:
        if draft.category != category:
            category = draft.category
            parts.append(f"$CATEGORY: $course$/top/{category}".removesuffix("/") + "\n")
        parts.append(_written(draft, lang))
    return "\n".join(parts).encode()


def _written(draft: Draft, lang: str) -> str:
    table = to_table(draft.definition, SOURCE)
    tags = [*tags_of(draft), *([f"lang:{lang}"] if lang not in ("", SOURCE) else [])]
    marks = " ".join(f"[tag:{tag.replace(']', chr(92) + ']')}]" for tag in tags)
    general = f"####{_safe(table['feedback'])}" if table["feedback"] != MISSING else ""
    answers = "\n".join(filter(None, (*ANSWERS[draft.kind](table), general)))
    body = f"{{\n{answers}\n}}" if answers else "{}"
    return (
        f"// [id:{draft.key}] {marks}\n::{_safe(draft.key)}::[plain]{_safe(table['stem'])} {body}\n"
    )


def _safe(text: str) -> str:
    return text.translate(ESCAPED)


def _with_reason(start: str, text: str, feedback: str) -> str:
    reason = "" if feedback == MISSING else f"#{_safe(feedback)}"
    return f"\t{start}{_safe(text)}{reason}"


def _options(table: Table) -> list[str]:
    right = sum(row["correct"] for row in table["options"])
    method = table.get("method", "")
    signs = {True: "=", False: "~"}
    if table["kind"] == "multiple":
        signs = {True: f"~%{_weight(100, right)}%", False: f"~%-{_weight(100, right)}%"}
    elif method == "penalised":
        signs[False] = f"~%-{_weight(100, len(table['options']) - 1)}%"
    return [
        _with_reason(signs[row["correct"]], row["text"], row["feedback"])
        for row in table["options"]
    ]


def _weight(whole: int, parts: int) -> str:
    return plain(round(Decimal(whole) / parts, 5))


def _judgement(table: Table) -> list[str]:
    rows = {row["correct"]: row for row in table["options"]}
    said = [_safe(rows[correct]["feedback"]) for correct in (False, True)]
    reasons = "" if said == [MISSING, MISSING] else f"#{said[0]}#{said[1]}"
    return [f"{rows[True]['key'].upper()}{reasons}"]


def _pairs(table: Table) -> list[str]:
    words = {row["key"]: row["text"] for row in table["responses"]}
    return [f"\t={_safe(row['text'])} -> {_safe(words[row['match']])}" for row in table["premises"]]


def _number(table: Table) -> list[str]:
    right = f"#\t={table['answer']}:{table['tolerance']}"
    wrong = table["feedback_wrong"]
    return [right] if wrong == MISSING else [right, f"\t~#{_safe(wrong)}"]


def _accepted(table: Table) -> list[str]:
    # A backslash before an asterisk is Moodle's own escape, so it is not doubled.
    lines = table["accepted"].splitlines()
    return [f"\t={_safe(line).replace(chr(92) * 2 + '*', chr(92) + '*')}" for line in lines]


def _nothing(table: Table) -> list[str]:
    return []


ANSWERS = {
    "single": _options,
    "multiple": _options,
    "truefalse": _judgement,
    "matching": _pairs,
    "numeric": _number,
    "short": _accepted,
    "essay": _nothing,
}
