"""The trees of the other languages follow the English one: same pages, same order."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count
from wagtail.models import Locale, Page

from modules.courses.models import CoursePage
from modules.courses.trees import fill_trees


def put_in_order(parent: Page, order: Iterable[UUID]) -> bool:
    """Sort the pages under `parent` by translation key; others follow. True if any was moved."""
    place = {key: number for number, key in enumerate(order)}
    now = list(parent.get_children())
    wanted = sorted(now, key=lambda page: place.get(page.translation_key, len(place)))
    if wanted == now:
        return False
    for page in wanted:
        Page.objects.get(pk=page.pk).move(parent, pos="last-child")
    return True


def complete_trees() -> int:
    """Make the aliases that are missing; returns how many. Three queries when none is."""
    tie_former_aliases()
    made, languages = 0, Locale.objects.count()
    # Without an order of their own, or pages would be counted by their places too.
    pages = Page.objects.filter(depth__gt=1).order_by().values("translation_key")
    counts = dict(pages.annotate(n=Count("pk")).values_list("translation_key", "n"))
    english = Page.objects.filter(locale__language_code="en", alias_of__isnull=True, depth__gt=2)
    for page in english.select_related("locale").order_by("path"):
        if counts[page.translation_key] < languages:
            made += len(fill_trees(page))
    return made


def tie_former_aliases() -> None:
    """Make aliases again of those whose English page was deleted and has come back.

    Wagtail turns them into pages of their own then; such a page has no revision.
    """
    lost = Page.objects.filter(alias_of__isnull=True, latest_revision__isnull=True, depth__gt=2)
    for page in lost.exclude(locale__language_code="en"):
        english = Page.objects.filter(
            translation_key=page.translation_key, locale__language_code="en"
        ).first()
        if english is not None:
            Page.objects.filter(pk=page.pk).update(alias_of=english)
            english.specific.update_aliases()


def follow_english_order() -> None:
    """Put the lessons of every language in the order of the English pages."""
    pages = Page.objects.filter(depth__gt=1).values_list("path", "translation_key")
    children: dict[str, list[UUID]] = {}
    for path, key in pages.order_by("path"):
        children.setdefault(path[: -Page.steplen], []).append(key)
    courses = list(CoursePage.objects.select_related("locale").order_by("path"))
    english = {
        page.translation_key: children.get(page.path, [])
        for page in courses
        if page.locale.language_code == "en"
    }
    for page in courses:
        wanted = english.get(page.translation_key, [])
        if children.get(page.path, []) != wanted:
            put_in_order(page, wanted)
