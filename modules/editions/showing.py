"""The editions of a course, as its page and the page of all editions show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from modules.courses.models import Course
from modules.editions.finding import formats_of
from modules.editions.kinds import FOR_TRAINERS, Edition
from modules.editions.languages import languages_by_edition
from modules.editions.models import EditionFile

PURPOSES = {
    Edition.ORIENTATION_PACK: _("The whole course to read by yourself, lesson by lesson."),
    Edition.FACILITATION_GUIDE: _(
        "For trainers: how to run the sessions, with times, materials and answers."
    ),
    Edition.HANDBOOK: _("To work with during a training, and to keep afterwards."),
    Edition.POCKET_BOOK: _("The rules to look up in the field, on small pages."),
    Edition.POCKET_BOOK_A4: _(
        "The same on A4 sheets: print on both sides, fold and cut to make a booklet."
    ),
    Edition.SLIDES: _("For trainers: to show on a wall while you speak."),
}
ICONS = {
    Edition.POCKET_BOOK_A4: "print",
    Edition.SLIDES: "people",
    Edition.FACILITATION_GUIDE: "people",
}


@dataclass(frozen=True)
class Choice:
    """One file that people may take; `built` is the newest that was made of it, if any was."""

    edition: str
    lang: str
    format: str
    built: EditionFile | None

    @property
    def format_name(self) -> str:
        return str(EditionFile.Format(self.format).label)


@dataclass(frozen=True)
class InLanguage:
    lang: str
    choices: tuple[Choice, ...]

    @property
    def built(self) -> EditionFile | None:
        """Which version was made, and when: what the files of one language mostly share."""
        return next((choice.built for choice in self.choices if choice.built), None)


@dataclass(frozen=True)
class Shown:
    """An edition with its files, in the languages that the course has lessons in."""

    name: str
    languages: tuple[InLanguage, ...]

    @property
    def title(self) -> str:
        return str(Edition(self.name).label)

    @property
    def purpose(self) -> str:
        return str(PURPOSES[Edition(self.name)])

    @property
    def icon(self) -> str:
        return ICONS.get(Edition(self.name), "book")

    @property
    def is_for_trainers(self) -> bool:
        return self.name in FOR_TRAINERS

    def best_for(self, lang: str) -> InLanguage:
        """In the language of the reader where there is one, else in the first."""
        return next((one for one in self.languages if one.lang == lang), self.languages[0])


def editions_of(course: Course) -> tuple[Shown, ...]:
    """All editions of `course` that exist, trainers’ ones too; two queries."""
    newest = newest_of(EditionFile.objects.built().filter(course=course))
    return tuple(
        Shown(edition, tuple(in_language(edition, lang, newest) for lang in languages))
        for edition, languages in languages_by_edition(course).items()
        if languages
    )


type Newest = dict[tuple[str, str, str], EditionFile]


def newest_of(files: Iterable[EditionFile]) -> Newest:
    by_age = sorted(files, key=age_of)
    return {(file.edition, file.lang, file.format): file for file in by_age}


def age_of(file: EditionFile) -> tuple[datetime, int]:
    return file.built_at or file.queued_at, file.pk


def in_language(edition: str, lang: str, newest: Newest) -> InLanguage:
    return InLanguage(
        lang,
        tuple(
            Choice(edition, lang, suffix, newest.get((edition, lang, suffix)))
            for suffix in formats_of(edition)
        ),
    )


def for_reader(shown: Iterable[Shown], *, trains: bool) -> list[Shown]:
    """Those that the reader may have."""
    return [one for one in shown if trains or not one.is_for_trainers]


def older_of(course: Course, *, trains: bool) -> list[EditionFile]:
    """What was made before the newest of its kind, newest first; a dropped one too. One query."""
    made = EditionFile.objects.filter(course=course, built_at__isnull=False)
    if not trains:
        made = made.exclude(edition__in=FOR_TRAINERS)
    order = made.order_by("edition", "lang", "format", "-built_at", "-pk")
    kinds = groupby(order, key=lambda file: (file.edition, file.lang, file.format))
    older = [file for _kind, files in kinds for file in list(files)[1:]]
    return sorted(older, key=age_of, reverse=True)
