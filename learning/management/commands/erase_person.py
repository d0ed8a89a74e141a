"""`manage.py erase_person PERSON`: remove a person from the record."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.management.arguments import person_by_key
from learning.privacy.erasing import ErasureRefused, erase_person


class Command(BaseCommand):
    help = "Erase a person: names, account and contact data go, anonymous counts stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="UUID of the person, or username of the account")
        parser.add_argument(
            "--yes", action="store_true", help="do it; without this nothing is changed"
        )

    def handle(self, *args, **options) -> None:
        person = person_by_key(options["person"])
        if not options["yes"]:
            raise CommandError("Nothing was erased. Say --yes: an erasure cannot be undone.")
        try:
            changed = erase_person(person)
        except ErasureRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for label, count in changed.items():
            self.stdout.write(f"{label}: {count} erased.")
