"""`manage.py renew_responses`: read into the table of responses what is not in it yet.

Pages do so too, a part at a time; after a backup was put back or many results were typed in, nobody
need wait for them.
"""

from django.core.management.base import BaseCommand

from learning.reporting.keeping import responses_now


class Command(BaseCommand):
    help = "Renew the table that reports about questions are made of. Safe to repeat."

    def handle(self, *args, **options) -> None:
        kept = responses_now()
        while kept.behind:
            self.stdout.write(f"Tests: {kept.behind} to go.")
            kept = responses_now()
        self.stdout.write(f"Tests: {len(kept.table.sittings)} in the table.")
