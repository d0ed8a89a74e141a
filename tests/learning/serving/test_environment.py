"""Settings are read from the environment; a wrong value stops the start with one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from learning.serving.environment import (
    parse_cache,
    parse_database,
    parse_email,
    parse_languages,
    parse_site_url,
    parse_storage,
    release_mark,
)

ROOT = Path(__file__).resolve().parents[3]


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a fresh process with nothing but `environment` set."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import learning.settings as s; print(s.DATABASES['default'])"],
        env=keep | {"VAR": str(tmp_path), "DEMO": "1"} | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DEBUG", "yes", "cascade: DEBUG: expected 0 or 1"),
        ("PORT", "99999", "cascade: PORT: expected a port number from 1 to 65535"),
        ("SITE_URL", "example.org", "cascade: SITE_URL: expected http://host or https://host"),
        ("SITE_URL", "https://example.org", "cascade: DEMO: 1 cannot be combined with an https"),
        ("DATABASE_URL", "mysql://x/y", "cascade: DATABASE_URL: expected sqlite:///path"),
        ("CACHE_URL", "memcached://x", "cascade: CACHE_URL: expected db:"),
        ("STORAGE_URL", "/just/a/path", "cascade: STORAGE_URL: expected file:"),
        (
            "PRIVATE_STORAGE_URL",
            "s3://bucket",
            "cascade: PRIVATE_STORAGE_URL: expected file:",
        ),
        ("VIRUS_SCANNER", "clamd:none", "cascade: VIRUS_SCANNER: expected a command, clamd:"),
        ("EMAIL_URL", "gopher://x", "cascade: EMAIL_URL: expected console:"),
        ("LETTERS_AT_ONCE", "0", "cascade: LETTERS_AT_ONCE: expected a number of letters from 1"),
        ("TASKS_URL", "celery:", "cascade: TASKS_URL: expected db: or immediate:"),
        ("LANGUAGES", "ur,km", "cascade: LANGUAGES: expected en and any of ur, km, lo"),
        ("SECRET_KEY", "short", "cascade: SECRET_KEY: expected at least 50 characters"),
    ],
)
def test_wrong_value_stops_the_start_with_one_line(tmp_path, name, value, message):
    result = start(tmp_path, **{name: value})

    assert result.returncode == 1
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1


def test_without_a_secret_nothing_starts_but_a_demo(tmp_path):
    result = start(tmp_path, DEMO="0")

    assert result.returncode == 1
    assert result.stderr.startswith("cascade: SECRET_KEY: is not set.")


def test_demo_secret_is_kept_between_starts_and_private(tmp_path):
    start(tmp_path)
    secret = (tmp_path / "secret_key.demo").read_text()

    start(tmp_path)

    assert (tmp_path / "secret_key.demo").read_text() == secret
    assert (tmp_path / "secret_key.demo").stat().st_mode & 0o077 == 0


def test_sqlite_is_durable_and_waits_instead_of_failing(tmp_path):
    options = parse_database(f"sqlite:///{tmp_path}/x.sqlite3")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_postgres_by_its_address_alone():
    config = parse_database("postgres://cascade:secret@db.example:5433/cascade")

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "cascade")


@pytest.mark.parametrize(
    ("raw", "parsed"),
    [("http://localhost:8000/", "http://localhost:8000"), ("https://a.org", "https://a.org")],
)
def test_site_url(raw, parsed):
    assert parse_site_url(raw) == parsed


def test_mail_by_smtp_with_tls():
    options = parse_email("smtp+tls://me%40a.org:p%2Fw@mail.a.org?from=x@a.org")["OPTIONS"]

    assert (options["host"], options["port"]) == ("mail.a.org", 587)
    assert (options["username"], options["password"]) == ("me@a.org", "p/w")
    assert (options["use_tls"], options["use_ssl"]) == (True, False)


def test_cache_storage_and_languages():
    assert parse_cache("redis://h:1/0")["LOCATION"] == "redis://h:1/0"
    assert parse_storage("file:///srv/media") == Path("/srv/media")
    assert parse_languages("en, lo") == [("en", "English"), ("lo", "Lao")]


def test_release_mark_follows_what_pages_look_like(tmp_path):
    page = tmp_path / "templates/page.html"
    page.parent.mkdir()
    page.write_text("one")
    before = release_mark(tmp_path, tmp_path / "static")

    assert release_mark(tmp_path, tmp_path / "static") == before
    page.write_text("two")
    assert release_mark(tmp_path, tmp_path / "static") != before
