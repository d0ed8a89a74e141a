"""Which fields the tables of library files have, in the order in which they are written.

A type after a name: the field must be there. A value: it may be left out, and then means this.
"""

from collections.abc import Mapping
from typing import Any

type Layout = Mapping[str, Any]
type Value = dict[str, Any]

REVIEW = "draft"
ACTIVITY_AUDIENCE = "facilitator"

SOURCE: Layout = {
    "title": str, "publisher": str, "year": str, "confidence": str, "note": "", "url": "",
    "kind": "",
}  # fmt: skip
# Of the English term; `term` only where it is not simply the key.
TERM: Layout = {
    "term": "", "abbreviation": "", "definition": str, "source": str, "confidence": "found",
    "note": "", "review": REVIEW,
}  # fmt: skip
# A field that came later is in a value only where it says something: what was loaded before it
# existed keeps its hash.
LATER_OF_SOURCES: Layout = {"kind": ""}
LATER_OF_TERMS: Layout = {"review": REVIEW}
TERM_ABROAD: Layout = {
    "term": str, "abbreviation": "", "definition": "", "source": "", "confidence": str, "note": "",
    "review": REVIEW,
}  # fmt: skip
FIGURE: Layout = {
    "label": str, "jurisdiction": str, "value": str, "unit": str, "valid_from": str,
    "valid_to": str, "basis": str, "source": str, "checked_on": str, "note": "",
}  # fmt: skip
FIGURE_ABROAD: Layout = {"label": str, "note": ""}
CATALOGUE: Layout = {"title": str, "intro": str, "review": str}

COURSE: Layout = {
    "code": str, "prefix": str, "number": int, "version": str, "status": str, "country": str,
    "programme": str, "minutes_total": 0,
}  # fmt: skip
COURSE_FILE: Layout = {**COURSE, "lessons": list, "outcome": []}
OUTCOME: Layout = {"code": str, "level": str}
COURSE_PAGE: Layout = {
    "title": str, "short_title": str, "summary": str, "audience": str, "purpose": str,
    "review": str,
}  # fmt: skip
# What a translation leaves out of these two is read in English.
COURSE_PAGE_ABROAD: Layout = {**COURSE_PAGE, "audience": "", "purpose": ""}
OUTCOME_TITLES: Layout = {"outcomes": {}}
# `form` is the one fixed form by its label, `blueprint` what a pool is drawn by, by its key.
LATER_OF_TESTS: Layout = {
    "opens_at": "", "closes_at": "", "by_cohort": False, "negative_marking": False,
    "second_marker": 0, "waves": [], "tolerance_days": 30,
    "drawing": "forms", "form": "", "blueprint": "",
}  # fmt: skip
TEST: Layout = {
    "purpose": str, "minutes": None, "attempts": int, "wait_days": int, "counts": str,
    "feedback_when": str, **LATER_OF_TESTS,
}  # fmt: skip
# `anchors` are those of the pool that stand in every paper, `forms` those that ask as it says.
BLUEPRINT: Layout = {"key": str, "cells": list, "pool": [], "anchors": [], "forms": []}
CELL: Layout = {"outcome": str, "level": str, "count": int}

TESTS_FILE: Layout = {"test": [], "blueprint": [], "forms": {}}

ASSIGNMENT: Layout = {
    "key": str, "question": str, "handed_in_as": "either", "file_types": ["pdf", "docx", "odt"],
    "most_mb": 5, "reviews": 3, "days_to_review": 7,
}  # fmt: skip
COURSEWORK_FILE: Layout = {"assignment": []}

LESSON: Layout = {
    "key": str, "title": str, "purpose": str, "outcomes": list, "minutes": int, "review": str,
    "legal_caution": "",
}  # fmt: skip
LESSON_ABROAD: Layout = {"key": str, "title": str, "purpose": str, "review": str}
BLOCKS: Mapping[str, Layout] = {
    "text": {"minutes": None, "print": ""},
    "keypoints": {},
    "case": {"invented": bool, "minutes": None},
    "law": {"figure": str},
    "figures": {"keys": list},
    "figure": {"file": str, "alt": str},
    "activity": {"minutes": int, "materials": ""},
    "pocket": {},
    "question": {"use": str},
    "sources": {},
}
# Attributes that are words; the others are read from the English block of the same name.
WORDS: Layout = {"alt": str, "materials": ""}

QUESTION: Layout = {
    "kind": str, "outcome": str, "level": str, "use": str, "review": REVIEW, "expected": None,
    "tags": [], "author": "", "retired": False,
}  # fmt: skip
LATER_OF_QUESTIONS: Layout = {"expected": None, "tags": [], "author": "", "retired": False}
QUESTION_ABROAD: Layout = {"review": REVIEW}

SAID = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false (yes or no in a lesson)",
    list: "a list in brackets",
    dict: "a table",
}


class LayoutError(Exception):
    """A table that does not have its layout."""


def fill(table: Mapping[str, Any], layout: Layout) -> Value:
    """`table` with what was left out; raises `LayoutError` for the first thing that is wrong."""
    if not isinstance(table, Mapping):
        raise LayoutError("a table is expected.")
    for name in table:
        if name not in layout:
            raise LayoutError(f'"{name}" does not belong here.')
    return {name: _field(table, name, rule) for name, rule in layout.items()}


def _field(table: Mapping[str, Any], name: str, rule: Any) -> Any:
    if name not in table:
        if isinstance(rule, type):
            raise LayoutError(f'"{name}" is missing.')
        return rule
    wanted = rule if isinstance(rule, type) else int if rule is None else type(rule)
    if type(table[name]) is not wanted:  # a bool is an int to isinstance
        raise LayoutError(f'"{name}" must be {SAID[wanted]}.')
    return table[name]


def thin(value: Mapping[str, Any], layout: Layout) -> Value:
    """The table that says `value`: in the order of the layout, without what may be left out.

    What was stored before a field existed does not have it.
    """
    return {
        name: value[name]
        for name, rule in layout.items()
        if isinstance(rule, type) or value.get(name, rule) != rule
    }


def lean(value: Value, later: Layout) -> Value:
    """`value` without the `later` fields that mean what they mean when they are left out."""
    return {name: said for name, said in value.items() if name not in later or said != later[name]}


def only(layout: Layout, names: Layout) -> Layout:
    """The part of `layout` that `names` has too, with the rules of `names`."""
    return {name: names[name] for name in layout if name in names}
