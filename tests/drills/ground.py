"""Where drills happen: a copy of the test database, the product's own settings, real servers.

The copy saves each run the half minute that preparing an empty data folder takes. What works on it
are processes of their own, as in production: nothing of the test settings reaches them.
"""

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from tests.drills.process import Caller
from tests.site import ROOT, answers, environment, free_port

PATIENCE = 60.0  # seconds for a server to answer, on a busy machine
ANY_PORT = 8000  # in addresses that nobody calls: a server is told where to listen


@dataclass(frozen=True)
class Ground:
    """A data folder with its environment. `database` is what Django calls the vendor; nobody
    listens on `mail_port` but a drill that has a mail server."""

    var: Path
    port: int
    mail_port: int
    database: str
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        """The same for all processes of a drill, whatever port they serve."""
        url = {"DATABASE_URL": self.database_url} if self.database_url else {}
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}"}
        return environment(self.var, ANY_PORT) | mail | url

    @property
    def caller(self) -> Caller:
        return caller_in(self.environment)

    @property
    def log(self) -> Path:
        """What servers and workers say."""
        return self.var / "processes.log"

    def run(self, function: str, **question: Any) -> Any:
        """Call a function such as "sowing.sow" in a process of its own; both ways in JSON."""
        return self.caller.call(function, question)

    @contextlib.contextmanager
    def serving(
        self, application: str = "learning.wsgi", workers: int = 2, **settings: str
    ) -> Iterator["Server"]:
        """`settings`: environment variables that `serving.change` knows."""
        server = Server(self, application, workers, settings)
        server.start()
        try:
            yield server
        finally:
            server.kill()


callers: dict[frozenset[tuple[str, str]], Caller] = {}


def caller_in(environment: Mapping[str, str]) -> Caller:
    """The one of this environment, but for what pytest says there of the test that runs."""
    lasting = {name: value for name, value in environment.items() if "PYTEST" not in name}
    key = frozenset(lasting.items())
    if key not in callers:
        callers[key] = Caller(lasting)
    return callers[key]


def close_callers() -> None:
    while callers:
        callers.popitem()[1].close()


@dataclass
class Server:
    """Gunicorn as in production. A drill ends it as a power cut would."""

    ground: Ground
    application: str
    workers: int
    settings: Mapping[str, str]
    process: int | None = field(default=None, init=False)

    def start(self) -> None:
        caller, port = self.ground.caller, self.ground.port
        how = {"application": self.application, "workers": self.workers, "port": port}
        self.process = caller.start(
            "serving.serve", how | {"settings": self.settings}, self.ground.log
        )
        ends = time.monotonic() + PATIENCE
        while not answers(f"http://127.0.0.1:{port}"):
            if caller.code_of(self.process) is not None or time.monotonic() > ends:
                raise RuntimeError(f"The site did not start:\n{self.ground.log.read_text()}")
            time.sleep(0.02)

    def kill(self) -> None:
        """End the server and its workers at once, whatever they are doing."""
        if self.process:
            self.ground.caller.kill(self.process)
            self.process = None


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    var = Path(tempfile.mkdtemp(prefix="cascade-drill-"))
    try:
        yield var
    finally:
        shutil.rmtree(var, ignore_errors=True)


def copy_sqlite(target: Path) -> None:
    """The test database, which is in memory, as a file."""
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)


def copy_postgres() -> str:
    """The URL of a copy beside the test database; PostgreSQL copies what nobody has open."""
    name = f"drill_{connection.settings_dict['NAME']}"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def drop_postgres(url: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{urlsplit(url).path[1:]}" WITH (FORCE)')


def lay_out_static(root: Path) -> None:
    """Style sheets and scripts under their own names: collecting them takes as long as a drill."""
    root.mkdir()
    source = ROOT / "static"
    for entry in source.iterdir():
        (root / entry.name).symlink_to(entry)
    names = [str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()]
    manifest = {"paths": {name: name for name in names}, "version": "1.1", "hash": ""}
    (root / "staticfiles.json").write_text(json.dumps(manifest))


def new_ground(var: Path) -> Ground:
    """A copy of the test database in `var`, or beside it on its PostgreSQL server."""
    lay_out_static(var / "static")
    url = ""
    if connection.vendor == "sqlite":
        copy_sqlite(var / "cascade.sqlite3")
    else:
        url = copy_postgres()
    return Ground(var, free_port(), free_port(), connection.vendor, url)
