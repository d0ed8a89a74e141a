"""The mini library as a folder, and loaded."""

import pytest

from modules.loading.loading import load_library
from tests.modules.loading.mini import write_mini


@pytest.fixture
def root(tmp_path):
    return write_mini(tmp_path / "library")


@pytest.fixture
def mini(db, root):
    """The folder of a mini library that was loaded once."""
    load_library(root)
    return root
