"""What a class learned between two tests.

For one class at a time. People of one training session resemble each other, so the marks of several
sessions must not be put in one pair of lists: the interval would come out too narrow. `clustered`
gives the one for several sessions.
docs/decisions/0008-measurement.md says why these formulas and these thresholds.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from learning.measurement.chance import NORMAL_975, Interval, wilson
from learning.measurement.clusters import Clustered, clustered
from learning.measurement.percent import DECIMALS, FULL, Marks, columns_of, percentages
from learning.measurement.retaining import Kept, Retention, mastery_kept, retention

__all__ = [
    "Caution",
    "Clustered",
    "Gain",
    "Kept",
    "Mastery",
    "Retention",
    "clustered",
    "mastery",
    "mastery_kept",
    "paired",
    "retention",
]

MIN_MATCHED = 10  # persons; with fewer the means are given and nothing else
MIN_MATCH_RATE = Fraction(4, 5)  # of the persons with a mark in at least one of the tests
MAX_SHIFT = 2  # percentage points by which losing persons may move the mean of the pre-test
MAX_AT_TOP = Fraction(15, 100)  # of the persons with the full mark in the post-test
HIGH_PRE_MEAN = 80  # percent
RETEST_DAYS = 14
MAX_EXACT_RANKS = 49  # differences up to which R takes the exact distribution
MAX_T = 1000.0  # above it the noncentral t distribution cannot be inverted reliably


class Caution(StrEnum):
    """What a reader of the figures has to know; pages say it in a sentence."""

    FEW_MATCHED = "few_matched"  # fewer than 10 persons took both tests: means only
    LOW_MATCH = "low_match"  # fewer than 80 % of those tested took both tests
    ATTRITION = "attrition"  # who took both tests had another pre-test mean, by 2 points or more
    CEILING = "ceiling"  # more than 15 % have the full mark in the post-test
    HIGH_PRE = "high_pre"  # the mean of the pre-test is 80 % or more: little room to gain
    RETEST = "retest"  # the same form again within 14 days (or nobody knows when): a gain by itself
    SAME_GAIN = "same_gain"  # everybody gained the same, so nothing can be said of chance


@dataclass(frozen=True)
class Gain:
    """Means, gain and interval in percent of the full mark; what is undefined is None.

    Everything but `n_pre` and `n_post` is about the persons who took both tests. The floats are
    not exact: round them for display, do not cut them.
    """

    n_pre: int
    n_post: int
    n_matched: int
    mean_pre: float | None
    mean_post: float | None
    mean_gain: float | None
    ci: Interval | None
    t: float | None
    df: int | None
    p: float | None
    wilcoxon_w: float | None
    wilcoxon_p: float | None
    d_z: float | None
    d_z_ci: Interval | None
    d_av: float | None
    d_av_ci: Interval | None
    hake_g: float | None
    warnings: tuple[Caution, ...]


@dataclass(frozen=True)
class Mastery:
    """Shares of the persons who took both tests, exact; None when nobody did."""

    share_pre: Fraction | None
    share_post: Fraction | None
    wilson_pre: Interval | None
    wilson_post: Interval | None
    mcnemar_p: float | None


def paired(
    pre: Marks,
    post: Marks,
    max_mark: float | Fraction = 100,
    same_form: bool = False,
    days_between: float | None = None,
) -> Gain:
    """The gain of the persons who took both tests, with 95 % intervals and two-sided p values.

    `pre` and `post` hold one mark per person in the same order, None or NaN where there is none,
    each from -`max_mark` to `max_mark`, the full mark of both tests. `same_form` says whether the
    tests share more than half of their questions, `days_between` how long after the pre-test the
    post-test was (None: not known).

    With fewer than 10 matched persons only counts and means are given. Raises `ValueError` for
    lists of other shapes and for marks outside the range.
    """
    before, after = percentages((pre, post), max_mark)
    matched = _matched(before, after)
    first, second = before[matched], after[matched]
    gains = np.round(second - first, DECIMALS)
    ci, t, df, p = _t_test(gains)
    wilcoxon_w, wilcoxon_p = _signed_ranks(gains)
    d_z, d_z_ci = _d_z(t, len(gains))
    d_av, d_av_ci = _d_av(first, second, gains)
    return Gain(
        n_pre=_count(before),
        n_post=_count(after),
        n_matched=len(gains),
        mean_pre=_mean(first),
        mean_post=_mean(second),
        mean_gain=_mean(gains),
        ci=ci,
        t=t,
        df=df,
        p=p,
        wilcoxon_w=wilcoxon_w,
        wilcoxon_p=wilcoxon_p,
        d_z=d_z,
        d_z_ci=d_z_ci,
        d_av=d_av,
        d_av_ci=d_av_ci,
        hake_g=_hake_g(first, second),
        warnings=(
            *_cautions_of_matching(before, after),
            *_cautions_of_marks(first, second, gains),
            *_cautions_of_forms(same_form=same_form, days_between=days_between),
        ),
    )


def mastery(pre: Marks, post: Marks) -> Mastery:
    """How many mastered an outcome before and after, with 95 % Wilson intervals.

    `pre` and `post` hold True or False per person in the same order, None where a test was not
    taken. `mcnemar_p` is the exact two-sided p value of the change (binomial distribution of the
    persons who changed). Raises `ValueError` for lists of other shapes and for other values.
    """
    before, after = columns_of((pre, post))
    matched = _matched(before, after)
    first, second = before[matched], after[matched]
    if not np.isin([first, second], [0, 1]).all():
        raise ValueError("mastery is True or False for each person")
    n, n_pre, n_post = len(first), int(first.sum()), int(second.sum())
    if n == 0:
        return Mastery(None, None, None, None, None)
    return Mastery(
        share_pre=Fraction(n_pre, n),
        share_post=Fraction(n_post, n),
        wilson_pre=wilson(n_pre, n),
        wilson_post=wilson(n_post, n),
        mcnemar_p=_mcnemar(int((first > second).sum()), int((first < second).sum())),
    )


# --- reading --------------------------------------------------------------------------------------


def _matched(before: NDArray, after: NDArray) -> NDArray:
    return ~np.isnan(before) & ~np.isnan(after)


def _count(marks: NDArray) -> int:
    return int((~np.isnan(marks)).sum())


def _mean(marks: NDArray) -> float | None:
    return float(marks.mean()) if len(marks) else None


# --- figures --------------------------------------------------------------------------------------


def _enough(values: NDArray) -> bool:
    return len(values) >= MIN_MATCHED


def _vary(values: NDArray) -> bool:
    return bool(np.ptp(values) > 0)


def _t_test(
    gains: NDArray,
) -> tuple[Interval | None, float | None, int | None, float | None]:
    """Interval of the mean gain, t, degrees of freedom, p (Student's test for pairs)."""
    if not (_enough(gains) and _vary(gains)):
        return None, None, None, None
    from scipy.stats import t as student  # noqa: PLC0415 (slow to import)

    df = len(gains) - 1
    mean, error = gains.mean(), gains.std(ddof=1) / np.sqrt(len(gains))
    reach = student.ppf(0.975, df) * error
    t = float(mean / error)
    return (float(mean - reach), float(mean + reach)), t, df, float(2 * student.sf(abs(t), df))


def _signed_ranks(gains: NDArray) -> tuple[float | None, float | None]:
    """Smaller rank sum and p of Wilcoxon's test as R's `wilcox.test` gives it.

    Persons without a gain are left out. The p value is exact for up to 49 persons when none was
    left out and no two gains are of one size; otherwise from the normal distribution, corrected for
    ties and continuity.
    """
    changed = gains[gains != 0]
    if not (_enough(gains) and len(changed)):
        return None, None
    from scipy.stats import wilcoxon  # noqa: PLC0415 (slow to import)

    distinct = len(np.unique(np.abs(gains))) == len(changed) == len(gains)
    exact = distinct and len(gains) <= MAX_EXACT_RANKS
    method = "exact" if exact else "asymptotic"
    result = wilcoxon(changed, zero_method="wilcox", correction=True, method=method)
    return float(result.statistic), float(result.pvalue)


def _d_z(t: float | None, n: int) -> tuple[float | None, Interval | None]:
    """Mean gain in standard deviations of the gains.

    The interval holds the values under which t would lie between the 2.5th and the 97.5th
    percentile (noncentral t distribution).
    """
    if t is None:
        return None, None
    root = float(np.sqrt(n))
    if abs(t) > MAX_T:
        return t / root, None
    from scipy.special import nctdtrinc  # noqa: PLC0415 (slow to import)

    low, high = (float(nctdtrinc(n - 1, p, abs(t))) / root for p in (0.975, 0.025))
    return t / root, (low, high) if t >= 0 else (-high, -low)


def _d_av(first: NDArray, second: NDArray, gains: NDArray) -> tuple[float | None, Interval | None]:
    """Mean gain in standard deviations of the marks: root of the mean of both variances.

    The interval is that of the mean gain by the normal distribution, in the same unit (Algina and
    Keselman 2003, as in R's effectsize).
    """
    if not (_enough(gains) and (_vary(first) or _vary(second))):
        return None, None
    sd = np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)
    d_av = float(gains.mean() / sd)
    if not _vary(gains):
        return d_av, None
    reach = float(NORMAL_975 * gains.std(ddof=1) / np.sqrt(len(gains)) / sd)
    return d_av, (d_av - reach, d_av + reach)


