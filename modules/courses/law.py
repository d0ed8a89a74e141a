"""Whether a page cites law, and whether somebody who knows the law has still to read it."""

from typing import Any

from wagtail.models import TaskState

from modules.blocks.lesson import law_keys_in
from modules.blocks.markdown import sources_in
from modules.courses.citing import MARKDOWN_FIELDS
from modules.courses.models import LegalCaution, LessonPage
from modules.reference.models import Source


def cites_law(page: Any) -> bool:
    """Of a lesson: a dated figure, a legal caution, cleared or not, or a source that is law.

    Pages of other kinds cite none. One query.
    """
    if not isinstance(page, LessonPage):
        return False
    values = [block.value for block in page.body]
    if page.legal_caution or any(law_keys_in(value) for value in values):
        return True
    text = "\n".join(str(value.get(name, "")) for value in values for name in MARKDOWN_FIELDS)
    return any(source.is_law for source in Source.objects.filter(tag__in=sources_in(text)))


def needs_legal_review(page: Any) -> bool:
    """Whether `page` must not be published before a legal reviewer has approved it.

    A translation says what the English lesson says, and passes where that was read.
    """
    return cites_law(page) and not was_read_in_english(page)


def was_read_in_english(page: LessonPage) -> bool:
    """Whether a legal reviewer has read what `page` translates; of an English page, no.

    That is when she approved what readers have of the English lesson now, or cleared its caution.
    """
    if page.locale.language_code == "en":
        return False
    english = LessonPage.objects.filter(
        translation_key=page.translation_key, locale__language_code="en", live=True
    )
    lesson = english.select_related("live_revision").first()
    if lesson is None or lesson.live_revision is None:
        return False
    if lesson.legal_caution == LegalCaution.CLEARED:
        return True
    return TaskState.objects.filter(
        task__legalreview__isnull=False,
        status=TaskState.STATUS_APPROVED,
        workflow_state__object_id=str(lesson.pk),
        finished_at__range=(lesson.live_revision.created_at, lesson.last_published_at),
    ).exists()
