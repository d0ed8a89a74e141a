"""What an item of QTI can hold of a draft: one language, and marking that can be written out."""

import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Any

from modules.interchange.arranging import gaps_as_met
from modules.interchange.drafts import Draft, Held, Notes
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
from modules.interchange.picturing import per_cents_of, pixels_of, size_of, standing
from modules.questions.kinds import numeric
from modules.questions.shapes import SOURCE
from modules.questions.wording import WILDCARD


def hold(draft: Draft) -> Held:
    if draft.kind == "teachback":
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


def places_in_pixels(draft: Draft, notes: Notes) -> Draft:
    """Circles as whole pixels draw them, too little apart to be seen; the library's file is left
    to the library.
    """

    def change(table: Table, lang: str) -> None:
        if lang != SOURCE:
            return
        table.pop("file", None)
        table["picture"] = standing(table["picture"])
        size = size_of(table["picture"])
        for row in table["options"]:
            coords = ",".join(map(str, pixels_of(row, size)))
            row.update(per_cents_of("circle", coords, size)[0])

    return changed(draft, change)


STEPS: Mapping[str, tuple[Step, ...]] = {
    "single": (),
    "scenario": (),
    "multiple": (usual_method("plus_minus", "all_or_nothing"),),
    "truefalse": (),
    "hotspot": (places_in_pixels,),
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
