"""How much each drill does, and where it runs.

The short form runs with all tests, the long one by `make drills`.
"""

import os
from dataclasses import dataclass

import pytest

# A form may be named by the environment variable DRILL.
FORM = os.environ.get("DRILL", "short")


@dataclass(frozen=True)
class Sizes:
    learners: int  # who sit a test at the same time, over the lossy line
    senders: int  # of them who are sending at any moment
    kills: int  # of the web server meanwhile
    races: int  # rounds at the deadline
    histories: int  # of three devices that answer one test
    people: int  # at the training hour
    seconds: float  # that it lasts
    slow_questions: int  # answered on 2G
    outages: int  # one after the other, while learners answer
    deaths: int  # of a phone while answers wait on it
    strangers: int  # who sign in on the phone of somebody whose session ended
    presses: int  # requests at the same moment, for one and the same thing
    rounds: int  # of such presses, for each address
    letters: int  # of one list of people
    interruptions: int  # of the task worker while it sends them
    languages: tuple[str, ...]  # in whose pages canaries are looked for


SIZES = {
    "short": Sizes(
        learners=12,
        senders=6,
        kills=3,
        races=40,
        histories=25,
        people=6,
        seconds=2,
        slow_questions=3,
        outages=1,
        deaths=2,
        strangers=1,
        presses=12,
        rounds=2,
        letters=80,  # more tasks than the worker is interrupted
        interruptions=3,
        languages=("en", "ur"),
    ),
    "long": Sizes(
        learners=500,
        senders=20,
        kills=20,
        races=1_000,
        histories=1_000,
        people=200,
        seconds=180,
        slow_questions=20,
        outages=5,
        deaths=200,
        strangers=100,
        presses=50,
        rounds=100,
        letters=5_000,
        interruptions=20,
        languages=("en", "ur", "km", "lo"),
    ),
}[FORM]

# Not two at once: each wants the whole machine. The mark of the database makes pytest prepare one.
ON_SQLITE = [pytest.mark.drill, pytest.mark.django_db]
ON_BOTH_DATABASES = [*ON_SQLITE, pytest.mark.postgres]
