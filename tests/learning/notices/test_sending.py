import logging
import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from learning.notices.claiming import claim
from learning.notices.models import NoticeSent
from learning.notices.sending import send

State = NoticeSent.State
ADDRESS = "reader@example.org"


def compose() -> EmailMessage:
    return EmailMessage("Subject", "Words", to=[ADDRESS])


@pytest.fixture
def notice(db) -> int:
    return claim(NoticeSent.Kind.INVITATION, "cohort", ["a"])[0].pk


def state() -> NoticeSent.State:
    return NoticeSent.State(NoticeSent.objects.get().state)


def failing(monkeypatch, where: str, error: BaseException) -> None:
    def fail(*args: object) -> None:
        raise error

    monkeypatch.setattr(EmailBackend, where, fail, raising=False)


def test_a_claimed_letter_is_sent_and_noted(notice):
    assert send(notice, compose) == State.SENT

    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]
    assert mail.outbox[0].extra_headers == {"Auto-Submitted": "auto-generated"}
    assert NoticeSent.objects.get().sent_at is not None


def test_a_task_that_runs_twice_sends_one_letter(notice):
    send(notice, compose)

    assert send(notice, compose) is None
    assert len(mail.outbox) == 1


def test_two_tasks_at_the_same_moment_send_one_letter(notice):
    """The second comes while the first is composing."""

    def compose_slowly() -> EmailMessage:
        assert send(notice, compose) is None
        return compose()

    assert send(notice, compose_slowly) == State.SENT
    assert len(mail.outbox) == 1


def test_a_worker_killed_while_it_sends_leaves_an_uncertain_letter(notice, monkeypatch):
    class Killed(BaseException):
        """Nothing of ours runs after a SIGKILL; here, nothing catches it."""

    failing(monkeypatch, "send_messages", Killed())

    with pytest.raises(Killed):
        send(notice, compose)

    assert state() == State.SENDING
    monkeypatch.undo()
    assert send(notice, compose) is None
    assert mail.outbox == []


def test_an_error_while_composing_lets_the_letter_wait(notice):
    def fail() -> EmailMessage:
        raise RuntimeError("no words")

    with pytest.raises(RuntimeError):
        send(notice, fail)

    assert state() == State.CLAIMED
    assert send(notice, compose) == State.SENT


def test_an_address_that_cannot_be_written_lets_the_letter_wait(notice):
    with pytest.raises(ValueError, match="Header values"):
        send(notice, lambda: EmailMessage("Two\nlines", "Words", to=[ADDRESS]))

    assert state() == State.CLAIMED


def test_a_letter_that_is_not_needed_is_dropped(notice):
    assert send(notice, lambda: None) == State.DROPPED
    assert send(notice, compose) is None
    assert mail.outbox == []


def test_a_mail_server_that_is_down_lets_the_letter_wait(notice, monkeypatch):
    failing(monkeypatch, "open", ConnectionRefusedError())

    assert send(notice, compose) == State.CLAIMED
    monkeypatch.undo()
    assert send(notice, compose) == State.SENT


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"unknown")}), State.REFUSED),
        (smtplib.SMTPRecipientsRefused({ADDRESS: (450, b"busy")}), State.CLAIMED),
        (smtplib.SMTPDataError(554, b"spam"), State.REFUSED),
        (smtplib.SMTPDataError(451, b"later"), State.CLAIMED),
        (smtplib.SMTPNotSupportedError(), State.REFUSED),
        (smtplib.SMTPServerDisconnected(), State.SENDING),
        (TimeoutError(), State.SENDING),
    ],
)
def test_what_the_mail_server_says_decides(notice, monkeypatch, error, left):
    failing(monkeypatch, "send_messages", error)

    assert send(notice, compose) == left
    assert state() == left


def test_a_line_that_breaks_after_the_letter_was_taken_changes_nothing(notice, monkeypatch):
    failing(monkeypatch, "close", smtplib.SMTPServerDisconnected())

    assert send(notice, compose) == State.SENT


def test_logs_name_no_address(notice, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    failing(
        monkeypatch, "send_messages", smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"unknown")})
    )

    send(notice, compose)

    assert f"Letter {notice}: the mail server refused it ([550])." in caplog.text
    assert ADDRESS not in caplog.text
