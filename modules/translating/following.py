"""What happens by itself around wagtail-localize; `modules.apps` connects it to its signals."""

from typing import Any

from django.db import transaction
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from modules.courses.models import ReadablePage
from modules.reference.models import Review
from modules.translating.marks import problem_with_marks

SOURCE = "en"

type Field = SynchronizedField | TranslatableField


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


def share_facts(instance: TranslatableMixin, **kwargs: Any) -> None:
    """After a row was saved that has no drafts: its facts are those of English in every language.

    wagtail-localize would do so only where it began a translation, and only once that is published.
    """
    model = type(instance)
    rows = model._default_manager.filter(translation_key=instance.translation_key)
    english = rows.filter(locale__language_code=SOURCE)
    if facts := english.values(*named(model, SynchronizedField)).first():
        rows.exclude(pk__in=english.values("pk")).exclude(**facts).update(**facts)


def named(model: Any, kind: type[Field]) -> list[str]:
    """The fields of a model that are words, or that are facts."""
    return [field.field_name for field in model.translatable_fields if isinstance(field, kind)]


def words_in(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in named(row, TranslatableField)}


def ask_for_translations(english: Any, before: dict[str, Any]) -> list[Translation]:
    """After an author changed English: who said it in another language is told, files too.

    A row that came from a file has no translation that could say "English changed since": it gets
    one. Those that were begun in the admin follow by themselves.
    """
    if english.locale.language_code != SOURCE or words_in(english) == before:
        return []
    said = english.get_translations().values_list("locale", flat=True)
    begun = Translation.objects.filter(source__object_id=english.translation_key)
    missing = said.exclude(locale__in=begun.values("target_locale"))
    if not missing.exists():
        return []
    source, _is_new = TranslationSource.get_or_create_from_instance(english)
    return [
        Translation.objects.create(source=source, target_locale_id=locale) for locale in missing
    ]


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
