"""`/healthz`: whether this installation can do its work, for load balancers and people on call."""

import logging
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        logger.exception("The database does not answer.")
        return False


def storage_answers() -> bool:
    """Whether a small file can be written and removed: finds a full disk before a learner does."""
    try:
        name = default_storage.save(f"health/{uuid.uuid4()}.txt", ContentFile(b"ok"))
        default_storage.delete(name)
    except OSError:
        logger.exception("The file storage cannot be written.")
        return False
    return True


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 and `{"status": "ok", …}` when all parts answer, else 503 that names what fails."""
    parts = {"database": database_answers(), "storage": storage_answers()}
    healthy = all(parts.values())
    words = {name: "ok" if works else "failing" for name, works in parts.items()}
    return JsonResponse(
        {"status": "ok" if healthy else "failing", **words}, status=200 if healthy else 503
    )
