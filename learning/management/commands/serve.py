"""`manage.py serve`: the web server and one task worker, for one machine."""

import http.client
import os
import signal
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from learning.demo.telling import is_told
from learning.people.roles import DEMO_PASSWORD, DEMO_USERNAMES
from learning.serving.listening import addresses, problem_with
from learning.serving.supervising import Chore, Supervisor, Worker

PATIENCE = 120.0  # seconds until the site must have answered for the first time
ONE_QUESTION = 5.0  # seconds to wait for one answer

WEB = [sys.executable, "-m", "gunicorn", "-c", "python:learning.serving.gunicorn", "learning.wsgi"]
MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
TASKS = [*MANAGE, "db_worker", "--no-reload"]
# Opens the pages whose day has come, and closes those whose time is over.
PUBLISH, PUBLISH_EVERY = [*MANAGE, "publish_scheduled"], 600.0  # seconds


class Command(BaseCommand):
    help = "Serve the site on PORT with gunicorn and one task worker, until Ctrl+C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="run `manage.py prepare` first")

    def handle(self, *, prepare: bool, **options) -> None:
        try:
            self.refuse_taken_port()
            if prepare:
                self.say("3/4 Content and data")
                call_command("prepare")
                self.say("4/4 Web server and task worker")
            self.serve()
        except KeyboardInterrupt:
            sys.exit(128 + signal.SIGINT)

    def refuse_taken_port(self) -> None:
        for address in addresses(settings.PORT, open_to_all=not settings.DEMO):
            if problem := problem_with(address):
                raise CommandError(problem)

    def serve(self) -> None:
        if not settings.DEMO and is_told():
            raise CommandError(
                "This database holds demo data, whose accounts have known passwords. It is served"
                " under DEMO=1 only. Use another DATABASE_URL or VAR"
            )
        connections.close_all()
        os.chdir(settings.BASE_DIR)
        tasks_wait = settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
        worker = Worker(TASKS, self.say) if tasks_wait else None
        chores = (Chore(PUBLISH, PUBLISH_EVERY),)
        if code := Supervisor(WEB, worker, chores).run(self.welcome):
            raise CommandError(f"The web server ended ({code}), and with it everything else.")

    def welcome(self, still_runs: Callable[[], bool]) -> None:
        """Wait for the first answer, then say where the site is and who may sign in."""
        problem = wait_until_healthy(still_runs)
        if not still_runs():
            return
        if problem:
            raise CommandError(problem)
        if not settings.DEMO:
            self.say(f"Cascade is served on port {settings.PORT} for {settings.SITE_URL}/")
            return
        self.say(f"Cascade is served at http://localhost:{settings.PORT}/")
        self.say(f"Sign in with the password {DEMO_PASSWORD} as one of")
        for sign_in in DEMO_USERNAMES:
            self.say(f"    {sign_in}")
        self.say("Stop with Ctrl+C.")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def wait_until_healthy(still_runs: Callable[[], bool]) -> str:
    """Ask /healthz until it is content; returns its last words if it never is."""
    problem = ""
    ends = time.monotonic() + PATIENCE
    while still_runs() and time.monotonic() < ends:
        problem = problem_with_health()
        if not problem:
            break
        time.sleep(0.2)
    return problem


def problem_with_health() -> str:
    host = urlsplit(settings.SITE_URL).netloc
    connection = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=ONE_QUESTION)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"The site does not answer: {error}"
    finally:
        connection.close()
    if status == http.client.BAD_REQUEST:
        raise CommandError(f"The site refuses its own name: add {host} to ALLOWED_HOSTS")
    return "" if status == http.client.OK else f"/healthz answers {status}; see the lines above"
