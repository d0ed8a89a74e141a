"""What happens by itself around wagtail-localize; `modules.apps` connects it to its signals."""

from typing import Any

from django.db import transaction
from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from modules.courses.models import ReadablePage
from modules.reference.models import Review
from modules.translating.marks import problem_with_marks


def refuse_lost_marks(instance: StringTranslation, **kwargs: Any) -> None:
    """After a segment was saved: one with wrong marks is kept for its author, and never published.

    The editor shows what is wrong; readers see the English segment meanwhile.
    """
    if instance.has_error:
        return
    english = instance.translation_of.as_value().render_text()
    problem = problem_with_marks(english, StringValue(instance.data).render_text())
    if problem:
        instance.has_error, instance.field_error = True, problem
        instance.save(update_fields=["has_error", "field_error"])


def begin_as_draft(instance: Translation, created: bool, **kwargs: Any) -> None:
    """Before an alias becomes a translation: it must not inherit that the English was reviewed."""
    model = instance.source.specific_content_type.model_class()
    if created and model is not None and issubclass(model, ReadablePage):
        aliases = model.objects.filter(alias_of__isnull=False, locale=instance.target_locale_id)
        same = aliases.filter(translation_key=instance.source.object_id)
        same.update(review=Review.DRAFT)


def follow_english(instance: TranslatableMixin, **kwargs: Any) -> None:
    """After English was published: translators find its new words, as far as they are new."""
    source = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale_id=instance.locale_id
    ).first()
    if source is not None:
        renew(source)


@transaction.atomic
def renew(source: TranslationSource) -> None:
    """Take the words of `source` anew. When they are the same, it counts as not changed."""
    before, stamp = _words_of(source), source.last_updated_at
    source.update_from_db()
    if _words_of(source) == before:
        source.last_updated_at = stamp
        source.save(update_fields=["last_updated_at"])


def _words_of(source: TranslationSource) -> set[tuple[int, int]]:
    return set(source.stringsegment_set.values_list("string_id", "context_id"))


def leave_to_files(key: Any, locale_id: int) -> None:
    """A library file has said the translation: its segments would undo that, so they rest."""
    Translation.objects.filter(source__object_id=key, target_locale=locale_id, enabled=True).update(
        enabled=False
    )
