"""Questions of the bank, made by hand."""

from collections.abc import Mapping
from typing import Any

from wagtail.models import Locale

from modules.questions.models import Question
from tests.modules.questions.samples import english


def make(
    key: str, kind: str = "single", *, lang: str = "en", use: str = "practice", **changes: Any
) -> Question:
    """The sample of `kind` in the bank, with `changes` in its table."""
    first = Question.objects.filter(key=key).first()
    locale = Locale.objects.get(language_code=lang)
    question = _made(key, english(kind) | changes, locale, use)
    if first:
        question.translation_key = first.translation_key
    question.save(force_insert=True)
    return question


def make_all(kinds: Mapping[str, str], *, use: str = "practice") -> None:
    """New English questions in one query: their kinds by their keys."""
    locale = Locale.objects.get(language_code="en")
    Question.objects.bulk_create(
        _made(key, english(kind), locale, use) for key, kind in kinds.items()
    )


def _made(key: str, table: dict[str, Any], locale: Locale, use: str) -> Question:
    return Question(
        key=key,
        outcome="CO1",
        level="apply",
        use=use,
        locale=locale,
        definition=[{"type": table.pop("kind"), "value": table}],
    )
