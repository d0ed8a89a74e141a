"""Taking a test: beginning, saving answers, handing in.

One row lock orders whatever happens to a sitting at the same moment. The server's clock decides;
what a device says about time is kept and decides nothing.
"""

import logging
import secrets
import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import BigAutoField
from django.utils import timezone

from learning.attempts.models import Answer, ScoringRun, Sitting
from learning.attempts.offering import Offer, offers_of
from learning.attempts.papers import paper_for
from learning.attempts.questions import paper_of
from learning.attempts.scoring import score
from learning.enrolment.models import Enrolment
from learning.people.models import User
from modules.papers.contents import Form
from modules.papers.drawing import SEEDS, Paper
from modules.papers.models import Purpose
from modules.papers.pool import ShortPoolError
from modules.questions.errors import DefinitionError
from modules.questions.models import Question
from modules.reference.statements import Slot, Statement

logger = logging.getLogger(__name__)

# A form or a question is gone, or a pool is not enough: an author has to mend it.
NO_PAPER = (ShortPoolError, Form.DoesNotExist, Question.DoesNotExist, DefinitionError)
# Seconds after the deadline in which answers still arrive: given in time, slow on their way.
GRACE = timedelta(seconds=30)


class Refused(Exception):
    """Why nothing was done, by `code`; pages say it in the reader's language.

    Starting: `no_test`, `not_offered` (not opened for the cohort), `not_yet`, `closed`, `used_up`,
    `wait`, `too_late` (a pre-test after the post-test), `untested` and `missed` (some months after
    the course: there was no post-test, the last day is over), `no_paper` (its questions are no
    longer enough). Saving: `over` (handed in, or time is up), `answered` (in practice with reasons
    at once: they were read), `sequence` (this device counted wrongly: take a new name and send
    again), `forged` (the id belongs to another answer).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def start(
    enrolment: Enrolment, purpose: Purpose, now: datetime | None = None, seed: int | None = None
) -> Sitting:
    """Begin the test, or go on with the one that is open: twice is once.

    Raises `Refused`. `seed` orders the options; by default it is chance.
    """
    now = now or timezone.now()
    locked = _lock(enrolment)
    close_expired(locked, now)
    offer = offers_of(locked, now).get(purpose)
    if offer is None:
        raise Refused("no_test")
    if offer.open_sitting:
        return offer.open_sitting
    if offer.state != "ready":
        raise Refused(offer.state)
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    paper = _paper(locked, offer, seed)
    return Sitting.objects.create(
        enrolment=locked,
        purpose=purpose,
        wave=offer.current.wave.months if offer.current else 0,
        attempt_no=offer.attempt_no,
        form_label=paper.form,
        course_version=locked.cohort.course_version,
        paper=paper.to_json(),
        seed=seed,
        started_at=now,
        deadline_at=offer.conditions.deadline(now),
        rules=offer.conditions.frozen(),
    )


def _paper(enrolment: Enrolment, offer: Offer, seed: int) -> Paper:
    try:
        return paper_for(enrolment, offer.test, offer.attempt_no, seed)
    except NO_PAPER as error:
        logger.error("%s has no paper: %s", offer.test, error)
        raise Refused("no_paper") from error


# The paper is large, and not asked for again where an answer is saved.
LOCKED = Statement(
    lambda: (
        Sitting.objects.select_for_update()
        .only("handed_in_at", "deadline_at", "rules")
        .filter(pk=Slot("pk", BigAutoField()))
    )
)


@transaction.atomic
def save_answer(sitting: Sitting, answer: Answer, now: datetime | None = None) -> Answer:
    """Store `answer`, not yet saved, whose response was read by the question itself.

    The same answer again, by its id, is acknowledged again, even when the test is over. Raises
    `Refused`: `over`, `answered`, `sequence` or `forged`; then nothing is stored.
    """
    now = now or timezone.now()
    locked = LOCKED.run(pk=sitting.pk)[0]
    if not locked.is_open or is_late(locked, now):
        return _acknowledge(answer, "over")
    if locked.answers_close and _is_answered(locked, answer.position):
        return _acknowledge(answer, "answered")
    answer.sitting, answer.received_at = sitting, now
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        return _acknowledge(answer, "sequence")
    return answer


def is_late(sitting: Sitting, now: datetime) -> bool:
    """Whether its time is up, with the grace for what is on its way."""
    return sitting.deadline_at is not None and now > sitting.deadline_at + GRACE


def _is_answered(sitting: Sitting, position: int) -> bool:
    return sitting.answers.filter(position=position, response__isnull=False).exists()


def _acknowledge(sent: Answer, otherwise: str) -> Answer:
    """The same answer when it is stored already; else raises `Refused`."""
    known = Answer.objects.filter(pk=sent.pk).first()
    if known is None:
        raise Refused(otherwise)
    same = (known.sitting_id, known.position) == (sent.sitting_id, sent.position)
    if not same or known.response != sent.response:
        raise Refused("forged")
    return known


@transaction.atomic
def hand_in(sitting: Sitting, by: User | None, now: datetime | None = None) -> Sitting:
    """Hand in and mark; a second time changes nothing. Returns the sitting as it is then.

    What comes after deadline and grace counts as handed in at the deadline, by the clock.
    """
    now = now or timezone.now()
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if not locked.is_open:
        return locked
    by_clock = is_late(locked, now)
    locked.handed_in_at = min(now, locked.deadline_at or now)
    locked.handed_in_by = Sitting.HandedInBy.DEADLINE if by_clock else Sitting.HandedInBy.PERSON
    locked.save(update_fields=["handed_in_at", "handed_in_by"])
    score(locked, ScoringRun.Reason.HANDED_IN, by)
    return locked


def close_expired(enrolment: Enrolment, now: datetime | None = None) -> list[Sitting]:
    """Hand in, with what they have, the enrolment's sittings whose time is up; usually none."""
    now = now or timezone.now()
    overdue = enrolment.sittings.filter(handed_in_at=None, deadline_at__lt=now - GRACE)
    return [hand_in(sitting, None, now) for sitting in overdue]


