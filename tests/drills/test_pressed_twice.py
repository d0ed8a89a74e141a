"""R5: however often and however quickly something is pressed, it happens once."""

import re
from typing import Any

from tests.drills.conftest import CONTROL_ROUNDS
from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.sizes import ON_BOTH_DATABASES, SIZES
from tests.drills.volleys import volley

pytestmark = ON_BOTH_DATABASES

WORKERS = 8  # more processes than in production: the more meet in the database, the better
BY_LEARNER, BY_TEAM = 5, 3  # addresses that are pressed many times in each round
ONE_OF_EACH = {
    "enrolments": 1,
    "facts": 1,
    "sittings": 2,  # before the course and after it
    "runs": 2,
    "steps": 2,  # lessons
    "certificates": 1,
}
ONE_FOR_BOTH = {
    "enrolments": 2,
    "people": 2,
    "started": [1, 1],
    "marks": 2,
    "steps": ["planned", "reported", "verified"],
    "certificates": 2,
}
ANCHOR = re.compile("#.*")


def press(port: int, path: str, session: str, times: int = SIZES.presses, **fields: Any) -> str:
    """Press one button many times at once; returns where all replies lead."""
    replies = volley(port, path, session, fields, times)
    assert {reply.status for reply in replies} == {302}, [r.body for r in replies if r.body][:1]
    places = {reply.location for reply in replies}
    assert len(places) == 1, places
    return ANCHOR.sub("", places.pop())


def take_the_course(port: int, sown: dict[str, Any], session: str) -> None:
    """Start, begin the pre-test, hand it in, finish a lesson, hand in the post-test, with which
    comes the certificate: each pressed many times. What leads there is pressed once."""
    course = f"/courses/{sown['course']}/"
    assert press(port, f"{course}start/", session) == course
    before = press(port, f"{course}tests/pre/", session)
    assert before.startswith("/tests/")
    assert press(port, f"{before}hand-in/", session) == f"{before}result/"
    first, second = (f"{course}{lesson}/done/" for lesson in sown["lessons"])
    assert press(port, first, session).startswith(course)
    press(port, second, session, 1)
    after = press(port, f"{course}tests/post/", session, 1)
    assert press(port, f"{after}hand-in/", session) == f"{after}result/"


def hold_the_session(ground: Ground, desk: dict[str, Any], about: dict[str, str]) -> None:
    """Register somebody, mark one person and all others in the roll, issue both certificates: each
    pressed many times. The steps between are pressed once."""
    port, trainer, verifier = ground.port, desk["trainer"], desk["verifier"]
    at = f"/training/{about['uuid']}/"
    row = {"row": about["fresh"], "name": about["name"], "agreed": "on"}
    assert press(port, f"{at}people/", trainer, **row) == f"{at}people/"
    known = about["known"]
    roll = {f"{known}-mark": "present", f"{known}-fact": about["mark"], "rest": "present"}
    assert press(port, f"{at}roll/1/", trainer, **roll) == f"{at}roll/1/"
    press(port, f"{at}close/", trainer, 1)
    press(port, f"{at}verify/", verifier, 1)
    chosen = ground.run("desk.keys_in", session=about["uuid"])
    issue = {"chosen": chosen, "sure": "on"}
    assert press(port, f"{at}certificates/", verifier, **issue) == f"{at}certificates/"


def test_one_press_or_fifty_make_one_row(ground: Ground, sown: dict[str, Any]):
    figures = Figures("R5", ground.database)
    people = sown["newcomers"][: SIZES.rounds]
    desk = ground.run("desk.sow", sessions=SIZES.rounds)
    with ground.serving(workers=WORKERS):
        for who, about in zip(people, desk["sessions"], strict=True):
            take_the_course(ground.port, sown, who["session"])
            hold_the_session(ground, desk, about)
    found = ground.run("counting.rows_of", people=[who["person"] for who in people])
    sessions = ground.run("desk.rows_of", sessions=[one["uuid"] for one in desk["sessions"]])

    assert list(found.values()) == [ONE_OF_EACH] * SIZES.rounds
    assert list(sessions.values()) == [ONE_FOR_BOTH] * SIZES.rounds
    assert ground.run("desk.numbers") == list(range(1, 2 * SIZES.rounds + 1))
    figures.write(
        rounds=SIZES.rounds,
        addresses=BY_LEARNER + BY_TEAM,
        presses=SIZES.presses,
        requests=(BY_LEARNER + BY_TEAM) * SIZES.rounds * SIZES.presses,
    )


def test_control_looking_before_inserting_is_found(ground: Ground, sown: dict[str, Any]):
    figures = Figures("R5 control", ground.database)
    people = sown["newcomers"][SIZES.rounds :]
    with ground.serving("tests.drills.broken", workers=WORKERS):
        for who in people:
            press(ground.port, f"/courses/{sown['course']}/start/", who["session"])
    found = ground.run("counting.rows_of", people=[who["person"] for who in people])

    doubled = sum(rows["facts"] - 1 for rows in found.values())
    assert doubled > 0
    figures.write(rounds=CONTROL_ROUNDS, doubled=doubled)
