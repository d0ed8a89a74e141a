"""The migrated test database, made once and copied by the other processes and later runs.

Some 240 migrations, most of them of packages, take half a minute. On SQLite the copy is a file, on
PostgreSQL a database of the same server. `python -m tests.database FOLDER` makes it: a run on
several processes begins with that, so that it is there, or nearly, when their tests are collected.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

ROOT = Path(__file__).resolve().parent.parent
MADE_BY = ("requirements.lock", "learning/**/migrations/*.py", "modules/**/migrations/*.py")

KEPT_ON_SERVER = "cascade_migrated_"


def fingerprint() -> str:
    """Another one for every change of a migration or a package; 16 hexadecimal digits."""
    files = sorted(path for pattern in MADE_BY for path in ROOT.glob(pattern))
    hashed = hashlib.sha256()
    for path in files:
        hashed.update(path.relative_to(ROOT).as_posix().encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]


def file_in(folder: Path) -> Path:
    """Where the copy is kept on SQLite."""
    return folder / f"{fingerprint()}.sqlite3"


@contextlib.contextmanager
def made_meanwhile(folder: Path) -> Iterator[None]:
    """Inside, a process of its own makes the copy, for whoever comes to `copied` later.

    What it cannot do, or has not begun when the first comes, the first does, and is told why.
    """
    command = [sys.executable, "-m", "tests.database", str(folder)]
    maker = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        maker.terminate()
        maker.wait()


@contextlib.contextmanager
def copied(folder: Path) -> Iterator[None]:
    """Inside, the test database begins as the copy kept, or is kept for others afterwards.

    `folder` has the lock, and on SQLite the copy. Whoever comes while it is being made waits.
    Copies of other migrations are thrown away.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    keeping = _on_server(connection) if connection.vendor == "postgresql" else _in_file(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with keeping:
            yield


@contextlib.contextmanager
def _in_file(folder: Path) -> Iterator[None]:
    kept = file_in(folder)
    if kept.exists():
        with _filled_from(kept):
            yield
        return
    yield
    for old in folder.glob("*.sqlite3"):
        old.unlink()
    _save(connections[DEFAULT_DB_ALIAS].connection, kept)


@contextlib.contextmanager
def _on_server(connection: BaseDatabaseWrapper) -> Iterator[None]:
    kept = f"{KEPT_ON_SERVER}{fingerprint()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [KEPT_ON_SERVER]
        )
        there = {name for (name,) in cursor.fetchall()}
    if kept in there:
        connection.settings_dict["TEST"]["TEMPLATE"] = kept
        yield
        return
    yield
    made = connection.settings_dict["NAME"]
    connection.close()  # a database in use cannot be copied
    with connection._nodb_cursor() as cursor:
        for old in there:
            cursor.execute(f'DROP DATABASE "{old}"')
        cursor.execute(f'CREATE DATABASE "{kept}" TEMPLATE "{made}"')


@contextlib.contextmanager
def _filled_from(kept: Path) -> Iterator[None]:
    """The first connection to the new, empty database finds the tables and rows of `kept`."""

    def fill(connection, **_facts) -> None:
        connection_created.disconnect(fill)
        with contextlib.closing(sqlite3.connect(kept)) as source:
            source.backup(connection.connection)

    connection_created.connect(fill, weak=False)
    try:
        yield
    finally:
        connection_created.disconnect(fill)


def _save(connection: sqlite3.Connection, kept: Path) -> None:
    """Write the database to `kept`, whole or not at all."""
    begun = kept.with_suffix(".new")
    begun.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(begun)) as target:
        connection.backup(target)
    begun.rename(kept)


def main(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415 (needs the settings)

    with copied(folder):
        made = setup_databases(verbosity=0, interactive=False)
    teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
