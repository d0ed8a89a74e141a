"""Runs a command of Python beside a private PostgreSQL: `python -m tests.postgres -m pytest …`.

Where `DATABASE_URL` already names a database, that one is used and no server is started. Otherwise
the server lives in a new folder, listens on a socket in it alone, and both are gone afterwards.
"""

import contextlib
import getpass
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

OLDEST = 15
PATIENCE = 30.0  # seconds for the server to start
# Nothing in it outlives the run, so nothing need reach the disk.
SERVER_OPTIONS = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
)


def version_of(server: Path) -> int:
    words = subprocess.run([server, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+", words.stdout)
    return int(found.group()) if found else 0


def find_server() -> Path:
    """The folder of the newest PostgreSQL server here; ends the program when none is new enough."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve())
    newest = max(found, key=version_of, default=None)
    if newest is None or version_of(newest) < OLDEST:
        sys.exit(f"cascade: needs PostgreSQL {OLDEST} or newer. Install it or set DATABASE_URL")
    return newest.parent


def owner() -> str:
    """Who runs the server: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def as_owner(folder: Path) -> dict:
    """Arguments of `subprocess` that run a command in `folder` as its owner."""
    account = pwd.getpwnam(owner())
    if os.geteuid() != 0:
        return {"cwd": folder}
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"cwd": folder, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def private_server() -> Iterator[str]:
    """Starts a server and gives the URL of a database in it that does not exist yet."""
    programs = find_server()
    folder = Path(tempfile.mkdtemp(prefix="cascade-pg-"))
    try:
        alone = as_owner(folder)
        make_cluster(programs, folder, alone)
        with running(programs, folder, alone):
            yield f"postgres://cascade@/cascade?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(programs: Path, folder: Path, alone: dict) -> None:
    command = [programs / "initdb", "--pgdata=data", "--username=cascade", "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(command, capture_output=True, text=True, check=False, **alone)
    if made.returncode:
        sys.exit(f"cascade: initdb failed: {made.stderr.strip()}")


@contextlib.contextmanager
def running(programs: Path, folder: Path, alone: dict) -> Iterator[None]:
    command = [programs / "postgres", "-D", "data", "-k", folder]
    command += [word for option in SERVER_OPTIONS for word in ("-c", option)]
    log = folder / "log"
    with log.open("w") as words:
        server = subprocess.Popen(
            command, stdout=words, stderr=words, start_new_session=True, **alone
        )
        try:
            wait_until_ready(programs, folder, server)
            yield
        finally:
            server.send_signal(signal.SIGINT)  # disconnect everybody and end
            server.wait()


def wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen) -> None:
    ends = time.monotonic() + PATIENCE
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode:
        if server.poll() is not None or time.monotonic() > ends:
            sys.exit(f"cascade: PostgreSQL does not start: {(folder / 'log').read_text()}")
        time.sleep(0.1)


def end(number: int, frame: object) -> None:
    """Turn a signal into an exception, so that the server is stopped on the way out."""
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)
    command = [sys.executable, *arguments]
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(command, check=False).returncode
    with private_server() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(command, check=False, env=environment).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
