from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from learning.imports.importing import confirm
from learning.imports.models import Roster, RosterEntry
from learning.imports.storing import forget, forget_old, give_up, keep_choices
from learning.people.personal import HOLDINGS
from learning.privacy.erasing import erase_person
from learning.privacy.exporting import export_person
from tests.learning.imports.making import imported, kept, row

pytestmark = pytest.mark.django_db

ALI = row("Ali Khan", email="ali@example.org")


def test_a_list_is_given_up_only_while_it_is_not_confirmed(cast, target):
    draft = kept(cast.area_admin, target, ALI)
    done = imported(cast.area_admin, target, row("Sana Bibi"))

    assert (give_up(draft), give_up(done)) == (True, False)
    assert Roster.objects.get() == done


def test_choices_add_up_until_the_list_is_confirmed(cast, target):
    roster = kept(cast.area_admin, target, ALI, ALI[:4])
    keep_choices(roster, {"3": "another"})
    keep_choices(roster, {"2": "another"})
    assert Roster.objects.get().choices == {"2": "another", "3": "another"}

    confirm(roster, cast.area_admin)
    keep_choices(roster, {"2": "row:1"})
    assert Roster.objects.get().choices == {}


def test_after_seven_days_drafts_and_unused_addresses_are_gone(cast, target, time_machine):
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=7, hours=1))
    kept(cast.area_admin, target, ALI)
    imported(cast.area_admin, target, ALI)
    time_machine.move_to(now - timedelta(days=6, hours=23))
    young = kept(cast.area_admin, target, ALI)
    time_machine.move_to(now)

    assert forget_old() == (1, 1)

    assert set(Roster.objects.filter(confirmed_at=None)) == {young}
    assert RosterEntry.objects.get().email == ""
    assert forget_old() == (0, 0)


def test_the_worker_is_told_to_forget_in_time(cast, target, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    kept(cast.area_admin, target, ALI)

    (task,) = DBTaskResult.objects.filter(task_path=forget.module_path)
    assert timedelta(days=7) < task.run_after - timezone.now() < timedelta(days=7, minutes=2)


def test_the_database_keeps_no_rows_of_a_confirmed_list(cast, target):
    roster = imported(cast.area_admin, target, ALI)

    with pytest.raises(IntegrityError):
        Roster.objects.filter(pk=roster.pk).update(rows=[["Ali Khan"]])


def test_what_a_list_said_of_a_person_is_exported_and_erased(cast, target):
    imported(cast.area_admin, target, ALI)
    person = RosterEntry.objects.get().person

    assert export_person(person)["learning.RosterEntry"] == [
        {
            "roster": "list.csv",
            "row": 2,
            "is_new": True,
            "way": "invitation",
            "email": "ali@example.org",
        }
    ]
    erase_person(person)
    assert not RosterEntry.objects.exists()
    assert HOLDINGS["learning.Roster"].actors == ("uploaded_by", "confirmed_by")
