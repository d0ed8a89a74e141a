"""A mail server that counts what it takes, and can keep its answer to itself at a given letter."""

import socketserver
import threading
from collections import Counter
from typing import Any

PATIENCE = 60.0  # seconds to wait for a letter


class Mailbox(socketserver.ThreadingTCPServer):
    """Listens on `port`. A letter counts when all of it has arrived."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Receiving)
        self.letters: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.held_at = 0
        self.arrived, self.released = threading.Event(), threading.Event()

    def hold_after(self, more: int) -> None:
        """Say nothing to the letter that comes after `more` others, until `release`."""
        with self.lock:
            self.arrived.clear()
            self.released.clear()
            self.held_at = self.letters.total() + more + 1

    def wait(self) -> None:
        assert self.arrived.wait(PATIENCE), "no letter came"

    def release(self) -> None:
        self.held_at = 0
        self.released.set()

    def take(self, address: str) -> bool:
        """Count a letter; whether its sender is to get no answer for now."""
        with self.lock:
            self.letters[address] += 1
            return self.letters.total() == self.held_at

    def __enter__(self) -> "Mailbox":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.shutdown()
        self.server_close()


class Receiving(socketserver.StreamRequestHandler):
    """As much of SMTP as one letter needs."""

    server: Mailbox

    def handle(self) -> None:
        try:
            self.say("220 ready")
            while line := self.rfile.readline().strip():
                if not self.answer(line.decode()):
                    return
        except OSError:
            return  # the sender was ended, which is what this server is for

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def answer(self, line: str) -> bool:
        """Answer one command; False after the last."""
        command = line[:4].upper()
        if command == "RCPT":
            self.address = line.partition("<")[2].rstrip(">")
        if command == "DATA":
            self.say("354 go on")
            self.read_letter()
        self.say("221 bye" if command == "QUIT" else "250 yes")
        return command != "QUIT"

    def read_letter(self) -> None:
        while self.rfile.readline().strip() != b".":
            continue
        if self.server.take(self.address):
            self.server.arrived.set()
            self.server.released.wait(PATIENCE)
