"""`manage.py load_site`: the home page in every language."""

from django.core.management.base import BaseCommand

from modules.courses.trees import plant_site


class Command(BaseCommand):
    help = "Make the home pages and the site where they are missing. Changes nothing that exists."

    def handle(self, *args, **options) -> None:
        made = plant_site()
        if options["verbosity"]:
            self.stdout.write(f"Home pages: {len(made)} made.")
