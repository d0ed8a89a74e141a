"""Letters to the people of a confirmed list. What makes them go once is in `learning/notices`.

Addresses lie with the entries of a list and nowhere else, and go with the letter; codes are made
when a letter is written. Tasks hold the keys of rows alone.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import batched

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import default_task_backend, task
from django.urls import reverse
from django.utils import timezone, translation

from learning.imports.models import KEPT_FOR, Roster, RosterEntry
from learning.notices import letters
from learning.notices.claiming import claim, release
from learning.notices.models import NoticeSent
from learning.notices.sending import send
from learning.people.access_codes import AccessCode
from learning.people.codes import account_of_person, address_of_person, make_code
from learning.people.models import Person

logger = logging.getLogger(__name__)

LETTERS_A_TASK = 20
PAUSE = timedelta(minutes=15)  # before what could not be sent is tried again

type Job = tuple[int, int]  # the key of a claim, and that of the entry it is for

Way = RosterEntry.Way
LETTERS = {
    Way.INVITATION: NoticeSent.Kind.INVITATION,
    Way.ENROLLED: NoticeSent.Kind.ENROLLED,
}


@dataclass(frozen=True)
class Post:
    """An entry whose person gets a letter, with the letter's claim once there is one."""

    entry: RosterEntry
    notice: NoticeSent | None

    @property
    def state(self) -> str:
        """The state of the claim; "" for a letter nobody asked for yet."""
        return self.notice.state if self.notice else ""

    @property
    def is_possible(self) -> bool:
        """An invitation needs its address, which is not kept for long."""
        return self.entry.way == Way.ENROLLED or bool(self.entry.email)

    @property
    def is_due(self) -> bool:
        """Certainly not sent, and possible."""
        return self.is_possible and self.state in {"", NoticeSent.State.CLAIMED}

    @property
    def is_uncertain(self) -> bool:
        return self.notice is not None and self.notice.is_uncertain

    @property
    def may_go_again(self) -> bool:
        """Perhaps sent, and possible to send once more on somebody's word."""
        return self.is_uncertain and self.is_possible

    @property
    def has_failed(self) -> bool:
        """Whether an invitation did not arrive, or perhaps did not, and will not by itself."""
        if self.entry.way != Way.INVITATION:
            return False
        is_lost = self.state in {"", NoticeSent.State.CLAIMED} and not self.entry.email
        return is_lost or self.is_uncertain or self.state == NoticeSent.State.REFUSED


def subject_of(roster: Roster) -> str:
    """The event the letters are about: that somebody is enrolled in this course version."""
    return f"{roster.programme_id}:{roster.course_version_id}"


def posts(roster: Roster) -> list[Post]:
    """The entries with letters, in the order of the list. Two queries."""
    entries = roster.entries.filter(way__in=LETTERS).select_related("person")
    notices = NoticeSent.objects.filter(subject_id=subject_of(roster), kind__in=LETTERS.values())
    found = {(notice.kind, notice.recipient): notice for notice in notices}
    return [Post(one, found.get((one.way, str(one.person.uuid)))) for one in entries]


@transaction.atomic
def send_letters(roster: Roster, most: int | None = None) -> int:
    """Claim the letters that are due, `most` at a time, and have them sent after the commit.

    Returns how many. Asking again sends only what is certainly not sent. Without `most` no more
    than the setting `LETTERS_AT_ONCE` allows.
    """
    due = [post.entry for post in posts(roster) if post.is_due][: most or settings.LETTERS_AT_ONCE]
    jobs: list[Job] = []
    for way, kind in LETTERS.items():
        entries = {str(entry.person.uuid): entry.pk for entry in due if entry.way == way}
        waiting = claim(kind, subject_of(roster), entries)
        jobs += [(notice.pk, entries[notice.recipient]) for notice in waiting]
    send_after_commit(roster, jobs)
    return len(jobs)


def send_waiting_again(roster: Roster) -> int:
    """Send the letters that somebody asked for and that were certainly not sent; returns how many.

    Those nobody asked for yet are left alone, and what could not be sent in seven days is given up.
    """
    if roster.confirmed_at is None or roster.confirmed_at < timezone.now() - KEPT_FOR:
        return 0
    waiting = [post for post in posts(roster) if post.state and post.is_due]
    send_after_commit(roster, [(post.notice.pk, post.entry.pk) for post in waiting if post.notice])
    return len(waiting)


