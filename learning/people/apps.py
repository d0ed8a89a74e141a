from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "learning.people"
    label = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # These need the registry of models, so they cannot stand at import time.
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415

        from learning.people import holdings  # noqa: F401, PLC0415
        from learning.people.second_factor import count_as_used  # noqa: PLC0415

        authenticator_added.connect(count_as_used)
