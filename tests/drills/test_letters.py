"""R26: a list of letters is sent while the task worker is killed again and again.

The functions without `test_` are called on the site's own data: see `Ground.run`.
"""

import random
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from django.core.mail import EmailMessage, mailers
from django.core.management import call_command
from django.utils import timezone

from learning.enrolment.enrolling import self_paced_programme
from learning.imports import inviting
from learning.imports.inviting import send_letters, send_waiting_again
from learning.imports.models import Roster
from learning.imports.planning import Target
from learning.notices.models import NoticeSent
from learning.people.models import Area, User
from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.mailbox import Mailbox
from tests.drills.sizes import ON_BOTH_DATABASES, SIZES
from tests.learning.certificates.making import make_version
from tests.learning.imports.making import imported, rows

pytestmark = ON_BOTH_DATABASES

State = NoticeSent.State


def sow(course: str, number: int, many: int) -> int:
    """A list of people with addresses, imported, whose letters are asked for; returns its key."""
    call_command("createcachetable", verbosity=0)
    target = Target(self_paced_programme(Area.objects.get(code="LA")), make_version(course, number))
    people = rows(many, email=f"{{n}}@{course}.test", name=course)
    roster = imported(User.objects.create_superuser(course), target, *people)
    send_letters(roster, most=many)
    return roster.pk


def work(*, broken: bool = False) -> None:
    """What the task worker does, until its queue is empty."""
    with patch.object(inviting, "send", send_and_note_later) if broken else patch.dict({}):
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def finish(roster: int, *, broken: bool) -> dict[str, Any]:
    """Let the worker empty its queue, look again, and tell how each letter stands by address."""
    work(broken=broken)
    found = Roster.objects.get(pk=roster)
    again = send_waiting_again(found)
    work(broken=broken)
    domain = f"{found.course_version.course.code}.test"
    people = {str(e.person.uuid): e.row for e in found.entries.select_related("person")}
    notices = NoticeSent.objects.filter(recipient__in=people)
    # People stand from row 2 on, and their addresses begin with 0.
    states = {f"{people[one.recipient] - 2}@{domain}": one.state for one in notices}
    return {"again": again, "states": states}


def send_and_note_later(notice: int, compose: Callable[[], EmailMessage | None]) -> State:
    """The fault to be found: nothing is noted before the mail server has the letter."""
    if NoticeSent.objects.get(pk=notice).state == State.SENT:
        return State.SENT
    letter = compose()
    if letter is not None:
        mailers.default.send_messages([letter])
    NoticeSent.objects.filter(pk=notice).update(state=State.SENT, sent_at=timezone.now())
    return State.SENT


def send_under_fire(
    ground: Ground, course: str, number: int, *, many: int, times: int, broken: bool = False
) -> dict[str, Any]:
    """Kill the worker while the mail server holds a letter, again and again; then let it finish."""
    with Mailbox(ground.mail_port) as mailbox:
        roster = ground.run("test_letters.sow", course=course, number=number, many=many)
        for _time in range(times):
            mailbox.hold_after(random.randrange(many // (times + 2)))
            worker = ground.caller.start("test_letters.work", {"broken": broken}, ground.log)
            mailbox.wait()
            ground.caller.kill(worker)
            mailbox.release()
        end = ground.run("test_letters.finish", roster=roster, broken=broken)
    return counted(mailbox, end["states"]) | {"tried_again": end["again"] > 0}


def counted(mailbox: Mailbox, found: dict[str, str]) -> dict[str, Any]:
    """How many letters came twice, and how many did not although the record says so."""
    return {
        "letters": len(found),
        "doubled": sum(count > 1 for count in mailbox.letters.values()),
        "lost": sum(
            state != State.SENDING and not mailbox.letters[address]
            for address, state in found.items()
        ),
        "uncertain": sum(state == State.SENDING for state in found.values()),
        "waiting": sum(state == State.CLAIMED for state in found.values()),
    }


def test_letters_go_once_though_the_worker_is_killed(ground: Ground):
    figures = Figures("R26 letters", ground.database)
    many, times = SIZES.letters, SIZES.interruptions

    found = send_under_fire(ground, "letters", 64, many=many, times=times)

    assert found == {
        "letters": many,
        "doubled": 0,
        "lost": 0,
        "uncertain": times,
        "waiting": 0,
        "tried_again": True,
    }
    figures.write(kills=times, **{name: found[name] for name in list(found)[:4]})


def test_control_letters_noted_afterwards_go_twice(ground: Ground):
    found = send_under_fire(ground, "noted", 65, many=12, times=1, broken=True)

    assert found["doubled"] == 1
