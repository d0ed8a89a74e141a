"""Commands of a working day that no other test runs as a whole."""

import subprocess
import sys

from learning.people.roles import DEMO_PASSWORD
from tests.pages import acts
from tests.site import ROOT

COMMANDS = ("tests.bench", "tests.drills", "tests.pages")
PROGRAMS = ("tests.pages.books", "tests.pages.guides", "tests.pages.lessons", "tests.postgres")


def test_they_begin_without_settings_of_django(monkeypatch):
    """They prepare a site of their own, and have none before."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    modules = (*(f"{command}.__main__" for command in COMMANDS), *PROGRAMS)
    command = [sys.executable, "-c", f"import {', '.join(modules)}"]

    assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).stderr == b""


def test_the_password_written_again_is_that_of_the_demo():
    assert acts.DEMO_PASSWORD == DEMO_PASSWORD
