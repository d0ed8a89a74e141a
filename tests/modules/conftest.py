"""The mini library, for modules most of whose tests begin with it loaded."""

import pytest

from modules.courses.models import Course
from modules.loading.loading import load_library
from tests.modules.loading.mini import write_mini


@pytest.fixture(scope="module")
def loaded_mini(made_once, tmp_path_factory) -> None:
    """Pages, questions, forms and version 1.0 as the first load of the mini library leaves them."""
    load_library(write_mini(tmp_path_factory.mktemp("library")))


@pytest.fixture
def mini_course(db, loaded_mini) -> Course:
    """Loaded once for the module; as it is in the database, whatever a test before did with it."""
    return Course.objects.get(code="mini")
