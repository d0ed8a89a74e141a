"""Answers to requests that failed: each says what happened, what is safe and what to do."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

RETRY_AFTER = 30  # seconds; about what a database needs to come back after a restart


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its valid token: open for long, from another tab, or without cookies."""
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database does not answer, else 500.

    Rendered without the request, because asking who is signed in could fail in the same way.
    """
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        page = loader.render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    return HttpResponse(loader.render_to_string("500.html"), status=500)
