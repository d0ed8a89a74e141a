"""Keeping an uploaded list until it is confirmed, given up, or seven days old."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.tasks import default_task_backend, task
from django.utils import timezone

from learning.imports.answer_sheets import AnswerSheet
from learning.imports.models import KEPT_FOR, Roster, RosterEntry
from learning.imports.planning import Target
from learning.people.models import User

A_MOMENT = timedelta(minutes=1)


def store(
    rows: list[list[str]], target: Target, *, by: User | None, language: str, file_name: str = ""
) -> Roster:
    """Keep the rows of a list. Nobody is made known, enrolled or written to by that."""
    forget_later()
    return Roster.objects.create(
        programme=target.programme,
        course_version=target.version,
        language=language,
        file_name=file_name[-120:],
        rows=rows,
        uploaded_by=by,
    )


@transaction.atomic
def keep_choices(roster: Roster, choices: Mapping[str, str]) -> None:
    """Add to what was decided of single rows; of a list that is confirmed nothing is changed."""
    locked = Roster.objects.select_for_update().get(pk=roster.pk)
    if locked.confirmed_at is None:
        locked.choices |= choices
        locked.save(update_fields=["choices"])


def give_up(roster: Roster) -> bool:
    """Delete a list that is not confirmed; False when it is."""
    deleted, _rows = Roster.objects.filter(pk=roster.pk, confirmed_at=None).delete()
    return bool(deleted)


def forget_old() -> tuple[int, int]:
    """Delete lists never confirmed, and addresses never used, after their seven days.

    Returns how many of each.
    """
    long_ago = timezone.now() - KEPT_FOR
    old = Roster.objects.filter(confirmed_at=None, uploaded_at__lt=long_ago)
    lists, _rows = old.delete()
    unused = RosterEntry.objects.exclude(email="").filter(roster__confirmed_at__lt=long_ago)
    return lists, unused.update(email="")


def forget_old_sheets() -> int:
    """Delete lists of results not imported within their seven days; returns how many."""
    long_ago = timezone.now() - KEPT_FOR
    old = AnswerSheet.objects.filter(confirmed_at=None, uploaded_at__lt=long_ago)
    return old.delete()[0]


@task
def forget() -> None:
    forget_old()
    forget_old_sheets()


def forget_later() -> None:
    """Have the task worker forget, when its time has come, what is stored at this moment.

    Without a worker `manage.py tend_rosters` does.
    """
    if default_task_backend.supports_defer:
        forget.using(run_after=timezone.now() + KEPT_FOR + A_MOMENT).enqueue()
