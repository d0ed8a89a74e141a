"""`manage.py prepare`: everything a start needs, made or brought up to date."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from learning.people.groups import ensure_groups
from learning.serving.collecting import collect_static_files
from learning.serving.compiling import compile_catalogues


def update_database() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def load_content() -> None:
    call_command("load_site", verbosity=0)
    ensure_groups()
    call_command("load_library", verbosity=0)


class Command(BaseCommand):
    help = (
        "Compile the catalogues, update the database, load site and courses, collect static"
        " files; with DEMO=1 also make the demo data. Safe to repeat."
    )
    requires_system_checks = ()  # `migrate` runs those of the database

    def handle(self, *args, **options) -> None:
        self.step("Translations", lambda: compile_catalogues(settings.BASE_DIR / "locale"))
        self.step("Database", update_database)
        self.step("Site and courses", load_content)
        if settings.DEMO:
            self.step("Demo data", lambda: call_command("demo", verbosity=0))
        if not settings.DEBUG:
            self.step("Static files", collect_static_files)

    def step(self, title: str, work: Callable[[], object]) -> None:
        """Do one step and say how long it took; what stops it becomes one line."""
        self.stdout.write(f"    {title} … ", ending="")
        self.stdout.flush()
        started = time.monotonic()
        try:
            work()
        except (DatabaseError, OSError, CommandError) as error:
            self.stdout.write("failed")
            raise CommandError(in_one_line(title, error))
        self.stdout.write(f"{time.monotonic() - started:.1f} s")
        self.stdout.flush()


def in_one_line(title: str, error: Exception) -> str:
    words = str(error).partition("\n")[0]
    if isinstance(error, DatabaseError):
        return f"the database (DATABASE_URL, by default a file in VAR) refuses: {words}"
    return f"{title}: {words}"
