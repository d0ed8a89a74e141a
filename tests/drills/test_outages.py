"""R8: the disk is full, the database is away, the mail server is down. What was acknowledged stays,
what cannot be stored is said not to be, and all goes on by itself when it is over.
"""

import http.client
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.drills.clients import Acknowledged, post, the_same
from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.mailbox import Mailbox
from tests.drills.outages import Outage, processes_of, site_with_outages
from tests.drills.sizes import ON_BOTH_DATABASES, SIZES
from tests.drills.test_answers import Findings, all_sit, compare, devices_of

pytestmark = ON_BOTH_DATABASES

QUESTIONS, CHANGES = 10, 2  # of each learner
GET_WITHIN = 30.0  # seconds
LENGTH = 1.0  # seconds that one outage lasts


def get(port: int, path: str, session: str = "") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GET_WITHIN)
    cookie = {"Cookie": f"sessionid={session}"} if session else {}
    try:
        connection.request("GET", path, headers={"Host": "localhost"} | cookie)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def look_around(site: Ground, who: dict[str, Any], seen: dict[str, Counter[int]]) -> str:
    """What a reader, somebody on call and a learner get; returns the words of the latter's page."""
    seen["read"][get(site.port, "/")[0]] += 1
    seen["health"][get(site.port, "/healthz")[0]] += 1
    choice = who["positions"][0][0]
    reply = post(site.port, f"/tests/{who['sitting']}/1/", who["session"], choice["fields"])
    seen["write"][reply.status] += 1
    return reply.body.decode()


def breaking(
    site: Ground,
    outage: Outage,
    who: dict[str, Any],
    answers: int,
    seen: dict[str, Counter[int]],
    words: list[str],
) -> Callable[[list[Acknowledged]], None]:
    """Outages at even distances on the way to `answers`, with a look around in each of them."""

    def break_it(done: list[Acknowledged]) -> None:
        for number in range(1, SIZES.outages + 1):
            wait_for(lambda due=answers * number // (SIZES.outages + 1): len(done) >= due)
            outage.begin()
            ends = time.monotonic() + LENGTH
            try:
                while time.monotonic() < ends:
                    words.append(look_around(site, who, seen))
            finally:
                outage.end()

    return break_it


def wait_for(is_so: Callable[[], bool], patience: float = 60.0) -> None:
    ends = time.monotonic() + patience
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.01)
    assert is_so()


def sit_through(
    ground: Ground, learners: list[dict[str, Any]], application: str = "learning.wsgi"
) -> dict[str, Any]:
    """Learners answer while outages come and go; all that was seen, and what became of it."""
    *sitting, watcher = learners
    seen: dict[str, Counter[int]] = {name: Counter() for name in ("read", "health", "write")}
    words: list[str] = []
    answers = len(sitting) * (QUESTIONS + CHANGES)
    with site_with_outages(ground, application) as (server, outage):
        warm_up(ground)
        mail = [ask_for_a_letter(ground, 0)]
        before = processes_of(server)
        devices = devices_of(sitting, ground.port, the_same, QUESTIONS, CHANGES)
        breaking_it = breaking(ground, outage, watcher, answers, seen, words)
        done = all_sit(devices, len(devices), breaking_it)
        wait_for(lambda: get(ground.port, "/healthz")[0] == 200)
        healed = get(ground.port, f"/tests/{watcher['sitting']}/1/", watcher["session"])[0]
        with Mailbox(ground.mail_port) as mailbox:
            mail.append(ask_for_a_letter(ground, 1))
        is_same_server = processes_of(server) == before
    sittings = [who["sitting"] for who in sitting]
    found = ground.run("counting.answers", sittings=sittings)
    findings = compare(done, found, ground.run("counting.ends", sittings=sittings))
    return {
        "done": len(done),
        "findings": findings,
        "integrity": found["integrity"],
        "seen": seen,
        "words": words,
        "healed": healed,
        "mail": (mail, sorted(mailbox.letters)),
        "is_same_server": is_same_server,
    }


def warm_up(site: Ground) -> None:
    """Each worker has read the page for visitors once, which it then keeps."""
    for _time in range(12):
        assert get(site.port, "/")[0] == 200


def ask_for_a_letter(site: Ground, number: int) -> int:
    """With which a new password could be set; nobody is kept from going on without it."""
    fields = {"email": f"outage-{number}@example.org"}
    return post(site.port, "/accounts/password/reset/", "", fields).status


def test_nothing_acknowledged_is_lost_and_all_heals_by_itself(ground: Ground, sown: dict[str, Any]):
    name = "full disk" if ground.database == "sqlite" else "database away"
    figures = Figures(f"R8 {name}", ground.database)

    found = sit_through(ground, sown["outage"])

    assert found["findings"] == Findings(0, 0, 0, 0, 0, 0)
    assert found["integrity"] == "ok"
    seen = found["seen"]
    assert set(seen["read"]) == {200}
    assert set(seen["health"]) == set(seen["write"]) == {503}
    assert all("Everything saved before is safe." in words for words in found["words"])
    assert found["healed"] == 200
    assert found["mail"] == ([302, 302], ["outage-1@example.org"])
    assert found["is_same_server"]
    figures.write(
        outages=SIZES.outages,
        answers=found["done"],
        refused=seen["write"][503],
        lost=found["findings"].lost,
        reads_refused=0,
        restarts=0,
    )


def test_control_acknowledging_what_was_not_stored_is_found(ground: Ground, sown: dict[str, Any]):
    figures = Figures("R8 control", ground.database)

    found = sit_through(ground, sown["outage_control"], "tests.drills.broken_saves")

    assert found["findings"].lost > 0
    figures.write(answers=found["done"], lost=found["findings"].lost)
