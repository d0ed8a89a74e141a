"""The matrix of tests on devices: opening them for a cohort, more time, a test of one's session."""

from typing import Any

from learning.enrolment.models import Cohort
from tests.routes.rows import GO, OPEN, REFUSED, Row, signed_in
from tests.routes.training_people_rows import FOREIGN, our_person, ours, rows, their_person, theirs
from tests.routes.training_rows import RECORDS
from tests.routes.world import World

OPENED = {"purpose": "pre", "pre-is_offered": "on"}
# Who administers the programme of people who take a course by themselves.
ADMINISTERS = ("programme_admin", "system_admin")


def by_themselves(world: World) -> list[Any]:
    return [cohort_of(world.cast.programme.pk).uuid]


def by_themselves_abroad(world: World) -> list[Any]:
    return [world.foreign_sitting.enrolment.cohort.uuid]


def cohort_of(programme: int) -> Cohort:
    return Cohort.objects.filter(programme=programme, kind=Cohort.Kind.SELF_PACED)[0]


ROWS: list[Row] = [
    *rows("cohort_tests", RECORDS, OPEN, ours, theirs),
    *rows("cohort_tests", RECORDS, GO, ours, theirs, "POST", OPENED),
    *rows("cohort_tests", ADMINISTERS, OPEN, by_themselves, by_themselves_abroad),
    Row("cohort_tests", signed_in(REFUSED), lambda w: [w.counted_event.uuid], "counted"),
    *rows("extra_time", RECORDS, OPEN, our_person, their_person),
    *rows("extra_time", RECORDS, GO, our_person, their_person, "POST", {"percent": "25"}),
    Row("extra_time", signed_in(REFUSED),
        lambda w: [w.event.uuid, w.foreign_participant.uuid], "of another session",
        hidden=FOREIGN),
    *(
        Row("session_test_start", signed_in(REFUSED) | {"learner": answer},
            lambda w: [w.in_session.uuid, "pre"], "the learner's", method)
        for method, answer in (("GET", OPEN), ("POST", GO))
    ),
    Row("session_test_start", signed_in(REFUSED), lambda w: [w.writers.uuid, "pre"],
        "of somebody else", hidden=("Wahida Writer",)),
]  # fmt: skip
