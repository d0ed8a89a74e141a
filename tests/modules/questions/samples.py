"""One question of each kind, as the tables of library files, and how to make it a definition."""

from copy import deepcopy
from typing import Any

from modules.questions.definitions import from_tables

OPTIONS = [
    {"key": "a", "correct": False, "text": "Cash", "feedback": "One part only."},
    {"key": "b", "correct": True, "text": "Both families", "feedback": "The mix."},
    {"key": "c", "correct": False, "text": "Insurance", "feedback": "One half."},
    {"key": "d", "correct": False, "text": "Health", "feedback": "One area."},
]

# Two boxes and an arrow, with letters of its own as figures of lessons have them.
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
    '<rect class="stroke" x="10" y="20" width="60" height="60" fill="none"/>'
    '<rect class="stroke fill-wash" x="130" y="20" width="60" height="60"/>'
    '<path class="dash" d="M70 50h60" fill="none"/>'
    '<text class="letter" x="40" y="55">Z</text></svg>'
)

ENGLISH: dict[str, dict[str, Any]] = {
    "single": {"stem": "Which?", "options": OPTIONS, "feedback": "Both."},
    "scenario": {
        "case": "A fund has two laws.",
        "stem": "What now?",
        "options": OPTIONS,
        "feedback": "Both.",
    },
    "multiple": {
        "stem": "Which ones?",
        "options": [
            {"key": key, "correct": key in "ac", "text": f"Body {key}", "feedback": f"Why {key}."}
            for key in "abcde"
        ],
        "feedback": "Two of five.",
    },
    "truefalse": {
        "stem": "Insurance is enough.",
        "options": [
            {"key": "true", "correct": False, "feedback": "Not for children."},
            {"key": "false", "correct": True, "feedback": "Most are informal."},
        ],
        "feedback": "Both are needed.",
    },
    "matching": {
        "stem": "Who pays?",
        "premises": [
            {"key": "a", "text": "EOBI", "match": "x", "feedback": "Employers."},
            {"key": "b", "text": "ESSI", "match": "x", "feedback": "Employers too."},
            {"key": "c", "text": "Ehsaas", "match": "y", "feedback": "The state."},
        ],
        "responses": [{"key": "x", "text": "Payroll"}, {"key": "y", "text": "Taxes"}],
        "feedback": "Look at who pays.",
    },
    "ordering": {
        "stem": "Order the agenda.",
        "steps": [
            {"key": "rules", "text": "Adopt the rules"},
            {"key": "problem", "text": "Agree on a problem"},
            {"key": "decide", "text": "Decide"},
            {"key": "date", "text": "Fix the next date"},
        ],
        "feedback": "Rules first.",
    },
    "numeric": {
        "stem": "22 of 30, in per cent?",
        "answer": "73.3",
        "min": "73",
        "max": "73.4",
        "unit": "%",
        "feedback_wrong": "Divide 22 by 30.",
        "feedback": "About 73.",
    },
    "short": {
        "stem": "What is it?",
        "model": "It helps through the risks of life.",
        "rubric": [
            {"mark": "0", "text": "No idea."},
            {"mark": "0.5", "text": "One idea."},
            {"mark": "1", "text": "All ideas."},
        ],
        "feedback": "Three ideas.",
    },
    "multiple_truefalse": {
        "stem": "What holds for a fund?",
        "statements": [
            {"key": key, "correct": key in "ac", "text": f"It is {key}.", "feedback": f"On {key}."}
            for key in "abcde"
        ],
        "feedback": "Two hold.",
    },
    "hotspot": {
        "stem": "Where is the money kept?",
        "picture": PICTURE,
        "alt": "Two boxes with a line between them.",
        "options": [
            {
                "key": key,
                "correct": key == "b",
                "x": x,
                "y": "50",
                "radius": "12.5",
                "text": text,
                "feedback": f"About {key}.",
            }
            for key, x, text in [
                ("a", "20", "The box on the left"),
                ("b", "80", "The box on the right"),
                ("c", "50", "The line between them"),
            ]
        ],
        "feedback": "It is kept on the right.",
    },
}


def english(kind: str) -> dict[str, Any]:
    """A table of its own, to be changed at will."""
    return {"kind": kind, **deepcopy(ENGLISH[kind])}


def definition(kind: str, **changes: Any) -> dict[str, Any]:
    """The sample of `kind`, with `changes` in its English table."""
    return from_tables(english(kind) | changes, {})


def in_set(stem: str, **changes: Any) -> dict[str, Any]:
    """What makes the sample of a case one of several questions about it."""
    return {"set": "two-laws", "stem": stem, **changes}
