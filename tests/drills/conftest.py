"""One ground for all drills of a test process."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from tests.drills.ground import Ground, close_callers, drop_postgres, folder, new_ground
from tests.drills.phones import Phone, window_of
from tests.drills.sizes import SIZES
from tests.site import CHROMIUM, CHROMIUM_FLAGS, free_port

# Learners with a test of their own that no other drill answers.
OTHERS = {"control": 4, "phones": 7, "hour": SIZES.people, "outage": 3, "outage_control": 2}
CONTROL_ROUNDS = 2


@pytest.fixture(scope="session")
def ground(django_db_setup, django_db_blocker) -> Iterator[Ground]:
    with folder() as var:
        with django_db_blocker.unblock():
            ground = new_ground(var)
        yield ground
        close_callers()
        with django_db_blocker.unblock():
            if ground.database_url:
                drop_postgres(ground.database_url)


@pytest.fixture(scope="session")
def sown(ground: Ground) -> dict[str, Any]:
    """The course and the learners of all drills, those of the controls last."""
    return ground.run(
        "sowing.sow",
        sitting={"learners": SIZES.learners, **OTHERS},
        newcomers=SIZES.rounds + CONTROL_ROUNDS,
        sessions=SIZES.strangers + 1,
    )


@pytest.fixture(scope="session")
def shown(ground: Ground, sown: dict[str, Any]) -> Iterator[Ground]:
    """The same data served to browsers, for all who ask with one."""
    shown = replace(ground, port=free_port())
    with shown.serving():
        yield shown


@pytest.fixture(scope="session")
def browser_of_all(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all phones that need not die."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def phone(shown: Ground, browser_of_all: Browser) -> Iterator[Phone]:
    phone = Phone(f"http://localhost:{shown.port}", window_of(browser_of_all))
    yield phone
    phone.close()
