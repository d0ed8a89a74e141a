"""A mean of persons who came in groups: people of one session resemble each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learning.measurement.chance import Interval
from learning.measurement.percent import Marks, columns_of

MIN_CLUSTERS = 5  # sessions; with fewer there is no interval
ROUGH_CLUSTERS = 20  # with fewer it is rough


class ClusterCaution(StrEnum):
    """What a reader of the interval has to know; pages say it in a sentence."""

    FEW = "few"  # fewer than 5 sessions: no interval
    ROUGH = "rough"  # fewer than 20 sessions
    SAME = "same"  # the sessions do not differ, so nothing can be said of chance


@dataclass(frozen=True)
class Clustered:
    """The mean gain of `n` persons in `clusters` sessions, in the unit given; None if undefined.

    `se` knows of sessions, `ci` is the 95 % interval with `df` degrees of freedom. `icc`: how far
    people of one session resemble each other, at most 1. `design_effect`: how many times as wide
    the squared standard error is as that of independent persons.
    """

    n: int
    clusters: int
    mean: float | None = None
    se: float | None = None
    df: int | None = None
    ci: Interval | None = None
    icc: float | None = None
    design_effect: float | None = None
    warnings: tuple[ClusterCaution, ...] = ()


def clustered(gain: Marks, cluster: Sequence[Any]) -> Clustered:
    """The mean gain with an interval that holds for sessions as well as for persons.

    `gain`: one value per person, None or NaN where there is none; `cluster`: (persons,) the session
    of each.

    Standard error: sandwich of the sums by session, times G / (G - 1) (Liang and Zeger 1986), with
    Student's t of G - 1 degrees of freedom (Cameron and Miller 2015); with sessions of one size
    that is the t interval of the means of the sessions. Fewer than 5 sessions: no interval. ICC
    from the analysis of variance (Donner and Koval 1980). Raises `ValueError` for other shapes.
    """
    values = columns_of([gain])[0]
    if len(cluster) != len(values):
        raise ValueError(f"{len(values)} gains have {len(cluster)} sessions")
    known = ~np.isnan(values)
    places: dict[Any, int] = {}
    codes = np.array([places.setdefault(one, len(places)) for one in _kept(cluster, known)], int)
    values = np.round(values[known], 9)
    n, groups = len(values), len(places)
    if not n:
        return Clustered(0, 0, warnings=(ClusterCaution.FEW,))
    mean = float(values.mean())
    if groups < MIN_CLUSTERS:
        return Clustered(n, groups, mean, warnings=(ClusterCaution.FEW,))
    rough = (ClusterCaution.ROUGH,) if groups < ROUGH_CLUSTERS else ()
    sums = np.round(np.bincount(codes, values - mean), 9)
    icc = _icc(values, codes, groups)
    if not (sums != 0).any():
        return Clustered(n, groups, mean, icc=icc, warnings=(*rough, ClusterCaution.SAME))
    from scipy.special import stdtrit  # noqa: PLC0415 (slow to import)

    se = float(np.sqrt(groups / (groups - 1) * (sums @ sums)) / n)
    reach = float(stdtrit(groups - 1, 0.975)) * se
    alone = float(values.var(ddof=1) / n)
    return Clustered(
        n=n,
        clusters=groups,
        mean=mean,
        se=se,
        df=groups - 1,
        ci=(mean - reach, mean + reach),
        icc=icc,
        design_effect=se * se / alone,
        warnings=rough,
    )


def _kept(cluster: Sequence[Any], known: NDArray) -> list[Any]:
    return [one for one, is_known in zip(cluster, known, strict=True) if is_known]


def _icc(values: NDArray, codes: NDArray, groups: int) -> float | None:
    """(MSB - MSW) / (MSB + (m - 1) MSW), m the mean size corrected for unequal ones."""
    n = len(values)
    if n == groups or not np.ptp(values) > 0:
        return None
    sizes = np.bincount(codes)
    means = np.bincount(codes, values) / sizes
    between = float((sizes * (means - values.mean()) ** 2).sum() / (groups - 1))
    within = float(((values - means[codes]) ** 2).sum() / (n - groups))
    size = (n - float((sizes**2).sum()) / n) / (groups - 1)
    return (between - within) / (between + (size - 1) * within)
