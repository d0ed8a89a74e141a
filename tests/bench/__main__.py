"""`python -m tests.bench [--json FILE]`: everything once, in a new data folder, as a table."""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import django

from tests.site import ROOT, environment, free_port


def prepare(var: Path) -> None:
    """A site with the real courses as `make run` has it, made by a process of its own."""
    os.environ.update(environment(var, free_port()), DJANGO_SETTINGS_MODULE="learning.settings")
    os.environ.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, check=True)
    django.setup()
    from django.conf import settings  # noqa: PLC0415 (from here on they can be read)

    settings.ROOT_URLCONF = "tests.bench.urls"


def measure_all() -> dict[str, Any]:
    from tests.bench.measuring import as_table, measure, memory_in_use  # noqa: PLC0415 (as above)
    from tests.bench.operations import operations  # noqa: PLC0415

    at_first = memory_in_use()
    measured = []
    for operation in operations():
        print(f"    {operation.name} …", file=sys.stderr)  # noqa: T201
        measured.append(measure(operation))
    rows = [one.as_row() for one in measured]
    return {
        "machine": machine(),
        "memory_at_first": at_first,
        "rows": rows,
        "table": as_table(rows),
    }


def machine() -> str:
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Django {django.__version__},"
        f" SQLite {sqlite3.sqlite_version}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure against yardsticks of the same run.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cascade-bench-") as var:
        prepare(Path(var))
        found = measure_all()
    table = found.pop("table")
    print(f"{found['machine']}; {found['memory_at_first']} MB at first\n\n{table}")  # noqa: T201
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
