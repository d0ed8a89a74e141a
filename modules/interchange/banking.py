"""Questions of the bank as drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from modules.interchange.drafts import Draft
from modules.questions.errors import DefinitionError
from modules.questions.freezing import define, plain_lines
from modules.questions.models import Question
from modules.questions.shapes import SOURCE
from modules.reference.models import Outcome


@dataclass(frozen=True)
class Banked:
    """A question with its rows by language; `draft` is None while it is unfinished."""

    rows: Mapping[str, Question]
    draft: Draft | None

    @property
    def english(self) -> Question:
        return self.rows[SOURCE]


def banked(keys: Iterable[str], *, newest: bool) -> dict[str, Banked]:
    """The questions of these keys that there are in English, in the order of the keys.

    With `newest` as their authors left them, else as readers get them; what nobody published is as
    last saved in both cases. Two queries, with `newest` or drafts a third.
    """
    wanted = list(dict.fromkeys(keys))
    rows = Question.objects.filter(key__in=wanted).select_related("locale", "latest_revision")
    by_key: dict[str, dict[str, Question]] = {}
    for row in rows.order_by("locale"):
        is_draft = row.latest_revision and (not row.live or newest)
        said = as_saved(row) if is_draft and row.has_unpublished_changes else row
        by_key.setdefault(row.key, {})[row.locale.language_code] = said
    courses = course_by_outcome()
    return {
        key: Banked(by_key[key], draft_of(by_key[key], courses))
        for key in wanted
        if SOURCE in by_key.get(key, ())
    }


def as_saved(row: Question) -> Question:
    """The row as its newest draft has it, which costs no query."""
    revision: Any = row.latest_revision
    content = revision.content
    said = Question.from_serializable_data(content, check_fks=False)
    said.pk, said.locale, said.live = row.pk, row.locale, row.live
    said.latest_revision = row.latest_revision
    said.has_unpublished_changes = row.has_unpublished_changes
    return said


def draft_of(rows: Mapping[str, Question], courses: Mapping[str, str]) -> Draft | None:
    english = rows[SOURCE]
    try:
        definition = define({lang: plain_lines(row.table) for lang, row in rows.items()})
    except (DefinitionError, IndexError):
        return None
    course = courses.get(english.outcome, "")
    return Draft(
        key=english.key,
        definition=definition,
        outcome=english.outcome,
        level=english.level,
        use=english.use,
        tags=tuple(english.tag_list),
        expected=english.expected,
        category=f"{course}/{english.outcome}" if course else english.outcome,
    )


def course_by_outcome() -> dict[str, str]:
    rows = Outcome.objects.filter(locale__language_code=SOURCE)
    return dict(rows.values_list("code", "course_code"))
