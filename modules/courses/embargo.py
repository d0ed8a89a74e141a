"""Pages that are approved and open on a day to come: their titles and dates, never their text."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.models import Page, Revision


@dataclass(frozen=True)
class Upcoming:
    """What readers may know of a page before it opens."""

    title: str
    opens: str  # ISO date, in the time zone of the site


def upcoming(pages: QuerySet) -> list[Upcoming]:
    """Those of `pages` that are not open yet and will be, in the order of the tree; one query."""
    return upcoming_in(live_or_approved(pages.filter(live=False)))


def live_or_approved(pages: QuerySet) -> QuerySet:
    """`pages` that are open, and those that open on a day to come, in the order of the tree.

    An alias opens with the page that it stands for.
    """
    waiting = Revision.objects.filter(
        base_content_type__app_label=Page._meta.app_label,
        base_content_type__model=Page._meta.model_name,
        object_id=Cast(Coalesce(OuterRef("alias_of_id"), OuterRef("pk")), CharField()),
        approved_go_live_at__isnull=False,
    )
    # The page itself may hold a later draft, which nobody has approved.
    rows = pages.annotate(
        opens=Subquery(waiting.values("approved_go_live_at")[:1]),
        approved_title=Subquery(waiting.values(title=KT("content__title"))[:1]),
    )
    return rows.filter(Q(live=True) | Q(opens__isnull=False)).order_by("path")


def upcoming_in(pages: Iterable) -> list[Upcoming]:
    """What is told of those of `pages`, as `live_or_approved` gave them, that are not open."""
    return [
        Upcoming(page.approved_title, timezone.localdate(page.opens).isoformat())
        for page in pages
        if not page.live
    ]
