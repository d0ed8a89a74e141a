"""A course to enrol in, and what lists are for."""

import pytest

from learning.enrolment.enrolling import self_paced_programme
from learning.imports.planning import Target
from modules.courses.models import CourseVersion
from tests.learning.certificates.making import make_version


@pytest.fixture
def version(db) -> CourseVersion:
    return make_version()


@pytest.fixture
def target(cast, version) -> Target:
    """The self-paced programme of Pakistan."""
    return Target(self_paced_programme(cast.pakistan), version)
