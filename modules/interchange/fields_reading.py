"""Named fields, read: see `fields.py`. Pure."""

import re
from collections.abc import Callable, Mapping

from modules.interchange.beside import facts_in, key_from
from modules.interchange.drafts import Draft, Notes, Refusal, define
from modules.interchange.fields import LETTERS, MATCH, NAMES, WHY, Fields
from modules.interchange.holding import CRITERIA, RUBRIC, Table, letter
from modules.interchange.markup import tidy
from modules.questions.shapes import SOURCE
from modules.questions.wording import example

LEVEL = re.compile(r"\s*([0-9.]+)\s*[:=]\s*(.*)")
NUMBER = re.compile(r"(\S+)\s*(?:\[(\S+)\s*\.\.\s*(\S+)\]|±\s*(\S+))?")
TRUTHS = ("true", "false")


def draft_of(fields: Fields, notes: Notes) -> Draft:
    """The draft that fields say; raises `Refusal` or `DefinitionError`."""
    said = {name: tidy(text) for name, text in fields.items() if text.strip()}
    for name in said:
        if name not in NAMES:
            notes.changed("unknown_field", name=name)
    lang = said.get("language", SOURCE)
    if lang != SOURCE:
        raise Refusal("no_english", languages=lang)
    kind = said.get("kind", "").lower().replace(" ", "_").replace("-", "_")
    if kind not in READERS:
        raise Refusal("unknown_kind", kind=said.get("kind", "–"))
    table: Table = {
        "kind": kind,
        "stem": said.get("question", ""),
        "feedback": said.get("takeaway", ""),
        **READERS[kind](said),
    }
    for name, field in (("method", "marking"), ("full_mark", "full mark")):
        if field in said:
            table[name] = said[field]
    notes.key = key_from(said.get("key", ""), table["stem"])
    facts = [f"{name}:{said[name]}" for name in ("outcome", "level", "use") if name in said]
    facts += [f"expected:{said['expected']}"] if "expected" in said else []
    found = facts_in(facts)
    for unread in found.pop("tags"):
        notes.changed("unknown_fact", text=unread)
    tags = tuple(tag.strip() for tag in said.get("tags", "").split(",") if tag.strip())
    return Draft(key=notes.key, definition=define(table, notes), tags=tags, **found)


def _lettered(said: Fields) -> list[tuple[str, str, str, str]]:
    """Letter, text, match and reason of each part that says something."""
    rows = [
        (one, said.get(one, ""), said.get(f"{one} {MATCH}", ""), said.get(f"{one} {WHY}", ""))
        for one in LETTERS
    ]
    return [row for row in rows if any(row[1:3])]


def _right(said: Fields) -> set[str]:
    letters = set(re.split(r"[\s,;]+", said.get("right", "").upper())) - {""}
    unknown = letters - {row[0] for row in _lettered(said)}
    if unknown:
        raise Refusal("no_such_letter", letters=", ".join(sorted(unknown)))
    return letters


def _options(said: Fields) -> Table:
    right = _right(said)
    return {
        "options": [
            {"key": letter(n), "correct": one in right, "text": text, "feedback": why}
            for n, (one, text, _match, why) in enumerate(_lettered(said))
        ]
    }


def _statements(said: Fields) -> Table:
    return {"statements": _options(said)["options"]}


def _scenario(said: Fields) -> Table:
    facts = {"set": said["set"]} if "set" in said else {}
    return {"case": said.get("case", ""), **facts, **_options(said)}


def _judgement(said: Fields) -> Table:
    right = said.get("right", "").lower()
    if right not in TRUTHS:
        raise Refusal("no_truth", text=said.get("right", ""))
    reasons = {"true": said.get(f"A {WHY}", ""), "false": said.get(f"B {WHY}", "")}
    return {
        "options": [
            {"key": key, "correct": key == right, "feedback": reasons[key]} for key in TRUTHS
        ]
    }


