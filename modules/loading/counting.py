"""What the courses hold, in numbers: the text of `docs/courses.md`, from the English files."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from modules.blocks.markdown import DEVICE_TAG, SOURCE_TAG
from modules.loading.checking_prose import CITING, reading_of_lesson
from modules.loading.entries import SOURCE_LANG, Entry, Name
from modules.loading.library import Library
from modules.loading.prose import PARAGRAPH, Reading, pieces, word_count
from modules.loading.syllabus import (
    FORMS,
    lessons_of,
    outcomes_of,
    outcomes_served,
    practice_of,
    questions_of_form,
    tally,
)

INTRODUCTION = """\
# What the courses hold

A command writes this page from the English files in `modules/library/`; do not edit it. A test
holds that it is up to date, and `make check` that [the rules for lessons](adding-a-lesson.md) are
kept.

```
.venv/bin/python manage.py count_library > docs/courses.md
```

- **Words** is what learners read: texts, cases, law boxes, legends, key points and pocket cards.
  **For trainers** is the words of the activities, which only trainers see.
- **Law boxes** are boxes around one figure of the law, and tables of several.
- **Practice** is the questions in lessons; **A** and **B** are the forms of the tests.
- **Words a sentence** is the average of texts, cases and law boxes; fewer than 18 are asked for.
  **Exceptions** are paragraphs with longer sentences or more than one new glossary term; at most
  20 % of the paragraphs of a lesson may be.
- **Facts** are paragraphs and list items of texts, cases and law boxes, counted for each source
  they name. *own* is a device, an exercise or a number made for training, *calc* is arithmetic;
  the other tags stand in `sources.toml`.
"""
KINDS = {
    "single": "One choice",
    "multiple": "Several choices",
    "truefalse": "True or false",
    "multiple_truefalse": "Several true or false",
    "matching": "Matching",
    "ordering": "Ordering",
    "numeric": "Number",
    "short": "Own words",
    "scenario": "Scenario",
    "hotspot": "Place in a picture",
}
READ_BY_LEARNERS = ("text", "case", "law", "figures", "figure", "keypoints", "pocket")
LESSON_COLUMNS = (
    *("Lesson", "Minutes", "Words", "For trainers", "Figures", "Law boxes", "Practice"),
    *("Words a sentence", "Exceptions"),
)


def counted(library: Library) -> str:
    """The whole page; courses in the order of their numbers."""
    courses = sorted(library.of_kind("course"), key=lambda course: course.value["number"])
    return "\n".join([INTRODUCTION, *(_course(library, course) for course in courses)])


def _course(library: Library, course: Entry) -> str:
    code = course.value["code"]
    title = library.entries[Name(f"page/{code}", SOURCE_LANG)].value["short_title"]
    lessons = lessons_of(library, code)
    asked = [practice_of(library, lessons), *(questions_of_form(library, code, x) for x in FORMS)]
    outcomes, kinds = ([tally(part, field) for part in asked] for field in ("outcome", "kind"))
    served = outcomes_served(lessons)
    parts = (
        f"## {title}",
        f"`{code}`, version {course.value['version']}.",
        table(
            LESSON_COLUMNS,
            *((f"{n}. {one.value['title']}", *_numbers([one])) for n, one in enumerate(lessons, 1)),
            ("**All**", *_numbers(lessons)),
        ),
        table(
            ("Outcome", "Lessons", "Practice", *FORMS),
            *(
                (code, served[code], *(count[code] for count in outcomes))
                for code in (entry.value["code"] for entry in outcomes_of(library, code))
            ),
        ),
        table(
            ("Kind of question", "Practice", *FORMS),
            *(
                (name, *(count[kind] for count in kinds))
                for kind, name in KINDS.items()
                if any(count[kind] for count in kinds)
            ),
            ("**All**", *(count.total() for count in kinds)),
        ),
        f"Facts by source: {_facts(lessons)}.",
    )
    return "\n\n".join(parts) + "\n"


def _numbers(lessons: Sequence[Entry]) -> Iterator[object]:
    """The columns after the first, of one lesson or of all together."""
    blocks = [raw for lesson in lessons for raw in lesson.value["blocks"]]
    kinds = Counter(raw["type"] for raw in blocks)
    words = Counter[str]()
    for raw in blocks:
        words[raw["type"]] += word_count(raw["value"].get("text", ""))
    reading = Reading(*map(sum, zip((0, 0, 0, 0), *map(reading_of_lesson, lessons), strict=True)))
    yield sum(lesson.value["minutes"] for lesson in lessons)
    yield f"{sum(words[kind] for kind in READ_BY_LEARNERS):,}"
    yield f"{words['activity']:,}"
    yield from (kinds["figure"], kinds["law"] + kinds["figures"], kinds["question"])
    yield f"{float(reading.average):.1f}"
    yield f"{reading.exceptions} of {reading.paragraphs}"


def _facts(lessons: Sequence[Entry]) -> str:
    """Each source with its number of facts, the most used first."""
    count = Counter[str]()
    for lesson in lessons:
        for raw in lesson.value["blocks"]:
            if raw["type"] in CITING:
                for piece in pieces(raw["value"]["text"]):
                    if piece.kind == PARAGRAPH:
                        found = re.finditer(rf"{SOURCE_TAG}|{DEVICE_TAG}", piece.text)
                        count.update({match.group(1) or match.group(2) for match in found})
    ordered = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{tag} {number}" for tag, number in ordered) or "none"


def table(names: Sequence[str], *rows: Sequence[object]) -> str:
    """A Markdown table; all columns but the first hold numbers."""
    rule = ("---", *("---:" for _ in names[1:]))
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (names, rule, *rows))
