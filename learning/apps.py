from django.apps import AppConfig, apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save

# Kept lesson texts show what these hold.
REFERENCE = {"GlossaryTerm", "LegalFigure", "Source"}
# A file that is queued or dropped changes no page; one that is made says so itself.
NO_CONTENT = {"EditionFile"}


def content_changed(sender: type, **kwargs: object) -> None:
    """After anything of `modules` was written, pages kept for visitors are out of date."""
    from modules.courses.keeping import renew_mark  # noqa: PLC0415 (apps come first)
    from modules.courses.reading import forget_bodies  # noqa: PLC0415 (apps come first)

    transaction.on_commit(renew_mark)
    if sender.__name__ in REFERENCE:
        transaction.on_commit(forget_bodies)


class LearningConfig(AppConfig):
    name = "learning"
    label = "learning"
    verbose_name = "Learning record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import post_page_move  # noqa: PLC0415 (it needs the models)

        from learning.cascade.clashing import doubt_two_places  # noqa: PLC0415 (apps come first)
        from learning.coursework import holdings  # noqa: F401, PLC0415 (apps come first)
        from learning.people.merging import DOUBTS  # noqa: PLC0415 (apps come first)

        DOUBTS.append(doubt_two_places)
        for model in apps.get_app_config("modules").get_models():
            if model.__name__ in NO_CONTENT:
                continue
            uid = f"content_changed:{model._meta.label}"
            post_save.connect(content_changed, sender=model, dispatch_uid=uid)
            post_delete.connect(content_changed, sender=model, dispatch_uid=uid)
        # A page that is moved in the tree is not saved.
        post_page_move.connect(content_changed, dispatch_uid="content_changed:move")
