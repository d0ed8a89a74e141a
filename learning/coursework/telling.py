"""Letters about coursework. What makes them go once is in `learning/notices`.

A letter is written when it is sent, so it says how things stand then, and is not sent when there is
nothing to say any more.
"""

import logging
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import timezone, translation

from learning.coursework.models import ReviewTask, Work, WorkFact
from learning.enrolment.models import Enrolment
from learning.notices import letters
from learning.notices.claiming import claim
from learning.notices.models import IN_HAND, NoticeSent
from learning.notices.sending import send
from learning.people.codes import address_of_person
from learning.people.models import Person, name_in
from modules.coursework.asking import title_of

logger = logging.getLogger(__name__)

Kind = NoticeSent.Kind
MARKED = "marked"
KINDS = {WorkFact.What.FILE_REFUSED: Kind.FILE_REFUSED, MARKED: Kind.MARKED}
OURS = (Kind.REVIEWS, *KINDS.values())
GIVEN_UP = timedelta(days=7)  # what could not be sent by then says nothing new any more


def tell(work: Work, what: str, which: str) -> None:
    """Tell the author of a work; once for each `which`."""
    subject = f"{work.uuid}:{which}"
    _send_after_commit(Kind(KINDS[what]), subject, work.enrolment.person)


def tell_reviewer(task: ReviewTask) -> None:
    """Tell a reviewer what she was asked to mark: one letter a day, however many works."""
    reviewer = task.reviewer
    if reviewer is not None:
        subject = f"{reviewer.pk}:{task.given_at:%Y%m%d}:{task.work.assignment_key}"
        _send_after_commit(Kind.REVIEWS, subject, reviewer.person)


def _send_after_commit(kind: NoticeSent.Kind, subject: str, person: Person) -> None:
    for notice in claim(kind, subject, [str(person.uuid)]):
        transaction.on_commit(partial(send_letter.enqueue, notice.pk))


def send_waiting_again() -> int:
    """Letters that are certainly not sent, of the last days; returns how many are on their way."""
    now = timezone.now()
    waiting = NoticeSent.objects.waiting().filter(
        kind__in=OURS, claimed_at__gte=now - GIVEN_UP, claimed_at__lt=now - IN_HAND
    )
    notices = list(waiting.values_list("pk", flat=True))
    for notice in notices:
        send_letter.enqueue(notice)
    return len(notices)


@task
def send_letter(notice: int) -> None:
    found = NoticeSent.objects.filter(pk=notice, kind__in=OURS).first()
    if found is None:
        return
    try:
        send(notice, partial(_compose, found))
    except Exception:
        logger.exception("Letter %s could not be written and waits.", notice)


def _compose(notice: NoticeSent) -> EmailMessage | None:
    """What the letter is about stands in its subject, as `tell` and `tell_reviewer` wrote it."""
    about, _, rest = notice.subject_id.partition(":")
    if notice.kind == Kind.REVIEWS:
        enrolment, key = int(about), rest.partition(":")[2]
    else:
        work = Work.objects.filter(uuid=about).first()
        if work is None:
            return None
        enrolment, key = work.enrolment_id, work.assignment_key
    loaded = Enrolment.objects.select_related(
        *("person__user", "person__merged_into__user", "cohort__course_version__course")
    )
    return compose(notice.kind, loaded.get(pk=enrolment), key)


def compose(kind: str, enrolment: Enrolment, key: str) -> EmailMessage | None:
    """The letter; None where nobody can get it, or nothing is left to say."""
    person = enrolment.person.merged_into or enrolment.person
    address = address_of_person(person)
    if not address:
        return None
    language = person.language or settings.LANGUAGE_CODE
    about = {
        "to": address,
        "language": language,
        "name": person.name(language),
        "course": name_in(enrolment.cohort.course_version.manifest.get("titles", {}), language)
        or enrolment.cohort.course_version.course.code,
    }
    if kind == Kind.REVIEWS:
        tasks = ReviewTask.objects.filter(
            reviewer=enrolment, work__assignment_key=key, state=ReviewTask.State.OPEN
        )
        until = min((task.due_at for task in tasks if task.due_at), default=None)
        if until is None:
            return None
        link = _address(language, "coursework_reviews", enrolment, key)
        return letters.reviews(**about, n=len(tasks), until=until, link=link)
    work = Work.objects.filter(enrolment=enrolment, assignment_key=key).first()
    if work is None:
        return None
    link = _address(language, "coursework", enrolment, key)
    title = title_of(work.definition, language)
    write = letters.file_refused if kind == Kind.FILE_REFUSED else letters.coursework_marked
    return write(**about, title=title, link=link)


def _address(language: str, name: str, enrolment: Enrolment, key: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=[enrolment.uuid, key])
