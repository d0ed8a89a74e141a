"""`python -m tests.translations`: is every text of the interface translated into every language?

Collects the texts anew from a copy of the sources (nothing of the project is written) and compares
them with the catalogues in `locale/`: missing, empty, doubtful (fuzzy) and left-over entries are
named, and so is a translation that lost or changed a placeholder, and a text that is marked inside
an f-string, where not every collector looks.
"""

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ur", "km", "lo")
SOURCES = ("learning", "modules", "templates")
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
TAKE_OUT = "a text is marked inside an f-string; give it a name before"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def collected_texts() -> set[tuple[str, str]]:
    """(context, text) of every marked text in the sources."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            shutil.copytree(
                ROOT / name, copy / name, ignore=shutil.ignore_patterns("library", "__pycache__")
            )
        (copy / "locale").mkdir()
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", "en", "-v", "0"],
            cwd=copy,
            check=True,
        )
        catalogue = polib.pofile(str(copy / "locale/en/LC_MESSAGES/django.po"))
        return {(entry.msgctxt or "", entry.msgid) for entry in catalogue}


def marked_in_f_strings() -> Iterator[str]:
    """Where a text is marked inside an f-string: gettext 0.21 misses it, 0.23 does not."""
    for name in SOURCES:
        for path in sorted((ROOT / name).rglob("*.py")):
            yield from (
                f"{path.relative_to(ROOT)}:{n}: {TAKE_OUT}" for n in hidden_in(path.read_text())
            )


def hidden_in(source: str) -> Iterator[int]:
    """Lines of `source` where an f-string calls one of `MARKS`."""
    for outer in ast.walk(ast.parse(source)):
        if isinstance(outer, ast.JoinedStr):
            for call in ast.walk(outer):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MARKS:
                    yield call.lineno


def problems_of(language: str, wanted: set[tuple[str, str]]) -> Iterator[str]:
    path = ROOT / "locale" / language / "LC_MESSAGES/django.po"
    catalogue = polib.pofile(str(path))
    entries = {(e.msgctxt or "", e.msgid): e for e in catalogue if not e.obsolete}
    yield from (f"{language}: missing: {text}" for context, text in wanted - set(entries))
    yield from (f"{language}: no longer used: {text}" for context, text in set(entries) - wanted)
    for entry in entries.values():
        yield from problems_of_entry(language, entry)


def problems_of_entry(language: str, entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield f"{language}: doubtful (fuzzy): {entry.msgid}"
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    wanted = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    for text in texts:
        if not text:
            yield f"{language}: not translated: {entry.msgid}"
        elif not set(PLACEHOLDER.findall(text)) <= wanted:
            yield f"{language}: unknown placeholder in: {entry.msgid}"
        elif not entry.msgid_plural and set(PLACEHOLDER.findall(text)) != wanted:
            yield f"{language}: placeholder lost in: {entry.msgid}"


def main() -> int:
    wanted = collected_texts()
    problems = sorted(p for language in LANGUAGES for p in problems_of(language, wanted))
    problems += marked_in_f_strings()
    for problem in problems:
        print(problem)  # noqa: T201
    print(f"{len(wanted)} texts, {len(LANGUAGES)} languages, {len(problems)} problems.")  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
