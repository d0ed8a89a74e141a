"""What a draft becomes in a format that holds less than our bank does. Pure.

Each function gives the draft that is left, and notes what was lost. What other systems have in
another form that marks alike (a range as a tolerance) is no loss.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, localcontext
from string import ascii_lowercase
from typing import Any

from modules.interchange.drafts import MISSING, Draft, Held, Notes, Refusal
from modules.interchange.markup import tidy
from modules.questions.definitions import from_tables, to_table
from modules.questions.kinds import KINDS, cloze, numeric
from modules.questions.shapes import MISCONCEPTION, SOURCE, Definition, Shape
from modules.questions.wording import example

type Step = Callable[[Draft, Notes], Draft]
type Table = dict[str, Any]

TRUTHS = {"true": "True", "false": "False"}  # as responses of a matching question
RUBRIC = tuple({"mark": mark, "text": MISSING} for mark in ("0", "0.5", "1"))
LEVELS = tuple({"points": points, "text": MISSING} for points in ("0", "1"))
CRITERIA = ({"key": "a", "text": MISSING, "levels": list(LEVELS)},)
# Which list a fact of a part points to.
POINTERS = {
    "matching": {("premises", "match"): "responses"},
    "cloze": {("gaps", "match"): "choices", ("choices", "gap"): "gaps"},
}


def hold_by(draft: Draft, steps: Iterable[Step]) -> Held:
    """The draft after all `steps`, and what they noted. No format has a place for an example."""
    notes = Notes()
    for step in (without_example, *steps):
        draft = step(draft, notes)
    return Held(draft, tuple(notes.found))


def changed(draft: Draft, change: Callable[[Table, str], Any]) -> Draft:
    """The draft with `change` made to its table in each language."""
    tables = {}
    for lang in draft.definition["texts"]:
        tables[lang] = to_table(draft.definition, lang)
        change(tables[lang], lang)
    english = tables.pop(SOURCE)
    return replace(draft, definition=from_tables(english, tables))


def in_language(draft: Draft, lang: str) -> Draft | None:
    """The draft in `lang` alone, which then stands where English does; None when it lacks it."""
    texts = draft.definition["texts"]
    return draft.with_definition(texts={SOURCE: texts[lang]}) if lang in texts else None


def english_alone(draft: Draft, notes: Notes) -> Draft:
    others = [lang for lang in draft.definition["texts"] if lang != SOURCE]
    if others:
        notes.lost("languages", languages=", ".join(others))
    return draft.with_definition(texts={SOURCE: draft.definition["texts"][SOURCE]})


# --- kinds ---------------------------------------------------------------------------------------


def case_before_stem(draft: Draft, notes: Notes) -> Draft:
    """A scenario becomes a single choice that tells its case first."""

    def change(table: Table, lang: str) -> None:
        table["stem"] = f"{table.pop('case')}\n\n{table['stem']}"
        table.pop("set", None)
        if lang == SOURCE:
            table["kind"] = "single"

    notes.lost("kind", old=draft.kind, new="single")
    return changed(draft, change)


def statements_as_pairs(draft: Draft, notes: Notes) -> Draft:
    """Statements to judge become premises, each with true or false as its match."""

    def change(table: Table, lang: str) -> None:
        rows = table.pop("statements")
        responses = [{"key": key, "text": text} for key, text in TRUTHS.items()]
        for row in rows:
            if lang == SOURCE:
                row["match"] = "true" if row.pop("correct") else "false"
                row.pop(MISCONCEPTION, None)
        table |= {"premises": rows, "responses": responses}
        if lang == SOURCE:
            table["kind"] = "matching"
            if table.pop("method", "") == "all_or_nothing":
                table["method"] = "all_or_nothing"

    notes.lost("kind", old=draft.kind, new="matching")
    if draft.definition["method"] == "half_if_most":
        notes.lost("method", method="half_if_most", instead="per_pair")
    return changed(draft, change)


def refuse_kind(draft: Draft) -> Held:
    notes = Notes()
    notes.lost("no_kind", kind=draft.kind)
    return Held(None, tuple(notes.found))


# --- marking -------------------------------------------------------------------------------------


def usual_method(*held: str) -> Step:
    """Of methods that are not `held`, what is left is the first of them."""

    def step(draft: Draft, notes: Notes) -> Draft:
        method = draft.definition["method"]
        if method in held:
            return draft
        notes.lost("method", method=method, instead=held[0])
        return draft.with_definition(method=held[0])

    return step


def usual_mark(draft: Draft, notes: Notes) -> Draft:
    if draft.definition["max"] != "1":
        notes.lost("full_mark", mark=draft.definition["max"])
    return draft.with_definition(max="1")


def tolerance_round_answer(draft: Draft, notes: Notes) -> Draft:
    """Ranges as an answer and how far off it may be; the range itself stays the same."""
    structure = dict(draft.definition["structure"])
    if "gaps" in structure:
        structure["gaps"] = [
            _round_answer(gap, notes) if "answer" in gap else gap for gap in structure["gaps"]
        ]
    else:
        structure = _round_answer(structure, notes)
    return draft.with_definition(structure=structure)


def _round_answer(facts: Mapping[str, Any], notes: Notes) -> Table:
    with localcontext(prec=numeric.DIGITS):
        low, high = map(Decimal, numeric.bounds(facts))
        middle, margin = (low + high) / 2, (high - low) / 2
        answer = Decimal(facts["answer"])
        if answer != middle:
            notes.lost("middle", answer=facts["answer"], middle=plain(middle))
        rest = {name: facts[name] for name in facts if name not in ("min", "max", "tolerance")}
        return {**rest, "answer": plain(middle), "tolerance": plain(margin)}


NUMBER = re.compile(r"[-+]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,2})?", re.ASCII)


def number_in(text: str, where: str) -> Decimal:
    """The number that a file writes, of a size that numbers have; raises `Refusal`."""
    said = text.strip()
    if not NUMBER.fullmatch(said):
        raise Refusal("no_number", text=said[:60], where=where)
    return Decimal(said)


def plain(number: Decimal) -> str:
    """ "2.5", never "2.50" or "2.5E+1"."""
    text = f"{number.normalize():f}"
    return "0" if text == "-0" else text


def accepted_list_alone(draft: Draft, notes: Notes) -> Draft:
    """A short answer that only its list marks: its rubric and model answer are lost."""
    definition = draft.definition
    if definition["method"] != "list_only":
        notes.lost("by_hand")

    def change(table: Table, lang: str) -> None:
        model = example(table["accepted"])
        if table["model"] != model:
            notes.lost("model")
        if any(row["text"] != MISSING for row in table["rubric"]):
            notes.lost("rubric")
        table |= {"model": model, "rubric": list(RUBRIC), "method": "list_only"}
        table["accepted"] = tidy_lines(table["accepted"])

    return changed(draft, change)


def tidy_lines(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def short_as_essay(draft: Draft, notes: Notes) -> Draft:
    """A short answer without a list: in other systems a text that somebody reads."""

    def change(table: Table, lang: str) -> None:
        levels = [{"points": row["mark"], "text": row["text"]} for row in table.pop("rubric")]
        table["criteria"] = [{"key": "a", "text": MISSING, "levels": levels}]
        table.pop("method", None)
        if lang == SOURCE:
            table["kind"] = "essay"

    notes.lost("kind", old="short", new="essay")
    return changed(draft, change)


def without_rubric(draft: Draft, notes: Notes) -> Draft:
    """An essay that says nothing to who marks it."""

    def change(table: Table, lang: str) -> None:
        if table["criteria"] != list(CRITERIA):
            notes.lost("rubric")
        table["criteria"] = list(CRITERIA)
        for name, code in (("model", "model"), ("fewest_words", "words"), ("most_words", "words")):
            if table.pop(name, ""):
                notes.lost(code)

    return changed(draft, change)


def without_example(draft: Draft, notes: Notes) -> Draft:
    """Longer text without what makes it coursework: a title, and an example that is rated."""
    if not {"title", "example"} & set(draft.definition["texts"][SOURCE]):
        return draft

    def change(table: Table, lang: str) -> None:
        for name in ("title", "example"):
            if table.pop(name, ""):
                notes.lost(name)
        for row in table["criteria"]:
            row.pop("example", None)
            row.pop("why", None)

    return changed(draft, change)


# --- words ---------------------------------------------------------------------------------------


def without_part_feedback(draft: Draft, notes: Notes) -> Draft:
    return _blanked(draft, notes, "part_feedback", in_parts=True)


def without_feedback(draft: Draft, notes: Notes) -> Draft:
    return _blanked(draft, notes, "feedback", in_parts=False)


def _blanked(draft: Draft, notes: Notes, code: str, *, in_parts: bool) -> Draft:
    def change(table: Table, lang: str) -> None:
        parts = [row for value in table.values() if isinstance(value, list) for row in value]
        for row in parts if in_parts else [table]:
            if "feedback" in row:
                if row["feedback"] != MISSING:
                    notes.lost(code)
                row["feedback"] = MISSING

    return changed(draft, change)


def without_wrong_feedback(draft: Draft, notes: Notes) -> Draft:
    def change(table: Table, lang: str) -> None:
        if table["feedback_wrong"] != MISSING:
            notes.lost("part_feedback")
        table["feedback_wrong"] = MISSING

    return changed(draft, change)


def without_units(draft: Draft, notes: Notes) -> Draft:
    def change(table: Table, lang: str) -> None:
        for part in (table, *table.get("gaps", ())):
            said = [part.pop(name, "") for name in ("unit", "units")]
            if any(said):
                notes.lost("units")

    return changed(draft, change)


def without_misconceptions(draft: Draft, notes: Notes) -> Draft:
    def change(table: Table, lang: str) -> None:
        for name in ("options", "statements"):
            for row in table.get(name, ()):
                if row.pop(MISCONCEPTION, ""):
                    notes.lost("misconceptions")

    return changed(draft, change)


def tidied(draft: Draft, notes: Notes) -> Draft:
    """Spaces too many are nothing that a reader sees."""
    shape = KINDS[draft.kind].SHAPE
    texts = {lang: _tidied(words, shape) for lang, words in draft.definition["texts"].items()}
    return draft.with_definition(texts=texts)


def _tidied(words: Any, shape: Shape) -> Any:
    if isinstance(words, str):
        return tidy(words)
    return {
        name: {key: _tidied(said, shape.lists[name]) for key, said in value.items()}
        if name in shape.lists
        else tidy(value)
        for name, value in words.items()
    }


# --- keys of parts -------------------------------------------------------------------------------


def renamed(definition: Definition, names: Mapping[str, Mapping[str, str]]) -> Definition:
    """The definition with other keys of parts: for each list the new by the old ones."""
    pointers = POINTERS.get(definition["kind"], {})

    def row_of(name: str, row: Table) -> Table:
        key = {"key": names[name].get(row["key"], row["key"])} if name in names else {}
        aims = {
            fact: names[target].get(row[fact], row[fact])
            for (place, fact), target in pointers.items()
            if place == name and fact in row and target in names
        }
        return {**row, **key, **aims}

    def words_of(words: Table) -> Table:
        lists = {
            name: {names[name].get(key, key): said for key, said in words[name].items()}
            for name in names
            if name in words
        }
        return {**words, **lists}

    structure = {
        name: [row_of(name, row) for row in value] if isinstance(value, list) else value
        for name, value in definition["structure"].items()
    }
    texts = {lang: words_of(words) for lang, words in definition["texts"].items()}
    if definition["kind"] == "cloze":
        texts = {lang: {**words, "text": _gaps_renamed(words["text"], names.get("gaps", {}))}
                 for lang, words in texts.items()}  # fmt: skip
    return {**definition, "structure": structure, "texts": texts}


def _gaps_renamed(text: str, names: Mapping[str, str]) -> str:
    return cloze.IN_TEXT.sub(lambda match: f"[[{names.get(match[1], match[1])}]]", text)


def lists_with_keys(definition: Definition) -> list[str]:
    """The lists whose keys are names: not true and false, and not points."""
    shape = KINDS[definition["kind"]].SHAPE
    return [
        name
        for name, part in shape.lists.items()
        if part.fields[0] == "key"
        and name in definition["structure"]
        and definition["kind"] != "truefalse"
    ]


def lettered(draft: Draft, notes: Notes) -> Draft:
    """Keys of parts by their place: a, b, c … Other systems have none; see `planning.py`."""
    definition = draft.definition
    names = {
        name: {row["key"]: letter(n) for n, row in enumerate(definition["structure"][name])}
        for name in lists_with_keys(definition)
    }
    return replace(draft, definition=renamed(definition, names))


def letter(n: int) -> str:
    """a … z, then a1 … z1, a2 …"""
    turn, place = divmod(n, len(ascii_lowercase))
    return ascii_lowercase[place] + (str(turn) if turn else "")