@transaction.atomic
def send_uncertain_again(roster: Roster) -> int:
    """On somebody's word, send letters that may be out already, `LETTERS_AT_ONCE` at most; returns
    how many. Whoever asks at the same moment finds them certain, and sends none."""
    uncertain = [post for post in posts(roster) if post.may_go_again and post.notice]
    jobs = [
        (post.notice.pk, post.entry.pk)
        for post in uncertain[: settings.LETTERS_AT_ONCE]
        if post.notice and release(post.notice.pk)
    ]
    send_after_commit(roster, jobs)
    return len(jobs)


def send_after_commit(roster: Roster, jobs: list[Job]) -> None:
    if jobs:
        transaction.on_commit(partial(enqueue, roster.pk, jobs))


def enqueue(roster: int, jobs: list[Job]) -> None:
    """Some letters a task: a worker that is ended leaves few of them to the look afterwards."""
    for batch in batched(jobs, LETTERS_A_TASK, strict=False):
        send_some.enqueue(list(batch))
    if default_task_backend.supports_defer:
        look_again.using(run_after=timezone.now() + PAUSE).enqueue(roster)


@task
def look_again(roster: int) -> None:
    """Send what was asked for and is not sent: the worker was ended, or no mail server answered.

    Looks again later, as long as there is anything.
    """
    send_waiting_again(Roster.objects.get(pk=roster))


@task
def send_some(jobs: list[Job]) -> None:
    """Send letters, by the keys of their claims and entries; one that fails stops no other."""
    for notice, entry in jobs:
        try:
            send_letter(notice, entry)
        except Exception:
            logger.exception("Letter %s could not be written and waits.", notice)


def send_letter(notice: int, entry: int) -> None:
    """Send one letter, if it is still there to send, and forget the address it went to."""
    found = RosterEntry.objects.select_related(
        *("person__user", "person__merged_into__user"),
        *("roster__course_version__course", "roster__confirmed_by"),
    )
    one = found.filter(pk=entry).first()
    state = send(notice, partial(compose, one))
    if state in {NoticeSent.State.SENT, NoticeSent.State.DROPPED}:
        RosterEntry.objects.filter(pk=entry).update(email="")


def compose(entry: RosterEntry | None) -> EmailMessage | None:
    """The letter for an entry; None when it is not needed any more, or has nowhere to go."""
    if entry is None or entry.reader.erased_at:
        return None
    write: dict[str, Callable[[RosterEntry], EmailMessage | None]] = {
        Way.INVITATION: invitation,
        Way.ENROLLED: news,
    }
    return write[entry.way](entry)


def invitation(entry: RosterEntry) -> EmailMessage | None:
    person, roster = entry.reader, entry.roster
    if account_of_person(person) is not None or not entry.email:
        return None
    language = language_of(person, roster)
    code = make_code(person, AccessCode.Purpose.CLAIM, roster.confirmed_by)
    return letters.invitation(
        to=entry.email,
        language=language,
        name=person.name(language),
        course=roster.course_title(language),
        link=claim_link(language, code),
        code=code,
        until=timezone.localdate() + timedelta(days=settings.ACCESS_CODE_DAYS),
    )


def news(entry: RosterEntry) -> EmailMessage | None:
    person, roster = entry.reader, entry.roster
    address = address_of_person(person)
    if not address:
        return None
    language = language_of(person, roster)
    return letters.enrolled(
        to=address,
        language=language,
        name=person.name(language),
        course=roster.course_title(language),
        link=address_in(language, "course_pages", f"courses/{roster.course_version.course.code}/"),
    )


def language_of(person: Person, roster: Roster) -> str:
    """The language a person gets letters and slips in: her own, else that of the list."""
    return person.language or roster.language


def claim_link(language: str, code: str = "") -> str:
    """Where a code opens an account. The code stands after "#": browsers keep that part to
    themselves, so no server, proxy or log sees it; the page puts it into its field."""
    return address_in(language, "claim") + (f"#{code}" if code else "")


def address_in(language: str, name: str, *arguments: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=arguments)
