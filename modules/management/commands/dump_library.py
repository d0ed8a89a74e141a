"""`manage.py dump_library COURSE DIR`: a course from the database into library files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from modules.courses.models import Course
from modules.loading.dumping import dump_library
from modules.loading.errors import LibraryError


class Command(BaseCommand):
    help = (
        "Write the published course, in all languages, and what it shares with others (glossary,"
        " sources, figures) into the library folder DIR."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("course", metavar="COURSE", help="code of a course")
        parser.add_argument(
            "folder", metavar="DIR", type=Path, help="a library folder, or a new one"
        )

    def handle(self, *, course: str, folder: Path, **options) -> None:
        try:
            names = dump_library(course, folder)
        except Course.DoesNotExist:
            raise CommandError(f"There is no course “{course}”.")
        except (LibraryError, OSError) as error:
            raise CommandError(str(error))
        if options["verbosity"]:
            self.stdout.write(f"Files: {len(names)} written to {folder}.")
