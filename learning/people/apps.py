from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "learning.people"
    label = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Declarations need the registry of models, so they cannot stand at import time.
        from learning.people import holdings  # noqa: F401, PLC0415
