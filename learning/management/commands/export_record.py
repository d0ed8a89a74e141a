"""`manage.py export_record PERSON`: what the record holds about a person, as JSON."""

import json

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from learning.management.arguments import person_by_key
from learning.privacy.exporting import export_person


class Command(BaseCommand):
    help = "Print everything held about a person as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="UUID of the person, or username of the account")

    def handle(self, *args, **options) -> None:
        record = export_person(person_by_key(options["person"]))
        self.stdout.write(json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
