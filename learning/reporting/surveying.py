"""The figures of a test as a page needs them: the test, its questions, and what was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from learning.measurement.items import Analysis, Gap, analyse, language_gap
from learning.reporting.choosing import Chosen, chosen_in
from learning.reporting.columns import Version
from learning.reporting.counting import Counted, Marks, marks_of
from modules.questions.kinds import kind_of
from modules.questions.models import QuestionVersion
from modules.questions.shapes import Definition


@dataclass(frozen=True)
class Survey:
    """`definitions` are those of the versions that were asked."""

    marks: Marks
    analysis: Analysis
    chosen: Chosen
    definitions: Mapping[Version, Definition]
    unfinished: int
    behind: int

    @cached_property
    def points(self) -> float:
        """Points of 100 that one mark of the test is worth."""
        there = ~np.isnan(self.marks.marks)
        presented = np.where(there, self.marks.full, 0).sum(axis=1)
        presented = presented[presented > 0]
        return 100 / float(presented.mean()) if len(presented) else 0.0

    def of_one(self, column: int) -> Analysis:
        """The figures with one question alone."""
        return replace(self.analysis, items=(self.analysis.items[column],))

    def texts(self, column: int, lang: str) -> tuple[list[str], list[str]]:
        """What the parts of a question say, and the choices that each has, in their order."""
        definition = self.definitions[self.marks.versions[column]]
        shown = kind_of(definition).present(definition, None, lang)
        return (
            [part.text or _truth(part.key) for part in shown.parts],
            [choice.text or _truth(choice.value) for choice in shown.choices],
        )

    def pks_asked(self, version: Version | None) -> list[int]:
        """The sittings that a number counts: of one question, or of the whole test."""
        column = self.marks.column(version) if version else None
        return (self.marks.counted if column is None else self.marks.asked(column)).pks


def _truth(key: str) -> str:
    """Judgements have no text of their own, nor have places in a picture."""
    return {"true": _("True"), "false": _("False")}.get(key, key)


def survey(counted: Counted) -> Survey:
    """Of sittings of one language; two queries."""
    marks = marks_of(counted.finished)
    definitions = _definitions(marks.versions)
    return Survey(
        marks=marks,
        analysis=analyse(marks.marks, marks.full),
        chosen=chosen_in(marks, definitions),
        definitions=definitions,
        unfinished=counted.unfinished,
        behind=counted.behind,
    )


def gaps_of(everybody: Counted, spoken: str, version: Version) -> list[tuple[str, Gap]]:
    """One question in each other language in which it was answered, by language."""
    own = marks_of(everybody.answered_in(spoken).finished)
    found = []
    for lang in everybody.langs:
        other = marks_of(everybody.answered_in(lang).finished)
        if lang == spoken or other.column(version) is None:
            continue
        both = [one for one in own.versions if one in set(other.versions)]
        full = own.full[[own.versions.index(one) for one in both]]
        gaps = language_gap(_columns(own, both), _columns(other, both), full)
        found.append((lang, gaps[both.index(version)]))
    return found


def _columns(marks: Marks, versions: list[Version]) -> NDArray:
    return marks.marks[:, [marks.versions.index(one) for one in versions]]


def _definitions(versions: list[Version]) -> dict[Version, Definition]:
    stored = QuestionVersion.objects.filter(key__in={key for key, _n in versions})
    known = {(one.key, one.n): one.content for one in stored}
    return {version: known[version] for version in versions}
