"""Sessions in the database, read with SQL that is built once: every signed-in request asks."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from modules.reference.statements import Slot, Statement

UNEXPIRED = Statement(
    lambda: Session.objects.filter(
        session_key=Slot("key", CharField()), expire_date__gt=Slot("now", DateTimeField())
    )
)


class SessionStore(DatabaseStore):
    """Django's own, which is left to say what follows where there is no session."""

    def _get_session_from_db(self) -> Session | None:
        found = UNEXPIRED.first(key=self.session_key, now=timezone.now())
        return found or super()._get_session_from_db()  # type: ignore[misc]
