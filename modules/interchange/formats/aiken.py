"""Aiken: a question, its options with letters, and the line that says which is right. Strict.

What is the first step?
A. To declare it
B. To pay
ANSWER: A
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from modules.interchange.beside import key_from, tags_of
from modules.interchange.drafts import Collector, Draft, Held, Notes, Read, Refusal, define
from modules.interchange.holding import (
    Table,
    case_before_stem,
    changed,
    english_alone,
    hold_by,
    lettered,
    refuse_kind,
    tidied,
    usual_mark,
    usual_method,
    without_feedback,
    without_misconceptions,
    without_part_feedback,
)
from modules.interchange.texts import decoded

OPTION = re.compile(r"([A-Za-z])[.)]\s+(\S.*)")
ANSWER = re.compile(r"ANSWER:\s*([A-Za-z])\s*")
LIKE_ANSWER = re.compile(r"answer\s*:", re.IGNORECASE)


def hold(draft: Draft) -> Held:
    if draft.kind not in ("single", "scenario"):
        return refuse_kind(draft)
    kind = (case_before_stem,) if draft.kind == "scenario" else ()
    steps = (
        *(english_alone, *kind, without_misconceptions, usual_method("right_or_wrong")),
        *(usual_mark, without_feedback, without_part_feedback, in_lines, tidied, lettered, bare),
    )
    return hold_by(draft, steps)


def in_lines(draft: Draft, notes: Notes) -> Draft:
    """Each text on a line of its own."""

    def change(table: Table, lang: str) -> None:
        for part in (table, *table["options"]):
            for name in ("stem", "text"):
                if "\n" in part.get(name, "").strip():
                    notes.lost("line_breaks")
                if name in part:
                    part[name] = " ".join(part[name].split())

    return changed(draft, change)


def bare(draft: Draft, notes: Notes) -> Draft:
    """Without what is known beside the words, the key included."""
    if tags_of(draft):
        notes.lost("beside")
    key = key_from("", draft.stem)
    if key != draft.key:
        notes.lost("key", key=draft.key)
    return Draft(key=key, definition=draft.definition)


def write(drafts: Sequence[Draft], lang: str) -> bytes:
    return "\n".join(map(_written, drafts)).encode()


def _written(draft: Draft) -> str:
    words = draft.definition["texts"]["en"]
    options = draft.definition["structure"]["options"]
    rows = list(zip(ascii_uppercase, options, strict=False))
    right = next(letter for letter, option in rows if option["correct"])
    lines = [f"{letter}. {words['options'][option['key']]['text']}" for letter, option in rows]
    return "\n".join((words["stem"], *lines, f"ANSWER: {right}")) + "\n"


# --- reading -------------------------------------------------------------------------------------


@dataclass
class _Open:
    """The question that is being read."""

    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    problem: Refusal | None = None

    def wrong(self, code: str, line: int, **about: str) -> None:
        self.problem = self.problem or Refusal(code, line, **about)


def read(data: bytes) -> Read:
    try:
        lines = decoded(data).split("\n")
    except Refusal as refusal:
        return Read((), (refusal.remark(),))
    collector = Collector()
    now = _Open()
    for number, raw in enumerate([*lines, ""], 1):
        line = raw.strip()
        if found := ANSWER.fullmatch(line):
            _finish(collector, now, found[1].upper(), number)
            now = _Open()
        elif not line:
            if now.stem or now.options:
                now.wrong("aiken_no_answer", number)
                _finish(collector, now, "", number)
                now = _Open()
        else:
            _take(now, line, number)
    return collector.read


def _take(now: _Open, line: str, number: int) -> None:
    now.line = now.line or number
    option = OPTION.fullmatch(line)
    if LIKE_ANSWER.match(line):
        now.wrong("aiken_answer", number)
    elif option and now.stem:
        if option[1].upper() != ascii_uppercase[len(now.options) % len(ascii_uppercase)]:
            wanted = ascii_uppercase[len(now.options) % len(ascii_uppercase)]
            now.wrong("aiken_letters", number, letter=option[1], wanted=wanted)
        now.options.append(option[2])
    elif now.options:
        now.wrong("aiken_option", number)
    else:
        now.stem.append(line)


def _finish(collector: Collector, now: _Open, right: str, number: int) -> None:
    def make(notes: Notes) -> Draft:
        if now.problem:
            raise now.problem
        if not now.stem:
            raise Refusal("aiken_no_stem", number)
        if right not in ascii_uppercase[: len(now.options)]:
            raise Refusal("aiken_no_such_option", number, letter=right)
        stem = " ".join(now.stem)
        options = [
            {"key": letter.lower(), "correct": letter == right, "text": text}
            for letter, text in zip(ascii_uppercase, now.options, strict=False)
        ]
        notes.key = key_from("", stem)
        table = {"kind": "single", "stem": stem, "options": options}
        return Draft(key=notes.key, definition=define(table, notes))

    collector.add(now.line or number, "", make)


def is_like(text: str) -> bool:
    """Whether a file looks like this format."""
    return any(ANSWER.fullmatch(line.strip()) for line in text.splitlines())
