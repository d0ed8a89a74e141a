"""Making files of editions: each once for its content, in the background."""

import logging
import time
from contextlib import suppress
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from modules.courses.keeping import renew_mark
from modules.courses.models import Course
from modules.editions import compiling, producing
from modules.editions.models import EditionFile
from modules.printing.errors import RenderingFailed

logger = logging.getLogger(__name__)

MOST_WAITING = 4  # files of one course at a time
State = EditionFile.State


class TooManyWaiting(Exception):
    """So many files of the course are being made that no other is begun."""


class TakenAway(Exception):
    """The file was given up while it was being made, and is another's to make."""


def todays(course: Course, edition: str, lang: str, suffix: str) -> EditionFile:
    """The file of today's content, as it is kept; an unsaved one where it was never asked for."""
    sha = compiling.content_sha(course, edition, lang)
    facts = {"course": course, "edition": edition, "lang": lang, "format": suffix, "sha": sha}
    file = EditionFile.objects.filter(**facts).first() or EditionFile(**facts)
    file.course = course
    return file


def file_for(course: Course, edition: str, lang: str, suffix: str) -> EditionFile:
    """The file of today's content, queued where nobody makes it; one that failed stays so.

    Raises `TooManyWaiting`, and queues nothing, while `MOST_WAITING` others of the course wait.
    """
    file = todays(course, edition, lang, suffix)
    return file if file.is_done or file.has_failed else queue(file)


def queue(file: EditionFile) -> EditionFile:
    """Have a worker make the file, if none is at it. Raises `TooManyWaiting` as `file_for` does."""
    with transaction.atomic():
        if put_in_line(file, MOST_WAITING):
            # After the commit: the task would not find the row before.
            transaction.on_commit(partial(build_file.enqueue, file.pk))
    file.refresh_from_db()
    return file


@transaction.atomic
def line_up(course: Course, edition: str, lang: str, suffix: str) -> EditionFile:
    """The file of today's content, in line where it is not made, for who builds it at once."""
    file = todays(course, edition, lang, suffix)
    if not file.is_done:
        put_in_line(file)
    return file


def put_in_line(file: EditionFile, most: int | None = None) -> bool:
    """Write the row as queued; False where it waits already, or is done.

    Raises `TooManyWaiting` when already `most` others of the course wait. In a transaction.
    """
    # Who comes at the same time waits here, and then finds the row.
    Course.objects.select_for_update().get(pk=file.course_id)
    known = EditionFile.objects.of_kind(file).filter(sha=file.sha).first()
    file.pk = known.pk if known else None
    if known and not known.is_idle:
        return False
    others = EditionFile.objects.waiting().filter(course=file.course).exclude(pk=file.pk)
    if most is not None and others.count() >= most:
        raise TooManyWaiting
    file.state, file.queued_at, file.taken_at = State.QUEUED, timezone.now(), None
    file.stage, file.percent, file.error = "", 0, ""
    file.version = file.version or compiling.version_of(file.course)[:60]
    file.save()
    return True


@task
def build_file(pk: int) -> None:
    build(pk)


def build(pk: int) -> EditionFile | None:
    """Make the file of a row that is queued or given up; None when another is at it.

    The row tells how far it is, and ends as made, as failed with one line that says why, or as
    dropped when the content has changed meanwhile. What nobody expected stands in the log.
    """
    file = take(pk)
    if file is not None:
        with suppress(TakenAway):
            make_or_tell(file)
    return file


def make_or_tell(file: EditionFile) -> None:
    try:
        make(file)
    except RenderingFailed as error:
        logger.warning("The edition %s was not made: %s", file, error)
        end(file, State.FAILED, error=str(error))
    except TakenAway:
        raise
    except Exception as error:
        logger.exception("The edition %s was not made.", file)
        end(file, State.FAILED, error=f"Unexpected: {type(error).__name__}. The log says more.")


def take(pk: int) -> EditionFile | None:
    """The row, from now on ours to build; None when it is another's, or done."""
    row = EditionFile.objects.filter(pk=pk)
    taken = row.to_take().update(
        state=State.BUILDING, taken_at=timezone.now(), stage="", percent=0, error=""
    )
    return row.select_related("course").get() if taken else None


def make(file: EditionFile) -> None:
    """Make and keep the file of a row that is ours; its content must be that of today all along."""
    started = time.monotonic()
    if not is_of_today(file):
        return end(file, State.DROPPED)
    produced = producing.produce(
        file.course, file.edition, file.lang, file.format, partial(report, file)
    )
    if not is_of_today(file):
        return end(file, State.DROPPED)
    keep(file, produced, time.monotonic() - started)
    return None


def is_of_today(file: EditionFile) -> bool:
    return compiling.content_sha(file.course, file.edition, file.lang) == file.sha


def report(file: EditionFile, stage: str, percent: int) -> None:
    """Tell how far it is. Raises `TakenAway` when the row is not ours any more."""
    change(file, stage=stage[:20], percent=min(max(percent, 0), 100))


def keep(file: EditionFile, produced: producing.Produced, seconds: float) -> None:
    """Store the file and end its row; of a row that is not ours any more nothing is left."""
    file.file.save("", ContentFile(produced.data), save=False)
    name = str(file.file.name)
    facts: dict[str, Any] = {
        "pages": produced.pages,
        "bytes": len(produced.data),
        "seconds": round(seconds, 1),
        "built_at": timezone.now(),
    }
    try:
        change(file, file=name, **facts, state=State.DONE, stage="", percent=100)
    except TakenAway:
        file.file.storage.delete(name)
        raise
    # Pages that are kept show what is made.
    renew_mark()


def end(file: EditionFile, state: str, error: str = "") -> None:
    """End a row without a file; `error` says in one line why."""
    change(file, state=state, stage="", percent=0, error=" ".join(error.split())[:300])


def change(row: EditionFile, /, **facts: object) -> None:
    """Write these facts of a row as long as it is ours. Raises `TakenAway` when it is not."""
    ours = EditionFile.objects.filter(pk=row.pk, state=State.BUILDING, taken_at=row.taken_at)
    if not ours.update(**facts):
        raise TakenAway
    for name, value in facts.items():
        setattr(row, name, value)


def forget_lost(file: EditionFile) -> None:
    """Say of a row that its file is not there any more, so that it is made when asked for."""
    logger.error("The file of the edition %s is lost: %s", file, file.file.name)
    drop(file)


def drop(file: EditionFile) -> bool:
    """Let the file go and keep the row; False when it was not there to drop."""
    name = str(file.file.name)
    kept = EditionFile.objects.built().filter(pk=file.pk, file=name)
    if not kept.update(state=State.DROPPED, file=""):
        return False
    file.file.storage.delete(name)
    return True
