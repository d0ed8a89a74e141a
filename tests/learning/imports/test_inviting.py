import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from learning.imports import inviting
from learning.imports.inviting import (
    posts,
    send_letter,
    send_letters,
    send_some,
    send_uncertain_again,
    send_waiting_again,
)
from learning.imports.models import Roster, RosterEntry
from learning.notices.models import NoticeSent
from learning.people import codes
from learning.people.access_codes import AccessCode
from learning.people.models import Person
from learning.privacy.erasing import erase_person
from tests.learning.imports.making import imported, row, rows

State = NoticeSent.State

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(cast, target) -> Roster:
    """Ali has an address, Sana has none, Lubna has an account."""
    assert cast.learner.person
    return imported(
        cast.area_admin,
        target,
        row("Ali Khan", email="ali@example.org"),
        row("Sana Bibi"),
        row("Lubna Learner", email="learner@example.org"),
    )


def states() -> list[str]:
    return list(NoticeSent.objects.values_list("state", flat=True))


def sending_fails(monkeypatch) -> None:
    def refuse(backend: EmailBackend) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", refuse)


def test_each_gets_the_letter_that_fits(roster, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert send_letters(roster) == 2

    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"ali@example.org", "learner@example.org"}
    assert "Sign in with your account" in letters["learner@example.org"].body
    assert "/courses/working-together/" in letters["learner@example.org"].body
    assert "Open your account with this link" in letters["ali@example.org"].body
    assert states() == [State.SENT, State.SENT]


