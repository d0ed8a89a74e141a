"""What somebody should look at in the answers of a sitting: clocks that are wrong, and answers that
two devices gave differently. Neither changes a mark; a person decides what it means.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from learning.attempts.models import Answer, Sitting

# How far the clock of a device may be off before somebody is told.
MOST_SKEW = timedelta(minutes=5)


@dataclass(frozen=True)
class Remarks:
    """`skew`: how far the clock of a device was ahead (below zero: behind), None within bounds.

    `conflicts` are the positions that two devices answered differently.
    """

    skew: timedelta | None
    conflicts: Sequence[int]


def remarks_on(sittings: Iterable[Sitting]) -> dict[int, Remarks]:
    """Remarks by the key of a sitting, without those that have none; one query.

    Of a test on paper there are none: whoever typed it gave no answers.
    """
    on_device = {sitting.pk: sitting for sitting in sittings if not sitting.is_on_paper}
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(sitting__in=on_device):
        answers[answer.sitting_id].append(answer)
    found = {
        pk: Remarks(skew_of(on_device[pk].started_at, given), conflicts_in(given))
        for pk, given in answers.items()
    }
    return {pk: one for pk, one in found.items() if one.skew is not None or one.conflicts}


def skew_of(started_at: datetime, answers: Iterable[Answer]) -> timedelta | None:
    """How far off the clock of a device was, of several the one that is furthest off.

    None up to `MOST_SKEW`.
    """
    skews = [_skew_of_device(started_at, own) for own in _by_device(answers).values()]
    furthest = max(skews, key=abs, default=timedelta(0))
    return furthest if abs(furthest) > MOST_SKEW else None


def _skew_of_device(started_at: datetime, answers: Sequence[Answer]) -> timedelta:
    """An answer is given after the start and before it arrives: what contradicts that is the clock.

    The answer that seems to have travelled shortest tells most. Where even that one seems to have
    taken long, the clock is behind or there was no network all the time; nothing tells which.
    """
    travelled = max(answer.captured_at - answer.received_at for answer in answers)
    after_start = min(answer.captured_at - started_at for answer in answers)
    is_put_back = abs(travelled) <= MOST_SKEW and after_start < -MOST_SKEW
    return after_start if is_put_back else travelled


def conflicts_in(answers: Iterable[Answer]) -> list[int]:
    """Positions whose newest answers of two devices differ, in their order."""
    newest: dict[int, list[object]] = defaultdict(list)
    for own in _by_device(answers).values():
        in_order = sorted(own, key=lambda answer: (answer.device_seq, answer.received_at))
        for position, answer in {answer.position: answer for answer in in_order}.items():
            newest[position].append(answer.response)
    return sorted(
        position
        for position, responses in newest.items()
        if any(one != responses[0] for one in responses[1:])
    )


def _by_device(answers: Iterable[Answer]) -> dict[object, list[Answer]]:
    """A page without scripts names a device for each answer; together they are one."""
    devices: dict[object, list[Answer]] = defaultdict(list)
    for answer in answers:
        devices[None if answer.device == answer.pk else answer.device].append(answer)
    return devices
