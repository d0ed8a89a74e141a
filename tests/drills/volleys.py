"""Many requests at one moment: all connections stand before the first word is said on any."""

import socket
from email.parser import BytesParser
from selectors import EVENT_READ, DefaultSelector
from typing import Any, cast
from urllib.parse import urlencode

from tests.drills.clients import CSRF, Reply

PATIENCE = 60.0  # seconds for the last answer, on a busy machine


def volley(port: int, path: str, session: str, fields: dict[str, Any], many: int) -> list[Reply]:
    """The same POST so many times. Raises `OSError` where one is not answered."""
    request = request_of(path, session, fields)
    sides = [socket.create_connection(("127.0.0.1", port), PATIENCE) for _one in range(many)]
    try:
        for side in sides:
            side.sendall(request)
        return [reply_in(words) for words in all_said_on(sides)]
    finally:
        for side in sides:
            side.close()


def all_said_on(sides: list[socket.socket]) -> list[bytes]:
    """What each said until it hung up. We hang up then, too: a worker waits for that."""
    said = dict.fromkeys(sides, b"")
    with DefaultSelector() as waiting:
        for side in sides:
            waiting.register(side, EVENT_READ)
        while waiting.get_map():
            ready = waiting.select(PATIENCE)
            if not ready:
                raise TimeoutError("no answer")
            for key, _events in ready:
                side = cast("socket.socket", key.fileobj)
                part = side.recv(65536)
                said[side] += part
                if not part:
                    waiting.unregister(side)
                    side.close()
    return list(said.values())


def request_of(path: str, session: str, fields: dict[str, Any]) -> bytes:
    body = urlencode(fields, doseq=True)
    head = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"Cookie: sessionid={session}; csrftoken={CSRF}",
        f"X-CSRFToken: {CSRF}",
    ]
    return "\r\n".join([*head, "", body]).encode()


def reply_in(said: bytes) -> Reply:
    head, _, body = said.partition(b"\r\n\r\n")
    first, _, lines = head.partition(b"\r\n")
    if not first.startswith(b"HTTP/1.1 "):
        raise ConnectionError("no answer")
    headers = BytesParser().parsebytes(lines, headersonly=True)
    return Reply(int(first.split()[1]), headers.get("Location", ""), body)