def test_the_code_of_a_letter_opens_the_record_and_is_in_no_request(
    roster, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send_letters(roster)

    body = next(letter.body for letter in mail.outbox if letter.to == ["ali@example.org"])
    link = urlsplit(re.search(r"http\S+claim/\S*", body).group())
    assert (link.path, link.query) == ("/accounts/claim/", "")
    found = codes.find_code(link.fragment, AccessCode.Purpose.CLAIM)
    assert found.person.names == {"Latn": "Ali Khan"}
    assert found.made_by == roster.confirmed_by


def test_the_address_goes_with_the_letter(roster, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_letters(roster)

    assert set(RosterEntry.objects.values_list("email", flat=True)) == {""}


def test_nothing_is_sent_before_the_commit(roster, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        send_letters(roster)

    assert (len(callbacks), mail.outbox) == (1, [])
    assert states() == [State.CLAIMED, State.CLAIMED]


def test_asking_twice_sends_once(roster, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_letters(roster)
        send_letters(roster)

    assert len(mail.outbox) == 2
    assert send_letters(roster) == 0


def test_a_task_that_runs_twice_sends_one_letter(roster):
    send_letters(roster)
    notice = NoticeSent.objects.get(kind="invitation")
    entry = RosterEntry.objects.get(way="invitation")

    send_letter(notice.pk, entry.pk)
    send_letter(notice.pk, entry.pk)

    assert len(mail.outbox) == 1
    assert AccessCode.objects.count() == 1


def test_a_second_list_of_one_course_sends_no_second_letter(
    cast, target, roster, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send_letters(roster)
        again = imported(cast.area_admin, target, row("Lubna Learner", email="learner@example.org"))
        assert send_letters(again) == 0

    assert len(mail.outbox) == 2


def test_letters_are_in_the_language_of_their_reader_else_of_the_list(cast, target):
    roster = imported(cast.area_admin, target, *rows(2, email="p{n}@example.org"), language="ur")
    Person.objects.filter(names__Latn="Person aaaab").update(language="en")

    for post, name in zip(posts(roster), ("ur", "en"), strict=True):
        letter = inviting.compose(post.entry)
        assert (("/ur/accounts/claim/" in letter.body), name) in {(True, "ur"), (False, "en")}
        assert ("مل کر کام" in letter.body) == (name == "ur")


def test_one_letter_that_cannot_be_written_stops_no_other(roster, monkeypatch):
    send_letters(roster)
    notices = {notice.kind: notice.pk for notice in NoticeSent.objects.all()}
    entries = {entry.way: entry.pk for entry in roster.entries.all()}

    def fail(entry: RosterEntry) -> None:
        raise RuntimeError

    monkeypatch.setattr(inviting, "invitation", fail)
    send_some.call([[notices[way], entries[way]] for way in ("invitation", "enrolled")])

    assert [letter.to for letter in mail.outbox] == [["learner@example.org"]]
    assert NoticeSent.objects.get(kind="invitation").state == State.CLAIMED


def test_a_mail_server_that_is_down_loses_no_letter(
    roster, monkeypatch, django_capture_on_commit_callbacks
):
    sending_fails(monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        send_letters(roster)
    assert states() == [State.CLAIMED, State.CLAIMED]

    monkeypatch.undo()
    with django_capture_on_commit_callbacks(execute=True):
        assert send_waiting_again(roster) == 2
    assert len(mail.outbox) == 2


def test_only_letters_that_were_asked_for_are_tried_again(roster):
    send_letters(roster, most=1)

    assert send_waiting_again(roster) == 1


def test_after_seven_days_no_letter_is_tried_again(roster, time_machine):
    send_letters(roster)
    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))

    assert send_waiting_again(roster) == 0


def test_a_letter_perhaps_sent_goes_again_on_somebodys_word_alone(
    roster, django_capture_on_commit_callbacks
):
    send_letters(roster)
    long_ago = timezone.now() - timedelta(hours=1)
    NoticeSent.objects.update(state=State.SENDING, tried_at=long_ago)

    assert (send_letters(roster), send_waiting_again(roster)) == (0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        assert send_uncertain_again(roster) == 2
    assert len(mail.outbox) == 2


def test_who_opened_an_account_meanwhile_gets_no_code(
    cast, roster, django_capture_on_commit_callbacks
):
    ali = Person.objects.get(names={"Latn": "Ali Khan"})
    with django_capture_on_commit_callbacks(execute=True):
        send_letters(roster)
        cast.outsider.person, cast.outsider.is_active = ali, True
        cast.outsider.save()

    assert [letter.to for letter in mail.outbox] == [["learner@example.org"]]
    assert NoticeSent.objects.get(recipient=str(ali.uuid)).state == State.DROPPED


def test_who_was_erased_meanwhile_gets_nothing(roster, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_letters(roster)
        erase_person(Person.objects.get(names={"Latn": "Ali Khan"}))

    assert [letter.to for letter in mail.outbox] == [["learner@example.org"]]
    assert not RosterEntry.objects.exclude(email="").exists()


@pytest.fixture
def _queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.usefixtures("_queue")
def test_the_queue_holds_keys_alone_and_a_look_afterwards(
    roster, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send_letters(roster)

    ours = DBTaskResult.objects.filter(task_path__startswith="learning.imports.inviting.")
    tasks = {task.task_path.rpartition(".")[2]: task for task in ours}
    assert set(tasks) == {"send_some", "look_again"}
    (jobs,) = tasks["send_some"].args_kwargs["args"]
    assert all(isinstance(key, int) for job in jobs for key in job)
    assert tasks["look_again"].run_after - timezone.now() > timedelta(minutes=14)


@pytest.mark.usefixtures("_queue")
def test_looking_again_goes_on_until_nothing_waits(roster, django_capture_on_commit_callbacks):
    send_letters(roster)
    with django_capture_on_commit_callbacks(execute=True):
        inviting.look_again.call(roster.pk)
    assert DBTaskResult.objects.filter(task_path__endswith="look_again").count() == 1

    NoticeSent.objects.update(state=State.SENT, sent_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        inviting.look_again.call(roster.pk)
    assert DBTaskResult.objects.filter(task_path__endswith="look_again").count() == 1


@pytest.mark.usefixtures("_queue")
def test_twenty_letters_are_one_task(cast, target, django_capture_on_commit_callbacks):
    roster = imported(cast.area_admin, target, *rows(21, email="p{n}@example.org"))

    with django_capture_on_commit_callbacks(execute=True):
        assert send_letters(roster) == 21

    assert DBTaskResult.objects.filter(task_path__endswith="send_some").count() == 2


@pytest.mark.parametrize("many", [1, 3])
def test_looking_at_letters_asks_twice(cast, target, many, django_assert_num_queries):
    roster = imported(cast.area_admin, target, *rows(many, email="p{n}@example.org"))
    send_letters(roster)

    with django_assert_num_queries(2):
        assert len([post.entry.person.uuid for post in posts(roster)]) == many
