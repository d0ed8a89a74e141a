import pytest
from django.db import transaction

from modules.loading.loading import load_library


@pytest.fixture(scope="package")
def _loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_library()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def shipped(_loaded, db):
    """The courses of `modules/library/` in the database."""
