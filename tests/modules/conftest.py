"""What every test of the content starts from."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    """A request under /ur/ leaves Urdu behind in its thread; the next test begins in English."""
    translation.activate("en")
