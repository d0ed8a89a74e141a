"""`manage.py demo_accounts`: the three people to try Cascade out as; only under DEMO=1."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from learning.people.demo_accounts import make_demo_accounts


class Command(BaseCommand):
    help = "Make the three demo accounts where they are missing."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("Demo accounts have public passwords: they need DEMO=1.")
        made = make_demo_accounts()
        if options["verbosity"]:
            self.stdout.write(f"Demo accounts: {len(made)} made.")
