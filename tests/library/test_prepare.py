"""`prepare` does every step, again and again; the courses are there already."""

import pytest
from django.core.management import call_command

from learning.management.commands import prepare
from learning.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The steps with tests of their own are left out."""
    monkeypatch.setattr(prepare, "compile_catalogues", lambda folder: [])
    monkeypatch.setattr(prepare, "collect_static_files", lambda: False)


def titles(words: str) -> list[str]:
    return [line.partition("…")[0].strip() for line in words.splitlines()]


def test_every_step_is_done_and_may_be_repeated(capsys, settings):
    settings.DEMO, settings.DEMO_PEOPLE = True, 0

    call_command("prepare")
    call_command("prepare")

    steps = ["Translations", "Database", "Site and courses", "Demo data", "Static files"]
    assert titles(capsys.readouterr().out) == steps * 2
    assert User.objects.filter(username="learner@demo.test").count() == 1


def test_site_in_service_gets_no_demo_people(capsys):
    call_command("prepare")

    assert "Demo data" not in titles(capsys.readouterr().out)
    assert not User.objects.filter(username="learner@demo.test").exists()
