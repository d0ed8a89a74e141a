"""Who chose which option of an item: whether wrong options work and whether the key is right."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learning.measurement.basis import MIN_FULL, MIN_THIRDS, Basis, basis_of
from learning.measurement.reading import (
    DECIMALS,
    Rests,
    correlation,
    read_marks,
    top_weights,
    totals_of,
    weighted_mean,
)

MIN_CHOSEN = 0.05  # of the persons; a wrong option that fewer choose misleads nobody
HALF = 0.5
OMITTED, ABSENT, UNKNOWN = -1, -2, -3  # codes beside the places of options

type Thirds = tuple[float, float, float]  # lower, middle, upper


class OptionFlag(StrEnum):
    """What somebody should look at; pages say it in a sentence. From 30 persons on."""

    RARE = "rare"  # a wrong option chosen by fewer than 5 %
    ATTRACTS = "attracts"  # a wrong option chosen rather by those who know more
    ABOVE_KEY = "above_key"  # a wrong option chosen by more of the upper third than the key is
    REPELS = "repels"  # the key, chosen rather by those who know less
    # Of a choice of several, from 100 persons on:
    LEFT_OUT = "left_out"  # a right option that most of the upper third leave out
    TAKEN = "taken"  # a wrong option that most of the upper third tick


@dataclass(frozen=True)
class Option:
    """`share` of the persons who were presented the item, 0..1; `r_rest`: correlation of having
    chosen it with the marks in the other items; `share_by_third`: of the lower, the middle and the
    upper third by total marks. What is undefined is None.
    """

    key: Any
    is_key: bool
    count: int
    share: float | None
    r_rest: float | None
    share_by_third: Thirds | None
    flags: tuple[OptionFlag, ...] = ()


@dataclass(frozen=True)
class Choices:
    """An item presented to `n` persons, `omitted` of whom chose nothing.

    `is_several`: each person may have chosen any number of the options, and several may be keys.
    """

    n: int
    omitted: int
    basis: Basis
    options: tuple[Option, ...]
    is_several: bool = False

    def of(self, key: Any) -> Option:
        """The option that is called so."""
        return next(option for option in self.options if option.key == key)


def analyse(
    choices: ArrayLike | Sequence[Sequence[Any]],
    key: Sequence[Any],
    scores: ArrayLike | None = None,
    max_marks: ArrayLike | None = None,
    listed: Sequence[Sequence[Any]] | None = None,
) -> tuple[Choices, ...]:
    """For each item how often each option was chosen, and by whom.

    `choices`: (persons, items) of option keys, None where nothing was chosen, NaN where the item
    was not presented; `key`: (items,) of the right ones. `scores`: (persons, items) of marks with
    `max_marks` (items,); or (persons,) of totals in which a right choice counts 1; or None, and
    each right choice counts 1. `listed`: the options of each item in order; if None those that
    were chosen and the key, sorted.

    The correlation is Pearson's of the indicator and T - X, as for items (Haladyna 2004, ch. 9).
    Thirds are by the total T, those at a boundary score in proportion; a person without a score is
    in none. None where there is no spread. Raises `ValueError` for arrays of other shapes.
    """
    table = _as_table(choices, len(key))
    named = listed or [_chosen(column, right) for column, right in zip(table.T, key, strict=True)]
    if len(named) != len(key):
        raise ValueError(f"{len(key)} items have options for {len(named)}")
    codes = [_codes(column, options) for column, options in zip(table.T, named, strict=True)]
    places = [_place(options, right) for options, right in zip(named, key, strict=True)]
    marks = _right(codes, places, len(table))
    standing = _Standing(marks, scores, max_marks)
    return tuple(
        count_choices(codes[item], named[item], places[item], *standing.beside(item))
        for item in range(len(key))
    )


def count_choices(
    codes: NDArray, options: Sequence[Any], right: int | None, rests: NDArray, totals: NDArray
) -> Choices:
    """One item. `codes`: (persons,) places among `options`, OMITTED or ABSENT; `right`: the place
    of the key, None if no single option is; `rests`, `totals`: (persons,) marks in the other items
    and in all, NaN where there are none.
    """
    there = codes != ABSENT
    n = int(there.sum())
    groups = _thirds(totals, there)
    found = [
        _option(option, codes == place, there, rests, groups, is_key=place == right)
        for place, option in enumerate(options)
    ]
    if n >= MIN_FULL and right is not None:
        key = found[right]
        found = [replace(one, flags=_flags(one, key, n)) for one in found]
    return Choices(n, int((codes == OMITTED).sum()), basis_of(n), tuple(found))


def count_ticks(
    codes: NDArray, options: Sequence[Any], right: Collection[int], rests: NDArray, totals: NDArray
) -> Choices:
    """One item of which several options may be chosen. `codes`: (persons, options), 0 where a
    person ticked an option, OMITTED where not, ABSENT in all where the item was not presented;
    `right`: the places of the keys; `rests`, `totals` as in `count_choices`. `omitted` are those
    who ticked nothing. Raises `ValueError` for codes of another shape.

    The correlation is that of ticking an option with the marks in the other items, so for a wrong
    option it should be below 0.
    """
    if codes.ndim != 2 or codes.shape[1] != len(options):  # noqa: PLR2004 (persons, options)
        raise ValueError(f"ticks of shape {codes.shape} are of {len(options)} options")
    there = (codes != ABSENT).all(axis=1)
    n = int(there.sum())
    groups = _thirds(totals, there)
    found = [
        _option(option, codes[:, place] == 0, there, rests, groups, is_key=place in right)
        for place, option in enumerate(options)
    ]
    if n >= MIN_FULL:
        found = [replace(one, flags=_flags_of_tick(one, n)) for one in found]
    omitted = int((codes[there] == OMITTED).all(axis=1).sum())
    return Choices(n, omitted, basis_of(n), tuple(found), is_several=True)


# --- reading --------------------------------------------------------------------------------------


def _as_table(choices: Any, items: int) -> NDArray:
    """(persons, items) of options; whole numbers stay what they are, all else are objects."""
    is_whole = isinstance(choices, np.ndarray) and np.issubdtype(choices.dtype, np.integer)
    table = choices if is_whole else np.asarray(choices, dtype=object)
    if table.size == 0 and table.ndim == 1:
        table = table.reshape(0, items)
    if table.ndim != 2 or table.shape[1] != items:  # noqa: PLR2004 (persons, items)
        raise ValueError(f"choices of shape {table.shape} have {items} keys")
    return table


def _chosen(column: NDArray, right: Any) -> list[Any]:
    found = {one for one in set(column.tolist()) if not _is_missing(one)} | {right}
    return sorted(found, key=lambda one: (str(type(one)), one))


def _is_missing(choice: Any) -> bool:
    return choice is None or choice != choice  # noqa: PLR0124 (NaN alone is not itself)


def _codes(column: NDArray, options: Sequence[Hashable]) -> NDArray:
    """(persons,) places among the options, OMITTED or ABSENT."""
    if any(_is_missing(option) for option in options):
        raise ValueError("an option is called None or NaN")
    known = {option: place for place, option in enumerate(options)}
    found = [known[one] if one in known else _code_beside(one) for one in column.tolist()]
    if UNKNOWN in found:
        raise ValueError("a choice is none of the options of its item")
    return np.array(found, dtype=int)


def _code_beside(choice: Any) -> int:
    if choice is None:
        return OMITTED
    return ABSENT if _is_missing(choice) else UNKNOWN


def _place(options: Sequence[Any], right: Any) -> int:
    if right not in options:
        raise ValueError("a key is none of the options of its item")
    return list(options).index(right)


def _right(codes: Sequence[NDArray], places: Sequence[int], persons: int) -> NDArray:
    """(persons, items) of 1 where the key was chosen, NaN where the item was not presented."""
    columns = [
        np.where(own == ABSENT, np.nan, (own == place).astype(float))
        for own, place in zip(codes, places, strict=True)
    ]
    return np.column_stack(columns) if columns else np.empty((persons, 0))


class _Standing:
    """The marks beside which a choice is seen."""

    def __init__(self, right: NDArray, scores: ArrayLike | None, max_marks: Any) -> None:
        self.right, self.given = right, None if scores is None else np.asarray(scores, dtype=float)
        if self.given is not None and self.given.ndim == 1:
            if len(self.given) != len(right):
                raise ValueError(f"{len(right)} persons have {len(self.given)} scores")
            return
        table = right if self.given is None else self.given
        if table.shape != right.shape:
            raise ValueError(f"choices of shape {right.shape} have scores of {table.shape}")
        self.given = None
        self.sat = ~np.isnan(table).all(axis=1)
        marks, full = read_marks(table, max_marks)
        self.rests = Rests(marks, full)
        self.totals = self._spread(totals_of(marks, full))

    def _spread(self, values: NDArray, own: NDArray | None = None) -> NDArray:
        """(persons,) with NaN for those who have none."""
        found = np.full(len(self.right), np.nan)
        places = np.flatnonzero(self.sat)
        found[places if own is None else places[own]] = values
        return found

    def beside(self, item: int) -> tuple[NDArray, NDArray]:
        """Marks in the other items, and in all."""
        if self.given is not None:
            return np.round(self.given - self.right[:, item], DECIMALS), self.given
        own, rest = self.rests.of_item(item)
        return self._spread(rest, own), self.totals


# --- figures --------------------------------------------------------------------------------------


def _option(
    key: Any,
    chose: NDArray,
    there: NDArray,
    rests: NDArray,
    groups: tuple[NDArray, ...] | None,
    *,
    is_key: bool,
) -> Option:
    n = int(there.sum())
    return Option(
        key=key,
        is_key=is_key,
        count=int(chose.sum()),
        share=float(chose.sum() / n) if n else None,
        r_rest=_r_rest(chose, there, rests),
        share_by_third=_by_third(chose, groups),
    )


def _r_rest(chose: NDArray, there: NDArray, rests: NDArray) -> float | None:
    own = there & ~np.isnan(rests)
    return correlation(chose[own].astype(float), rests[own])


def _thirds(totals: NDArray, there: NDArray) -> tuple[NDArray, NDArray, NDArray, NDArray] | None:
    """Who counts, and how far each of them belongs to each third."""
    own = there & ~np.isnan(totals)
    if not own.any() or not np.ptp(totals[own]) > 0:
        return None
    lower, upper = top_weights(-totals[own], 1 / 3), top_weights(totals[own], 1 / 3)
    return own, lower, np.clip(1 - lower - upper, 0, 1), upper


def _by_third(chose: NDArray, groups: tuple[NDArray, ...] | None) -> Thirds | None:
    if groups is None:
        return None
    own, *thirds = groups
    lower, middle, upper = (weighted_mean(chose[own].astype(float), third) for third in thirds)
    if lower is None or middle is None or upper is None:
        return None
    return lower, middle, upper


def _flags(option: Option, key: Option, n: int) -> tuple[OptionFlag, ...]:
    r = option.r_rest
    if option.is_key:
        return (OptionFlag.REPELS,) if r is not None and r < 0 else ()
    own, keys = option.share_by_third, key.share_by_third
    if n >= MIN_THIRDS and own and keys and own[2] > keys[2]:
        return (*_flags_of_wrong(option), OptionFlag.ABOVE_KEY)
    return _flags_of_wrong(option)


def _flags_of_wrong(option: Option) -> tuple[OptionFlag, ...]:
    rare = (OptionFlag.RARE,) if (option.share or 0) < MIN_CHOSEN else ()
    r = option.r_rest
    return (*rare, OptionFlag.ATTRACTS) if r is not None and r > 0 else rare


def _flags_of_tick(option: Option, n: int) -> tuple[OptionFlag, ...]:
    """Each option is a decision of its own: most of the strongest should take the right one."""
    r, thirds = option.r_rest, option.share_by_third
    of_best = thirds[2] if thirds and n >= MIN_THIRDS else None
    if option.is_key:
        repels = (OptionFlag.REPELS,) if r is not None and r < 0 else ()
        is_left = of_best is not None and of_best < HALF
        return (*repels, OptionFlag.LEFT_OUT) if is_left else repels
    is_taken = of_best is not None and of_best > HALF
    return (*_flags_of_wrong(option), OptionFlag.TAKEN) if is_taken else _flags_of_wrong(option)
