"""`prepare` does every step and says in one line what stopped it."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from learning.management.commands import prepare
from learning.people.models import User


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The steps with tests of their own are left out."""
    monkeypatch.setattr(prepare, "compile_catalogues", lambda folder: [])
    monkeypatch.setattr(prepare, "collect_static_files", lambda: False)


def titles(words: str) -> list[str]:
    return [line.partition("…")[0].strip() for line in words.splitlines()]


@pytest.mark.django_db
def test_every_step_is_done_and_may_be_repeated(capsys, settings):
    settings.DEMO, settings.DEMO_PEOPLE = True, 0

    call_command("prepare")
    call_command("prepare")

    steps = ["Translations", "Database", "Site and courses", "Demo data", "Static files"]
    assert titles(capsys.readouterr().out) == steps * 2
    assert User.objects.filter(username="learner@demo.test").count() == 1


@pytest.mark.django_db
def test_site_in_service_gets_no_demo_people(capsys):
    call_command("prepare")

    assert "Demo data" not in titles(capsys.readouterr().out)
    assert not User.objects.filter(username="learner@demo.test").exists()


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            OperationalError("connection refused\nIs it running?"),
            "the database (DATABASE_URL, by default a file in VAR) refuses: connection refused",
        ),
        (OSError(28, "No space left on device"), "Database: [Errno 28] No space left on device"),
        (CommandError("lesson 3 has no title"), "Database: lesson 3 has no title"),
    ],
)
def test_problem_is_told_in_one_line(monkeypatch, error, line):
    def fail():
        raise error

    monkeypatch.setattr(prepare, "update_database", fail)

    with pytest.raises(CommandError) as raised:
        call_command("prepare")
    assert str(raised.value) == line
