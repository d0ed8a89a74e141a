"""What the loader remembers of each object, read once and written once."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from wagtail.models import Locale

from modules.loading.entries import Entry, Name, identity
from modules.loading.models import Loaded
from modules.questions.definitions import sha_of


class Memory:
    """The rows of `Loaded` by path; what is learnt is kept until `save`."""

    def __init__(self) -> None:
        self.rows = {row.path: row for row in Loaded.objects.all()}
        self._paths = {identity(name.path): name.path for name in map(name_of, self.rows)}
        self._learnt: dict[str, Loaded] = {}

    @cached_property
    def locales(self) -> dict[str, Locale]:
        return {locale.language_code: locale for locale in Locale.objects.all()}

    def sha(self, name: Name) -> str:
        row = self.rows.get(str(name))
        return row.sha256 if row else ""

    def beside(self, name: Name) -> dict[str, Any]:
        """What the file said and no row holds."""
        row = self.rows.get(str(name))
        return row.beside if row else {}

    def path_of(self, translation_key: UUID, natural: str) -> str:
        """The path of an object: the one it was loaded under, even when its key was edited."""
        return self._paths.get(translation_key, natural)

    def learn(self, entry: Entry, beside: Mapping[str, Any]) -> None:
        """`entry` now stands in the database as its file says."""
        path, old = str(entry.name), self.rows.get(str(entry.name))
        new = Loaded(
            pk=old.pk if old else None,
            path=path,
            file=entry.place.file,
            place=entry.order,
            sha256=sha_of(entry.value),
            beside=dict(beside),
        )
        if old is None or _facts(old) != _facts(new):
            self._learnt[path] = new

    def save(self) -> None:
        Loaded.objects.bulk_create(
            self._learnt.values(),
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["file", "place", "sha256", "beside"],
        )


def name_of(path: str) -> Name:
    """The name that is written `path`."""
    base, _, lang = path.rpartition("@")
    return Name(base, lang) if base else Name(path)


def _facts(row: Loaded) -> tuple[Any, ...]:
    return row.file, row.place, row.sha256, row.beside
