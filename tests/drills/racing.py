"""Rounds at the deadline: saving, handing in and closing at the same moment.

Called on the site's own data, with real transactions: see `Ground.run`.
"""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.attempts.models import Answer, ScoringRun, Sitting
from learning.attempts.taking import GRACE, Refused, close_expired, hand_in, save_answer, start
from learning.people.models import Area
from modules.courses.models import CoursePage
from modules.papers.models import Purpose
from tests.cast import make_user
from tests.drills.sowing import COURSE
from tests.learning.attempts.sitting import answer, enrol, position_of

type Save = Callable[[Sitting, Answer, datetime], Answer]

JUST_IN_TIME = GRACE - timedelta(seconds=1)  # after the deadline
TOO_LATE = GRACE + timedelta(seconds=1)


@dataclass
class Findings:
    """What the rounds came to. The first five are to be 0; the others say that they were races."""

    ungraded: int = 0  # acknowledged and not in the marks
    graded_without_word: int = 0  # in the marks and refused
    not_marked_once: int = 0
    stuck: int = 0  # neither handed in nor closed, or at another time than the deadline
    errors: list[str] = field(default_factory=list)
    saved: int = 0
    ended_by: Counter[str] = field(default_factory=Counter)

    @property
    def is_sound(self) -> bool:
        wrong = self.ungraded + self.graded_without_word + self.not_marked_once + self.stuck
        return not wrong and not self.errors


def race(rounds: int, control_rounds: int) -> dict[str, Any]:
    """The rounds as they are, and the same with a way of saving that has the fault."""
    return {
        "sound": as_plain(run_rounds("racer", save_answer, rounds)),
        "broken": as_plain(run_rounds("control", save_on_a_stale_page, control_rounds)),
    }


def as_plain(findings: Findings) -> dict[str, Any]:
    return vars(findings) | {"is_sound": findings.is_sound}


def save_on_a_stale_page(sitting: Sitting, given: Answer, now: datetime) -> Answer:
    """The fault to be found: whether the test is over was asked before, and nothing is locked."""
    if not sitting.is_open or now > sitting.deadline_at + GRACE:
        raise Refused("over")
    time.sleep(0.005)
    given.received_at = now
    with transaction.atomic():
        given.save(force_insert=True)
    return given


def run_rounds(name: str, save: Save, rounds: int) -> Findings:
    user = make_user(name, name.title(), Area.objects.get(code="PK-PB"))
    first = start(
        enrol(user, CoursePage.objects.get(slug=COURSE, locale__language_code="en")), Purpose.PRE
    )
    hand_in(first, user)
    findings = Findings()
    with ThreadPoolExecutor(3) as pool:
        for number in range(2, rounds + 2):
            one_round(another(first, number), save, pool, findings)
    return findings


def another(first: Sitting, number: int) -> Sitting:
    """A further sitting of the same paper, with a wrong answer saved; its time is just up."""
    now = timezone.now()
    sitting = Sitting.objects.create(
        enrolment=first.enrolment,
        purpose=first.purpose,
        attempt_no=number,
        form_label=first.form_label,
        course_version=first.course_version,
        paper=first.paper,
        seed=first.seed,
        started_at=now - timedelta(minutes=25),
        deadline_at=now,
    )
    wrong = answer(sitting, position_of(sitting, "single"), "a")
    save_answer(sitting, wrong, now)
    return sitting


def one_round(sitting: Sitting, save: Save, pool: ThreadPoolExecutor, findings: Findings) -> None:
    """The last answer, the hand-in and the clock, all at once; adds what happened."""
    device = sitting.answers.get().device
    right = answer(sitting, position_of(sitting, "single"), "b", seq=2, device=device)
    in_time, too_late = sitting.deadline_at + JUST_IN_TIME, sitting.deadline_at + TOO_LATE
    ready = Barrier(3)

    def at_once(step: Callable[[], object]) -> str:
        ready.wait()
        try:
            step()
        except Refused as refused:
            return refused.code
        except Exception as error:  # noqa: BLE001 (whatever it is, it is a finding)
            return repr(error)
        return ""

    words = [
        pool.submit(at_once, lambda: save(sitting, right, in_time)),
        pool.submit(at_once, lambda: hand_in(Sitting.objects.get(pk=sitting.pk), None, in_time)),
        pool.submit(at_once, lambda: close_expired(sitting.enrolment, too_late)),
    ]
    look(sitting, [word.result() for word in words], findings)


def look(sitting: Sitting, words: list[str], findings: Findings) -> None:
    of_saving, *of_ending = words
    sitting = Sitting.objects.get(pk=sitting.pk)
    runs = list(ScoringRun.objects.filter(sitting=sitting))
    is_saved, is_graded = not of_saving, any(run.num == run.den for run in runs)
    findings.errors += [word for word in [of_saving.removeprefix("over"), *of_ending] if word]
    findings.saved += is_saved
    findings.ungraded += is_saved and not is_graded
    findings.graded_without_word += is_graded and not is_saved
    findings.not_marked_once += [run.reason for run in runs] != ["handed_in"]
    findings.stuck += sitting.handed_in_at != sitting.deadline_at
    findings.ended_by[sitting.handed_in_by] += 1
