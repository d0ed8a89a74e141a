"""`manage.py tend_coursework`: what pages do when somebody looks, for works at which nobody looks.

Asks the virus scanner again, replaces reviewers who are late, gives to trainers what nobody else
can mark, and sends letters that wait. Safe to repeat.
"""

from typing import Any

from django.core.management.base import BaseCommand

from learning.coursework.scanning import scan_again
from learning.coursework.telling import send_waiting_again
from learning.coursework.tending import tend_all


class Command(BaseCommand):
    help = "Scan files that wait, replace late reviewers, and give trainers what is left."

    def handle(self, *args: Any, **options: Any) -> None:
        scanned, moved, letters = scan_again(), tend_all(), send_waiting_again()
        if options["verbosity"]:
            self.stdout.write(f"Files: {scanned} given to the virus scanner again.")
            self.stdout.write(f"Coursework: something was due in {moved} groups.")
            self.stdout.write(f"Letters: {letters} on their way again.")
