"""How far each translation is, for the list in the admin."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    get_edit_url,
)

from modules.reference.lists import listed
from modules.reference.models import Review


@dataclass(frozen=True)
class Row:
    """One translation as its line of the list tells it."""

    pk: int
    title: str
    kind: str
    language: str
    url: str
    progress: str
    state: str
    awaits_review: bool
    awaits_approval: bool


def with_standing(translations: QuerySet[Translation]) -> QuerySet[Translation]:
    """Brings along `total`, `translated` and `refused` (segments), and what `notes_of` needs.

    One query for any number of translations.
    """
    here = StringTranslation.objects.filter(
        translation_of=OuterRef("string_id"),
        context=OuterRef("context_id"),
        locale=OuterRef(OuterRef("target_locale_id")),
    )
    segments = StringSegment.objects.filter(source=OuterRef("source_id"))
    good, bad = here.filter(has_error=False), here.filter(has_error=True)
    newest = StringTranslation.objects.filter(
        context__object=OuterRef("source__object_id"), locale=OuterRef("target_locale_id")
    )
    written = TranslationLog.objects.filter(
        source=OuterRef("source_id"), locale=OuterRef("target_locale_id")
    )
    return translations.filter(enabled=True).annotate(
        total=_count(segments),
        translated=_count(segments.filter(Exists(good))),
        refused=_count(segments.filter(Exists(bad))),
        newest_words=Subquery(_latest(newest, "locale", "updated_at")),
        written_at=Subquery(_latest(written, "locale", "created_at")),
    )


def _count(segments: QuerySet) -> Coalesce:
    counted = segments.order_by().values("source").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _latest(rows: QuerySet, group: str, moment: str) -> QuerySet:
    return rows.order_by().values(group).annotate(latest=Max(moment)).values("latest")


def rows_of(translations: Sequence[Any]) -> list[Row]:
    """The lines of `translations`, which come `with_standing`; a query for each kind of content."""
    found = _translated(translations)
    waiting = _in_review(found.values())
    return [
        _row(one, found[key], waiting)
        for one in translations
        if (key := (one.source.object_id, one.target_locale_id)) in found
    ]


def _translated(translations: Sequence[Translation]) -> dict[tuple[Any, int], Any]:
    """What each of them was translated into, by translation key and locale."""
    keys: dict[Any, set[Any]] = defaultdict(set)
    for one in translations:
        keys[one.source.specific_content_type].add(one.source.object_id)
    objects = (
        thing
        for kind, of_kind in keys.items()
        for thing in kind.get_all_objects_for_this_type(translation_key__in=of_kind)
    )
    return {(thing.translation_key, thing.locale_id): thing for thing in objects}


def _in_review(things: Iterable[Any]) -> set[str]:
    """Keys of the pages among them that wait for a reviewer; one query."""
    pages = [str(thing.pk) for thing in things if isinstance(thing, Page)]
    states = WorkflowState.objects.filter(
        object_id__in=pages,
        base_content_type=ContentType.objects.get_for_model(Page),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return set(states.values_list("object_id", flat=True)) if pages else set()


def _row(one: Any, thing: Any, waiting: Collection[str]) -> Row:
    is_page = isinstance(thing, Page)
    is_waiting = is_page and str(thing.pk) in waiting
    is_unpublished = getattr(thing, "has_unpublished_changes", False) or has_new_words(one)
    notes = [*notes_of(one), *([_("waits for its review")] if is_waiting else [])]
    return Row(
        pk=one.pk,
        title=str(thing),
        kind=capfirst(thing._meta.verbose_name),
        language=one.target_locale.get_display_name(),
        url=get_edit_url(thing) or "",
        progress=_("{done} of {total} segments").format(done=one.translated, total=one.total),
        state=capfirst(listed(notes)),
        awaits_review=getattr(thing, "review", None) == Review.DRAFT and not is_unpublished,
        awaits_approval=is_page and not is_waiting and is_unpublished and one.translated > 0,
    )


def has_new_words(one: Any) -> bool:
    """Whether somebody translated after the page was last written."""
    return bool(one.newest_words and one.written_at and one.newest_words > one.written_at)


def notes_of(one: Any) -> list[str]:
    """What somebody has to do about a translation that comes `with_standing`."""
    notes = []
    if one.written_at is None or one.source.last_updated_at > one.written_at:
        notes.append(_("English changed since"))
    if has_new_words(one):
        notes.append(_("new words, not yet published"))
    if one.refused:
        notes.append(_("refused segments: {count}").format(count=one.refused))
    if not notes and one.translated == one.total:
        notes.append(_("complete"))
    return notes
