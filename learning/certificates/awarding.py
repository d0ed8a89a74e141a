"""Which grade attendance and marks earn. Exact fractions, compared by cross-multiplication.

Nothing is ever rounded: 139 of 200 marks are less than 70 per cent. What was known before the
course plays no part.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from learning.attempts.results import Mark
from learning.certificates.models import AwardRule, Grade, Scheme
from modules.courses.models import CourseVersion


@dataclass(frozen=True)
class Rule:
    """The values of an award rule, all limits in per cent; the defaults hold where none is set."""

    scheme: str = Scheme.S1
    a_min: int = 80
    pass_mark: int = 70
    gap: int = 10
    gate: int | None = None

    @property
    def values(self) -> dict[str, Any]:
        return asdict(self) | {"scheme": str(self.scheme)}


def reaches(share: Fraction, percent: int) -> bool:
    """Whether `share` (1 is all) is at least `percent` per cent of all; exact."""
    return share.numerator * 100 >= percent * share.denominator


def grade_of(rule: Rule, attended: Fraction, mark: Fraction | None) -> Grade | None:
    """The grade that a share of attendance and a share of the marks earn; None: neither.

    `mark` is None for a course without a test after it.
    """
    if rule.scheme == Scheme.S2:
        return _by_one_scale(rule, attended, mark)
    if not reaches(attended, rule.a_min):
        return None
    passed = mark is not None and reaches(mark, rule.pass_mark)
    return Grade.ACHIEVEMENT if passed else Grade.ATTENDANCE


def _by_one_scale(rule: Rule, attended: Fraction, mark: Fraction | None) -> Grade | None:
    if mark is None or (rule.gate is not None and not reaches(attended, rule.gate)):
        return None
    if reaches(mark, rule.pass_mark):
        return Grade.ACHIEVEMENT
    return Grade.ATTENDANCE if reaches(mark, rule.pass_mark - rule.gap) else None


def grade_due(rule: Rule, attended: Fraction, mark: Mark | None, *, has_test: bool) -> Grade | None:
    """The grade that is certain by now; None: none, or not yet.

    Of a course with a test nothing is due before a test was handed in. Marks that are certain can
    only grow while answers wait to be marked, so what they reach is reached; what they miss is
    missed only when no answer waits any more.
    """
    if not has_test:
        return grade_of(rule, attended, None)
    if mark is None:
        return None
    grade = grade_of(rule, attended, mark.share)
    return grade if mark.is_final or grade == Grade.ACHIEVEMENT else None


def rule_in_force(version: CourseVersion, day: date) -> Rule:
    """The newest rule of the course version that was in effect on `day`; one query."""
    return rule_of(AwardRule.objects.filter(course_version=version), day)


def rule_of(rows: Iterable[AwardRule], day: date) -> Rule:
    """Of the rules of one course version the newest in effect on `day`, else the defaults."""
    in_effect = [row for row in rows if row.effective_from <= day]
    row = max(in_effect, key=lambda row: row.effective_from, default=None)
    if row is None:
        return Rule()
    return Rule(row.scheme, row.a_min, row.pass_mark, row.gap, row.gate)
