"""What judges estimated: stored as it comes, read as it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from learning.people.facts import Fact
from learning.people.models import User
from learning.standards.models import Estimate, Judge, Study

type Place = tuple[int, int]  # judge, position
type Percents = Mapping[Place, int | None]


@dataclass(frozen=True)
class Change:
    """One estimate that would be stored; `before` None where there was none."""

    judge: Judge
    position: int
    before: int | None
    after: int | None


def estimates_of(study: Study, round_: int) -> dict[Place, int]:
    """The estimates of one round that hold, of those who are on the panel; one query."""
    rows = Estimate.objects.filter(
        judge__study=study, judge__left_at=None, round=round_
    ).values_list("judge_id", "position", "percent")
    found: dict[Place, int | None] = {}
    for judge, position, percent in rows.order_by("received_at", "pk"):
        found[judge, position] = percent
    return {place: percent for place, percent in found.items() if percent is not None}


def changes_between(judges: Sequence[Judge], known: Percents, asked: Percents) -> list[Change]:
    """What storing `asked` would change, in the order of judges and questions."""
    return [
        Change(judge, position, known.get((judge.pk, position)), percent)
        for judge in judges
        for (pk, position), percent in sorted(asked.items())
        if pk == judge.pk and percent != known.get((pk, position))
    ]


def record_estimates(
    study: Study, round_: int, asked: Percents, by: User | None, *, via: str = Fact.Via.WEB
) -> int:
    """Stores what differs from what holds; says how many. Doing it twice stores it once."""
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        judges = list(study.judges.filter(left_at=None))
        changes = changes_between(judges, estimates_of(study, round_), asked)
        Estimate.objects.bulk_create(
            Estimate(
                judge=change.judge,
                round=round_,
                position=change.position,
                percent=change.after,
                recorded_by=by,
                captured_via=via,
            )
            for change in changes
        )
    return len(changes)
