"""`manage.py tend_rosters`: what the task worker does by itself, for sites that run without one.

Sends the letters that are certainly not sent although somebody asked for it, and deletes what was
kept for its seven days. Safe to repeat.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils import timezone

from learning.imports.inviting import send_waiting_again
from learning.imports.models import KEPT_FOR, Roster
from learning.imports.storing import forget_old, forget_old_sheets
from learning.notices.models import NoticeSent


class Command(BaseCommand):
    help = "Send letters of rosters that wait, and delete old lists and addresses."

    def handle(self, *args: Any, **options: Any) -> None:
        lists, addresses = forget_old()
        self.stdout.write(f"Lists: {lists} deleted that were not imported.")
        self.stdout.write(
            f"Lists of results: {forget_old_sheets()} deleted that were not imported."
        )
        self.stdout.write(f"Addresses: {addresses} deleted that were not used.")
        sent = sum(map(send_waiting_again, confirmed_lately()))
        self.stdout.write(f"Letters: {sent} on their way again.")
        uncertain = NoticeSent.objects.uncertain().count()
        self.stdout.write(f"Letters: {uncertain} perhaps sent; somebody has to decide.")


def confirmed_lately() -> QuerySet[Roster]:
    """Lists whose letters are not given up yet."""
    return Roster.objects.filter(confirmed_at__gte=timezone.now() - KEPT_FOR).defer("rows")
