"""Web server and worker run together, are started again when they die, and end together."""

import os
import signal
import sys
import time

import pytest

from learning.serving import supervising
from learning.serving.supervising import Chore, Supervisor, Worker

FOR_EVER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture(autouse=True)
def _signals():
    """Puts back what a supervisor listens to."""
    before = {number: signal.getsignal(number) for number in (1, 2, 15)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def stop_at_once(still_runs):
    os.kill(os.getpid(), signal.SIGTERM)


def ends_with(code):
    return [sys.executable, "-c", f"raise SystemExit({code})"]


def test_signal_ends_both(capfd):
    worker = Worker(FOR_EVER, print)

    assert Supervisor(FOR_EVER, worker).run(stop_at_once) == 0
    assert worker.process.returncode == -signal.SIGTERM


@pytest.mark.parametrize(("code", "answer"), [(3, 3), (0, 1)])
def test_end_of_the_web_server_is_the_end_of_all(code, answer):
    worker = Worker(FOR_EVER, print)

    assert Supervisor(ends_with(code), worker).run(lambda still_runs: None) == answer
    assert worker.process.returncode == -signal.SIGTERM


def test_children_of_a_killed_web_server_end_too(tmp_path):
    note = tmp_path / "note"
    dies_before_its_child = f"(trap 'touch {note}' TERM; sleep 9 & wait) & sleep 0.5; kill -9 $$"

    Supervisor(["sh", "-c", dies_before_its_child], None).run(lambda still_runs: None)

    ends = time.monotonic() + 5
    while not note.exists() and time.monotonic() < ends:
        time.sleep(0.1)
    assert note.exists()


def test_patience_ends_with_the_second_signal():
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(); time.sleep(60)"
    supervisor = Supervisor([sys.executable, "-c", deaf], None)
    started = time.monotonic()

    def stop_twice(still_runs):
        time.sleep(1)  # until the child has become deaf
        stop_at_once(still_runs)
        stop_at_once(still_runs)

    assert supervisor.run(stop_twice) == 0
    assert time.monotonic() - started < 10


def test_problem_at_the_start_leaves_nothing_running():
    worker = Worker(FOR_EVER, print)

    def fail(still_runs):
        raise RuntimeError("unhealthy")

    with pytest.raises(RuntimeError, match="unhealthy"):
        Supervisor(FOR_EVER, worker).run(fail)
    assert worker.process.returncode == -signal.SIGTERM


class Child:
    """Stands for a process that has ended with code 1."""

    returncode = 1

    def poll(self):
        return 1


def test_worker_that_keeps_dying_is_started_after_longer_pauses(monkeypatch):
    said, starts = [], []
    monkeypatch.setattr(supervising, "start", lambda command: starts.append(command) or Child())
    worker = Worker(["work"], said.append)

    for now in range(19):
        worker.look_after(float(now))

    assert len(starts) == 4
    assert said == [
        f"The task worker ended (1). Next start in {pause} s." for pause in (1, 2, 4, 8)
    ]


def test_worker_that_ran_well_is_started_again_at_once(monkeypatch):
    said = []
    monkeypatch.setattr(supervising, "start", lambda command: Child())
    worker = Worker(["work"], said.append, pause=32.0)

    worker.look_after(0.0)
    worker.look_after(61.0)

    assert said == ["The task worker ended (1). Next start in 1 s."]


def test_a_chore_waits_then_runs_again_and_never_twice_at_a_time(monkeypatch):
    starts = []
    child = Child()
    monkeypatch.setattr(supervising, "start", lambda command: starts.append(command) or child)
    chore = Chore(["tidy"], every=10.0)

    chore.look_after(0.0)
    chore.look_after(9.0)
    assert starts == []

    chore.look_after(10.0)
    child.poll = lambda: None
    chore.look_after(20.0)
    assert starts == [["tidy"]]

    child.poll = lambda: 0
    chore.look_after(20.2)
    assert starts == [["tidy"], ["tidy"]]
