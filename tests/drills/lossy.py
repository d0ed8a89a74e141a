"""A bad line: a proxy that loses, delays, cuts and doubles some of the requests it carries."""

import random
import socket
import socketserver
import threading
import time
from collections import Counter
from typing import Any

LATE = 0.3  # seconds that a late request waits
PATIENCE = 20.0  # seconds for either side to say something

# What may happen to a request: lost on its way there; its answer lost, or cut, on the way back;
# late; carried twice, as a network or a proxy may do that tries again by itself.
FATES = ("unsent", "unanswered", "cut", "late", "twice")


class LossyLine(socketserver.ThreadingTCPServer):
    """Listens on a port of its own; of `rate` (0 to 1) of all requests it makes a mess."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, target: int, rate: float, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), Carrying)
        self.target, self.rate = target, rate
        self.chance, self.lock = random.Random(seed), threading.Lock()
        self.happened: Counter[str] = Counter()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def next_fate(self) -> str:
        with self.lock:
            is_bad = self.chance.random() < self.rate
            fate = self.chance.choice(FATES) if is_bad else "well"
            self.happened[fate] += 1
        return fate

    def __enter__(self) -> "LossyLine":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.shutdown()
        self.server_close()


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
        if fate == "late":
            time.sleep(LATE)
        if fate == "twice":
            forward(request, self.server.target)
        answer = forward(request, self.server.target)
        if fate == "unanswered":
            return
        self.request.sendall(answer[: len(answer) // 2] if fate == "cut" else answer)


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
