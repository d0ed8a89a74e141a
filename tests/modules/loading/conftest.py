"""The mini library as a folder, and loaded."""

import pytest

from tests.modules.loading.mini import write_mini


@pytest.fixture
def root(tmp_path):
    return write_mini(tmp_path / "library")


@pytest.fixture
def mini(db, loaded_mini, root):
    """The folder of a mini library as it was loaded, once for the module."""
    return root
