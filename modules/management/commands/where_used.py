"""`manage.py where_used KEY`: the lessons and questions that show a legal figure or a term."""

from django.core.management.base import BaseCommand, CommandError

from modules.courses.using import Use, uses_of
from modules.reference.models import GlossaryTerm, LegalFigure


class Command(BaseCommand):
    help = "Print where a legal figure or a glossary term is used, one place a line."

    def add_arguments(self, parser) -> None:
        parser.add_argument("key", help='such as "pk-pb.wage-limit" or "social protection"')

    def handle(self, *args, **options) -> None:
        key = options["key"]
        rows = [model.objects.filter(key=key).first() for model in (LegalFigure, GlossaryTerm)]
        found = [row for row in rows if row is not None]
        if not found:
            raise CommandError(f'There is no legal figure and no term "{key}".')
        uses = [use for row in found for use in uses_of(row)]
        for use in uses:
            self.stdout.write(line_of(use))
        self.stdout.write(f"{key}: {len(uses)} places.")


def line_of(use: Use) -> str:
    parts = (use.language, use.course, use.lesson, use.what, use.url or use.edit_url)
    pocket = ["pocket book"] if use.in_pocket_book else []
    return "  ".join([part for part in parts if part] + pocket)
