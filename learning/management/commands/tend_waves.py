"""`manage.py tend_waves`: letters about tests some months after a course that have opened.

One for each person and wave, to who agreed to be written to. Safe to repeat.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from learning.attempts.reminding import open_for, tell_of_waves


class Command(BaseCommand):
    help = "Write to people for whom a test some months after a course has opened."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only tell how many letters are due"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self.stdout.write(f"Letters: {sum(1 for _one in open_for(timezone.now()))} due.")
            return
        told = tell_of_waves()
        if options["verbosity"]:
            self.stdout.write(f"Letters: {told} on their way.")
