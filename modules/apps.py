from django.apps import AppConfig
from django.db.models.signals import post_save, pre_delete


class ModulesConfig(AppConfig):
    name = "modules"
    label = "modules"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.models import Revision  # noqa: PLC0415 (apps come first)
        from wagtail.signals import published  # noqa: PLC0415 (it needs the models)
        from wagtail_localize.models import (  # noqa: PLC0415 (apps come first)
            StringTranslation,
            Translation,
        )

        from modules.courses.releasing import keep_released  # noqa: PLC0415 (apps come first)
        from modules.reference.models import (  # noqa: PLC0415 (apps come first)
            GlossaryTerm,
            LegalFigure,
            Outcome,
        )
        from modules.translating import following  # noqa: PLC0415 (apps come first)

        pre_delete.connect(keep_released, sender=Revision)
        post_save.connect(following.refuse_lost_marks, sender=StringTranslation)
        post_save.connect(following.begin_as_draft, sender=Translation)
        published.connect(following.follow_english)
        for model in (GlossaryTerm, LegalFigure, Outcome):  # published by being saved
            post_save.connect(following.share_facts, sender=model)
            post_save.connect(following.follow_english, sender=model)
