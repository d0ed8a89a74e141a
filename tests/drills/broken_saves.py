"""The site with the fault that R8 looks for: an answer is acknowledged first and stored later."""

import contextlib
import threading

from learning.wsgi import application  # isort: skip (sets Django up)

from django.db import DatabaseError, connections
from django.utils import timezone

from learning.attempts import sitting_views, taking
from learning.attempts.models import Answer, Sitting

__all__ = ["application"]

LATER = 0.8  # seconds


def save_answer(sitting: Sitting, answer: Answer) -> Answer:
    answer.received_at = timezone.now()
    threading.Timer(LATER, store, [sitting, answer]).start()
    return answer


def store(sitting: Sitting, answer: Answer) -> None:
    with contextlib.suppress(DatabaseError, taking.Refused):
        taking.save_answer(sitting, answer)
    connections.close_all()


sitting_views.save_answer = save_answer
