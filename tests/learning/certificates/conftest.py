"""A signing key, a course version, and a learner of it."""

import pytest

from learning.certificates.keys import seed_of
from learning.certificates.models import Certificate
from modules.courses.models import CourseVersion
from tests.learning.certificates.making import certify, make_version, read_everything

SEED = seed_of("the key of the tests")


@pytest.fixture(autouse=True)
def _signing_key(settings):
    settings.SIGNING_KEY = SEED
    settings.FORMER_PUBLIC_KEYS = []


@pytest.fixture
def version(db) -> CourseVersion:
    return make_version()


@pytest.fixture
def enrolment(cast, version):
    """The learner's, with every lesson done."""
    return read_everything(cast.learner.person, version)


@pytest.fixture
def certificate(enrolment) -> Certificate:
    """The learner's certificate of achievement."""
    return certify(enrolment)
