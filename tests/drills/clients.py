"""Learners' devices: what they send, and how they try again until the server has acknowledged."""

import http.client
import json
import random
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
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


def post(
    port: int,
    path: str,
    session: str,
    fields: dict[str, Any],
    within: float = ANSWER_WITHIN,
    **headers: str,
) -> Reply:
    """One POST on a connection of its own. Raises `OSError` or `HTTPException` when it fails."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=within)
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


type Turn = tuple[Action, ...]  # on their way at the same time


def turns(learner: dict[str, Any], questions: int, changes: int, seed: int) -> Iterator[Turn]:
    """A learner's answers to `questions` in an order by chance; `changes` of them she changes at
    once, so that the old and the new one are on their way together."""
    chance = random.Random(seed)
    captured = datetime(2026, 1, 5, 9, tzinfo=UTC)
    for number, position in enumerate(chance.sample(range(len(learner["positions"])), questions)):
        said = chance.sample(learner["positions"][position], 2 if number < changes else 1)
        turn = []
        for choice in said:
            captured += timedelta(milliseconds=1)
            sitting = learner["sitting"]
            turn.append(
                Action(sitting, position + 1, captured, choice["fields"], choice["response"])
            )
        yield tuple(turn)


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


@dataclass
class Device:
    """A learner's phone: takes her turns one after the other, and at last hands in."""

    port: int
    session: str
    sitting: str
    turns: Iterator[Turn]
    again: Again
    ends_at: int = 0  # another port to hand in at: a good line
    name: str = field(default_factory=lambda: str(uuid.uuid4()))
    seq: int = 0

    def go_on(self, done: list[Acknowledged]) -> bool:
        """Send the next turn until all of it is acknowledged, and say whether more is to come.

        Handing in is pressed twice.
        """
        turn = next(self.turns, None)
        if turn is None:
            at_once([self.hand_in, self.hand_in])
            return False
        done += at_once([self.sending(action) for action in turn])
        return True

    def sending(self, action: Action) -> Callable[[], Acknowledged]:
        self.seq += 1
        sent = envelope(action, self.name, self.seq)
        return lambda: deliver(self.port, self.session, action, sent, self.again)

    def hand_in(self) -> None:
        path = f"/tests/{self.sitting}/"
        for _try in tries(f"{path} could not be handed in."):
            try:
                reply = post(self.ends_at or self.port, f"{path}hand-in/", self.session, {})
            except (OSError, http.client.HTTPException):
                continue
            if reply.location == f"{path}result/":
                return
            assert reply.status >= http.client.INTERNAL_SERVER_ERROR, reply


def at_once[R](steps: list[Callable[[], R]]) -> list[R]:
    if len(steps) == 1:
        return [steps[0]()]
    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(lambda step: step(), steps))


def tries(otherwise: str) -> Iterator[int]:
    """Counts tries with longer and longer pauses; `TimeoutError` when it takes too long."""
    pause, ends = FIRST_PAUSE, time.monotonic() + GIVES_UP_AFTER
    for number in count(1):
        yield number
        if time.monotonic() > ends:
            raise TimeoutError(otherwise)
        time.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def deliver(
    port: int, session: str, action: Action, sent: dict[str, str], again: Again
) -> Acknowledged:
    for number in tries(f"{action} was never acknowledged."):
        if is_acknowledged(port, session, action, sent):
            return Acknowledged(action, sent["fact"], number)
        sent = again(sent)
    raise AssertionError("Trying ends with an error of its own.")


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
