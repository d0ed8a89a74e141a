"""Examples for blank forms: rows whose key begins with # are passed over when a form is read."""

from typing import Any

from modules.interchange.drafts import Draft
from modules.interchange.fields import COMMENT
from modules.questions.definitions import from_tables

TABLES: dict[str, dict[str, Any]] = {
    "example-single": {
        "kind": "single",
        "stem": "Who registers an establishment?",
        "options": [
            {
                "key": "a",
                "correct": True,
                "text": "Its owner",
                "feedback": "The duty is the owner's.",
            },
            {
                "key": "b",
                "correct": False,
                "text": "Its workers",
                "feedback": "They may ask for it.",
            },
            {"key": "c", "correct": False, "text": "Its bank", "feedback": "It only pays."},
        ],
        "feedback": "The owner registers; everybody may ask whether it was done.",
    },
    "example-matching": {
        "kind": "matching",
        "stem": "Who decides on what?",
        "premises": [
            {"key": "a", "text": "A claim", "match": "x", "feedback": "The office has the file."},
            {"key": "b", "text": "An appeal", "match": "y", "feedback": "It was not there before."},
        ],
        "responses": [
            {"key": "x", "text": "The office"},
            {"key": "y", "text": "The appeal board"},
            {"key": "z", "text": "The employer"},
        ],
        "feedback": "Whoever decided does not decide on the appeal.",
    },
    "example-numeric": {
        "kind": "numeric",
        "stem": "6% of a wage of 30,000: how much is that?",
        "answer": "1800",
        "tolerance": "0",
        "unit": "rupees",
        "units": "Rs\nPKR",
        "feedback_wrong": "Multiply by 6 and divide by 100.",
        "feedback": "A rate is a share of the wage.",
    },
    "example-cloze": {
        "kind": "cloze",
        "stem": "Fill the gaps.",
        "text": "A claim is made with [[a]], within [[b]] days.",
        "gaps": [
            {"key": "a", "match": "form", "feedback": "The form opens the file."},
            {
                "key": "b",
                "answer": "30",
                "tolerance": "0",
                "feedback": "Later claims need a reason.",
            },
        ],
        "choices": [
            {"key": "form", "gap": "a", "text": "the form"},
            {"key": "call", "gap": "a", "text": "a call"},
        ],
        "feedback": "In writing, and in time.",
    },
}
EXAMPLES = [
    Draft(
        key=f"{COMMENT}{key}",
        definition=from_tables(table, {}),
        outcome="CO1",
        level="apply",
        use="practice",
        tags=("an example that is passed over",),
    )
    for key, table in TABLES.items()
]
