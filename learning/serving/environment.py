"""Reading settings from environment variables: one parser per kind of value.

A parser takes the text of a variable and returns what Django wants, or raises `ValueError`.
"""

import os
import secrets
import shlex
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import environ

LANGUAGE_NAMES = {"en": "English", "ur": "Urdu", "km": "Khmer", "lo": "Lao"}

# WAL and IMMEDIATE together let readers and one writer work at the same time without "database is
# locked"; FULL means that an acknowledged answer survives a power cut.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;"
        "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
    ),
}


def stop(name: str, problem: str) -> NoReturn:
    """End the start with one line: which variable is wrong, and what would be right."""
    raise SystemExit(f"cascade: {name}: {problem}")


def setting[T](name: str, default: str, parse: Callable[[str], T], expected: str) -> T:
    """The value of the environment variable `name`, or of its default when unset or empty."""
    raw = os.environ.get(name, "").strip() or default
    try:
        return parse(raw)
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        stop(name, f"expected {expected}")


def parse_switch(raw: str) -> bool:
    return {"0": False, "1": True}[raw]


def parse_people(raw: str) -> int:
    people = int(raw)
    if not 0 <= people <= 5000:  # noqa: PLR2004 (what is made in a minute or two)
        raise ValueError(raw)
    return people


def parse_letters(raw: str) -> int:
    letters = int(raw)
    if not 1 <= letters <= 5000:  # noqa: PLR2004 (as many as a list has people)
        raise ValueError(raw)
    return letters


def parse_port(raw: str) -> int:
    port = int(raw)
    if not 1 <= port <= 65535:  # noqa: PLR2004 (what TCP knows)
        raise ValueError(raw)
    return port


def parse_site_url(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError(raw)
    return f"{parts.scheme}://{parts.netloc}"


def parse_list(raw: str) -> list[str]:
    return [part.strip() for part in raw.split(",") if part.strip()]


def parse_database(raw: str) -> dict[str, Any]:
    config = dict(environ.Env.db_url_config(raw))
    if config.get("ENGINE") not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
        raise ValueError(raw)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
    config["CONN_MAX_AGE"] = 600
    config["CONN_HEALTH_CHECKS"] = True
    return config


def parse_cache(raw: str) -> dict[str, Any]:
    scheme, _, rest = raw.partition(":")
    if scheme == "db" and not rest:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    if scheme == "locmem" and not rest:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if scheme in {"redis", "rediss"}:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": raw}
    raise ValueError(raw)


def parse_storage(raw: str) -> Path:
    scheme, _, path = raw.partition(":")
    if scheme != "file" or not path:
        raise ValueError(raw)
    return Path(path.removeprefix("//")).resolve()


def parse_scanner(raw: str) -> str:
    """A command that can be read, or where clamd listens; "" for none."""
    if raw.startswith("clamd:"):
        parts = urlsplit(raw)
        if not (parts.hostname or parts.path.startswith("/")):
            raise ValueError(raw)
        parts.port  # noqa: B018 (raises for what is no port)
    shlex.split(raw)
    return raw.strip()


def parse_email(raw: str) -> dict[str, Any]:
    """`console:`, `file:/folder` or `smtp[s|+tls]://user:password@host:port?from=address`."""
    backend = "django.core.mail.backends."
    if raw == "console:":
        return {"BACKEND": backend + "console.EmailBackend"}
    parts = urlsplit(raw)
    if parts.scheme == "file" and parts.path:
        return {
            "BACKEND": backend + "filebased.EmailBackend",
            "OPTIONS": {"file_path": parts.path},
        }
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ValueError(raw)
    return {
        "BACKEND": backend + "smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp+tls",
            "timeout": 20,
        },
    }


def parse_languages(raw: str) -> list[tuple[str, str]]:
    codes = parse_list(raw)
    if "en" not in codes:
        raise ValueError(raw)
    return [(code, LANGUAGE_NAMES[code]) for code in codes]


def release_mark(base: Path, static_root: Path) -> str:
    """A mark of what pages look like: of templates, translations, blocks and static file names.

    Part of the key of every page that is kept, so that nothing of before an upgrade is shown
    after it. Takes a few milliseconds at the start.
    """
    files = [
        *sorted((base / "templates").rglob("*.html")),
        *sorted((base / "locale").rglob("*.po")),
        *sorted((base / "modules").glob("*/*.py")),
        static_root / "staticfiles.json",
    ]
    digest = sha256()
    for path in files:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def secret_of_this_demo(var: Path, name: str) -> str:
    """A secret made at the first start under DEMO=1 and kept in `var`, so that sessions survive."""
    path = var / f"{name.lower()}.demo"
    if not path.exists():
        new = secrets.token_urlsafe(48)
        try:
            with open(path, "x", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
                file.write(new)
        except FileExistsError:
            pass  # another process of the same start was faster; read what it wrote
        except OSError as error:
            stop("VAR", f"cannot write to {var}: {error.strerror}")
    return path.read_text().strip()
