"""The questions that can be handed in as coursework, and what they are called."""

import re
from collections.abc import Collection

from modules.coursework.models import Assignment
from modules.questions.freezing import live_definitions
from modules.questions.kinds import essay
from modules.questions.models import Question
from modules.questions.presenting import words_in
from modules.questions.shapes import SOURCE, Definition

LONGEST_TITLE = 60  # characters of a question that has no title
SENTENCE = re.compile(r"[.!?؟។]\s")


def title_of(definition: Definition, lang: str) -> str:
    """The title in `lang`, or in English; the beginning of the task where nobody gave one."""
    english, words = definition["texts"][SOURCE], words_in(definition, lang)[1]
    title = words.get("title") or english.get("title")
    if title:
        return title
    first = SENTENCE.split(words["stem"], maxsplit=1)[0]
    return first if len(first) <= LONGEST_TITLE else first[:LONGEST_TITLE].rstrip() + "…"


def assignments_of(code: str) -> list[Assignment]:
    return list(Assignment.objects.filter(course_code=code))


def definition_of(assignment: Assignment) -> Definition:
    """As it is now; raises what `freeze` raises."""
    return live_definitions([assignment.question_key])[assignment.question_key]


def can_be_handed_in(kind: str, use: str) -> bool:
    """A text marked by a rubric; one for practice shows its rubric to everybody beforehand."""
    return kind == essay.KIND and use == Question.Use.TEST


def titles_now(assignments: Collection[Assignment], lang: str) -> dict[str, str]:
    """The titles by the key of the question; those whose question is not live have none."""
    keys = {one.question_key for one in assignments}
    rows = Question.objects.asked().filter(key__in=keys, locale__language_code=SOURCE)
    there = set(rows.values_list("key", flat=True))
    return {key: title_of(one, lang) for key, one in live_definitions(sorted(there)).items()}