def close_all_expired(now: datetime | None = None) -> int:
    """The same for everybody; how many. For the command that runs by the clock."""
    now = now or timezone.now()
    overdue = Sitting.objects.filter(handed_in_at=None, deadline_at__lt=now - GRACE)
    return sum(bool(hand_in(sitting, None, now)) for sitting in overdue)


def running_in(cohorts: Iterable[int], now: datetime | None = None) -> Counter[int]:
    """How many people of each cohort sit a test whose time is not up; one query.

    Practice is nothing to wait for.
    """
    now = now or timezone.now()
    rows = Sitting.objects.filter(enrolment__cohort__in=list(cohorts), handed_in_at=None)
    running = rows.exclude(purpose=Purpose.PRACTICE).exclude(deadline_at__lt=now - GRACE)
    return Counter(running.values_list("enrolment__cohort", flat=True))


def new_answer(
    sitting: Sitting,
    position: int,
    response: Any,
    lang: str,
    by: User | None,
    *,
    fact_id: uuid.UUID,
    device: uuid.UUID,
    device_seq: int,
    captured_at: datetime,
) -> Answer:
    """The answer to be stored by `save_answer`."""
    return Answer(
        id=fact_id,
        sitting=sitting,
        position=position,
        response=response,
        lang=lang,
        recorded_by=by,
        device=device,
        device_seq=device_seq,
        captured_at=captured_at,
    )


def positions_of(sitting: Sitting) -> range:
    """The positions of the sitting's paper, from 1."""
    return range(1, len(paper_of(sitting).items) + 1)


def _lock(enrolment: Enrolment) -> Enrolment:
    """The enrolment with its row locked. The joined rows are read, not locked."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    loaded = Enrolment.objects.select_related("person", "cohort__course_version__course")
    return loaded.get(pk=enrolment.pk)
