"""`manage.py load_site`: the home page in every language, and what is known of each."""

from django.core.management.base import BaseCommand

from modules.courses.trees import plant_site
from modules.reference.interface import list_languages


class Command(BaseCommand):
    help = (
        "Make the home pages, the site and the list of languages where they are missing. Changes"
        " nothing that exists."
    )

    def handle(self, *args, **options) -> None:
        made, new = plant_site(), list_languages()
        if options["verbosity"]:
            self.stdout.write(f"Home pages: {len(made)} made.")
            self.stdout.write(f"Languages to confirm: {new} new.")
