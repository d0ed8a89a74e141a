"""Moodle's longer texts, read: the rubric of an essay, and the gaps of a cloze."""

import re
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from typing import Any

from modules.interchange.drafts import MISSING, Notes, Refusal
from modules.interchange.holding import CRITERIA, LEVELS, Table, letter, number_in, plain
from modules.interchange.languages import Html
from modules.interchange.markup import html_of, words_of

FULL = Fraction(100)
FILL_IN = "Fill in the gaps."
GAP = re.compile(r"\{\d*:([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
NUMBER_GAPS = frozenset(("NUMERICAL", "NM"))
TYPED_GAPS = frozenset(("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"))
CHOICE_GAP = re.compile(r"(?:MULTICHOICE|MC)(?:_?[VHS]{1,2})?")
PART = re.compile(r"(?:\\.|[^\\~])+", re.DOTALL)
WEIGHT = re.compile(r"%(-?[\d.]+)%|(=)")
TABLE = re.compile(r"<table.*?</table>", re.DOTALL | re.IGNORECASE)
LONGEST_CRITERION = 400


def per_cent(share: Fraction) -> str:
    return f"{float(share):g}%"


# --- essays --------------------------------------------------------------------------------------


class _Rows(HTMLParser):
    """The cells of a table, row by row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        elif self.rows and self.rows[-1]:
            self.rows[-1][-1] += self.get_starttag_text() or ""

    def handle_endtag(self, tag: str) -> None:
        if self.rows and self.rows[-1] and tag not in ("td", "th", "tr", "table", "tbody"):
            self.rows[-1][-1] += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.replace("&", "&amp;").replace("<", "&lt;")


def rubric_in(info: str, notes: Notes) -> Table:
    """The criteria that the information for who marks holds, and the model answer beside them."""
    found = TABLE.search(info)
    criteria = criteria_in(found[0]) if found else []
    rest = words_of(TABLE.sub("", info) if criteria else info).text
    if criteria:
        return {"criteria": criteria, "model": rest}
    if rest:
        notes.changed("rubric_as_text")
        one = {
            "key": "a",
            "text": rest[:LONGEST_CRITERION],
            "levels": [dict(level) for level in LEVELS],
        }
        return {"criteria": [one]}
    notes.changed("no_rubric")
    return {"criteria": [dict(row) for row in CRITERIA]}


def criteria_in(html: str) -> list[Table]:
    """The rubric of a table with criterion, points and level in each row; [] of another table."""
    parser = _Rows()
    parser.feed(html)
    criteria: list[Table] = []
    for row in parser.rows:
        cells = [words_of(cell).text for cell in row]
        if len(cells) != 3 or not re.fullmatch(r"[0-9.]+", cells[1]):  # noqa: PLR2004
            return []
        text, points, level = cells
        if points == "0":
            criteria.append({"key": letter(len(criteria)), "text": text, "levels": []})
        if not criteria:
            return []
        criteria[-1]["levels"].append({"points": points, "text": level or MISSING})
    return criteria


# --- gaps ----------------------------------------------------------------------------------------


def cloze_in(html: str, notes: Notes) -> Table:
    """The question, text, gaps and choices of a cloze; raises `Refusal`."""
    gaps: list[Table] = []
    choices: list[Table] = []

    def take(match: re.Match[str]) -> str:
        gap, own = _gap(match, letter(len(gaps)), len(choices), notes)
        gaps.append(gap)
        choices.extend(own)
        return f"[[{gap['key']}]]"

    text = GAP.sub(take, html)
    if not gaps:
        raise Refusal("no_gaps")
    stem, rest = _stem_and_text(text)
    table = {"kind": "cloze", "stem": Html(stem), "text": Html(rest), "gaps": gaps}
    return table | ({"choices": choices} if choices else {})


def _stem_and_text(html: str) -> tuple[str, str]:
    """What stands in the first paragraph is the question, unless a gap stands there too."""
    first, end, rest = html.partition("</p>")
    if end and "[[" not in first and "[[" in rest:
        return first + end, rest
    return html_of(FILL_IN), html


def _gap(match: re.Match[str], key: str, made: int, notes: Notes) -> tuple[Table, list[Table]]:
    kind = match[1]
    ways = [_way(part) for part in PART.findall(match[2])]
    right = [(said, reason) for said, reason, share in ways if share == FULL]
    partly = [per_cent(share) for _said, _reason, share in ways if 0 < share < FULL]
    if partly:
        notes.changed("shares", shares=", ".join(partly))
    if not right:
        raise Refusal("gap_without_key", gap=match[0][:60])
    gap: Table = {"key": key, "feedback": Html(unescape(right[0][1]))}
    if CHOICE_GAP.fullmatch(kind):
        rows = [
            {"key": letter(made + n), "gap": key, "text": Html(unescape(said))}
            for n, (said, _reason, _share) in enumerate(ways)
        ]
        at = next(n for n, way in enumerate(ways) if way[2] == FULL)
        return {**gap, "match": rows[at]["key"]}, rows
    if kind in NUMBER_GAPS:
        answer, _colon, tolerance = words_of(right[0][0]).text.partition(":")
        number = {
            "answer": plain(number_in(answer, match[0][:60])),
            "tolerance": plain(number_in(tolerance or "0", match[0][:60])),
        }
        return {**gap, **number}, []
    if kind in TYPED_GAPS:
        return {**gap, "accepted": "\n".join(words_of(said).text for said, _reason in right)}, []
    raise Refusal("unknown_gap", kind=kind)


def _way(part: str) -> tuple[str, str, Fraction]:
    """What one answer of a gap says, its reason, and its share of the mark."""
    weight = WEIGHT.match(part.strip())
    share = Fraction(0)
    text = part.strip()
    if weight:
        share = FULL if weight[2] else Fraction(number_in(weight[1], part[:60]))
        text = text[weight.end() :]
    said = re.split(r"(?<![\\&])#", text, maxsplit=1)  # "&#35;" is a sign, no reason
    plain_said = [re.sub(r"\\(.)", r"\1", one) if one else "" for one in said]
    return plain_said[0], plain_said[1] if len(said) > 1 else "", share
