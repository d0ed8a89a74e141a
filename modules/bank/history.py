"""The versions of a question and the edits behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from modules.bank.comparing import Difference, difference
from modules.bank.naming import language_name, path_label, value_label
from modules.courses.differing import Spans
from modules.questions.models import Question, QuestionVersion

MOST_EDITS = 20  # the newest; Wagtail's own history has all


@dataclass(frozen=True)
class FactLine:
    """A fact before and after, in words."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class WordsLine:
    lang: str
    language: str
    name: str
    spans: Spans


@dataclass(frozen=True)
class Version:
    """A frozen version with what changed against the one before; nothing for the first.

    `new_key`: what is right or how it is marked changed, so marks of the two do not compare.
    """

    n: int
    name: str
    frozen_at: datetime
    languages: tuple[str, ...]
    is_first: bool
    new_key: bool
    facts: tuple[FactLine, ...] = ()
    words: tuple[WordsLine, ...] = ()
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edit:
    at: datetime
    by: str
    language: str
    what: str


def versions_of(key: str) -> list[Version]:
    """Newest first; one query."""
    rows = list(QuestionVersion.objects.filter(key=key).order_by("n"))
    versions = [_version(row, before) for row, before in zip(rows, [None, *rows], strict=False)]
    return versions[::-1]


def edits_of(questions: Iterable[Question]) -> list[Edit]:
    """What was done to these rows and by whom, newest first; two queries, names among them."""
    languages = {str(row.pk): row.locale.language_code for row in questions}
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Question), object_id__in=languages
    ).select_related("content_type")
    return [
        Edit(
            entry.timestamp,
            str(entry.user_display_name),
            language_name(languages[entry.object_id]),
            str(entry.message),
        )
        for entry in entries.prefetch_related("user")[:MOST_EDITS]
    ]


def _version(row: QuestionVersion, before: QuestionVersion | None) -> Version:
    changed = difference(before.content, row.content) if before else Difference((), ())
    kind = row.content["kind"]
    return Version(
        n=row.n,
        name=str(row),
        frozen_at=row.frozen_at,
        languages=tuple(map(language_name, row.content["texts"])),
        is_first=before is None,
        new_key=before is not None and before.structure_sha != row.structure_sha,
        facts=tuple(
            FactLine(
                path_label(kind, fact.path),
                value_label(fact.path, fact.old),
                value_label(fact.path, fact.new),
            )
            for fact in changed.facts
        ),
        words=tuple(
            WordsLine(one.lang, language_name(one.lang), path_label(kind, one.path), one.spans)
            for one in changed.words
        ),
        came=tuple(map(language_name, changed.came)),
        went=tuple(map(language_name, changed.went)),
    )
