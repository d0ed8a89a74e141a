"""`prepare` says in one line what stopped it."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from learning.management.commands import prepare


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
