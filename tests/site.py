"""A real site for tests in a browser: own data folder, port and processes, as `make run` has."""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 240  # seconds for preparing an empty data folder and starting, or ending, when busy
CHROMIUM = "/usr/bin/chromium-headless-shell"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    url: str
    var: Path

    def manage(self, *arguments: str, **settings: str) -> str:
        """Run a management command on this site's data; returns what it printed.

        `settings`: environment variables beside those of all test sites.
        """
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment(self.var, int(self.url.rpartition(":")[2])) | settings,
            capture_output=True,
            text=True,
            check=True,
        )
        return result.stdout


def free_port() -> int:
    with contextlib.closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def environment(var: Path, port: int) -> dict[str, str]:
    ours = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "CACHE_URL", "TASKS_URL", "SECRET_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {
        "VAR": str(var),
        "PORT": str(port),
        "SITE_URL": f"http://localhost:{port}",
        "DEMO": "1",
        "DEMO_PEOPLE": "0",
        "DEBUG": "0",
    }


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as response:  # noqa: S310
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def prepared(folder: Path, migrated: Path, people: Callable[[Site], None]) -> Path:
    """The data of a site as `prepare` leaves it, with `people`; made by whoever comes first.

    It is in `folder`, and begins with the tables of `migrated`, which the migrations made of an
    empty database.
    """
    data = folder / "prepared"
    with (folder / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            begun = folder / "preparing"
            begun.mkdir()
            shutil.copyfile(migrated, begun / "cascade.sqlite3")
            site = Site(f"http://localhost:{free_port()}", begun)
            site.manage("prepare", DJANGO_SETTINGS_MODULE="tests.unpacked")
            people(site)
            begun.rename(data)
    return data


@contextlib.contextmanager
def running_site(data: Path | None = None, **settings: str) -> Iterator[Site]:
    """Serve a site; stop it and remove its data afterwards.

    It begins with a copy of `data`, which is prepared; without, it prepares what is not there.
    `settings`: environment variables beside those of all test sites.
    """
    var, port = Path(tempfile.mkdtemp(prefix="cascade-site-")), free_port()
    if data:
        shutil.copytree(data, var, dirs_exist_ok=True)
    site = Site(f"http://localhost:{port}", var)
    log = (var / "serve.log").open("w+")
    server = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "serve", *([] if data else ["--prepare"])],
        cwd=ROOT,
        env=environment(var, port) | settings,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(site, server, log.name)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)
        log.close()
        shutil.rmtree(var, ignore_errors=True)


def wait_for(site: Site, server: subprocess.Popen, log: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not answers(site.url):
        if server.poll() is not None or time.monotonic() > ends:
            raise RuntimeError(f"The site did not start:\n{Path(log).read_text()}")
        time.sleep(0.2)
