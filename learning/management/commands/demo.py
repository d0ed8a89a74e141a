"""`manage.py demo`: demo accounts, and invented people who trained, learned and were tested."""

from argparse import ArgumentTypeError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.demo.telling import tell
from learning.serving.environment import parse_people


def number_of_people(text: str) -> int:
    try:
        return parse_people(text)
    except ValueError:
        raise ArgumentTypeError("expected a number from 0 to 5000")


class Command(BaseCommand):
    help = "Make the demo accounts and demo data where they are missing; only under DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people",
            type=number_of_people,
            default=settings.DEMO_PEOPLE,
            metavar="N",
            help="so many people take Coordination by themselves (default DEMO_PEOPLE, else 200);"
            " 0 makes the three accounts and nothing else",
        )

    def handle(self, *, people: int, **options) -> None:
        if not settings.DEMO:
            raise CommandError("Demo data is marked as such only under DEMO=1. Nothing was made.")
        told = tell(people)
        if not options["verbosity"]:
            return
        if told.already:
            self.stdout.write("Demo data is there already; nothing was made.")
            return
        for label, count in {
            "People": told.people,
            "Training sessions": told.sessions,
            "Enrolments": told.enrolments,
            "Certificates": told.certificates,
        }.items():
            self.stdout.write(f"{label}: {count}")
