from django.apps import AppConfig


class ModulesConfig(AppConfig):
    name = "modules"
    label = "modules"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"
