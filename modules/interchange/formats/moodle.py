"""Moodle XML, written: the format that Moodle calls its own, as of Moodle 4.

Texts go as HTML. Several languages stand in one text, each in `{mlang xx}`; whoever imports them
needs Moodle's filter for that. What Moodle has no kind for goes as its nearest, or not at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from modules.interchange.arranging import gaps_as_met, responses_as_met
from modules.interchange.beside import tags_of
from modules.interchange.drafts import MISSING, Draft, Held, Notes
from modules.interchange.holding import (
    Table,
    accepted_list_alone,
    case_before_stem,
    english_alone,
    hold_by,
    lettered,
    refuse_kind,
    short_as_essay,
    statements_as_pairs,
    tidied,
    tolerance_round_answer,
    usual_mark,
    usual_method,
    without_misconceptions,
    without_part_feedback,
    without_units,
)
from modules.interchange.markup import html_of
from modules.interchange.trees import sayable
from modules.questions.definitions import to_table
from modules.questions.kinds import KINDS, cloze
from modules.questions.shapes import SOURCE, Shape

# How Moodle names the ways to mark an ordering; of its eight these are ours.
GRADING = {
    "exact_positions": "ABSOLUTE_POSITION",
    "longest_run": "LONGEST_ORDERED_SUBSET",
    "all_or_nothing": "ALL_OR_NOTHING",
}
PENALTY = "0.3333333"
AS_THEY_ARE = frozenset(("accepted", "unit", "units"))
# Signs of a gap as entities, which Moodle reads after it has parted the answers; of backslashes it
# takes two alone away.
IN_GAPS = str.maketrans({char: f"&#{ord(char)};" for char in "\\}~#"})


# --- what it holds -------------------------------------------------------------------------------


def hold(draft: Draft) -> Held:
    """The draft as Moodle can have it; see `holding.py`."""
    if draft.kind in ("teachback", "hotspot"):
        return refuse_kind(draft)
    notes = Notes()
    if draft.kind == "scenario":
        draft = case_before_stem(draft, notes)
    if draft.kind == "multiple_truefalse":
        draft = statements_as_pairs(draft, notes)
    if draft.kind == "short" and "accepted" not in draft.definition["texts"][SOURCE]:
        draft = short_as_essay(draft, notes)
    held = hold_by(draft, (without_misconceptions, *STEPS[draft.kind], tidied, lettered))
    return Held(held.draft, (*notes.found, *held.losses))


def stem_in_a_line(draft: Draft, notes: Notes) -> Draft:
    """A cloze has one text: what stands before its first empty line is the question."""
    texts = draft.definition["texts"]
    words = {**texts[SOURCE], "stem": texts[SOURCE]["stem"].replace("\n\n", "\n")}
    return draft.with_definition(texts={SOURCE: words})


STEPS = {
    "single": (),
    "multiple": (usual_method("plus_minus"),),
    "truefalse": (usual_method("right_or_wrong"),),
    "matching": (without_part_feedback, usual_method("per_pair"), responses_as_met),
    "ordering": (),
    "numeric": (english_alone, tolerance_round_answer),
    "short": (english_alone, accepted_list_alone),
    "essay": (english_alone,),
    "cloze": (
        # The mark of a cloze is there the sum of its gaps.
        *(english_alone, usual_method("per_gap"), usual_mark, tolerance_round_answer),
        *(without_units, gaps_as_met, stem_in_a_line),
    ),
}


# --- writing -------------------------------------------------------------------------------------


def write(drafts: Sequence[Draft], lang: str) -> bytes:
    """A file of drafts that `hold` gave. `lang` is that of the words, "" for all they have."""
    quiz = Element("quiz")
    category = None
    for draft in drafts:
        if draft.category != category:
            category = draft.category
            _category(quiz, category)
        _question(quiz, draft, lang)
    indent(quiz)  # a line for each element, which reports of readers name
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="utf-8")


def _category(quiz: Element, category: str) -> None:
    question = SubElement(quiz, "question", type="category")
    path = f"$course$/top/{category}" if category else "$course$/top"
    _text(SubElement(question, "category"), path)


def _question(quiz: Element, draft: Draft, lang: str) -> None:
    table = _spoken(draft, lang)
    type_of = {"single": "multichoice", "multiple": "multichoice", "short": "shortanswer"}
    type_of |= {"numeric": "numerical"}
    question = SubElement(quiz, "question", type=type_of.get(draft.kind, draft.kind))
    _text(SubElement(question, "name"), draft.key)
    body = _cloze_text(table) if draft.kind == "cloze" else table["stem"]
    _html(question, "questiontext", body)
    _html(question, "generalfeedback", table["feedback"])
    for name, value in (
        *(("defaultgrade", draft.definition["max"]), ("penalty", PENALTY), ("hidden", "0")),
        ("idnumber", draft.key),
    ):
        SubElement(question, name).text = value
    WRITERS[draft.kind](question, table, draft, lang)
    tags = SubElement(question, "tags")
    for tag in tags_of(draft):
        _text(SubElement(tags, "tag"), tag)


def _choices(question: Element, table: Table, draft: Draft, lang: str) -> None:
    options = draft.definition["structure"]["options"]
    right = sum(option["correct"] for option in options)
    wrong = {
        "plus_minus": -100 / right,
        "penalised": -100 / (len(options) - 1),
        "right_or_wrong": 0,
    }[draft.definition["method"]]
    is_single = "true" if draft.kind == "single" else "false"
    for name, value in (
        *(("single", is_single), ("shuffleanswers", "true"), ("answernumbering", "abc")),
    ):
        SubElement(question, name).text = value
    for row in table["options"]:
        share = 100 / right if row["correct"] else wrong
        _answer(question, row["text"], row["feedback"], share)


def _judgement(question: Element, table: Table, draft: Draft, lang: str) -> None:
    for row in table["options"]:
        share = 100 if row["correct"] else 0
        _answer(question, row["key"], row["feedback"], share, plain=True)


def _pairs(question: Element, table: Table, draft: Draft, lang: str) -> None:
    SubElement(question, "shuffleanswers").text = "true"
    responses = _menu(draft, lang)
    named = [(row["text"], row["match"]) for row in table["premises"]]
    unused = [key for key in responses if key not in {match for _text, match in named}]
    for text, match in (*named, *(("", key) for key in unused)):
        part = _html(question, "subquestion", text)
        _text(SubElement(part, "answer"), responses[match])


def _menu(draft: Draft, lang: str) -> dict[str, str]:
    """The responses as plain words: Moodle offers them in a menu."""
    texts = draft.definition["texts"]
    said = {lang or code: words["responses"] for code, words in texts.items()}
    if list(said) == [SOURCE]:
        return {key: row["text"] for key, row in said[SOURCE].items()}
    keys = next(iter(said.values()))
    return {
        key: "".join(f"{{mlang {code}}}{rows[key]['text']}{{mlang}}" for code, rows in said.items())
        for key in keys
    }


def _steps(question: Element, table: Table, draft: Draft, lang: str) -> None:
    for name, value in (
        *(("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0")),
        *(("gradingtype", GRADING[draft.definition["method"]]), ("showgrading", "SHOW")),
    ):
        SubElement(question, name).text = value
    for place, row in enumerate(table["steps"], 1):
        answer = SubElement(question, "answer", fraction=f"{place}.0", format="html")
        SubElement(answer, "text").text = sayable(row["text"])


def _number(question: Element, table: Table, draft: Draft, lang: str) -> None:
    answer = _answer(question, table["answer"], "", 100, plain=True)
    SubElement(answer, "tolerance").text = table["tolerance"]
    wrong = _answer(question, "*", table["feedback_wrong"], 0, plain=True)
    SubElement(wrong, "tolerance").text = "0"
    names = [table.get("unit", ""), *table.get("units", "").splitlines()]
    units = SubElement(question, "units")
    for name in filter(None, dict.fromkeys(names)):
        unit = SubElement(units, "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = sayable(name)
    # The unit may be written and need not be: 0, or there is none: 3.
    SubElement(question, "unitgradingtype").text = "0"
    SubElement(question, "showunits").text = "0" if any(names) else "3"


def _accepted(question: Element, table: Table, draft: Draft, lang: str) -> None:
    SubElement(question, "usecase").text = "0"
    for line in table["accepted"].splitlines():
        _answer(question, line, "", 100, plain=True)


def _rubric(question: Element, table: Table, draft: Draft, lang: str) -> None:
    SubElement(question, "responseformat").text = "plain"
    SubElement(question, "responserequired").text = "1"
    for ours, theirs in (("fewest_words", "minwordlimit"), ("most_words", "maxwordlimit")):
        if ours in table:
            SubElement(question, theirs).text = table[ours]
    rows = "".join(
        f"<tr><td>{criterion['text']}</td><td>{level['points']}</td><td>{level['text']}</td></tr>"
        for criterion in table["criteria"]
        for level in criterion["levels"]
    )
    _html(question, "graderinfo", f"{table.get('model', '')}<table>{rows}</table>")


def _nothing(question: Element, table: Table, draft: Draft, lang: str) -> None:
    """All of a cloze stands in its text."""


WRITERS = {
    "single": _choices,
    "multiple": _choices,
    "truefalse": _judgement,
    "matching": _pairs,
    "ordering": _steps,
    "numeric": _number,
    "short": _accepted,
    "essay": _rubric,
    "cloze": _nothing,
}


# --- gaps ----------------------------------------------------------------------------------------


def _cloze_text(table: Table) -> str:
    gaps = {gap["key"]: _gap(gap, table.get("choices", ())) for gap in table["gaps"]}
    return table["stem"] + cloze.IN_TEXT.sub(lambda match: gaps[match[1]], table["text"])


def _gap(gap: Mapping[str, Any], choices: Sequence[Mapping[str, Any]]) -> str:
    return "{1:" + "~".join(_ways(gap, choices)) + "}"


def _ways(gap: Mapping[str, Any], choices: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The answers of a gap, the first with the name of its type; the reason stands at the key."""
    reason = "" if gap["feedback"] == MISSING else f"#{_html_in_gap(gap['feedback'])}"
    if "match" in gap:
        own = [row for row in choices if row["gap"] == gap["key"]]
        for n, row in enumerate(own):
            is_right = row["key"] == gap["match"]
            said = _html_in_gap(row["text"])
            start = "MULTICHOICE:" if n == 0 else ""
            yield f"{start}={said}{reason}" if is_right else start + said
    elif "answer" in gap:
        yield f"NUMERICAL:={gap['answer']}:{gap['tolerance']}{reason}"
    else:
        for n, line in enumerate(gap["accepted"].splitlines()):
            yield f"SHORTANSWER:={_in_gap(line)}{reason}" if n == 0 else f"={_in_gap(line)}"


