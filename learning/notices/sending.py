"""Sending one claimed letter, at most once. The package's docstring tells what may go wrong."""

import contextlib
import logging
import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage, mailers
from django.utils import timezone

from learning.notices.models import NoticeSent

logger = logging.getLogger(__name__)

State = NoticeSent.State
BY_MACHINE = {"Auto-Submitted": "auto-generated"}  # no holiday replies, please
FOR_GOOD = 500  # SMTP: replies from here on will be the same next time


def send(notice: int, compose: Callable[[], EmailMessage | None]) -> NoticeSent.State | None:
    """Send the letter claimed as `notice`; returns its new state, None if it was not there to send.

    `compose` makes the letter, once it is certain that nobody else sends it; None means that it is
    not needed any more. What `compose` raises is raised, and the letter waits again.
    """
    if not move(notice, State.CLAIMED, State.SENDING, tried_at=timezone.now()):
        return None
    try:
        letter = compose()
        if letter is not None:
            letter.extra_headers = BY_MACHINE | letter.extra_headers
            letter.message()  # an address or a subject that cannot be written fails here
    except BaseException:
        move(notice, State.SENDING, State.CLAIMED)
        raise
    if letter is None:
        return move(notice, State.SENDING, State.DROPPED)
    return hand_over(notice, letter)


def hand_over(notice: int, letter: EmailMessage) -> NoticeSent.State | None:
    """Give `letter` to the mail server, and note the answer; without one it stays in sending.

    Logs say which letter, never to whom: what mail servers answer holds addresses.
    """
    connection = mailers.default
    try:
        connection.open()
    except OSError as error:
        logger.warning("Letter %s waits: no mail server (%s).", notice, type(error).__name__)
        return move(notice, State.SENDING, State.CLAIMED)
    try:
        connection.send_messages([letter])
    except REFUSALS as refusal:
        logger.warning("Letter %s: the mail server refused it (%s).", notice, codes_of(refusal))
        is_final = min(codes_of(refusal), default=0) >= FOR_GOOD
        return move(notice, State.SENDING, State.REFUSED if is_final else State.CLAIMED)
    except OSError as error:
        logger.error("Letter %s may be out: no answer (%s).", notice, type(error).__name__)
        return State.SENDING
    else:
        return move(notice, State.SENDING, State.SENT, sent_at=timezone.now())
    finally:
        with contextlib.suppress(OSError):
            connection.close()


# The mail server's own word that it did not take the letter.
REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)


def codes_of(refusal: smtplib.SMTPException) -> list[int]:
    """The SMTP codes of a refusal; what this mail server does not do at all is 5xx."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return [code for code, text in refusal.recipients.values()]
    return [getattr(refusal, "smtp_code", FOR_GOOD)]


def move(
    notice: int, old: NoticeSent.State, new: NoticeSent.State, **fields: Any
) -> NoticeSent.State | None:
    """Change the state in one statement; None when it was not `old`."""
    changed = NoticeSent.objects.filter(pk=notice, state=old).update(state=new, **fields)
    return new if changed else None
