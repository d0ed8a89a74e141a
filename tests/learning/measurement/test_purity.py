import subprocess
import sys

import pytest
from django.conf import settings


def imports(module: str, *wanted: str) -> set[str]:
    """Which of the wanted packages a fresh Python has loaded after importing the module."""
    tell = f"import sys, {module}; print(*set({wanted!r}) & set(sys.modules))"
    command = [sys.executable, "-c", tell]
    run = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize("name", ["forms", "gain", "items", "options", "standard", "suppression"])
def test_measuring_needs_no_django_and_no_scipy_at_start_up(name):
    assert imports(f"learning.measurement.{name}", "django", "scipy") == set()


def test_the_probe_sees_both():
    assert imports("django, scipy", "django", "scipy") == {"django", "scipy"}