def _in_gap(text: str) -> str:
    """An answer to type: entities are all that Moodle takes out of it."""
    return escape(text, quote=False).translate(IN_GAPS)


def _html_in_gap(text: str) -> str:
    """A choice or a reason: Moodle takes the entities out and then reads what is left as HTML."""
    return _in_gap(escape(text, quote=False)).replace("\n", "&lt;br&gt;")


# --- words ---------------------------------------------------------------------------------------


def _spoken(draft: Draft, lang: str) -> Table:
    """The table of a draft whose texts are HTML in all its languages."""
    texts = draft.definition["texts"]
    tables = {lang or code: to_table(draft.definition, code) for code in texts}
    tables = {code: tables[code] for code in sorted(tables, key=lambda code: code != SOURCE)}
    if draft.kind == "cloze":
        words = next(iter(tables.values()))
        texts_of = {name: _html_in({next(iter(tables)): words[name]}) for name in ("stem", "text")}
        return {**words, **texts_of, "feedback": _html_in({next(iter(tables)): words["feedback"]})}
    return _said(tables, KINDS[draft.kind].SHAPE)


def _said(tables: Mapping[str, Table], shape: Shape) -> Table:
    english = next(iter(tables.values()))
    said: Table = {}
    for name, value in english.items():
        if name in shape.lists:
            rows = [
                _said({code: table[name][n] for code, table in tables.items()}, shape.lists[name])
                for n, _row in enumerate(value)
            ]
            said[name] = rows
        elif name in shape.texts and name not in AS_THEY_ARE:
            said[name] = _html_in({code: table[name] for code, table in tables.items()})
        else:
            said[name] = value
    return said


def _html_in(texts: Mapping[str, str]) -> str:
    if not any(text != MISSING for text in texts.values()):
        return ""
    if list(texts) == [SOURCE]:
        return html_of(texts[SOURCE])
    return "".join(f"{{mlang {code}}}{html_of(text)}{{mlang}}" for code, text in texts.items())


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = sayable(text)


def _html(parent: Element, name: str, html: str) -> Element:
    element = SubElement(parent, name, format="html")
    _text(element, html)
    return element


def _answer(
    parent: Element, text: str, feedback: str, fraction: float, *, plain: bool = False
) -> Element:
    share = str(round(Decimal(fraction), 5).normalize().__format__("f"))
    form = "plain_text" if plain else "html"
    answer = SubElement(parent, "answer", fraction=share, format=form)
    SubElement(answer, "text").text = sayable(text)
    _html(answer, "feedback", feedback)
    return answer
