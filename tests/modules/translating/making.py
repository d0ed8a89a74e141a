"""Translations of lessons, begun as the admin begins them."""

from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object


def begin(thing: Any, language: str = "ur") -> Translation:
    """What "Translate" in the admin does; the translation to work on."""
    locale = Locale.objects.get(language_code=language)
    translate_object(thing, [locale])
    return Translation.objects.get(
        source__object_id=thing.translation_key, target_locale__language_code=language
    )


def say(translation: Translation, english: str, words: str) -> Any:
    """Translate the one segment that is `english`; the stored translation."""
    segment = translation.source.stringsegment_set.get(string__data=english)
    return segment.string.translations.create(
        locale=translation.target_locale, context=segment.context, data=words
    )


def segments_of(translation: Translation) -> list[str]:
    found = StringSegment.objects.filter(source=translation.source).order_by("order")
    return list(found.values_list("string__data", flat=True))


def urdu(page: Page) -> Any:
    return type(page).objects.get(translation_key=page.translation_key, locale__language_code="ur")
