"""R5: however often and however quickly something is pressed, it happens once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from tests.drills.clients import Reply, post
from tests.drills.conftest import CONTROL_ROUNDS
from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.sizes import ON_BOTH_DATABASES, SIZES

pytestmark = ON_BOTH_DATABASES

PATIENCE = 60.0  # seconds for an answer, when twenty are asked for at once on a busy machine
WORKERS = 8  # more processes than in production: the more meet in the database, the better
ONE_OF_EACH = {"enrolments": 1, "facts": 1, "sittings": 1, "runs": 1, "steps": 1}


def press(port: int, path: str, who: dict[str, Any]) -> str:
    """Press one button many times at once; returns where all replies lead."""
    ready = Barrier(SIZES.presses)

    def one_press(_number: int) -> Reply:
        ready.wait()
        return post(port, path, who["session"], {}, PATIENCE)

    with ThreadPoolExecutor(SIZES.presses) as pool:
        replies = list(pool.map(one_press, range(SIZES.presses)))
    assert {reply.status for reply in replies} == {302}
    places = {reply.location for reply in replies}
    assert len(places) == 1
    return places.pop()


def take_the_course(port: int, sown: dict[str, Any], who: dict[str, Any]) -> None:
    """Start, begin the pre-test, hand it in, finish a lesson: each pressed many times."""
    course = f"/courses/{sown['course']}/"
    assert press(port, f"{course}start/", who) == course
    sitting = press(port, f"{course}tests/pre/", who)
    assert sitting.startswith("/tests/")
    assert press(port, f"{sitting}hand-in/", who) == f"{sitting}result/"
    assert press(port, f"{course}{sown['lesson']}/done/", who).startswith(course)


def test_one_press_or_fifty_make_one_row(ground: Ground, sown: dict[str, Any]):
    figures = Figures("R5", ground.database)
    people = sown["newcomers"][: SIZES.rounds]
    with ground.serving(workers=WORKERS):
        for who in people:
            take_the_course(ground.port, sown, who)
    found = ground.run("counting.rows_of", people=[who["person"] for who in people])

    assert list(found.values()) == [ONE_OF_EACH] * SIZES.rounds
    figures.write(
        rounds=SIZES.rounds,
        addresses=4,
        presses=SIZES.presses,
        requests=4 * SIZES.rounds * SIZES.presses,
    )


def test_control_looking_before_inserting_is_found(ground: Ground, sown: dict[str, Any]):
    figures = Figures("R5 control", ground.database)
    people = sown["newcomers"][SIZES.rounds :]
    with ground.serving("tests.drills.broken", workers=WORKERS):
        for who in people:
            press(ground.port, f"/courses/{sown['course']}/start/", who)
    found = ground.run("counting.rows_of", people=[who["person"] for who in people])

    doubled = sum(rows["facts"] - 1 for rows in found.values())
    assert doubled > 0
    figures.write(rounds=CONTROL_ROUNDS, doubled=doubled)
