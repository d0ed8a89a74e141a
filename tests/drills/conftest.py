"""One ground for all drills of a test process."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.drills.ground import Ground, drop_postgres, folder, new_ground
from tests.drills.sizes import SIZES
from tests.site import free_port

CONTROL_LEARNERS = 4
CONTROL_ROUNDS = 2
PHONES = 6  # whose learners have a test of their own, that nobody else answers


@pytest.fixture(scope="session")
def ground(django_db_setup, django_db_blocker) -> Iterator[Ground]:
    with folder() as var:
        with django_db_blocker.unblock():
            ground = new_ground(var)
        yield ground
        with django_db_blocker.unblock():
            if ground.database_url:
                drop_postgres(ground.database_url)


@pytest.fixture(scope="session")
def sown(ground: Ground) -> dict[str, Any]:
    """The course and the learners of all drills, those of the controls last."""
    return ground.run(
        "sowing.sow",
        learners=SIZES.learners + CONTROL_LEARNERS,
        newcomers=SIZES.rounds + CONTROL_ROUNDS,
        phones=PHONES,
        sessions=SIZES.strangers + 1,
    )


@pytest.fixture(scope="module")
def shown(ground: Ground, sown: dict[str, Any], prepared_data: Path) -> Iterator[Ground]:
    """The same data served to browsers, with style sheets and scripts; for all of a module."""
    static = ground.var / "static"
    if not static.exists():
        static.symlink_to(prepared_data / "static")
    shown = replace(ground, port=free_port())
    with shown.serving():
        yield shown
