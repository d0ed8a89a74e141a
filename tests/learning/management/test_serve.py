"""`serve` refuses what cannot work, and serves with worker and demo sign-ins what can."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from learning.management.commands import serve
from learning.people.demo_accounts import make_demo_accounts
from tests.processes import command_of, parent_of, running
from tests.site import free_port

PATIENCE = 300  # seconds; the first start of a busy machine


def test_taken_port_is_refused_before_anything_is_prepared(settings, monkeypatch):
    settings.DEMO = True
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.PORT = listener.getsockname()[1]
        monkeypatch.setattr(serve, "call_command", lambda name: pytest.fail("prepared"))

        with pytest.raises(CommandError, match=f"Port {settings.PORT} is taken"):
            call_command("serve", "--prepare")


@pytest.mark.django_db
def test_demo_data_is_served_as_demo_only(settings):
    settings.PORT = free_port()
    make_demo_accounts()

    with pytest.raises(CommandError, match="holds demo data"):
        call_command("serve")


@pytest.mark.django_db
def test_tasks_done_at_once_need_no_worker(settings, monkeypatch):
    workers = []

    class NoSupervisor:
        def __init__(self, web, worker, chores):
            workers.append(worker)

        def run(self, when_started):
            return 0

    monkeypatch.setattr(serve, "Supervisor", NoSupervisor)
    settings.PORT = free_port()

    call_command("serve")

    assert workers == [None]


def test_site_that_never_answers_is_a_problem(settings, monkeypatch):
    monkeypatch.setattr(serve, "PATIENCE", 0.3)
    settings.PORT = free_port()

    assert "does not answer" in serve.wait_until_healthy(lambda: True)
    assert serve.wait_until_healthy(lambda: False) == ""


@pytest.mark.parametrize(
    ("status", "problem"), [(200, ""), (503, "/healthz answers 503; see the lines above")]
)
def test_first_answer_is_judged(settings, status, problem):
    settings.PORT = answer_once(status)

    assert serve.problem_with_health() == problem


def test_site_that_refuses_its_own_name_is_not_asked_again(settings):
    settings.PORT = answer_once(400)

    with pytest.raises(CommandError, match="add localhost:8000 to ALLOWED_HOSTS"):
        serve.wait_until_healthy(lambda: True)


def answer_once(status: int) -> int:
    """A server that gives one answer; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer():
        connection, _ = listener.accept()
        with listener, connection:
            connection.recv(9999)
            connection.sendall(f"HTTP/1.0 {status} Word\r\n\r\n".encode())

    threading.Thread(target=answer).start()
    return listener.getsockname()[1]


@pytest.fixture
def site(prepared_data, tmp_path):
    """`manage.py serve --prepare` as a demo on a free port, and the lines it has printed so far."""
    shutil.copytree(prepared_data, tmp_path, dirs_exist_ok=True)
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    environment |= {"DEMO": "1", "DEMO_PEOPLE": "0", "VAR": str(tmp_path), "PORT": str(port)}
    log = tmp_path / "log"
    command = [sys.executable, "-u", str(settings.BASE_DIR / "manage.py"), "serve", "--prepare"]
    with log.open("w") as words:
        process = subprocess.Popen(command, stdout=words, stderr=words, env=environment)
        wait_for("Stop with Ctrl|Error", log.read_text)
        yield process, port, log.read_text
        process.kill()
        process.wait()


def wait_for(pattern: str, read) -> re.Match:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if found := re.search(pattern, read()):
            return found
        time.sleep(0.2)
    pytest.fail(f"{pattern!r} was never printed, but: {read()}")


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 (our own server)
        return answer.read().decode()


def workers_of(pid: int) -> list[int]:
    return [one for one in running() if parent_of(one) == pid and "db_worker" in command_of(one)]


@pytest.mark.drill
def test_demo_is_served_survives_its_worker_and_ends_cleanly(site):
    process, port, read = site

    assert f"http://localhost:{port}/\n" in read()
    assert "admin@demo.test" in read()
    stylesheet = re.search(r'/static/[^"]+\.css', fetch(f"http://localhost:{port}/"))
    assert fetch(f"http://127.0.0.1:{port}{stylesheet.group()}")

    [worker] = workers_of(process.pid)
    os.kill(worker, signal.SIGKILL)
    wait_for("The task worker ended", read)

    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    with socket.create_server(("127.0.0.1", port)):
        pass  # free again
    assert "Traceback" not in read()
