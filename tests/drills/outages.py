"""What a site stands on is taken from under it, and given back: the disk, the database."""

import contextlib
import resource
import shutil
import socket
import socketserver
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from tests.drills.ground import Ground, Server
from tests.processes import group_of, running

PATIENCE = 20.0  # seconds for the database to say something


class Outage(Protocol):
    def begin(self) -> None: ...

    def end(self) -> None: ...


class FullDisk:
    """No process of the server may write a byte to any file: as with a full disk, and without the
    rights that a small file system would need."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def begin(self) -> None:
        self.allow(0)

    def end(self) -> None:
        self.allow(resource.RLIM_INFINITY)

    def allow(self, size: int) -> None:
        for process in processes_of(self.server):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def processes_of(server: Server) -> list[int]:
    """Gunicorn and its workers, which are all in one group."""
    return sorted(pid for pid in running() if group_of(pid) == server.process)


class DatabaseLine:
    """Carries what the site and PostgreSQL say to one another, until the line is cut."""

    def __init__(self, url: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cascade-line-"))
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.there = address_of(parts, query)
        query["host"] = str(self.folder)
        who = parts.netloc.rpartition("@")[0]
        self.url = urlunsplit(parts._replace(netloc=f"{who}@", query=urlencode(query, safe="/")))
        self.carried: set[socket.socket] = set()
        self.server: socketserver.ThreadingUnixStreamServer | None = None

    def end(self) -> None:
        """Of the outage: connections are taken again."""
        line = self

        class Carrying(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                line.carry(self.request)

        socket_file = self.folder / ".s.PGSQL.5432"
        socket_file.unlink(missing_ok=True)
        self.server = socketserver.ThreadingUnixStreamServer(str(socket_file), Carrying)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def begin(self) -> None:
        """Nobody is heard any more, and nobody can call."""
        assert self.server
        self.server.shutdown()
        self.server.socket.close()
        (self.folder / ".s.PGSQL.5432").unlink()
        for side in list(self.carried):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def carry(self, here: socket.socket) -> None:
        family = socket.AF_UNIX if isinstance(self.there, str) else socket.AF_INET
        with socket.socket(family) as there:
            there.connect(self.there)
            self.carried |= {here, there}
            back = threading.Thread(target=pump, args=(there, here), daemon=True)
            back.start()
            pump(here, there)
            back.join(PATIENCE)
            self.carried -= {here, there}

    def close(self) -> None:
        self.begin()
        shutil.rmtree(self.folder, ignore_errors=True)


def address_of(parts: Any, query: dict[str, str]) -> Any:
    """Where the real server listens: a socket in a folder, or a host."""
    port = parts.port or 5432
    if query.get("host", "").startswith("/"):
        return f"{query['host']}/.s.PGSQL.{port}"
    return parts.hostname or query["host"], port


def pump(source: socket.socket, target: socket.socket) -> None:
    """Everything that one says to the other; then both have hung up."""
    with contextlib.suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    for side in (source, target):
        with contextlib.suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def site_with_outages(ground: Ground, application: str) -> Iterator[tuple[Server, Outage]]:
    """The site on its database, and what may happen to it: a full disk where the database is a
    file, else a database that does not answer. Pages that were read are kept by the processes.
    """
    if ground.database == "sqlite":
        with ground.serving(application, CACHE_URL="locmem:") as server:
            yield server, FullDisk(server)
        return
    line = DatabaseLine(ground.database_url)
    line.end()
    try:
        with ground.serving(application, CACHE_URL="locmem:", DATABASE_URL=line.url) as server:
            yield server, line
    finally:
        line.close()
