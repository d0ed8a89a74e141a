"""What a person reads when her machine lacks something: one line, never a dump of errors."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = "basename cat cmp cp dash dirname env expand grep id ls make mkdir mktemp rm sed sh"

pytestmark = pytest.mark.skipif(shutil.which("dash") is None, reason="needs a POSIX shell")


@pytest.fixture
def machine(tmp_path):
    """A project folder and a machine that has the plainest tools and nothing else."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / ".ci", project / ".ci")
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, project)
    (tmp_path / "bin").mkdir()
    for name in TOOLS.split():
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    return Machine(project, tmp_path / "bin")


class Machine:
    def __init__(self, project: Path, programs: Path) -> None:
        self.project, self.programs = project, programs

    def has(self, name: str, script: str) -> None:
        """Put a program on the path, or replace the one there."""
        self.write(self.programs / name, script)

    def has_in_project(self, name: str, script: str) -> None:
        self.write(self.project / name, script)

    def write(self, path: Path, script: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def type(self, *command: str) -> tuple[int, str]:
        """The exit code and all the words of a command typed in the project folder."""
        run = subprocess.run(
            command,
            cwd=self.project,
            env={"PATH": str(self.programs), "HOME": str(self.project)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return run.returncode, run.stdout


def test_help_lists_every_target(machine):
    code, words = machine.type("make")

    listed = {line.split()[1] for line in words.splitlines()}
    targets = {
        line.partition(":")[0]
        for line in (ROOT / "Makefile").read_text().splitlines()
        if line[:1].isalpha() and ": " in line
    }
    assert code == 0
    assert listed >= {"run", "dev", "test", "test-postgres", "check", "pages", "lock", "messages"}
    assert listed == targets


def test_missing_package_is_named_with_its_command_for_who_may_not_install(machine):
    machine.has("id", "echo 1000")
    machine.has("apt-get", "exit 1")

    assert machine.type(".ci/setup", "messages") == (
        1,
        (
            "cascade: missing: gettext."
            " Install with: sudo apt-get install --no-install-recommends gettext\n"
        ),
    )


def test_missing_package_is_named_where_there_is_no_apt(machine):
    assert machine.type(".ci/setup", "messages") == (
        1,
        (
            "cascade: missing system packages (Debian's names): gettext."
            " Install what your system calls them\n"
        ),
    )


def test_nothing_is_said_when_all_is_there(machine):
    machine.has("xgettext", "exit 0")

    assert machine.type(".ci/setup", "messages") == (0, "")


def test_root_gets_what_is_missing_installed(machine):
    machine.has("id", "echo 0")
    machine.has(
        "apt-get", f'[ "$1" = update ] || cp {machine.programs}/cat {machine.programs}/xgettext'
    )

    assert machine.type(".ci/setup", "messages") == (0, "    installing gettext with apt-get …\n")


def test_failing_apt_is_one_line(machine):
    machine.has("id", "echo 0")
    machine.has("apt-get", "echo E: no route; exit 100")

    code, words = machine.type(".ci/setup", "messages")

    assert code == 1
    assert len(words.splitlines()) == 2
    assert "cascade: apt-get could not install gettext. Is the network reachable?" in words


def test_machine_without_python_is_told_so_even_with_an_old_one(machine):
    machine.has("python3.13", "echo 'no such version' >&2; exit 127")
    machine.has("python3", "exit 1")

    assert machine.type(".ci/environment") == (
        1,
        (
            "cascade: needs Python 3.12, 3.13 or 3.14 and finds none."
            " On Debian 13 and Ubuntu 24.04: apt-get install python3 python3-venv\n"
        ),
    )


def test_python_without_venv_names_its_package(machine):
    machine.has("id", "echo 1000")
    machine.has("apt-get", "exit 1")
    machine.has(
        "python3.13",
        'case "$2" in *print*) echo python3.13-venv ;; *ensurepip*) exit 1 ;; esac',
    )

    code, words = machine.type(".ci/environment")

    assert code == 1
    assert words.startswith("cascade: missing: python3.13-venv.")


def test_packages_out_of_reach_are_one_line(machine):
    machine.has_in_project(".venv/bin/python", '[ "$1" = -c ]')

    assert machine.type(".ci/environment") == (
        1,
        (
            "cascade: could not install the Python packages."
            " Is the network reachable? Details: .venv/install.log\n"
        ),
    )


def test_where_only_pip_knows_the_way_pip_installs_once(machine):
    machine.has_in_project(".venv/bin/python", 'echo "$@" >>calls')
    machine.has_in_project(".venv/bin/uv", "exit 2")

    first = machine.type(".ci/environment")
    calls = (machine.project / "calls").read_text()
    second = machine.type(".ci/environment")

    assert first == (0, "    installing requirements.lock …\n")
    assert "-m pip install --require-hashes -r requirements.lock" in calls
    assert second == (0, "")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written_is_one_line(machine):
    machine.has("python3.13", "exit 0")
    machine.project.chmod(0o555)

    code, words = machine.type(".ci/environment")
    machine.project.chmod(0o755)

    assert code == 1
    assert words.startswith(f"cascade: cannot write to {machine.project}/.venv.")


def test_make_adds_only_its_own_last_line(machine):
    machine.has_in_project(".ci/setup", "echo 'cascade: missing: something.'; exit 1")

    code, words = machine.type("make", "run")

    assert code == 2
    lines = words.splitlines()
    assert lines[:2] == ["1/4 System libraries", "cascade: missing: something."]
    assert [line[:9] for line in lines[2:]] == ["make: ***"]


def test_check_runs_all_checks_and_names_those_that_failed(machine):
    machine.has("date", "echo 0")
    machine.has("find", "exit 0")
    for tool in ("ruff", "mypy", "lint-imports", "python"):
        machine.has_in_project(f".venv/bin/{tool}", "exit 0")
    machine.has_in_project(".venv/bin/mypy", "echo 'a.py: wrong type'; exit 1")

    code, words = machine.type(".ci/check")

    assert code == 1
    assert "format                 ok       0 s" in words
    assert "types                  FAILED   0 s\na.py: wrong type\n" in words
    assert words.count(" ok ") == 8
    assert words.endswith("Failed: types\n")
