"""How gunicorn serves Cascade: `gunicorn -c python:learning.serving.gunicorn learning.wsgi`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning.settings")

from django.conf import settings
from django.db import connections
from django.urls import get_resolver

from learning.serving.listening import addresses, written

bind = [written(place) for place in addresses(settings.PORT, open_to_all=not settings.DEMO)]
workers = 2
preload_app = True
timeout = 60  # seconds; a large edition as PDF takes its time
# A worker grows slowly with each PDF it makes.
max_requests = 2000
max_requests_jitter = 200
loglevel = "warning"
accesslog = None
# Should somebody turn it on: addresses hold tokens of certificates, which no log may show.
logger_class = "learning.certificates.access_log.AccessLogger"
control_socket_disable = True


def when_ready(server) -> None:
    """Load every view before the workers part, which then share the memory."""
    len(get_resolver().url_patterns)


def pre_fork(server, worker) -> None:
    """No two processes may use one database connection."""
    connections.close_all()
