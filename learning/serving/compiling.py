"""Compiles the catalogues of translated texts, without gettext."""

import os
from pathlib import Path

import polib


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile each `.po` below `folder` that changed since; returns the `.mo` files written.

    A `.mo` takes the time of its `.po`, so that an older `.po` put back counts as a change too.
    Raises `OSError` when a catalogue is malformed or its folder cannot be written.
    """
    return [compile_one(po) for po in sorted(folder.rglob("*.po")) if is_stale(po)]


def is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns != po.stat().st_mtime_ns


def compile_one(po: Path) -> Path:
    mo = po.with_suffix(".mo")
    time = po.stat().st_mtime_ns
    unfinished = mo.with_suffix(f".{os.getpid()}.tmp")
    try:
        polib.pofile(str(po)).save_as_mofile(str(unfinished))
        os.utime(unfinished, ns=(time, time))
        unfinished.replace(mo)  # a server that reads it meanwhile sees the old one or the new one
    finally:
        unfinished.unlink(missing_ok=True)
    return mo
