"""Keeps the web server and its task worker running, and ends them together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

TICK = 0.2  # seconds between two looks at the processes
GRACE = 40.0  # seconds to finish what is under way; gunicorn gives a request 30
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a worker that died is started again
STEADY = 60.0  # seconds after which a worker counts as well again


def end_with_parent() -> None:
    """Between fork and exec: Linux ends the child should this process be killed outright."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a child that sees no Ctrl+C: it is told to stop once, by its supervisor."""
    return subprocess.Popen(  # noqa: S603 (our own commands)
        command,
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 (no threads run here)
    )


def signal_group(leader: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a child, dead or alive, and all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader.pid, number)


@dataclass
class Worker:
    """A process that is started again when it ends, after longer and longer pauses if it must."""

    command: list[str]
    say: Callable[[str], None]
    pause: float = FIRST_PAUSE
    started: float = 0.0
    due: float = 0.0
    process: subprocess.Popen[bytes] | None = None

    def look_after(self, now: float) -> None:
        if self.process is None:
            if now >= self.due:
                self.process, self.started = start(self.command), now
        elif self.process.poll() is not None:
            self.plan_restart(now, self.process.returncode)

    def plan_restart(self, now: float, code: int) -> None:
        if now - self.started >= STEADY:
            self.pause = FIRST_PAUSE
        self.say(f"The task worker ended ({code}). Next start in {self.pause:.0f} s.")
        self.due, self.process = now + self.pause, None
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


@dataclass
class Chore:
    """A short command that is run again and again, and never twice at a time."""

    command: list[str]
    every: float  # seconds, also before the first time
    due: float | None = None
    process: subprocess.Popen[bytes] | None = None

    def look_after(self, now: float) -> None:
        runs = self.process is not None and self.process.poll() is None
        if self.due is None:
            self.due = now + self.every
        elif now >= self.due and not runs:
            self.process, self.due = start(self.command), now + self.every


@dataclass
class Supervisor:
    """Runs `web`, and beside it `worker` if there is one and `chores`, until told to stop."""

    web: list[str]
    worker: Worker | None
    chores: tuple[Chore, ...] = ()
    times_told: int = field(default=0, init=False)

    def run(self, when_started: Callable[[Callable[[], bool]], None]) -> int:
        """Returns 0 after SIGINT, SIGTERM or SIGHUP, else the exit code of the web server.

        `when_started` is called with a question: whether the web server still runs.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.note)
        web = start(self.web)
        try:
            self.look_after_others()
            when_started(lambda: web.poll() is None and not self.times_told)
            while web.poll() is None and not self.times_told:
                self.look_after_others()
                time.sleep(TICK)
            return 0 if self.times_told else web.returncode or 1
        finally:
            self.stop([web, *(one.process for one in self.others)])

    def note(self, number: int, frame: FrameType | None) -> None:
        self.times_told += 1

    @property
    def others(self) -> list[Worker | Chore]:
        return [*([self.worker] if self.worker else []), *self.chores]

    def look_after_others(self) -> None:
        for one in self.others:
            one.look_after(time.monotonic())

    def stop(self, processes: list[subprocess.Popen[bytes] | None]) -> None:
        """Let each finish what it does; the second Ctrl+C, or `GRACE` seconds, end the patience."""
        started = [process for process in processes if process]
        for process in started:
            if process.poll() is None:
                process.terminate()  # it ends its own children in good order
            else:
                signal_group(process, signal.SIGTERM)
        patience_ends = time.monotonic() + GRACE
        while any(process.poll() is None for process in started):
            if self.times_told > 1 or time.monotonic() > patience_ends:
                for process in started:
                    signal_group(process, signal.SIGKILL)
            time.sleep(TICK)
