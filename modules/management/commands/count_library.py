"""`manage.py count_library`: what the courses of the library hold, in numbers."""

from django.core.management.base import BaseCommand, CommandError

from modules.loading.counting import counted
from modules.loading.errors import LibraryErrors
from modules.loading.library import read_library
from modules.loading.loading import LIBRARY, languages


class Command(BaseCommand):
    help = "Print what the courses of the library hold: the text of docs/courses.md."

    def handle(self, *args, **options) -> None:
        library = read_library(LIBRARY, languages())
        if library.errors:
            raise CommandError(str(LibraryErrors(library.errors)))
        self.stdout.write(counted(library))
