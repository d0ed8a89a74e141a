"""R4: saving, handing in and the clock meet; there is one end, and it counts what was saved."""

from typing import Any

from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.sizes import ON_BOTH_DATABASES, SIZES

pytestmark = ON_BOTH_DATABASES

CONTROL_RACES = 20


def test_races_at_the_deadline_end_once_and_count_what_was_saved(
    ground: Ground, sown: dict[str, Any]
):
    figures = Figures("R4", ground.database)
    found = ground.run("racing.race", rounds=SIZES.races, control_rounds=CONTROL_RACES)

    sound, broken = found["sound"], found["broken"]
    assert sound["is_sound"], sound
    assert sum(sound["ended_by"].values()) == SIZES.races
    # The control: an answer that is acknowledged and in no mark is found.
    assert broken["ungraded"] > 0
    figures.write(
        rounds=SIZES.races,
        saved=sound["saved"],
        by_person=sound["ended_by"].get("person", 0),
        ungraded=sound["ungraded"],
        stuck=sound["stuck"],
        errors=len(sound["errors"]),
        control_ungraded=broken["ungraded"],
        control_rounds=CONTROL_RACES,
    )
