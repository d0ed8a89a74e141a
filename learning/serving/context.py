"""What every template may say about this installation."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext


def site(request: HttpRequest) -> dict[str, object]:
    """`site_name` in the reader's language, and `demo`: whether people and scores are invented."""
    return {"site_name": gettext("Cascade"), "demo": settings.DEMO}
