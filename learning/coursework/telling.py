"""Letters about coursework. What makes them go once is in `learning/notices`.

A letter is written when it is sent, so it says how things stand then, and is not sent when there is
nothing to say any more.
"""

import logging
from functools import partial

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import translation

from learning.coursework.models import ReviewTask, Work, WorkFact
from learning.enrolment.models import Enrolment
from learning.notices import letters
from learning.notices.claiming import claim
from learning.notices.models import NoticeSent
from learning.notices.sending import send
from learning.people.codes import account_of_person
from learning.people.models import Person, name_in
from modules.coursework.asking import title_of

logger = logging.getLogger(__name__)

Kind = NoticeSent.Kind
MARKED = "marked"
KINDS = {WorkFact.What.FILE_REFUSED: Kind.FILE_REFUSED, MARKED: Kind.MARKED}


def tell(work: Work, what: str, subject: str) -> None:
    """Tell the author of a work; once for each `subject`."""
    person = work.enrolment.person
    _send_after_commit(Kind(KINDS[what]), subject, person, work.enrolment_id, work.assignment_key)


def tell_reviewer(task: ReviewTask) -> None:
    """Tell a reviewer what she was asked to mark: one letter a day, however many works."""
    reviewer, work = task.reviewer, task.work
    if reviewer is not None:
        subject = f"{reviewer.uuid}:{task.given_at:%Y%m%d}:{work.assignment_key}"[:64]
        _send_after_commit(Kind.REVIEWS, subject, reviewer.person, reviewer.pk, work.assignment_key)


def _send_after_commit(
    kind: NoticeSent.Kind, subject: str, person: Person, enrolment: int, key: str
) -> None:
    for notice in claim(kind, subject, [str(person.uuid)]):
        transaction.on_commit(partial(send_letter.enqueue, notice.pk, kind.value, enrolment, key))


@task
def send_letter(notice: int, kind: str, enrolment: int, key: str) -> None:
    found = Enrolment.objects.select_related(
        *("person__user", "person__merged_into__user", "cohort__course_version__course")
    ).get(pk=enrolment)
    try:
        send(notice, partial(compose, kind, found, key))
    except Exception:
        logger.exception("Letter %s could not be written and waits.", notice)


def compose(kind: str, enrolment: Enrolment, key: str) -> EmailMessage | None:
    """The letter; None where nobody can get it, or nothing is left to say."""
    person = enrolment.person.merged_into or enrolment.person
    account = account_of_person(person)
    address = EmailAddress.objects.get_primary_email(account) if account else ""
    if person.erased_at or account is None or not account.is_active or not address:
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
