"""Drafts into the bank: all or nothing, never published."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale

from modules.interchange.drafts import Draft
from modules.loading.entries import identity
from modules.loading.shelves.questions import raw_of
from modules.questions.definitions import to_table
from modules.questions.models import Question
from modules.questions.shapes import SOURCE, Definition
from modules.reference.models import Review


def raw_block(key: str, definition: Definition, lang: str) -> dict[str, Any]:
    """The one block of a row in `lang`, as Wagtail stores it."""
    english = to_table(definition, SOURCE)
    table = english if lang == SOURCE else to_table(definition, lang)
    table.pop("kind", None)
    return raw_of(f"question/{key}", definition["kind"], table, english)


@transaction.atomic
def store(draft: Draft, rows: Mapping[str, Question], *, by: Any) -> list[Question]:
    """The question as a draft in each language of its texts; `rows` are those there are already."""
    stored = []
    for lang in sorted(draft.definition["texts"], key=lambda code: code != SOURCE):
        row = rows.get(lang)
        if row is None:
            stored.append(_add(draft, lang, rows, by))
        else:
            newest = Question.objects.get(pk=row.pk).get_latest_revision_as_object()
            _fill(newest, draft, lang)
            newest.save_revision(user=by, log_action=True)
            stored.append(newest)
    return stored


def _add(draft: Draft, lang: str, rows: Mapping[str, Question], by: Any) -> Question:
    english = rows.get(SOURCE)
    path = f"question/{draft.key}"
    row = Question(
        key=draft.key,
        translation_key=english.translation_key if english else identity(path),
        locale=Locale.objects.get(language_code=lang),
        live=False,
        author=str(by)[:120],
    )
    _fill(row, draft, lang)
    row.save()
    log(instance=row, action="wagtail.create", user=by, content_changed=True)
    row.save_revision(user=by)
    return row


def _fill(row: Question, draft: Draft, lang: str) -> None:
    row.outcome, row.level, row.use = draft.outcome, draft.level, draft.use
    row.tags, row.expected = ", ".join(draft.tags), draft.expected
    row.review = Review.DRAFT
    row.definition = [raw_block(draft.key, draft.definition, lang)]
