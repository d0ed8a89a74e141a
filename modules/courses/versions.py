"""Which released version the texts of today are."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from modules.courses.models import Course, LessonPage
from modules.questions.definitions import sha_of
from modules.questions.shapes import Definition
from modules.reference.models import LegalFigure

# What of a figure readers act on.
FACTS = ("value", "unit", "jurisdiction", "valid_from", "valid_to")


def version_today(course: Course, questions: Mapping[str, Definition]) -> str:
    """The number of the newest release while nothing of it has changed, else "after 1.2".

    `questions` are the live definitions that the course uses. Nothing is written.
    """
    newest = course.versions.order_by("-released_at", "-pk").first()
    if newest is None:
        return str(_("not released"))
    same = (
        _pages_stand(newest.manifest)
        and _questions_stand(newest.manifest, questions)
        and _figures_stand(newest.manifest)
    )
    return newest.number if same else _("after {version}").format(version=newest.number)


def _pages_stand(manifest: Mapping) -> bool:
    """Whether every page that was released is still live as it was."""
    ids = {pk for pages in manifest.get("pages", {}).values() for pk in pages.values()}
    live = LessonPage.objects.live().filter(alias_of__isnull=True, live_revision_id__in=ids)
    return live.count() == len(ids)


def _questions_stand(manifest: Mapping, questions: Mapping[str, Definition]) -> bool:
    released = manifest.get("sha256", {}).get("questions", {})
    return {key: sha_of(one) for key, one in questions.items()} == released


def _figures_stand(manifest: Mapping) -> bool:
    released = manifest.get("figures", {})
    rows = LegalFigure.objects.filter(key__in=released, locale__language_code="en")
    today = {row.key: {name: str(getattr(row, name)) for name in FACTS} for row in rows}
    facts = {key: {name: one[name] for name in FACTS} for key, one in released.items()}
    return today == facts
