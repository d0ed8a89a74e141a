"""The site with a fault that R1 looks for: handing in looks first and locks nothing."""

import random
import time

from learning.wsgi import application  # isort: skip (sets Django up)

from django.utils import timezone

from learning.attempts.models import ScoringRun, Sitting
from learning.attempts.scoring import score
from learning.home import finishing
from learning.people.models import User

__all__ = ["application"]


def hand_in(sitting: Sitting, by: User) -> Sitting:
    if sitting.is_open:
        # Both presses look before either writes, and then write at moments of their own: at the
        # same moment the database itself would refuse the second marking run.
        time.sleep(random.uniform(0.3, 1.2))
        sitting.handed_in_at = timezone.now()
        sitting.handed_in_by = Sitting.HandedInBy.PERSON
        sitting.save(update_fields=["handed_in_at", "handed_in_by"])
        score(sitting, ScoringRun.Reason.HANDED_IN, by)
    return sitting


finishing.hand_in = hand_in