def _hake_g(first: NDArray, second: NDArray) -> float | None:
    """The gain of the class as a share of the gain that was left to make (Hake 1998).

    Of the means of the class: a mean of each person's share is biased by errors of measurement.
    """
    if not _enough(first) or first.mean() >= FULL:
        return None
    return float((second.mean() - first.mean()) / (FULL - first.mean()))


def _mcnemar(lost: int, won: int) -> float:
    """Exact two-sided p: twice the chance of so few of the rarer change, were both as likely."""
    changed = lost + won
    ways = term = 1
    for k in range(min(lost, won)):
        term = term * (changed - k) // (k + 1)
        ways += term
    return float(min(Fraction(1), Fraction(2 * ways, 2**changed)))


# --- cautions -------------------------------------------------------------------------------------


def _cautions_of_matching(before: NDArray, after: NDArray) -> list[Caution]:
    matched = _matched(before, after)
    n = int(matched.sum())
    persons = _count(before) + _count(after) - n
    cautions = []
    if n < MIN_MATCHED:
        cautions.append(Caution.FEW_MATCHED)
    if n < MIN_MATCH_RATE * persons:
        cautions.append(Caution.LOW_MATCH)
    if n and abs(before[matched].mean() - np.nanmean(before)) >= MAX_SHIFT:
        cautions.append(Caution.ATTRITION)
    return cautions


def _cautions_of_marks(first: NDArray, second: NDArray, gains: NDArray) -> list[Caution]:
    n = len(gains)
    if n == 0:
        return []
    cautions = []
    if int((second == FULL).sum()) > MAX_AT_TOP * n:
        cautions.append(Caution.CEILING)
    if first.mean() >= HIGH_PRE_MEAN:
        cautions.append(Caution.HIGH_PRE)
    if _enough(gains) and not _vary(gains):
        cautions.append(Caution.SAME_GAIN)
    return cautions


def _cautions_of_forms(*, same_form: bool, days_between: float | None) -> list[Caution]:
    soon = days_between is None or days_between < RETEST_DAYS
    return [Caution.RETEST] if same_form and soon else []
