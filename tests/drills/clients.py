"""Learners' devices: what they send, and how they try again until the server has acknowledged."""

import http.client
import json
import random
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

CSRF = "c" * 32
ANSWER_WITHIN = 5.0  # seconds a device waits for an answer
GIVES_UP_AFTER = 90.0  # seconds of trying to send one answer
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.5  # seconds between two tries


@dataclass(frozen=True)
class Reply:
    status: int
    location: str
    body: bytes


def post(port: int, path: str, session: str, fields: dict[str, Any], **headers: str) -> Reply:
    """One POST on a connection of its own. Raises `OSError` or `HTTPException` when it fails."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_WITHIN)
    headers |= {
        "Host": "localhost",
        "Connection": "close",
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
    }
    try:
        connection.request("POST", path, urlencode(fields, doseq=True), headers)
        response = connection.getresponse()
        return Reply(response.status, response.headers.get("Location", ""), response.read())
    finally:
        connection.close()


@dataclass(frozen=True)
class Action:
    """That a learner answered: once, whatever becomes of it on the way."""

    sitting: str
    position: int
    captured: datetime  # no two of a sitting are the same
    fields: dict[str, Any]
    response: Any


@dataclass(frozen=True)
class Acknowledged:
    action: Action
    id: str
    tries: int


# --- what is sent


def actions(learner: dict[str, Any], count: int, seed: int) -> Iterator[Action]:
    """`count` answers of a learner to questions by chance, many of them given again and changed."""
    chance = random.Random(seed)
    began = datetime(2026, 1, 5, 9, tzinfo=UTC)
    for number in range(count):
        position = chance.randrange(len(learner["positions"]))
        choice = chance.choice(learner["positions"][position])
        captured = began + timedelta(milliseconds=number)
        yield Action(
            learner["sitting"], position + 1, captured, choice["fields"], choice["response"]
        )


def envelope(action: Action, device: str, seq: int) -> dict[str, str]:
    return {
        "fact": str(uuid.uuid4()),
        "device": device,
        "seq": str(seq),
        "captured": action.captured.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


# --- how it is sent again

type Again = Callable[[dict[str, str]], dict[str, str]]


def the_same(sent: dict[str, str]) -> dict[str, str]:
    return sent


def as_if_new(sent: dict[str, str]) -> dict[str, str]:
    """The fault to be found: a new name for what was sent before."""
    return sent | {"fact": str(uuid.uuid4()), "device": str(uuid.uuid4()), "seq": "1"}


def answer_all(
    port: int, session: str, given: Iterable[Action], done: list[Acknowledged], again: Again
) -> None:
    """Send one action after the other, each until it is acknowledged; then it stands in `done`."""
    device = str(uuid.uuid4())
    for seq, action in enumerate(given, 1):
        done.append(deliver(port, session, action, envelope(action, device, seq), again))


def deliver(
    port: int, session: str, action: Action, sent: dict[str, str], again: Again
) -> Acknowledged:
    pause, ends, tries = FIRST_PAUSE, time.monotonic() + GIVES_UP_AFTER, 1
    while not is_acknowledged(port, session, action, sent):
        if time.monotonic() > ends:
            raise TimeoutError(f"{action} was never acknowledged.")
        time.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
        sent, tries = again(sent), tries + 1
    return Acknowledged(action, sent["fact"], tries)


def is_acknowledged(port: int, session: str, action: Action, sent: dict[str, str]) -> bool:
    """Whether the server said that it has this very answer. Raises when it refuses it."""
    path = f"/tests/{action.sitting}/{action.position}/"
    try:
        reply = post(port, path, session, action.fields | sent, Accept="application/json")
        said = json.loads(reply.body) if reply.status == http.client.OK else {}
    except (OSError, http.client.HTTPException, ValueError):
        return False
    if reply.status < http.client.INTERNAL_SERVER_ERROR and said.get("id") != sent["fact"]:
        raise AssertionError(f"{reply.status} {reply.body!r} {reply.location} for {action}")
    return bool(said)
