import subprocess
import sys

from django.conf import settings

PURE = ["advice", "definitions", "digits", "kinds", "marking"]
TELL = "import sys; print('django' in sys.modules)"


def imports_django(module: str) -> str:
    command = [sys.executable, "-c", f"import {module}; {TELL}"]
    run = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_marking_needs_no_django():
    assert imports_django(", ".join(f"modules.questions.{name}" for name in PURE)) == "False"


def test_the_probe_sees_django():
    assert imports_django("django.http") == "True"
