"""Collects, hashes and compresses the static files when one of them changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static_files() -> bool:
    """Fill `STATIC_ROOT`; False when nothing changed since the last time, which is quick to see."""
    stamp = settings.VAR / "static.stamp"
    state = state_of_sources()
    if is_collected() and stamp.exists() and stamp.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    return True


def is_collected() -> bool:
    return (settings.STATIC_ROOT / "staticfiles.json").exists()


def state_of_sources() -> str:
    """One fingerprint of all static files where they lie: their names, sizes and times."""
    lines = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            lines.append(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