def _pairs(said: Fields) -> Table:
    rows = _lettered(said)
    answers = list(dict.fromkeys(match for _one, _text, match, _why in rows if match))
    for one, text, match, _why in rows:
        if text and not match:
            raise Refusal("no_match", letter=one)
    premises = [row for row in rows if row[1]]
    return {
        "premises": [
            {"key": letter(n), "text": text, "match": letter(answers.index(match)), "feedback": why}
            for n, (_one, text, match, why) in enumerate(premises)
        ],
        "responses": [{"key": letter(n), "text": text} for n, text in enumerate(answers)],
    }


def _steps(said: Fields) -> Table:
    rows = enumerate(_lettered(said))
    return {"steps": [{"key": letter(n), "text": row[1]} for n, row in rows]}


def _number(said: Fields) -> Table:
    names = ("min", "max", "tolerance", "unit", "units")
    wrong = said.get("when wrong", "")
    facts = {name: said[name] for name in names if name in said}
    if not facts.keys() & {"min", "max", "tolerance"}:
        facts["tolerance"] = "0"
    return {"unit": "", **facts, "answer": said.get("right", ""), "feedback_wrong": wrong}


def _words(said: Fields) -> Table:
    rubric = [{"mark": match, "text": text} for _one, text, match, _why in _lettered(said)]
    accepted = said.get("right", "")
    model = said.get("model", "") or (example(accepted) if accepted else "")
    facts = {"accepted": accepted} if accepted else {}
    return {**facts, "model": model, "rubric": rubric or [dict(row) for row in RUBRIC]}


def _criteria(said: Fields) -> Table:
    criteria = []
    for n, (one, text, levels, _why) in enumerate(_lettered(said)):
        found = [LEVEL.fullmatch(line) for line in levels.splitlines() if line.strip()]
        if not found or not all(found):
            raise Refusal("no_levels", letter=one)
        rows = [{"points": level[1], "text": level[2]} for level in found if level]
        criteria.append({"key": letter(n), "text": text, "levels": rows})
    table: Table = {"criteria": criteria or [dict(row) for row in CRITERIA]}
    fewest, _dash, most = said.get("words", "").partition("-")
    facts = {"fewest_words": fewest.strip(), "most_words": most.strip(), "model": said.get("model")}
    return {**table, **{name: value for name, value in facts.items() if value}}


def _observed(said: Fields) -> Table:
    return {"criteria": _criteria(said)["criteria"]}


def _gaps(said: Fields) -> Table:
    gaps: list[Table] = []
    choices: list[Table] = []
    for n, (one, text, match, why) in enumerate(_lettered(said)):
        gap: Table = {"key": letter(n), "feedback": why}
        lines = text.splitlines()
        if text and match:
            if match not in lines:
                raise Refusal("no_such_choice", letter=one)
            own = [
                {"key": letter(len(choices) + place), "gap": gap["key"], "text": line}
                for place, line in enumerate(lines)
            ]
            gap["match"] = own[lines.index(match)]["key"]
            choices += own
        elif match:
            gap |= _number_in(match)
        else:
            gap["accepted"] = text
        gaps.append(gap)
    table: Table = {"text": said.get("text", ""), "gaps": gaps}
    return table | ({"choices": choices} if choices else {})


def _number_in(text: str) -> Table:
    found = NUMBER.fullmatch(text)
    if not found:
        raise Refusal("no_number", text=text[:60], where="match")
    answer, low, high, tolerance = found.groups()
    facts = {"answer": answer}
    if low:
        return {**facts, "min": low, "max": high}
    return {**facts, "tolerance": tolerance or "0"}


READERS: Mapping[str, Callable[[Fields], Table]] = {
    "single": _options,
    "scenario": _scenario,
    "multiple": _options,
    "truefalse": _judgement,
    "multiple_truefalse": _statements,
    "matching": _pairs,
    "ordering": _steps,
    "numeric": _number,
    "short": _words,
    "essay": _criteria,
    "teachback": _observed,
    "cloze": _gaps,
}
