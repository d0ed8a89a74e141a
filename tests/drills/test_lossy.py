"""The bad line itself: whether it really does to requests what the drills say it does."""

import http.client
import socketserver
import threading
import time
from collections.abc import Iterator

import pytest

from tests.drills.lossy import FATES, LATE, OVERTAKEN_BY, LossyLine, read_request


class Noting(socketserver.ThreadingTCPServer):
    """A server that notes what arrives, in its order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.arrived: list[str] = []


class Answering(socketserver.BaseRequestHandler):
    server: Noting

    def handle(self) -> None:
        request = read_request(self.request)
        self.server.arrived.append(request.rpartition(b"\r\n\r\n")[2].decode())
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


@pytest.fixture
def server() -> Iterator[Noting]:
    with Noting() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


class Line(LossyLine):
    """Does to each request what is said beforehand; all goes well after that."""

    def __init__(self, target: int, *fates: str) -> None:
        super().__init__(target, 1, seed=1)
        self.fates = list(fates)

    def next_fate(self) -> str:
        return self.fates.pop(0) if self.fates else "well"


def send(line: LossyLine, words: str, session: str = "one") -> bool:
    """Whether a whole answer came back."""
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=5)
    try:
        connection.request("POST", "/", words, {"Cookie": f"sessionid={session}"})
        return connection.getresponse().read() == b"ok"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("fate", "is_answered", "arrives"),
    [
        ("well", True, 1),
        ("unsent", False, 0),
        ("unanswered", False, 1),
        ("cut", False, 1),
        ("late", True, 1),
        ("twice", True, 2),
    ],
)
def test_what_happens_to_one_request(server, fate, is_answered, arrives):
    began = time.monotonic()
    with Line(server.server_address[1], fate) as line:
        assert send(line, "a") is is_answered

    assert server.arrived == ["a"] * arrives
    assert (time.monotonic() - began >= LATE) is (fate == "late")


def test_one_that_was_overtaken_arrives_after_later_ones_of_its_device(server):
    with Line(server.server_address[1], "overtaken") as line:
        assert not send(line, "first")
        assert send(line, "of another", session="two")
        assert all(send(line, words) for words in "bcd"[: OVERTAKEN_BY + 1])

    assert server.arrived.index("first") >= 1 + OVERTAKEN_BY
    assert line.happened["overtaken"] == 1


def test_what_is_stuck_at_the_end_arrives_and_what_nothing_passed_by_does_not(server):
    with Line(server.server_address[1], "overtaken", "overtaken") as line:
        send(line, "passed by")
        send(line, "alone", session="two")
        send(line, "later")

    assert server.arrived == ["later", "passed by"]
    assert line.happened["overtaken"] == 1


def test_fates_take_turns_and_are_as_many_as_asked_for(server):
    line = LossyLine(server.server_address[1], 0.05, seed=1)
    fates = [line.next_fate() for _request in range(4000)]
    line.server_close()

    assert 160 < line.bad < 240
    assert [fate for fate in fates if fate != "well"][: len(FATES)] == list(FATES)
