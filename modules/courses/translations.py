"""What the frame around a page says of languages, asked for together with the page itself."""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, StringAgg, Subquery, Value
from wagtail.models import Page

from modules.reference.interface import confirmations, is_draft


def with_languages[P: Page](pages: QuerySet[P]) -> QuerySet[P]:
    """Spares each of `pages` the queries of `languages_of` and of `words_are_draft`."""
    same = Page.objects.live().filter(translation_key=OuterRef("translation_key")).order_by()
    codes = StringAgg("locale__language_code", delimiter=Value(","))
    published = same.values("translation_key").annotate(codes=codes).values("codes")
    confirmed = confirmations(OuterRef("locale__language_code"))
    return pages.annotate(published_in=Subquery(published), words_confirmed=Exists(confirmed))


def languages_of(page: Page) -> set[str]:
    """The languages `page` is published in, by itself or as an alias of the English text."""
    published: str | None = getattr(page, "published_in", None)
    if published is not None:
        return set(published.split(","))
    translations = page.get_translations(inclusive=True).filter(live=True)
    return set(translations.values_list("locale__language_code", flat=True))


def words_are_draft(page: Page | None, language: str) -> bool:
    """Whether nobody has confirmed the site's own words in `language`, which `page` is in."""
    confirmed: bool | None = getattr(page, "words_confirmed", None)
    if confirmed is None:
        return is_draft(language)
    return language != settings.LANGUAGE_CODE and not confirmed
