"""Processes with the product's settings, forked from one in which Django is ready.

Becoming ready takes longer than most of what drills do. `python -m tests.drills.process` does it
once, and forks for whatever its `Caller` asks: a call that is waited for, or something that goes on
until it is killed, such as a web server or a task worker.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import django

from learning.serving.supervising import end_with_parent
from tests.site import ROOT


class Caller:
    """Calls functions such as "sowing.sow" in the environment that it was made with."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.one_at_a_time = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.drills.process"],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def call(self, function: str, question: Mapping[str, Any]) -> Any:
        """What it returns; fails with what it raised."""
        with tempfile.TemporaryDirectory() as folder:
            reply = Path(folder) / "reply"
            status = self.ask("call", function=function, question=question, reply=str(reply))
            said = reply.read_text() if reply.exists() else ""
        assert status == 0, f"{function} ended with {status}: {said}"
        return json.loads(said)

    def start(self, function: str, question: Mapping[str, Any], words: Path) -> int:
        """Let it begin in a group of processes of its own, which writes to the file `words`;
        returns the id of the first of them, and of the group."""
        return self.ask("start", function=function, question=question, words=str(words))

    def code_of(self, process: int) -> int | None:
        """The exit code of one that was started, None while it runs. Say goodbye to it then."""
        return self.ask("code_of", process=process)

    def kill(self, process: int) -> None:
        """End one that was started, and all of its group, whatever they are doing."""
        self.ask("kill", process=process)

    def ask(self, what: str, **about: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        with self.one_at_a_time:
            print(json.dumps({"what": what} | about), file=self.process.stdin, flush=True)
            said = self.process.stdout.readline()
        assert said, "the process that forks has ended"
        return json.loads(said)

    def close(self) -> None:
        self.process.terminate()
        self.process.communicate()


# --- the other side -------------------------------------------------------------------------------


def call(function: str, question: Mapping[str, Any], reply: str) -> int:
    """The exit code of a process that calls and writes down what was returned, or raised."""
    work = function_at(function)
    child = os.fork()
    if not child:
        os._exit(answered(work, question, Path(reply)))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def answered(work: Callable[..., Any], question: Mapping[str, Any], reply: Path) -> int:
    os.dup2(2, 1)  # what it prints is no answer
    try:
        reply.write_text(json.dumps(work(**question)))
    except BaseException:  # noqa: BLE001 (whatever it is, who asked has to know)
        reply.write_text(traceback.format_exc())
        return 1
    return 0


def start(function: str, question: Mapping[str, Any], words: str) -> int:
    work = function_at(function)
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        end_with_parent()
        os._exit(worked(work, question, words))
    os.setpgid(child, child)  # whoever of the two comes first: nobody kills our own group
    return child


def worked(work: Callable[..., Any], question: Mapping[str, Any], words: str) -> int:
    with Path(os.devnull).open() as nothing, Path(words).open("a") as file:
        os.dup2(nothing.fileno(), 0)
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    try:
        work(**question)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:  # noqa: BLE001 (whatever it is, it is for the file)
        traceback.print_exc()
        sys.stderr.flush()
        return 1
    return 0


def code_of(process: int) -> int | None:
    ended, status = os.waitpid(process, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def kill(process: int) -> None:
    os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)


ANSWERS: dict[str, Callable[..., Any]] = {
    "call": call,
    "start": start,
    "code_of": code_of,
    "kill": kill,
}


def function_at(address: str) -> Callable[..., Any]:
    """Its module stays here for the next call."""
    module, _, name = address.partition(".")
    return getattr(importlib.import_module(f"tests.drills.{module}"), name)


def get_ready() -> None:
    """Django, and every view; nothing that was forked may share a connection."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "learning.settings"
    django.setup()

    from django.db import connections  # noqa: PLC0415 (needs the settings)
    from django.urls import get_resolver  # noqa: PLC0415 (needs the settings)

    len(get_resolver().url_patterns)
    connections.close_all()


def main() -> None:
    """One line asks, one line says how it ended; until nobody can ask any more."""
    get_ready()
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(ANSWERS[asked.pop("what")](**asked)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
