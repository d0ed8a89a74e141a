"""The figures of a test as a page needs them: the test, its questions, and their options."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from learning.attempts.regrades import Regrading
from learning.measurement.items import Analysis, Gap, analyse, language_gap
from learning.measurement.options import ABSENT, Choices, count_choices
from learning.measurement.reading import Rests, totals_of
from learning.reporting.columns import Version, places_of_options
from learning.reporting.counting import Counted, Marks, marks_of
from modules.questions.kinds import kind_of
from modules.questions.models import QuestionVersion
from modules.questions.options import correct_keys, keys_of
from modules.questions.shapes import Definition

MOST_OPTIONS = 26  # that have a letter


@dataclass(frozen=True)
class Survey:
    """`choices` by the place of the question, for those of which one option is chosen."""

    marks: Marks
    analysis: Analysis
    choices: Mapping[int, Choices]
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

    def texts(self, column: int, lang: str) -> list[str]:
        """What the options of a question say, in their order; places in a picture say nothing."""
        definition = self.definitions[self.marks.versions[column]]
        shown = kind_of(definition).present(definition, None, lang)
        texts = {part.key: part.text or part.key for part in shown.parts}
        return [texts[key] for key in keys_of(definition)]

    def pks_asked(self, version: Version | None) -> list[int]:
        """The sittings that a number counts: of one question, or of the whole test."""
        column = self.marks.column(version) if version else None
        return (self.marks.counted if column is None else self.marks.asked(column)).pks


def survey(counted: Counted) -> Survey:
    """Of sittings of one language; two queries."""
    marks = marks_of(counted.finished)
    definitions = _definitions(marks.versions)
    return Survey(
        marks=marks,
        analysis=analyse(marks.marks, marks.full),
        choices=_choices(marks, definitions),
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


def _choices(marks: Marks, definitions: Mapping[Version, Definition]) -> dict[int, Choices]:
    """Of those who were given each question, by the key that marks it now."""
    there = ~np.isnan(marks.marks).all(axis=1)
    if not there.any():
        return {}
    rests, whole = Rests(marks.marks, marks.full), np.full(len(there), np.nan)
    whole[there] = totals_of(marks.marks[there], marks.full)
    keys = _keys_in_force(definitions)
    found = {}
    for column, version in enumerate(marks.versions):
        places = places_of_options(definitions[version])
        if places is None or len(places) > MOST_OPTIONS:
            continue
        own, rest = rests.of_item(column)
        beside = np.full(len(there), np.nan)
        beside[own] = rest
        codes = marks.chosen(column)
        totals = np.where(codes == ABSENT, np.nan, whole)
        right = places.get(keys[version])
        found[column] = count_choices(codes, list(places), right, beside, totals)
    return found


def _keys_in_force(definitions: Mapping[Version, Definition]) -> dict[Version, str]:
    """The right option of each version; of one that is marked by another, that one's."""
    keys = {
        version: min(correct_keys(one))
        for version, one in definitions.items()
        if places_of_options(one) is not None
    }
    made = Regrading.objects.filter(
        question_key__in={key for key, _n in keys}, how=Regrading.How.VERSION, programme=None
    )
    decided = {(one.question_key, n): one.to_n or n for one in made for n in one.from_ns}
    if not decided:
        return keys
    stored = QuestionVersion.objects.filter(key__in={key for key, _n in decided})
    right = {
        (one.key, one.n): min(correct_keys(one.content))
        for one in stored
        if places_of_options(one.content) is not None
    }
    return {v: right.get((v[0], decided.get(v, v[1])), key) for v, key in keys.items()}
