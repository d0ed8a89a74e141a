"""Calls in processes of their own, with the product's settings.

`python -m tests.drills.process` makes Django ready once and forks for each call: becoming ready
takes longer than most calls do. `Caller` asks it. With an address, as in
`python -m tests.drills.process test_letters.work`, it calls that once, in a process that can be
killed; the arguments are JSON on standard input.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import django

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
        with self.one_at_a_time, tempfile.TemporaryDirectory() as folder:
            asked = {"function": function, "question": question, "reply": f"{folder}/reply"}
            assert self.process.stdin
            assert self.process.stdout
            print(json.dumps(asked), file=self.process.stdin, flush=True)
            status = self.process.stdout.readline().strip()
            reply = Path(asked["reply"])
            said = reply.read_text() if reply.exists() else ""
        assert status == "0", f"{function} ended with {status or 'its whole process'}: {said}"
        return json.loads(said)

    def close(self) -> None:
        self.process.terminate()
        self.process.communicate()


def function_at(address: str) -> Callable[..., Any]:
    module, _, name = address.partition(".")
    return getattr(importlib.import_module(f"tests.drills.{module}"), name)


def answer_calls() -> None:
    """One line asks for a call, one line says how it ended; until nobody can ask any more."""
    for line in sys.stdin:
        asked = json.loads(line)
        call = function_at(asked["function"])  # stays here for the next one
        child = os.fork()
        if not child:
            os._exit(answered(call, asked["question"], Path(asked["reply"])))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 (this is how it answers)


def answered(call: Callable[..., Any], question: Mapping[str, Any], reply: Path) -> int:
    """Call and write down what was returned, or raised; returns the exit code."""
    os.dup2(2, 1)  # what it prints is no answer
    try:
        reply.write_text(json.dumps(call(**question)))
    except BaseException:  # noqa: BLE001 (whatever it is, who asked has to know)
        reply.write_text(traceback.format_exc())
        return 1
    return 0


def main(*addresses: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "learning.settings"
    django.setup()
    if addresses:
        function_at(addresses[0])(**json.load(sys.stdin))
    else:
        answer_calls()


if __name__ == "__main__":
    main(*sys.argv[1:])
