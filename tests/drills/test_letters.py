"""R26: a list of letters is sent while the task worker is killed again and again, tasks run twice,
letters are asked for once more and settings change.

The functions without `test_` are called on the site's own data: see `Ground.run`.
"""

import random
import time
from collections.abc import Callable
from itertools import cycle
from typing import Any
from unittest.mock import patch

from django.core.mail import EmailMessage, mailers
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from learning.enrolment.enrolling import self_paced_programme
from learning.imports import inviting
from learning.imports.inviting import send_letters, send_some, send_waiting_again
from learning.imports.models import Roster
from learning.imports.planning import Target
from learning.notices.models import NoticeSent
from learning.people.models import Area, User
from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.mailbox import Mailbox, Moment
from tests.drills.sizes import ON_BOTH_DATABASES, SIZES
from tests.learning.certificates.making import make_version
from tests.learning.imports.making import imported, rows

pytestmark = ON_BOTH_DATABASES

State = NoticeSent.State
PATIENCE = 900.0  # seconds for the rest of the letters
# What administrators of a site change between two starts of the worker.
SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {
        "DEFAULT_FROM_EMAIL": "moved@example.org",
        "SITE_URL": "https://moved.example.org",
        "LETTERS_AT_ONCE": 1,
    },
)

# --- on the site's own data


def sow(course: str, number: int, many: int) -> int:
    """A list of people with addresses, imported, whose letters are asked for; returns its key."""
    call_command("createcachetable", verbosity=0)
    target = Target(self_paced_programme(Area.objects.get(code="LA")), make_version(course, number))
    people = rows(many, email=f"{{n}}@{course}.test", name=course)
    roster = imported(User.objects.create_superuser(course), target, *people)
    send_letters(roster, many)
    return roster.pk


def work(broken: str = "", **changed: Any) -> None:
    """What the task worker does, until its queue is empty."""
    fault = patch.object(inviting, "send", FAULTS[broken]) if broken else patch.dict({})
    with fault, override_settings(**changed):
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def ask_again(roster: int) -> int:
    """Somebody presses the button once more; returns how many letters she is told of."""
    return send_letters(Roster.objects.get(pk=roster), SIZES.letters)


def run_again() -> int:
    """Every task that began is put into the queue once more, those of killed workers too."""
    begun = DBTaskResult.objects.filter(task_path=send_some.module_path, started_at__isnull=False)
    jobs = {str(one.args_kwargs["args"][0]): one.args_kwargs["args"][0] for one in begun}
    for batch in jobs.values():
        send_some.enqueue(batch)
    return len(jobs)


def look_again(roster: int) -> int:
    """What a task does fifteen minutes later."""
    return send_waiting_again(Roster.objects.get(pk=roster))


def states_of(roster: int) -> dict[str, str]:
    """How each letter stands by address."""
    found = Roster.objects.get(pk=roster)
    domain = f"{found.course_version.course.code}.test"
    people = {str(e.person.uuid): e.row for e in found.entries.select_related("person")}
    about = NoticeSent.objects.filter(subject_id=inviting.subject_of(found))
    # People stand from row 2 on, and their addresses begin with 0.
    return {f"{people[one.recipient] - 2}@{domain}": one.state for one in about}


# --- the faults to be found


def send_and_note_later(notice: int, compose: Callable[[], EmailMessage | None]) -> State:
    """Nothing is noted before the mail server has the letter."""
    if NoticeSent.objects.get(pk=notice).state == State.SENT:
        return State.SENT
    mailers.default.send_messages([letter] if (letter := compose()) else [])
    return note_sent(notice)


def send_and_note_before(notice: int, compose: Callable[[], EmailMessage | None]) -> State:
    """A letter counts as sent before the mail server has it."""
    if NoticeSent.objects.get(pk=notice).state == State.SENT:
        return State.SENT
    note_sent(notice)
    mailers.default.send_messages([letter] if (letter := compose()) else [])
    return State.SENT


def note_sent(notice: int) -> State:
    NoticeSent.objects.filter(pk=notice).update(state=State.SENT, sent_at=timezone.now())
    return State.SENT


FAULTS = {"later": send_and_note_later, "before": send_and_note_before}

# --- the drill


def send_under_fire(
    ground: Ground, course: str, number: int, *, many: int, moments: list[Moment], broken: str = ""
) -> dict[str, Any]:
    """Kill the worker at each of these moments; then let two of them do the rest at once."""
    with Mailbox(ground.mail_port) as mailbox:
        roster = ground.run("test_letters.sow", course=course, number=number, many=many)
        for moment, changed in zip(moments, cycle(SETTINGS), strict=False):
            mailbox.stop_after(random.randrange(many // (len(moments) + 2)), moment)
            worker = start_worker(ground, broken=broken, **changed)
            mailbox.wait()
            if moment == Moment.ANY:
                time.sleep(random.random() / 20)
            ground.caller.kill(worker)
            mailbox.go_on()
        two_work(ground, broken)
        # What killed workers left is now in the queue twice, and with it all that they began.
        again = ground.run("test_letters.look_again", roster=roster)
        ground.run("test_letters.ask_again", roster=roster)
        rerun = ground.run("test_letters.run_again")
        two_work(ground, broken)
        states = ground.run("test_letters.states_of", roster=roster)
    found = counted(mailbox, states)
    return found | {"rerun": rerun, "again": again, "senders": len(mailbox.senders)}


def start_worker(ground: Ground, **how: Any) -> int:
    return ground.caller.start("test_letters.work", how, ground.log)


def two_work(ground: Ground, broken: str) -> None:
    """At the same time, until their queue is empty: each letter is there for both to take."""
    workers = [start_worker(ground, broken=broken, **changed) for changed in SETTINGS]
    ends = time.monotonic() + PATIENCE
    while workers and time.monotonic() < ends:
        codes = {worker: ground.caller.code_of(worker) for worker in workers}
        assert set(codes.values()) <= {None, 0}, ground.log.read_text()[-2000:]
        workers = [worker for worker, code in codes.items() if code is None]
        time.sleep(0.02)
    assert not workers


def counted(mailbox: Mailbox, found: dict[str, str]) -> dict[str, Any]:
    """How many letters came twice, and how many did not although the record does not say so."""
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
    moments = [moment for moment, _n in zip(cycle(Moment), range(times), strict=False)]

    found = send_under_fire(ground, "letters", 64, many=many, moments=moments)

    uncertain = found.pop("uncertain")
    # At a moment by chance there may be no letter in hand.
    assert times - moments.count(Moment.ANY) <= uncertain <= times
    rerun, again = found.pop("rerun"), found.pop("again")
    assert rerun >= many // inviting.LETTERS_A_TASK
    assert again > 0
    assert found == {
        "letters": many,
        "doubled": 0,
        "lost": 0,
        "waiting": 0,
        "senders": len(SETTINGS),
    }
    figures.write(
        kills=times,
        letters=many,
        doubled=0,
        lost=0,
        uncertain=uncertain,
        looked_at_again=again,
        tasks_run_twice=rerun,
    )


def test_control_letters_noted_afterwards_go_twice(ground: Ground):
    found = send_under_fire(ground, "later", 65, many=9, moments=[Moment.TAKEN], broken="later")

    assert found["doubled"] >= 1  # and more where both workers take one at the same moment
    assert found["lost"] == 0


def test_control_letters_noted_beforehand_are_lost(ground: Ground):
    found = send_under_fire(ground, "before", 67, many=9, moments=[Moment.UNHEARD], broken="before")

    assert found["lost"] == 1
