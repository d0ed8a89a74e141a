"""A bad line: a proxy that loses, delays, cuts, doubles and reorders some of what it carries."""

import re
import socket
import socketserver
import threading
import time
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

LATE = 0.3  # seconds that a late request waits
OVERTAKEN_BY = 2  # later requests of the same device, before one that was overtaken arrives
PATIENCE = 20.0  # seconds for either side to say something
SESSION = re.compile(rb"sessionid=(\w+)")

# What may happen to a request: lost on its way there; its answer lost, or cut, on the way back;
# late; carried twice, as a network or a proxy may do that tries again by itself; stuck somewhere
# until later ones of the same device have arrived. They take turns, so that each does happen.
FATES = ("unsent", "unanswered", "cut", "late", "twice", "overtaken")


@dataclass
class Stuck:
    """A request on its way, and how many of its device passed it by."""

    request: bytes
    passed_by: int = 0


class LossyLine(socketserver.ThreadingTCPServer):
    """Listens on a port of its own; of `rate` (0 to 1) of all requests it makes a mess.

    `happened` counts the fates. One that was overtaken counts when it arrived, after later ones.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, target: int, rate: float, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), Carrying)
        self.target, self.rate = target, rate
        self.chance, self.lock = Random(seed), threading.Lock()
        self.happened: Counter[str] = Counter()
        self.bad = 0
        self.stuck: dict[bytes, list[Stuck]] = {}

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def disturbed(self) -> int:
        return self.happened.total() - self.happened["well"]

    def next_fate(self) -> str:
        with self.lock:
            if self.chance.random() >= self.rate:
                fate = "well"
            else:
                fate = FATES[self.bad % len(FATES)]
                self.bad += 1
            if fate != "overtaken":
                self.happened[fate] += 1
        return fate

    def hold(self, request: bytes) -> None:
        with self.lock:
            self.stuck.setdefault(device_of(request), []).append(Stuck(request))

    def carried(self, request: bytes) -> None:
        """Another of the same device has arrived: what it passed by may be due."""
        with self.lock:
            waiting = self.stuck.get(device_of(request), [])
            for one in waiting:
                one.passed_by += 1
            due = [one for one in waiting if one.passed_by >= OVERTAKEN_BY]
            self.stuck[device_of(request)] = [one for one in waiting if one not in due]
        for one in due:
            self.arrive(one)

    def arrive(self, one: Stuck) -> None:
        """Where the server is down just then, it is one more that was lost."""
        try:
            forward(one.request, self.target)
            fate = "overtaken"
        except OSError:
            fate = "unsent"
        with self.lock:
            self.happened[fate] += 1

    def __enter__(self) -> "LossyLine":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        """Whatever is still stuck arrives before the line ends."""
        self.shutdown()
        self.server_close()
        for one in [one for waiting in self.stuck.values() for one in waiting if one.passed_by]:
            self.arrive(one)


class Carrying(socketserver.BaseRequestHandler):
    """Carries one request and its answer; both sides close after that."""

    server: LossyLine

    def handle(self) -> None:
        try:
            self.request.settimeout(PATIENCE)
            request = read_request(self.request)
            if request:
                self.carry(request, self.server.next_fate())
        except OSError:
            return  # one of the two went away, which is what this line is for

    def carry(self, request: bytes, fate: str) -> None:
        if fate == "unsent":
            return
        if fate == "overtaken":
            self.server.hold(request)
            return
        if fate == "late":
            time.sleep(LATE)
        if fate == "twice":
            forward(request, self.server.target)
        answer = forward(request, self.server.target)
        if fate != "unanswered":
            self.request.sendall(answer[: len(answer) // 2] if fate == "cut" else answer)
        self.server.carried(request)


def device_of(request: bytes) -> bytes:
    """A session stands for a device; requests without one are all of the same."""
    found = SESSION.search(request)
    return found[1] if found else b""


def read_request(side: socket.socket) -> bytes:
    """One HTTP request with its body, b"" when the client went away before its end."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += (part := side.recv(65536))
        if not part:
            return b""
    head, _, body = read.partition(b"\r\n\r\n")
    missing = length_of(head) - len(body)
    while missing > 0:
        read += (part := side.recv(65536))
        if not part:
            return b""
        missing -= len(part)
    return read


def length_of(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def forward(request: bytes, port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as there:
        there.sendall(request)
        answer = b""
        while part := there.recv(65536):
            answer += part
    return answer
