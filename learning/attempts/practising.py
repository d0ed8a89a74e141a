"""Practice: a question as a page shows it, before and after it is answered, and how it is kept."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from learning.attempts.models import PracticeAnswer
from learning.enrolment.models import Enrolment
from learning.people.models import User
from modules.blocks.markdown import render
from modules.questions.asking import Asked
from modules.questions.case_sets import Run
from modules.questions.definitions import feedback
from modules.questions.errors import ResponseError
from modules.questions.freezing import freeze
from modules.questions.inputs import ANSWER, Post
from modules.questions.kinds import CHOOSING, essay, kind_of, numeric, short, teachback
from modules.questions.presenting import Choice, Part, Remark
from modules.questions.rubrics import Criterion, criteria_of, points_of

# Visitors answer in the address, whose 4,094 bytes servers do not exceed; the longest of our
# scripts takes nine of them for a letter.
LONGEST_IN_ADDRESS = 400
# A mark that no source stands behind the words: as a link it would only be one more stop.
DEVICE = re.compile(r'<sup class="device"><a href="#source-(\w+)">(.*?)</a></sup>')
MEANINGS = {
    "own": _("Our own words or example: no source stands behind them."),
    "calc": _("Our own calculation from the figures beside it."),
}


@dataclass(frozen=True)
class Row:
    """One option, step or premise, with what was given for it and what is said about it."""

    part: Part
    given: str = ""
    state: str = ""
    reason: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Reply:
    """What is said after an answer. `extra` counts what was chosen and is wrong."""

    right: int
    total: int
    extra: int
    general: SafeString
    model: str = ""
    criteria: Sequence[Criterion] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        return self.right == self.total and not self.extra


@dataclass(frozen=True)
class Practice:
    """A question on a page. With a `fact_id` its answer is stored, under that id.

    `kept` goes along with an answer: what else its address needs.
    """

    asked: Asked
    lesson_url: str
    anchor: str
    url: str
    rows: Sequence[Row]
    fact_id: uuid.UUID | None = None
    written: str = ""
    error: str = ""
    reply: Reply | None = None
    # Whether its neighbours are about the same case, and the id of the one that tells it.
    run: Run | None = None
    teller: str = ""
    response: Any = None
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def clear_url(self) -> str:
        """The question unanswered again."""
        return f"{self.url}?{urlencode(self.kept)}" if self.kept else self.url

    @property
    def id(self) -> str:
        return f"practice-{self.asked.key}"

    @property
    def method(self) -> str:
        return "post" if self.fact_id else "get"

    @property
    def template(self) -> str:
        kind = self.asked.shown.kind
        return f"questions/{'options' if kind in CHOOSING else kind}.html"

    @property
    def verdict(self) -> tuple[str, str]:
        """The template of what is said to the answer as a whole, and that of most kinds."""
        kind = self.asked.shown.kind
        return f"questions/verdicts/{kind}.html", "questions/verdicts/default.html"

    @property
    def longest(self) -> int:
        return longest_of(self.asked.shown.kind) if self.fact_id else LONGEST_IN_ADDRESS

    @property
    def words(self) -> int | None:
        """How many words were written, where a script parts them."""
        return essay.word_count(self.written)

    @property
    def choices(self) -> Sequence[Choice]:
        return self.asked.shown.choices


def longest_of(kind: str) -> int:
    """How many characters an answer in words may have."""
    return essay.LONGEST if kind == essay.KIND else short.LONGEST


def show(
    asked: Asked, lesson_url: str, anchor: str, language: str, *, fact_id: uuid.UUID | None
) -> Practice:
    """The question unanswered; `language` is that of the reader's addresses.

    An answer is stored under `fact_id`; without one it is not stored.
    """
    with override(language):
        url = reverse("practice_question", args=[asked.key])
    return Practice(
        asked=asked,
        lesson_url=lesson_url,
        anchor=anchor,
        url=url,
        rows=[Row(part) for part in asked.shown.parts],
        fact_id=fact_id,
    )


def answer(practice: Practice, post: Post) -> Practice:
    """The question with the answer in `post` and what there is to say about it.

    Instead of feedback the page has `error`: "empty", or the code of a `ResponseError`.
    """
    kept = replace(practice, written=_written(post))
    try:
        response = practice.asked.read(post)
        return replace(kept, error="empty") if response is None else with_reply(kept, response)
    except ResponseError as refusal:
        return replace(kept, error=refusal.code)


@transaction.atomic
def record_answer(
    enrolment: Enrolment, practice: Practice, by: User, fact_id: uuid.UUID
) -> PracticeAnswer:
    """Store an answer; a double click or a retry with the same id stores it once.

    Raises `ResponseError` when the question was changed at this moment and the answer no longer
    fits.
    """
    version = freeze(practice.asked.key)
    mark = kind_of(version.content).mark(version.content, practice.response)
    stored, _made = PracticeAnswer.objects.get_or_create(
        id=fact_id,
        defaults={
            "enrolment": enrolment,
            "question_version": version,
            "response": practice.response,
            "lang": practice.asked.shown.lang,
            "mark_num": None if mark is None else mark.numerator,
            "mark_den": None if mark is None else mark.denominator,
            "recorded_by": by,
        },
    )
    return stored


def with_reply(practice: Practice, response: Any) -> Practice:
    """The question with what there is to say about `response`, which fits it or is None."""
    asked = practice.asked
    lang = asked.shown.lang
    said = feedback(asked.definition, response, lang)
    with override(lang):
        rows = _rows(asked, said.parts, practice.lesson_url)
        right, total, extra = _count(asked.shown.kind, [row.state for row in rows])
        reply = Reply(
            right=right,
            total=total,
            extra=extra,
            general=prose(said.general, practice.lesson_url),
            model=prose(said.model, practice.lesson_url),
            criteria=criteria_of(asked.definition, lang),
            facts=_facts(asked, response),
        )
    return replace(practice, rows=_as_given(asked, rows), reply=reply, response=response)


def _facts(asked: Asked, response: Any) -> Mapping[str, str]:
    """The number that is right, and from where to where others are; points of an own rating."""
    structure = asked.definition["structure"]
    if asked.shown.kind == teachback.KIND:
        points, most = points_of(asked.definition, response or {})
        return {"points": _plain(points), "most": _plain(most)}
    if asked.shown.kind != numeric.KIND:
        return {}
    low, high = numeric.bounds(structure)
    return {"answer": structure["answer"], "min": low, "max": high}


def _plain(points: Fraction) -> str:
    return f"{float(points):g}"


def _count(kind: str, states: list[str]) -> tuple[int, int, int]:
    """How many are right, of how many, and how many options were chosen besides."""
    right, wrong = states.count("right"), states.count("wrong")
    if kind in CHOOSING:
        return right, right + states.count("missed"), wrong
    return right, len(states), 0


def _rows(asked: Asked, remarks: Sequence[Remark], lesson_url: str) -> list[Row]:
    """A row per remark, in the order shown; a number has one, which is not among the parts."""
    parts = {part.key: part for part in asked.shown.parts}
    rows = {}
    for remark in remarks:
        key = asked.tokens.get(remark.key, remark.key)
        part = parts.get(key) or Part(key, "", ANSWER)
        choices = part.choices or asked.shown.choices
        texts = {choice.value: choice.text for choice in choices}
        # What was typed into a gap may happen to be the key of something.
        tokens = {} if asked.shown.kind == "cloze" and not choices else asked.tokens
        right = tokens.get(remark.answer, remark.answer)
        rows[key] = Row(
            part=part,
            given=tokens.get(remark.chosen, remark.chosen),
            state=remark.state,
            reason=prose(remark.text, lesson_url),
            answer=texts.get(right) or right,
        )
    return [rows[key] for key in parts or rows]


def _as_given(asked: Asked, rows: list[Row]) -> list[Row]:
    """Steps stand as the person put them; those without a place come last."""
    if asked.shown.kind != "ordering":
        return rows
    return sorted(rows, key=lambda row: int(row.given or len(rows) + 1))


def _written(post: Post) -> str:
    """What was typed, so that it can be put right; of keys only the first, which harms nobody."""
    return next(iter(post.getlist(ANSWER)), "")[: essay.LONGEST]


def _with_meaning(device: re.Match[str]) -> str:
    """A mark such as "(own)", which tells what it means: no list of sources stands below it."""
    return format_html(
        '<abbr class="device" title="{}">({})</abbr>', MEANINGS[device[1]], device[2]
    )


def prose(text: str, lesson_url: str) -> SafeString:
    """A short text of a question; its source tags lead to the list in the lesson."""
    html = DEVICE.sub(_with_meaning, render(text))
    html = html.replace('href="#source-', f'href="{lesson_url}#source-')
    if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
        html = html.removeprefix("<p>").removesuffix("</p>")
    return mark_safe(html)  # noqa: S308 (sanitised)
