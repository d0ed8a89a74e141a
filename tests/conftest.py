"""Fixtures for every test. The people are in `cast.py`."""

import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import translation
from wagtail.signal_handlers import disable_reference_index_auto_update
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from learning.people.groups import ensure_groups
from modules.printing import rendering
from tests.cast import Cast
from tests.database import copied, file_in, made_meanwhile
from tests.indexing import forget_search_index, keep_search_index
from tests.modules.courses import making
from tests.pages.places import seed_and_keep
from tests.site import prepared

# Playwright leaves an event loop behind, which would forbid every later database call.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


# Rooms whose tests share a served site, a loaded library, the world of the matrix or a measured
# machine: each goes to one process as a whole. What begins with two of them belongs to the first.
TOGETHER = (
    "tests/journeys/test_accessibility.py",
    *("tests/journeys/", "tests/drills/", "tests/library/", "tests/routes/"),
)

ASKS = {"db", "transactional_db"}  # fixtures of pytest-django

# How fast an example was found or tried says what else the machine does.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")


class ByRoom(LoadScopeScheduling):
    """Hands out single tests, and the rooms that belong together as a whole, the largest first."""

    def _split_scope(self, nodeid: str) -> str:
        return next((room for room in TOGETHER if nodeid.startswith(room)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByRoom:
    """`--dist loadgroup` loses its groups with this pytest, and every process made a site."""
    return ByRoom(config, log)


@pytest.hookimpl(wrapper=True, tryfirst=True)  # around the start of the other processes
def pytest_sessionstart(session: pytest.Session) -> Iterator[None]:
    """A run on several processes makes the database while they collect their tests."""
    config = session.config
    if config.getoption("numprocesses", None) and not config.option.collectonly:
        stack = contextlib.ExitStack()
        stack.enter_context(made_meanwhile(config.cache.mkdir("database")))
        config.add_cleanup(stack.close)
    return (yield)


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what asks the database.

    A test that has its rows from a fixture of the whole run asks nothing itself: it needs their
    tables, which pytest-django makes only where a test says so, but not on a second database.
    """
    for item in items:
        if item.get_closest_marker("django_db") or ASKS.intersection(item.fixturenames):
            item.add_marker("database")
        elif "django_db_setup" in item.fixturenames:
            item.add_marker("django_db")


def pytest_collection_finish() -> None:
    """What is loaded by now stays; looking through it for garbage takes a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(request, pytestconfig, django_db_blocker):
    """Adds the site tree to the fresh test database, once; tests roll back to it."""
    with django_db_blocker.unblock():
        with copied(pytestconfig.cache.mkdir("database")):
            request.getfixturevalue("django_db_setup")  # that of pytest-django
        call_command("load_site", verbosity=0)
        ensure_groups()


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """What fixtures of a module make on top of this is made once; its tests roll back to it.

    For rows that nearly every test of the module needs: all its tests find them.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory, pytestconfig, django_db_setup) -> Path:
    """What a demo site is served from, made once for all processes of this run."""
    folder = tmp_path_factory.getbasetemp()
    return prepared(
        folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder,
        file_in(pytestconfig.cache.mkdir("database")),
        seed_and_keep,
    )


@pytest.fixture(scope="session", autouse=True)
def _patient_printing():
    """How long a page took by the clock says what else the machine does."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rendering, "SECONDS", 6 * rendering.SECONDS)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_reference_index():
    """Where something is used is Wagtail's to know; keeping it takes a fifth of the time."""
    with disable_reference_index_auto_update():
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_search_index(django_test_environment):
    """Nothing can be found by its words unless a test asks for `search_index`: as costly."""
    forget_search_index()


@pytest.fixture
def search_index(db):
    """What is saved from here on can be found by its words."""
    keep_search_index()
    yield
    forget_search_index()


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits and cached pages of one test must not reach the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def _english():
    """A request leaves its language behind in the process; the next test begins in English.

    So do the fixtures of a whole module or run, which are made before this one.
    """
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture
def every_language(monkeypatch):
    """Courses made by hand stand in all four trees, as real ones do."""
    monkeypatch.setattr(making, "ALIASES", ["ur", "km", "lo"])


@pytest.fixture
def cast(db) -> Cast:
    """The shared cast: a learner, her trainer, administrators, an outsider."""
    return Cast()
