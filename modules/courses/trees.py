"""The same tree of pages in every language.

English is the source. Where a page has no translation, its place is held by an alias of the English
page, which Wagtail keeps equal to its source: every address works in every language.
"""

import tomllib
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from modules.courses.models import HomePage
from modules.reference.models import Review

HOME_TEXTS = settings.BASE_DIR / "modules/library/home.toml"
HOME_SLUG = "home"


def ensure_locales() -> list[Locale]:
    """The locale of each of `settings.LANGUAGES`, English first; missing ones are made."""
    return [Locale.objects.get_or_create(language_code=code)[0] for code, _ in settings.LANGUAGES]


def fill_trees(page: Page, languages: Collection[str] | None = None) -> list[Page]:
    """Aliases of the English `page` where it is missing; the ones made are returned.

    `languages`: their codes; without, all of the site.
    """
    missing = Locale.objects.exclude(pk__in=page.get_translations(inclusive=True).values("locale"))
    if languages is not None:
        missing = missing.filter(language_code__in=languages)
    if page.locale.language_code != "en" or page.alias_of_id:
        return []
    return [page.copy_for_translation(locale, copy_parents=True, alias=True) for locale in missing]


@transaction.atomic
def plant_site() -> list[Page]:
    """Make what is missing of home pages and site; nothing that exists is changed.

    Returns the pages made, so that a second call on a complete site returns an empty list.
    """
    locales = ensure_locales()
    home = HomePage.objects.filter(locale=locales[0], depth=2).first()
    made: list[Page] = []
    if home is None:
        home = _first_home(locales[0])
        made.append(home)
    made += _translated_homes(home, locales[1:])
    made += fill_trees(home)
    _ensure_site(home)
    return made


def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(HOME_TEXTS.read_text(encoding="utf-8"))


def _first_home(locale: Locale) -> HomePage:
    root = Page.get_first_root_node()
    welcome = Page.objects.filter(depth=2, slug=HOME_SLUG).not_exact_type(HomePage).first()
    if welcome is not None:  # Wagtail's own welcome page, from its first migration
        welcome.delete()
        root.refresh_from_db()
    text = _texts()["en"]
    home = HomePage(
        title=text["title"],
        lead=text["lead"],
        slug=HOME_SLUG,
        locale=locale,
        review=Review.REVIEWED,
    )
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _translated_homes(home: HomePage, locales: Iterable[Locale]) -> list[Page]:
    made: list[Page] = []
    texts = _texts()
    for locale in locales:
        text = texts.get(locale.language_code)
        if text is None or home.has_translation(locale):
            continue
        translation = home.copy_for_translation(locale)
        translation.title = translation.draft_title = text["title"]
        translation.lead = text["lead"]
        translation.review = Review(text["review"])
        translation.save_revision().publish()
        made.append(translation)
    return made


def _ensure_site(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    if site.pk and HomePage.objects.filter(pk=site.root_page_id).exists():
        return
    site.root_page = home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()
