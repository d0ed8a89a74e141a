"""GIFT, read: all that Moodle's own description of the format has.

Questions are parted by empty lines. What a file says in HTML is taken as words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial

from modules.interchange.beside import facts_in, key_from
from modules.interchange.drafts import Collector, Draft, Notes, Read, Refusal, define
from modules.interchange.formats.moodle_gaps import FULL, per_cent
from modules.interchange.formats.moodle_reading import one_right, several_right, short_table
from modules.interchange.holding import CRITERIA, Table, letter, number_in, plain
from modules.interchange.markup import tidy, words_of
from modules.interchange.texts import decoded

# Escaped characters wait as characters of no script until the text is divided.
HIDDEN = {char: chr(0xE000 + n) for n, char in enumerate("~=#{}:\\")}
SHOWN = str.maketrans({hidden: char for char, hidden in HIDDEN.items()})
ESCAPE = re.compile(r"\\([~=#{}:\\n])")
CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)")
ID = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
TITLE = re.compile(r"::(.*?)::", re.DOTALL)
FORMAT = re.compile(r"\[(html|markdown|moodle|plain)\]", re.IGNORECASE)
ANSWER = re.compile(r"[=~][^=~]*")
WEIGHT = re.compile(r"%(-?[\d.]+)%")
LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
BLANK = "_____"


@dataclass
class _Block:
    """The lines of one question, without comments."""

    line: int
    lines: list[str] = field(default_factory=list)
    marks: str = ""
    category: str = ""


def read(data: bytes) -> Read:
    try:
        text = decoded(data)
    except Refusal as refusal:
        return Read((), (refusal.remark(),))
    collector = Collector()
    for block in _blocks(text):
        collector.add(block.line, "", partial(_draft, block))
    return collector.read


def _blocks(text: str) -> list[_Block]:
    """Questions are parted by empty lines; a category holds until the next one."""
    blocks: list[_Block] = []
    category, marks = "", ""
    now: _Block | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("//"):
            marks += line
        elif found := CATEGORY.match(line.strip()):
            parts = found[1].split("/")
            category = "/".join(part for part in parts if part not in ("$course$", "top", ""))
        elif not line.strip():
            if now:
                now, marks = None, ""
        elif now:
            now.lines.append(line)
        else:
            now = _Block(number, [line], marks, category)
            blocks.append(now)
    return blocks


def _draft(block: _Block, notes: Notes) -> Draft:
    text = ESCAPE.sub(_hide, "\n".join(block.lines)).strip()
    title, form = "", "moodle"
    if found := TITLE.match(text):
        title, text = _shown(found[1]), text[found.end() :].lstrip()
    if found := FORMAT.match(text):
        form, text = found[1].lower(), text[found.end() :]
    before, answers, after = _parts(text)
    words = _Words(form, notes)
    stem = words.of(before + (f" {BLANK} {after}" if after.strip() else ""))
    table, general = _table(answers, words)
    marks = [_mark(tag) for tag in TAG.findall(block.marks)]
    langs = [tag.removeprefix("lang:") for tag in marks if tag.startswith("lang:")]
    if langs:
        raise Refusal("no_english", languages=", ".join(langs))
    named = ID.search(block.marks)
    notes.key = key_from(_mark(named[1]) if named else title, stem)
    definition = define({"stem": stem, "feedback": words.of(general), **table}, notes)
    return Draft(key=notes.key, definition=definition, category=block.category, **facts_in(marks))


def _hide(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else HIDDEN[match[1]]


def _shown(text: str) -> str:
    return text.translate(SHOWN).strip()


def _mark(text: str) -> str:
    return text.replace("\\]", "]").strip()


@dataclass
class _Words:
    """Reads texts that are in the format of their question."""

    form: str
    notes: Notes

    def of(self, text: str) -> str:
        found = FORMAT.match(text.strip())
        form = found[1].lower() if found else self.form
        said = _shown(text.strip()[found.end() :] if found else text)
        if form == "html" or (form != "plain" and LOOKS_LIKE_HTML.search(said)):
            words = words_of(said)
            if words.unsayable:
                raise Refusal("unsayable", what=words.unsayable)
            if words.dressed:
                self.notes.changed("undressed")
            return words.text
        return tidy(said)


def _parts(text: str) -> tuple[str, str, str]:
    """What stands before the answers, the answers, and what goes on after them."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 and end < 0:
        raise Refusal("description")
    if start < 0 or end < start:
        raise Refusal("gift_braces")
    inner = text[start + 1 : end]
    if "{" in inner or "}" in inner:
        raise Refusal("gift_braces")
    return text[:start], inner.strip(), text[end + 1 :]


