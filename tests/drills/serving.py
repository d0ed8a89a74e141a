"""Gunicorn as in production, in a process that was forked with Django ready: see `process.py`."""

import sys
from collections.abc import Mapping
from typing import Any

from django.db import connections
from django.test import override_settings
from gunicorn.app.wsgiapp import run

from learning.serving.environment import parse_cache, parse_database
from learning.serving.listening import addresses, written


def serve(application: str, workers: int, port: int, settings: Mapping[str, str]) -> None:
    """Serve until killed. `settings`: environment variables, of those that `change` knows."""
    change(**settings)
    places = [
        word for place in addresses(port, open_to_all=False) for word in ("-b", written(place))
    ]
    sys.argv = ["gunicorn", "-c", "python:learning.serving.gunicorn", *places]
    sys.argv += ["--workers", str(workers), application]
    run()


def change(CACHE_URL: str = "", DATABASE_URL: str = "") -> None:  # noqa: N803 (their names)
    """As if the process had been started with these, before anybody has used either."""
    if CACHE_URL:
        override_settings(CACHES={"default": parse_cache(CACHE_URL)}).enable()
    if DATABASE_URL:
        database: dict[str, Any] = connections.settings["default"]
        database |= parse_database(DATABASE_URL)
