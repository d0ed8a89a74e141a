"""Writing a piece of work, handing it in, and taking it back."""

import hashlib
import uuid
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.coursework.deadlines import deadlines_of
from learning.coursework.files import Checked
from learning.coursework.models import HandedFile, Work, WorkFact
from learning.coursework.scanning import scan_after_commit, state_at_first
from learning.coursework.tending import tend
from learning.enrolment.models import Enrolment
from learning.people.models import User
from modules.coursework.models import Assignment
from modules.questions.freezing import freeze

TERMS = ("handed_in_as", "file_types", "most_mb", "reviews", "days_to_review")


class CannotHandIn(Exception):
    """Why nothing was stored or handed in; the message is for the person."""


def terms_of(assignment: Assignment) -> dict[str, Any]:
    return {name: getattr(assignment, name) for name in TERMS}


def begin(enrolment: Enrolment, assignment: Assignment, lang: str) -> Work:
    """The person's work for this task; its question and settings are frozen at the first call.

    Raises what `freeze` raises.
    """
    known = Work.objects.filter(enrolment=enrolment, assignment_key=assignment.key).first()
    if known:
        return known
    work, _made = Work.objects.get_or_create(
        enrolment=enrolment,
        assignment_key=assignment.key,
        defaults={
            "course_version": enrolment.cohort.course_version,
            "question_version": freeze(assignment.question_key),
            "terms": terms_of(assignment),
            "lang": lang,
        },
    )
    return work


@transaction.atomic
def save_draft(
    work: Work,
    text: str,
    lang: str,
    *,
    file: Checked | None = None,
    drops_file: bool = False,
) -> Work:
    """Store what was written; a new file takes the place of the one before.

    Raises `CannotHandIn` for work that was handed in.
    """
    locked = _locked(work)
    if not locked.is_draft:
        raise CannotHandIn(_("This work is handed in. Take it back first to change it."))
    locked.text, locked.lang = text, lang
    locked.save(update_fields=["text", "lang"])
    if file or drops_file:
        HandedFile.objects.filter(work=locked).delete()
    if file:
        _keep(locked, file)
    return locked


def _keep(work: Work, file: Checked) -> None:
    kept = HandedFile(
        work=work,
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        sha256=file.sha256,
        scan=state_at_first(),
    )
    kept.file.save("", ContentFile(file.content), save=False)
    kept.save()
    scan_after_commit(kept)


def what_lacks(work: Work, now: datetime | None = None) -> str:
    """What keeps a draft from being handed in, as a sentence; "" for nothing."""
    due_at = deadlines_of(work.enrolment.cohort_id, work.assignment_key).of(work.enrolment_id)
    handed_in_as, has_file = work.terms["handed_in_as"], work.kept_file is not None
    if due_at and due_at < (now or timezone.now()):
        return str(_("The time to hand in is over. Ask your trainer for more time."))
    if handed_in_as == "text" and not work.text:
        return str(_("Write your work first."))
    if handed_in_as == "file" and not has_file:
        return str(_("Choose your file first."))
    return "" if work.text or has_file else str(_("Write something or choose a file first."))


def hand_in(work: Work, by: User | None, fact_id: uuid.UUID, now: datetime | None = None) -> Work:
    """Hand in, once however often it is asked; then others get it when its time has come.

    Raises `CannotHandIn`.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(work)
        if locked.is_draft and not WorkFact.objects.filter(pk=fact_id).exists():
            if reason := what_lacks(locked, now):
                raise CannotHandIn(reason)
            WorkFact.objects.create(
                id=fact_id,
                work=locked,
                what=WorkFact.What.HANDED_IN,
                sha256=sha_of(locked),
                recorded_by=by,
            )
            locked.handed_in_at = now
            locked.save(update_fields=["handed_in_at"])
    tend(work.enrolment.cohort_id, work.assignment_key, now)
    return locked


def sha_of(work: Work) -> str:
    """Of what is handed in: the text, and the hash of the file."""
    file = work.kept_file
    return hashlib.sha256(f"{work.text}\0{file.sha256 if file else ''}".encode()).hexdigest()


def may_take_back(work: Work, now: datetime | None = None) -> bool:
    """As long as nobody was asked to mark it, and there is time to hand it in again."""
    if work.is_draft or work.tasks.exists():
        return False
    due_at = deadlines_of(work.enrolment.cohort_id, work.assignment_key).of(work.enrolment_id)
    return due_at is None or (now or timezone.now()) <= due_at


@transaction.atomic
def take_back(work: Work, by: User | None) -> None:
    """Make it a draft again. Raises `CannotHandIn`."""
    locked = _locked(work)
    if locked.is_draft:
        return
    if not may_take_back(locked):
        raise CannotHandIn(_("Somebody is marking this work already. It stays as it is."))
    WorkFact.objects.create(work=locked, what=WorkFact.What.TAKEN_BACK, recorded_by=by)
    locked.handed_in_at = None
    locked.save(update_fields=["handed_in_at"])


def _locked(work: Work) -> Work:
    """Whoever gives works to reviewers locks the cohort; so does whoever changes one."""
    cohorts = type(work.enrolment.cohort).objects.select_for_update()
    cohorts.get(pk=work.enrolment.cohort_id)
    return Work.objects.select_related("enrolment__cohort", "question_version").get(pk=work.pk)