def _table(answers: str, words: _Words) -> tuple[Table, str]:
    """What the answers say of the question, and its general feedback."""
    answers, _mark_of_it, general = answers.partition("####")
    answers = answers.strip()
    head = re.split("#", answers, maxsplit=1)[0].strip().upper()
    if not answers:
        words.notes.changed("no_rubric")
        return {"kind": "essay", "criteria": [dict(row) for row in CRITERIA]}, general
    if head in TRUTH:
        return _truth(TRUTH[head], answers, words), general
    if answers.startswith("#"):
        return _numeric(answers[1:].strip(), words), general
    given = ANSWER.findall(answers)
    if not given or answers[0] not in "=~":
        raise Refusal("gift_answers")
    if all(answer.startswith("=") for answer in given):
        if all("->" in answer for answer in given):
            return _matching(given, words), general
        return _short(given, words), general
    return _choices(given, words), general


def _truth(truth: bool, answers: str, words: _Words) -> Table:
    _head, wrong, right = (*answers.split("#", 2), "", "")[:3]
    reasons = {truth: words.of(right), (not truth): words.of(wrong)}
    return {
        "kind": "truefalse",
        "options": [
            {"key": key, "correct": value == truth, "feedback": reasons[value]}
            for key, value in (("true", True), ("false", False))
        ],
    }


def _way(answer: str, words: _Words) -> tuple[str, str, Fraction]:
    """The words of an answer, its reason, and its share in per cent."""
    share = FULL if answer.startswith("=") else Fraction(0)
    text = answer[1:].strip()
    if found := WEIGHT.match(text):
        share, text = Fraction(number_in(found[1], "GIFT")), text[found.end() :]
    said, _sign, reason = text.partition("#")
    return words.of(said), words.of(reason), share


def _choices(given: Sequence[str], words: _Words) -> Table:
    ways = [_way(answer, words) for answer in given]
    shares = [share for _said, _reason, share in ways]
    options: list[Table] = [
        {"key": letter(n), "correct": share > 0, "text": said, "feedback": reason}
        for n, (said, reason, share) in enumerate(ways)
    ]
    keys = sum(answer.startswith("=") for answer in given)
    if keys > 1:
        raise Refusal("several_right")
    if keys:
        return {"kind": "single", "options": options, **one_right(options, shares, words.notes)}
    return {"kind": "multiple", "options": options, **several_right(shares, words.notes)}


def _matching(given: Sequence[str], words: _Words) -> Table:
    pairs = []
    for answer in given:
        left, _arrow, right = answer[1:].partition("->")
        pairs.append((words.of(left), words.of(right)))
    responses = list(dict.fromkeys(right for _left, right in pairs))
    premises = [(left, right) for left, right in pairs if left]
    return {
        "kind": "matching",
        "premises": [
            {"key": letter(n), "text": left, "match": letter(responses.index(right))}
            for n, (left, right) in enumerate(premises)
        ],
        "responses": [{"key": letter(n), "text": text} for n, text in enumerate(responses)],
    }


def _short(given: Sequence[str], words: _Words) -> Table:
    ways = [_way(answer, words) for answer in given]
    partly = [per_cent(share) for _said, _reason, share in ways if share != FULL]
    if partly:
        words.notes.changed("shares", shares=", ".join(partly))
    if any(reason for _said, reason, _share in ways):
        words.notes.changed("reason_dropped")
    return short_table([said for said, _reason, share in ways if share == FULL])


def _numeric(answers: str, words: _Words) -> Table:
    right, tilde, wrong = answers.partition("~")
    given = ANSWER.findall(right) if right.lstrip().startswith("=") else [f"={right}"]
    ways = []
    for answer in given:
        text = answer[1:].strip()
        found = WEIGHT.match(text)
        share = Fraction(number_in(found[1], "GIFT")) if found else FULL
        ways.append((text[found.end() :] if found else text, share))
    full = [text for text, share in ways if share == FULL]
    if len(full) != 1:
        raise Refusal("several_numbers", n=str(len(full)))
    if len(ways) > 1:
        said = ", ".join(per_cent(share) for _text, share in ways if share != FULL)
        words.notes.changed("shares", shares=said)
    number, _sign, reason = full[0].partition("#")
    if reason.strip():
        words.notes.changed("reason_dropped")
    reason_wrong = words.of(wrong.partition("#")[2]) if tilde else ""
    return {"kind": "numeric", "unit": "", "feedback_wrong": reason_wrong, **_range(number)}


def _range(text: str) -> Table:
    """ "73.3:0.1" or "73..73.4", whose middle is then the answer."""
    if ".." in text:
        low, high = (_decimal(part) for part in text.split("..", 1))
        return {"answer": plain((low + high) / 2), "tolerance": plain((high - low) / 2)}
    answer, _colon, tolerance = text.partition(":")
    return {"answer": plain(_decimal(answer)), "tolerance": plain(_decimal(tolerance or "0"))}


def _decimal(text: str) -> Decimal:
    return number_in(_shown(text), "GIFT")


def is_like(text: str) -> bool:
    """Whether a file looks like this format."""
    return bool(re.search(r"(?<!\\)\{(?:\\.|[^{}])*\}", text))
