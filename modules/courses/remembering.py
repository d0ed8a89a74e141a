"""A state of a course in the words of one reader: what a release kept, or what stands today.

The texts of old pages come from Wagtail's revisions, those of old questions from their versions.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import Revision

from modules.blocks.lesson import FACILITATOR_KINDS, law_keys_in
from modules.blocks.markdown import readable
from modules.courses.comparing import CELL, BlockText, CourseText, LessonText, QuestionText
from modules.courses.models import Course, CourseVersion
from modules.courses.releasing import LATER_TEST_FACTS, Manifest, content_of
from modules.questions.definitions import sha_of, structure_sha_of
from modules.questions.freezing import live_definitions
from modules.questions.kinds import kind_of
from modules.questions.models import Question, QuestionVersion
from modules.questions.shapes import SOURCE, Definition

# Fields of blocks that people read, in the order in which they stand on the page.
WORDS = ("title", "alt", "text", "materials", "transcript")
# What of a figure readers act on.
FIGURE_FACTS = ("value", "unit", "jurisdiction", "valid_from", "valid_to", "basis")


@dataclass(frozen=True)
class Kept:
    """What a state of a course refers to, and its questions."""

    manifest: Manifest
    questions: Mapping[str, Definition]

    @property
    def pages(self) -> Mapping[str, Mapping[str, int]]:
        return self.manifest.get("pages", {})


def kept_by(version: CourseVersion) -> Kept:
    """One query."""
    numbers = version.manifest.get("questions", {})
    rows = QuestionVersion.objects.filter(key__in=numbers)
    return Kept(
        version.manifest, {row.key: row.content for row in rows if numbers[row.key] == row.n}
    )


def standing_today(course: Course) -> Kept:
    """What a release would keep now; nothing is written. Questions that are not live are none."""
    manifest = content_of(course)
    live = Question.objects.asked().filter(
        key__in=manifest["questions"], locale__language_code=SOURCE
    )
    return Kept(manifest, live_definitions(live.order_by("key").values_list("key", flat=True)))


def in_words(
    old: Kept, new: Kept, language: str, *, facilitator: bool
) -> tuple[CourseText, CourseText]:
    """Both states in `language`, each lesson in English where one of them lacks it; one query."""
    languages = {
        key: language if _both_have(key, language, old, new) else SOURCE
        for kept in (old, new)
        for key in kept.manifest.get("lessons", [])
    }
    ids = {_revision(kept, key, lang) for kept in (old, new) for key, lang in languages.items()}
    contents = dict(Revision.objects.filter(pk__in=ids).values_list("pk", "content"))
    before, after = (
        _course_text(kept, languages, contents, language, facilitator=facilitator)
        for kept in (old, new)
    )
    return before, after


def _both_have(key: str, language: str, old: Kept, new: Kept) -> bool:
    having = [kept.pages for kept in (old, new) if key in kept.pages.get(SOURCE, {})]
    return all(key in pages.get(language, {}) for pages in having)


def _revision(kept: Kept, key: str, lang: str) -> int:
    return kept.pages.get(lang, {}).get(key) or 0


def _course_text(
    kept: Kept,
    languages: Mapping[str, str],
    contents: Mapping[int, Mapping[str, Any]],
    language: str,
    *,
    facilitator: bool,
) -> CourseText:
    manifest = kept.manifest
    questions = {key: _question_text(one, language) for key, one in kept.questions.items()}
    read = reader(questions, facilitator=facilitator)
    return CourseText(
        tuple(
            _lesson_text(kept, key, languages[key], contents, read)
            for key in manifest.get("lessons", [])
        ),
        questions,
        {
            key: {name: facts.get(name, "") for name in FIGURE_FACTS}
            for key, facts in manifest.get("figures", {}).items()
        },
        {
            code: {
                "title": one["titles"].get(language, one["titles"][SOURCE]),
                "level": one["level"],
            }
            for code, one in manifest.get("outcomes", {}).items()
        },
        {
            purpose: facts | {n: v for n, v in LATER_TEST_FACTS.items() if n not in facts}
            for purpose, facts in manifest.get("tests", {}).items()
        },
        manifest.get("forms", {}),
        {key: _blueprint_facts(one) for key, one in manifest.get("blueprints", {}).items()},
        manifest.get("coursework", {}),
    )


def _blueprint_facts(blueprint: Mapping[str, Any]) -> dict[str, Any]:
    """Its cells one by one, as "cell CO1 apply", and what may be drawn."""
    return {
        **{
            f"{CELL} {outcome} {level}": n
            for outcome, levels in blueprint["cells"].items()
            for level, n in levels.items()
        },
        "pool": tuple(blueprint.get("pool", ())),
        "anchors": tuple(blueprint.get("anchors", ())),
    }


def _lesson_text(
    kept: Kept,
    key: str,
    lang: str,
    contents: Mapping[int, Mapping[str, Any]],
    read: Callable[[list[dict[str, Any]]], Iterator[BlockText]],
) -> LessonText:
    revision = _revision(kept, key, lang)
    content = contents.get(revision)
    minutes = kept.manifest.get("minutes", {}).get(key, 0)
    if content is None:
        return LessonText(key, lang, minutes=minutes, blocks=None, revision=revision)
    return LessonText(
        key,
        lang,
        content["title"],
        minutes or content["minutes"],
        tuple(content["outcomes"]),
        content["purpose"],
        tuple(read(json.loads(content["body"]))),
        revision,
    )


def reader(
    questions: Mapping[str, QuestionText], *, facilitator: bool
) -> Callable[[list[dict[str, Any]]], Iterator[BlockText]]:
    """Turns the blocks of a lesson as they are stored into those that the reader may see."""

    def read(blocks: list[dict[str, Any]]) -> Iterator[BlockText]:
        numbers = Counter[str]()
        for raw in blocks:
            kind = raw["type"]
            if facilitator or kind not in FACILITATOR_KINDS:
                numbers[kind] += 1
                yield _block_text(kind, numbers[kind], raw["value"], questions)

    return read


def _block_text(
    kind: str, number: int, value: Mapping[str, Any], questions: Mapping[str, QuestionText]
) -> BlockText:
    heading = re.match(r"#+ (.+)", value.get("text", ""))
    facts = {
        "minutes": value.get("minutes"),
        "invented": value.get("invented"),
        "figures": tuple(law_keys_in(value)),
        "drawing": sha_of({"drawing": value.get("drawing")}),
        "file": value["file"] if kind in {"media", "download"} else None,
        "question": questions.get(value.get("use", "")),
    }
    return BlockText(
        value["anchor"],
        kind,
        number,
        " ".join(readable(heading.group(1))) if heading else "",
        tuple(part for name in WORDS for part in readable(value.get(name) or "")),
        facts,
    )


def _question_text(definition: Definition, language: str) -> QuestionText:
    shown = kind_of(definition).present(definition, None, language)
    words = definition["texts"][shown.lang]
    return QuestionText(
        (
            *(part for text in (shown.case, shown.stem) for part in readable(text)),
            *(part.text for part in shown.parts),
            *(choice.text for choice in shown.choices),
        ),
        structure_sha_of(definition),
        sha_of(words),
    )
