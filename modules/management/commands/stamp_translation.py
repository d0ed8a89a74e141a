"""`manage.py stamp_translation COURSE LANG [LESSON]`: translated files follow English as it is."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from modules.loading.entries import SOURCE_LANG
from modules.loading.errors import LibraryError, LibraryErrors
from modules.loading.library import read_library
from modules.loading.loading import LIBRARY, languages
from modules.loading.stamping import stamp


class Command(BaseCommand):
    help = (
        "Note that the translated files of a course follow the English text as it is now; later"
        " `load_library --check` names what has changed in English since."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("course", metavar="COURSE", help="code of a course")
        parser.add_argument("lang", metavar="LANG", help="a language of its files, such as ur")
        parser.add_argument(
            "lesson", nargs="?", default="", metavar="LESSON", help="such as 01-one; else all"
        )

    def handle(self, *, course: str, lang: str, lesson: str, **options) -> None:
        if lang == SOURCE_LANG or lang not in languages():
            known = ", ".join(code for code in languages() if code != SOURCE_LANG)
            raise CommandError(f"LANG must be one of {known}, not {lang}.")
        try:
            library = read_library(LIBRARY, languages(), [course])
            if library.errors:
                raise LibraryErrors(library.errors)
            number = stamp(library, course, lang, lesson)
        except (LibraryError, LibraryErrors, OSError) as error:
            raise CommandError(str(error))
        if options["verbosity"]:
            self.stdout.write(f"Stamps: {number} written.")
