"""Which files are kept: the newest of each kind, and all of what was released."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from modules.courses.keeping import renew_mark
from modules.editions.making import drop
from modules.editions.models import EditionFile

KEPT_FOR = timedelta(days=30)  # how long an older file of content never released stays


def prune() -> int:
    """Drop what need not be kept; the rows stay. Returns how many files went."""
    newer = EditionFile.objects.built().filter(
        course=OuterRef("course"),
        edition=OuterRef("edition"),
        lang=OuterRef("lang"),
        format=OuterRef("format"),
        built_at__gt=OuterRef("built_at"),
    )
    old = EditionFile.objects.built().filter(Exists(newer), built_at__lt=timezone.now() - KEPT_FOR)
    released = EditionFile.objects.released().filter(pk=OuterRef("pk"))
    dropped = sum(map(drop, old.filter(~Exists(released)).select_related("course")))
    if dropped:
        renew_mark()
    return dropped
