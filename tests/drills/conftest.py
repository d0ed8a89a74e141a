"""One ground for all drills of a test process."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.drills.ground import Ground, drop_postgres, folder, new_ground
from tests.drills.sizes import SIZES

CONTROL_LEARNERS = 4
CONTROL_ROUNDS = 2


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
    )
