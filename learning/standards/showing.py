"""What the pages of a study show, gathered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from learning.standards.concluding import Agreement, Concluded, agreement, conclude
from learning.standards.estimating import Place, estimates_of
from learning.standards.models import Judge, Round, Study
from learning.standards.studying import Panel, panel_of


@dataclass(frozen=True)
class Shown:
    """A study with its panel and what both rounds come to."""

    study: Study
    panel: Panel
    judges: Sequence[Judge]
    known: Mapping[int, Mapping[Place, int]]
    rounds: Mapping[int, Concluded]

    @property
    def agreement(self) -> Agreement:
        first, second = (int(one) for one in Round)
        return agreement(
            self.rounds[first], self.rounds[second], self.known[first], self.known[second]
        )

    @property
    def last(self) -> int | None:
        """The newest round in which anybody estimated anything."""
        return next((one for one in reversed(list(self.rounds)) if self.known[one]), None)


def shown_of(study: Study) -> Shown:
    """Four queries."""
    panel, judges = (
        panel_of(study),
        list(study.judges.filter(left_at=None).select_related("person")),
    )
    known = {int(one): estimates_of(study, one) for one in Round}
    rounds = {
        one: conclude(
            [judge.pk for judge in judges],
            panel.positions,
            panel.full_marks,
            panel.forms,
            estimates,
        )
        for one, estimates in known.items()
    }
    return Shown(study, panel, judges, known, rounds)
