"""What is asked of a study again and again."""

from typing import Any

from learning.standards.estimating import record_estimates
from learning.standards.models import Judge, Study
from tests.cast import Cast

PAGES = "/reports/standards/"


def judges_of(study: Study) -> list[Judge]:
    return list(study.judges.filter(left_at=None))


def estimate(study: Study, cast: Cast, percent: int, round_: int = 2) -> Any:
    """Every judge says the same of every question."""
    asked = {(j.pk, p): percent for j in judges_of(study) for p in range(1, 8)}
    return record_estimates(study, round_, asked, cast.system_admin)
