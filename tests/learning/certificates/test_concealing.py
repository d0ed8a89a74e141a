"""No log holds the token of a certificate."""

import datetime as dt
import logging
from hashlib import sha256
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from learning.certificates.access_log import AccessLogger
from learning.certificates.concealing import ConcealTokens, concealed

TOKEN = "a1B2c3D4e5F6g7H8i9J0k1L2"


HASH = sha256(TOKEN.encode()).hexdigest()[:12]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"/certificates/{TOKEN}/", f"/certificates/certificate:{HASH}/"),
        (f"GET /ur/certificates/{TOKEN}.pdf", f"GET /ur/certificates/certificate:{HASH}.pdf"),
        ("/certificates/keys.json", "/certificates/keys.json"),
        ("/courses/coordination/", "/courses/coordination/"),
    ],
)
def test_tokens_are_hashed_and_nothing_else(text, shown):
    assert concealed(text) == shown


def test_hash_tells_whether_two_lines_are_about_the_same():
    one, other = (concealed(f"/certificates/{token}/") for token in (TOKEN, TOKEN[::-1]))

    assert one == concealed(f"/certificates/{TOKEN}/") != other


def test_what_django_says_of_a_missing_page_holds_no_token(client, db, caplog):
    caplog.handler.addFilter(ConcealTokens())

    client.get(f"/certificates/{TOKEN}/")

    assert "Not Found: /certificates/certificate:" in caplog.text
    assert TOKEN not in caplog.text


def test_the_filter_stands_before_every_handler_of_ours(settings):
    handlers = settings.LOGGING["handlers"].values()

    assert [handler["filters"] for handler in handlers] == [["tokens"]]


def test_access_log_of_gunicorn_holds_no_token():
    logger = AccessLogger(Config())
    address = f"/certificates/{TOKEN}/"
    environ = {
        "REQUEST_METHOD": "GET", "RAW_URI": address, "PATH_INFO": address, "SERVER_PROTOCOL": "1.1",
        "HTTP_REFERER": f"http://localhost{address}",
    }  # fmt: skip
    request = SimpleNamespace(headers=[("REFERER", f"http://localhost{address}")])
    response = SimpleNamespace(status="200 OK", sent=1, headers=[])

    atoms = logger.atoms(response, request, environ, dt.timedelta(seconds=1))

    assert TOKEN not in str(atoms)
    assert "certificate:" in atoms["U"]


def test_filter_keeps_records_without_addresses():
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s of %s", (1, 2), None)

    assert ConcealTokens().filter(record)
    assert record.getMessage() == "1 of 2"
