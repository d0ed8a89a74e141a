"""`manage.py load_library [COURSE …] [--lang LANG] [--check]`: library files into the database."""

from itertools import chain

from django.core.management.base import BaseCommand, CommandError, CommandParser

from modules.loading.checking import problems
from modules.loading.checking_advice import advice_counted, advice_named
from modules.loading.checking_lessons import meanings_in_english, translated_in_part
from modules.loading.checking_prose import reading_of_lesson
from modules.loading.entries import SOURCE_LANG
from modules.loading.errors import LibraryError, LibraryErrors
from modules.loading.library import read_library
from modules.loading.loading import LIBRARY, Verdict, languages, load_library
from modules.loading.stamping import changed_since


class Command(BaseCommand):
    help = (
        "Load courses from their library files. What was edited in the admin is left alone and"
        " reported as a conflict; nothing is ever deleted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("courses", nargs="*", metavar="COURSE", help="all, when none is named")
        parser.add_argument("--lang", default="", help="load only the texts in this language")
        parser.add_argument(
            "--check", action="store_true", help="load nothing; name what is wrong in the files"
        )

    def handle(self, *, courses: list[str], lang: str, check: bool, **options) -> None:
        if lang and lang not in languages():
            raise CommandError(f"--lang must be one of {', '.join(languages())}, not {lang}.")
        try:
            if check:
                self.check_library(courses, options["verbosity"])
            else:
                self.load(courses, lang, options["verbosity"])
        except (LibraryError, LibraryErrors, OSError) as error:
            raise CommandError(str(error))

    def check_library(self, courses: list[str], verbosity: int) -> None:
        library = read_library(LIBRARY, languages(), courses)
        if errors := library.errors or problems(library):
            raise LibraryErrors(errors)
        self.stdout.write(f"Library: {len(library.entries)} objects, nothing wrong.")
        for lesson in library.of_kind("lesson"):
            if lesson.lang == SOURCE_LANG:
                reading = reading_of_lesson(lesson)
                self.stdout.write(
                    f"{lesson.place.file}: {float(reading.average):.1f} words a sentence,"
                    f" {reading.exceptions} of {reading.paragraphs} paragraphs are exceptions."
                )
        advice = (advice_named, advice_counted) if verbosity > 1 else (advice_counted,)
        hints = (*advice, translated_in_part, meanings_in_english, changed_since)
        for line in chain.from_iterable(hint(library) for hint in hints):
            self.stdout.write(line)

    def load(self, courses: list[str], lang: str, verbosity: int) -> None:
        report = load_library(LIBRARY, courses, lang)
        if verbosity:
            for title, count in report.counts.items():
                said = ", ".join(f"{count[verdict]} {verdict}" for verdict in Verdict)
                self.stdout.write(f"{title}: {said}.")
            for line in report.lines:
                self.stdout.write(line)
