"""Three people who say how many of a hundred should answer each question of Coordination."""

import random

from learning.demo.clock import Clock
from learning.people.facts import Fact
from learning.people.models import User
from learning.standards.estimating import record_estimates
from learning.standards.models import Round, Study
from learning.standards.studying import add_judges, begin_study, panel_of
from modules.courses.models import CourseVersion
from modules.papers.contents import Label

COURSE = "coordination"
FIRST_ROUND, SECOND_ROUND = -30, -29  # days
# How much each judge asks for beside the question; after the talk they are closer.
SEVERITY = {"S. A.": -8, "R. M.": 3, "T.": 9}
CLOSER = 0.4
EASIEST, HARDEST = 85, 45  # of 100


def tell_of_a_panel(
    clock: Clock, chance: random.Random, trainer: User, admin: User
) -> Study | None:
    """One study in two rounds; the trainer of the demo is its third judge. None without a version
    of the course. Nothing is decided by it.
    """
    version = CourseVersion.objects.filter(course__code=COURSE).order_by("pk").last()
    if version is None:
        return None
    clock.at(FIRST_ROUND, 10)
    study = begin_study(version, [Label.A, Label.B], "Lahore (demo)", admin)
    add_judges(study, list(SEVERITY), {"T.": trainer.person})
    judges, positions = list(study.judges.all()), panel_of(study).positions
    asked_for = {position: chance.randint(HARDEST, EASIEST) for position in positions}
    for round_, day, share in (
        (Round.FIRST, FIRST_ROUND, 1.0),
        (Round.SECOND, SECOND_ROUND, CLOSER),
    ):
        clock.at(day, 15)
        estimates: dict[tuple[int, int], int | None] = {
            (judge.pk, position): round(asked_for[position] + share * SEVERITY[judge.name])
            for judge in judges
            for position in positions
        }
        record_estimates(study, round_, estimates, admin, via=Fact.Via.DEMO)
    return study
