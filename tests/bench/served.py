"""The server that is measured, and the operating system's account of its processes."""

import contextlib
import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.counting import ASKED, TOLD
from tests.site import ROOT, answers

PATIENCE = 120  # seconds


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu(self) -> float:
        """Seconds that the workers have spent on a processor so far."""
        return sum(
            int(task.read_text().split()[0])
            for pid in self.workers()
            for task in Path(f"/proc/{pid}/task").glob("*/schedstat")
        ) / 1e9  # fmt: skip

    def forget_peaks(self) -> None:
        """Let the peaks of memory begin anew; without effect where that is not permitted."""
        for pid in self.workers():
            with contextlib.suppress(OSError):
                Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak(self) -> int:
        """The highest memory of one worker, in MB."""
        return max(_high_water(pid) for pid in self.workers()) // 1024


def _high_water(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


@contextlib.contextmanager
def serving(port: int, env: Mapping[str, str]) -> Iterator[Server]:
    """The site as `serve` has it, two workers of gunicorn that are never replaced meanwhile."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:learning.serving.gunicorn"]
    process = subprocess.Popen(
        [*command, "--max-requests", "0", "learning.wsgi"], cwd=ROOT, env=dict(env)
    )
    ends = time.monotonic() + PATIENCE
    try:
        while not answers(f"http://localhost:{port}"):
            if process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError("The server did not start.")
            time.sleep(0.2)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


@dataclass
class Reply:
    status: int
    octets: int  # of the body as it travelled
    location: str
    queries: int | None


@dataclass
class Visitor:
    """Asks as a browser does: with cookies, and content with compressed answers."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    counts_queries: bool = False

    def get(self, path: str) -> Reply:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, object], accept: str = "text/html") -> Reply:
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        token = self.cookies.get("csrftoken", "")
        return self._ask("POST", path, urlencode(fields), headers | {"X-CSRFToken": token})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        more = {"Accept-Encoding": "gzip", "Cookie": cookies} | headers
        if self.counts_queries:
            more[ASKED] = "1"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {"Host": f"localhost:{self.port}", **more})
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        self._keep_cookies(response.headers.get_all("Set-Cookie") or [])
        told = response.headers.get(TOLD)
        location = response.headers.get("Location", "")
        return Reply(response.status, len(content), location, int(told) if told else None)

    def _keep_cookies(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
