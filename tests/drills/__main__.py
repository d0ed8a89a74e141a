"""`python -m tests.drills [short]`: all drills on both databases, and what they came to.

The long form by default. The figures of the drills that passed go into docs/reliability.md.
"""

import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.site import ROOT

PAGE = ROOT / "docs/reliability.md"
PYTEST = ["-m", "pytest", "tests/drills", "-q"]
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
BESIDE = {"drill", "database", "seconds"}


def run_drills(form: str, figures: Path) -> int:
    """On SQLite, then those that concern both on PostgreSQL. Returns the worse exit code."""
    environment = os.environ | {"DRILL": form, "DRILL_FIGURES": str(figures)}
    own = {name: value for name, value in environment.items() if name != "DATABASE_URL"}
    commands = [
        ([*PYTEST, "-m", "drill"], own),
        (["-m", "tests.postgres", *PYTEST, "-m", "postgres"], environment),
    ]
    codes = [
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, check=False).returncode
        for arguments, env in commands
    ]
    return max(codes)


def table(lines: Iterable[dict[str, Any]]) -> str:
    rows = ["| Drill | Database | What it came to | Seconds |", "|---|---|---|---|"]
    for line in sorted(lines, key=lambda line: (line["drill"], line["database"] != "sqlite")):
        numbers = [f"{name.replace('_', ' ')} {n:,}" for name, n in figures_of(line)]
        database = NAMES[line["database"]]
        rows.append(
            f"| {line['drill']} | {database} | {'; '.join(numbers)} | {line['seconds']:,.0f} |"
        )
    return "\n".join(rows)


def figures_of(line: dict[str, Any]) -> list[tuple[str, int]]:
    return [(name, number) for name, number in line.items() if name not in BESIDE]


def machine() -> str:
    today = datetime.now(tz=UTC).date()
    return (
        f"{today}, {os.cpu_count()} cores shared with other work, Python"
        f" {platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    )


def write_down(form: str, text: str) -> None:
    """Replaces what stands between the two marks of the form."""
    first, last = f"<!-- {form} form: figures -->", f"<!-- {form} form: end -->"
    page = PAGE.read_text()
    before, _, rest = page.partition(first)
    _, _, after = rest.partition(last)
    PAGE.write_text(f"{before}{first}\n{text}\n{last}{after}")


def main(arguments: list[str]) -> int:
    form = arguments[0] if arguments else "long"
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        figures.touch()
        code = run_drills(form, figures)
        lines = [json.loads(line) for line in figures.read_text().splitlines()]
    failed = "" if code == 0 else "\n\nNot every drill passed in this run."
    write_down(form, f"{machine()}\n\n{table(lines)}{failed}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
