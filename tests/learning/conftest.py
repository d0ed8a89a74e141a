"""A course with tests, for modules most of whose tests need one."""

import pytest

from modules.courses.models import CoursePage
from tests.learning.attempts.sitting import freeze_forms, make_tested_course


@pytest.fixture(scope="module")
def _tested_course(made_once) -> int:
    page = make_tested_course()
    freeze_forms(page)
    return page.pk


@pytest.fixture
def tested_course(db, _tested_course: int) -> CoursePage:
    """Made once for the module; as it is in the database, whatever a test before did with it."""
    return CoursePage.objects.get(pk=_tested_course)
