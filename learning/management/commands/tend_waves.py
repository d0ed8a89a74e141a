"""`manage.py tend_waves`: letters about tests some months after a course that have opened.

One for each person and wave, to who agreed to be written to. Safe to repeat.
"""

from typing import Any

from django.core.management.base import BaseCommand

from learning.attempts.reminding import tell_of_waves


class Command(BaseCommand):
    help = "Write to people for whom a test some months after a course has opened."

    def handle(self, *args: Any, **options: Any) -> None:
        told = tell_of_waves()
        if options["verbosity"]:
            self.stdout.write(f"Letters: {told} on their way.")
