import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from learning.people.access_codes import AccessCode
from learning.people.consents import Consent
from learning.people.models import Person, User
from learning.privacy.erasing import ErasureRefused, erase_person
from learning.privacy.exporting import export_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(cast) -> Person:
    """A person with a row in several tables."""
    person = cast.trainer.person
    Consent.objects.create(
        person=person, purpose="record", text_version="1", language="en", channel="web"
    )
    AccessCode.objects.create(
        person=person,
        purpose="reset",
        digest="secret-digest",
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    return person


def test_export_holds_what_we_know_and_no_secret(trainer):
    record = export_person(trainer)

    assert record["people.Person"][0]["names"] == {"Latn": "Tariq Trainer"}
    assert record["people.User"][0]["email"] == "trainer@example.org"
    assert record["people.RoleGrant"][0]["role"] == "trainer"
    assert set(record) == {
        "people.Person",
        "people.User",
        "people.RoleGrant",
        "people.Consent",
        "people.AccessCode",
    }
    assert "digest" not in str(record)


def test_export_holds_nothing_of_others(cast, trainer):
    assert cast.learner.username not in str(export_person(trainer))


def test_erasing_removes_the_name_and_keeps_the_count(cast, trainer):
    Person.objects.filter(pk=trainer.pk).update(sex="male")

    changed = erase_person(trainer)

    trainer.refresh_from_db()
    assert (trainer.names, trainer.is_anonymous, trainer.sex) == ({}, True, "male")
    assert trainer.erased_at is not None
    assert not User.objects.filter(username="trainer").exists()
    assert not Consent.objects.filter(person=trainer).exists()
    assert changed["people.Person"] == 1


def test_erasing_removes_the_name_from_the_history_of_the_admin(cast, trainer):
    log(trainer, "people.remove_second_factor", user=cast.area_admin, data={"reason": "Tariq"})
    log(cast.learner.person, "wagtail.edit", user=cast.area_admin)

    erase_person(trainer)

    entry = ModelLogEntry.objects.for_instance(trainer).get()
    assert (entry.label, entry.data) == (f"person {trainer.pk}", {})
    assert ModelLogEntry.objects.for_instance(cast.learner.person).get().label == "Lubna Learner"


def test_erasing_twice_keeps_the_first_date(trainer):
    erase_person(trainer)
    first = Person.objects.get(pk=trainer.pk).erased_at

    erase_person(trainer)

    assert Person.objects.get(pk=trainer.pk).erased_at == first


def test_last_system_administrator_cannot_be_erased(cast):
    with pytest.raises(ErasureRefused, match="only system administrator"):
        erase_person(cast.system_admin.person)

    assert Person.objects.get(pk=cast.system_admin.person_id).names


def test_export_command_prints_json(cast, capsys):
    call_command("export_record", cast.learner.username)

    record = json.loads(capsys.readouterr().out)
    assert record["people.Person"][0]["names"]["Latn"] == "Lubna Learner"


def test_erase_command_needs_a_yes(cast):
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_person", str(cast.learner.person.uuid))

    assert User.objects.filter(username="learner").exists()


def test_erase_command_erases(cast):
    call_command("erase_person", str(cast.learner.person.uuid), "--yes", verbosity=0)

    assert not User.objects.filter(username="learner").exists()


def test_unknown_person_is_one_clear_line():
    with pytest.raises(CommandError, match="no person with the UUID or username"):
        call_command("export_record", "nobody")
