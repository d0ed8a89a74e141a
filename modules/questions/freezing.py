"""Freezing: the version of a question as it stands now, in all its languages.

A paper and a stored answer point to a version. As long as nothing of a question changes, freezing
it again gives the same version.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from modules.questions.definitions import from_tables, sha_of, structure_sha_of
from modules.questions.errors import DefinitionError
from modules.questions.models import Question, QuestionVersion
from modules.questions.shapes import SOURCE, Definition

MOST_RIVALS = 10  # other processes that may freeze the same new wording at the same moment


def freeze(key: str) -> QuestionVersion:
    """The version of the live question `key`, made when there is none of this content.

    Raises `Question.DoesNotExist` when there is no live English question or it is retired, and
    `DefinitionError` when that cannot be marked.
    """
    return freeze_all([key])[key]


def freeze_all(keys: Collection[str]) -> dict[str, QuestionVersion]:
    """`freeze` for many questions at once, in a few queries when nothing is new."""
    definitions = live_definitions(keys)
    known, last = {}, dict.fromkeys(definitions, 0)
    for version in QuestionVersion.objects.filter(key__in=definitions):
        known[version.key, version.sha] = version
        last[version.key] = max(last[version.key], version.n)
    return {
        key: known.get((key, sha_of(definition))) or _add_version(key, definition, last[key])
        for key, definition in definitions.items()
    }


def live_definitions(keys: Collection[str]) -> dict[str, Definition]:
    """What the live rows of these questions say together; raises what `freeze` raises."""
    tables: dict[str, dict[str, Mapping[str, Any]]] = {key: {} for key in dict.fromkeys(keys)}
    rows = Question.objects.asked().filter(key__in=tables).select_related("locale")
    for row in rows.order_by("locale"):
        tables[row.key][row.locale.language_code] = plain_lines(row.table)
    for key, by_language in tables.items():
        if SOURCE not in by_language:
            raise Question.DoesNotExist(f'There is no live question "{key}" in English.')
    return {key: define(by_language) for key, by_language in tables.items()}


def define(tables: Mapping[str, Mapping[str, Any]]) -> Definition:
    """The definition that the tables of one question say, by language.

    A translation that no longer fits its English question is left out until it is mended: its
    readers see English, nobody's test fails.
    """
    english = tables[SOURCE]
    fitting = {}
    for lang, table in tables.items():
        if lang != SOURCE:
            try:
                from_tables(english, {lang: table})
            except DefinitionError:
                continue
            fitting[lang] = table
    return from_tables(english, fitting)


def plain_lines(value: Any) -> Any:
    """`value` with the line ends that files have. Browsers send others, and change nothing else."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, list):
        return [plain_lines(part) for part in value]
    if isinstance(value, Mapping):
        return {name: plain_lines(part) for name, part in value.items()}
    return value


def _add_version(key: str, definition: Definition, last: int) -> QuestionVersion:
    """The next number after `last`, unless somebody else adds the same content first."""
    sha, structure_sha = sha_of(definition), structure_sha_of(definition)
    for _ in range(MOST_RIVALS):
        try:
            with transaction.atomic():
                return QuestionVersion.objects.create(
                    key=key, n=last + 1, content=definition, sha=sha, structure_sha=structure_sha
                )
        except IntegrityError:
            versions = QuestionVersion.objects.filter(key=key)
            if same := versions.filter(sha=sha).first():
                return same
            last = versions.order_by("-n").values_list("n", flat=True).first() or 0
    raise IntegrityError(f'No number was free for a version of "{key}".')
