"""A mail server that counts what it takes, and can keep its answer to itself at a given letter."""

import socketserver
import threading
from collections import Counter
from enum import StrEnum
from typing import Any

PATIENCE = 60.0  # seconds to wait for a letter


class Moment(StrEnum):
    """When whoever sends a letter is ended."""

    TAKEN = "taken"  # the letter is here, and nothing was said to that
    UNHEARD = "unheard"  # not all of it was heard, so it is not here
    ANY = "any"  # some letter was answered, and the sender is anywhere


class Mailbox(socketserver.ThreadingTCPServer):
    """Listens on `port`. A letter counts when all of it has arrived."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Receiving)
        self.letters: Counter[str] = Counter()
        self.senders: set[str] = set()
        self.lock = threading.Lock()
        self.moment, self.stop_at = Moment.ANY, 0
        self.arrived, self.released = threading.Event(), threading.Event()

    def stop_after(self, more: int, moment: Moment) -> None:
        """At the letter that comes after `more` others, let `wait` return."""
        with self.lock:
            self.arrived.clear()
            self.released.clear()
            self.moment, self.stop_at = moment, self.letters.total() + more + 1

    def wait(self) -> None:
        assert self.arrived.wait(PATIENCE), "no letter came"

    def go_on(self) -> None:
        with self.lock:
            self.stop_at = 0
        self.released.set()

    def take(self, sender: str, address: str) -> bool:
        """Count a letter, if it is to be taken; whether its sender gets an answer."""
        with self.lock:
            is_due = self.letters.total() + 1 == self.stop_at
            if not is_due or self.moment != Moment.UNHEARD:
                self.letters[address] += 1
                self.senders.add(sender)
        if not is_due:
            return True
        self.arrived.set()
        if self.moment == Moment.ANY:
            return True
        self.released.wait(PATIENCE)
        return False

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
        if command == "MAIL":
            self.sender = address_in(line)
        if command == "RCPT":
            self.address = address_in(line)
        if command == "DATA":
            self.say("354 go on")
            if not self.read_letter() or not self.server.take(self.sender, self.address):
                return False
        self.say("221 bye" if command == "QUIT" else "250 yes")
        return command != "QUIT"

    def read_letter(self) -> bool:
        """Whether all of it came."""
        while line := self.rfile.readline():
            if line.strip() == b".":
                return True
        return False


def address_in(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
