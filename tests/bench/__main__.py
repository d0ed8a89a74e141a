"""`python -m tests.bench [--only GROUP …] [--json FILE]`: in a new data folder, as a table."""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from tests.site import ROOT, environment, free_port

# Scenarios that can be measured by themselves; what they are, `scenarios` knows.
GROUPS = ("pages", "tests", "completion", "certificates", "sessions", "books", "statistics")
ALONE = ("books", "statistics")  # each in a process of its own, without the site


def prepare(var: Path, port: int) -> dict[str, str]:
    """A site with courses and demo data as `make run` has it, made by a process of its own."""
    env = environment(var, port) | {"DEMO_PEOPLE": "60"}
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=env, check=True)
    env["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    os.environ.update(env)
    os.environ.pop("DATABASE_URL", None)
    django.setup()
    return env


def machine() -> str:
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Django {django.__version__},"
        f" SQLite {sqlite3.sqlite_version}"
    )


def say(line: str) -> None:
    print(f"    {line}", file=sys.stderr, flush=True)  # noqa: T201


def measure(var: Path, groups: list[str]) -> list[dict[str, Any]]:
    port = free_port()
    env = prepare(var, port)
    # They look at the settings that stand only now.
    from tests.bench.measuring import measure_all  # noqa: PLC0415
    from tests.bench.scenarios import PLAIN, scenarios  # noqa: PLC0415
    from tests.bench.served import serving  # noqa: PLC0415
    from tests.bench.table import as_rows  # noqa: PLC0415

    with serving(port, env) as server:
        return as_rows(measure_all(server, scenarios(port, groups), say), PLAIN)


def measure_alone(name: str, var: Path) -> dict[str, float]:
    """`tests.bench.<name>` in a process of its own, whose memory is that of its task alone."""
    command = [sys.executable, "-m", f"tests.bench.{name}"]
    env = environment(var, free_port()) | {"DJANGO_SETTINGS_MODULE": "learning.settings"}
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure against yardsticks of the same run.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
    parser.add_argument(
        "--only", nargs="+", default=[], choices=GROUPS, help="leave the others out"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cascade-bench-") as var:
        rows = measure(Path(var), [one for one in chosen.only if one not in ALONE])
        wanted = [name for name in ALONE if name in (chosen.only or GROUPS)]
        alone = {name: measure_alone(name, Path(var)) for name in wanted}
    from tests.bench.table import as_table  # noqa: PLC0415 (as above)

    print(f"{machine()}\n\n{as_table(rows)}")  # noqa: T201
    for name, measured in alone.items():
        line = import_module(f"tests.bench.{name}").as_line(measured)
        print(f"\n{line}")  # noqa: T201
    if chosen.json:
        found = {"machine": machine(), "rows": rows, **alone}
        chosen.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
