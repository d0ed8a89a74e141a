"""Letters about a test some months after a course: one when a wave opens for a person.

They go to who agreed to be written to after a course and has an address; everybody else finds the
test under “My learning”. What makes a letter go once is in `learning/notices`. It is written when
it is sent, and not sent when there is nothing to say any more.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.tasks import task
from django.urls import reverse
from django.utils import timezone, translation

from learning.attempts.models import Sitting
from learning.attempts.offering import Offer, offers_of
from learning.attempts.waves import current_of, ended_by, later_of, rule_in
from learning.enrolment.models import Enrolment
from learning.notices import letters
from learning.notices.claiming import claim
from learning.notices.models import NoticeSent
from learning.notices.sending import send
from learning.people.codes import address_of_person
from learning.people.consents import Consent
from learning.people.models import Person, name_in
from modules.papers.models import Purpose, Test
from modules.papers.waves import OPEN

logger = logging.getLogger(__name__)

KIND = NoticeSent.Kind.WAVE
LOADED = ("person__user", "person__merged_into__user", "cohort__course_version__course")


def tell_of_waves(now: datetime | None = None) -> int:
    """Have the letters sent that are due; returns how many are on their way. Safe to repeat.

    No more at once than the setting `LETTERS_AT_ONCE` allows; the others go with the next round.
    Some six queries, and about five for each letter that did not go yet.
    """
    told = 0
    for enrolment, months in open_for(now or timezone.now()):
        if told >= settings.LETTERS_AT_ONCE:
            break
        subject = f"{enrolment.uuid}:{months}"
        with transaction.atomic():
            for notice in claim(KIND, subject, [str(_whole(enrolment.person).uuid)]):
                transaction.on_commit(partial(send_letter.enqueue, notice.pk))
                told += 1
    return told


def open_for(now: datetime) -> Iterator[tuple[Enrolment, int]]:
    """Enrolments of people who agreed, with the wave that is open for them and not begun.

    Without those of whom a letter is out already.
    """
    tests = {
        (one.course_code, one.purpose): one
        for one in Test.objects.filter(purpose__in=(Purpose.POST, Purpose.RETENTION))
    }
    codes = [code for code, purpose in tests if purpose == Purpose.RETENTION]
    enrolments = {one.pk: one for one in _who_agreed(codes)}
    own: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in Sitting.objects.filter(
        enrolment__in=enrolments, purpose__in=(Purpose.POST, Purpose.RETENTION)
    ).order_by("started_at", "pk"):
        own[sitting.enrolment_id].append(sitting)
    rules = {}
    for pk in own:
        cohort = enrolments[pk].cohort
        after = tests.get((cohort.course_version.course.code, Purpose.POST))
        rules[pk] = rule_in(cohort, after.counts if after else None)
    out = NoticeSent.objects.filter(kind=KIND).exclude(state=NoticeSent.State.CLAIMED)
    known = set(out.values_list("subject_id", flat=True))
    today = timezone.localdate(now)
    for pk, day in ended_by(own, rules).items():
        test = tests[enrolments[pk].cohort.course_version.course.code, Purpose.RETENTION]
        current = current_of(later_of(test, day, own[pk]), today)
        if current and current.state(today) == OPEN:
            months = current.wave.months
            if f"{enrolments[pk].uuid}:{months}" not in known:
                yield enrolments[pk], months


def _who_agreed(codes: list[str]) -> QuerySet[Enrolment]:
    agreed = Consent.objects.filter(purpose=Consent.Purpose.CONTACT, withdrawn_at=None)
    people = agreed.values("person")
    own = Q(person__in=people) | Q(person__merged_into__in=people)
    return (
        Enrolment.objects.in_force()
        .filter(own, person__erased_at=None, cohort__course_version__course__code__in=codes)
        .select_related(*LOADED)
    )


def _whole(person: Person) -> Person:
    return person.merged_into or person


@task
def send_letter(notice: int) -> None:
    found = NoticeSent.objects.filter(pk=notice, kind=KIND).first()
    if found is None:
        return
    try:
        send(notice, partial(_compose, found))
    except Exception:
        logger.exception("Letter %s could not be written and waits.", notice)


def _compose(notice: NoticeSent) -> EmailMessage | None:
    uuid, _colon, months = notice.subject_id.partition(":")
    enrolments = Enrolment.objects.in_force().select_related(*LOADED)
    enrolment = enrolments.filter(uuid=UUID(uuid)).first()
    return compose(enrolment, int(months)) if enrolment else None


def compose(enrolment: Enrolment, months: int) -> EmailMessage | None:
    """The letter; None where nobody can or wants to get it, or nothing is left to say."""
    person = _whole(enrolment.person)
    address = address_of_person(person)
    if not address:
        return None
    if not _who_agreed([enrolment.cohort.course_version.course.code]).filter(pk=enrolment.pk):
        return None
    offer = offers_of(enrolment).get(Purpose.RETENTION)
    if offer is None or not _is_open(offer, months):
        return None
    language = person.language or settings.LANGUAGE_CODE
    version = enrolment.cohort.course_version
    return letters.wave_open(
        to=address,
        language=language,
        name=person.name(language),
        course=name_in(version.manifest.get("titles", {}), language) or version.course.code,
        months=months,
        until=offer.current.wave.closes,  # type: ignore[union-attr]  # as `_is_open` has seen
        link=_address(language),
    )


def _is_open(offer: Offer, months: int) -> bool:
    """Whether this very wave can be begun, and was not."""
    is_same = offer.current is not None and offer.current.wave.months == months
    return is_same and offer.state == "ready"


def _address(language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse("my_learning")
