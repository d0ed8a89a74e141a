"""Somebody who reads a published table and wants to know what it hides."""

import numpy as np
from scipy.optimize import linprog

from learning.measurement.suppression import Shown, Suppressed


class Attacker:
    """Knows every number shown, which of them add up to which, and that no count is below 0."""

    def __init__(self, published: Suppressed):
        rows, columns = len(published.cells), len(published.cells[0])
        cells = np.eye(rows * columns).reshape(rows, columns, -1)
        numbers: list[tuple[np.ndarray, Shown]] = [
            *zip(cells.reshape(rows * columns, -1), sum(published.cells, ()), strict=True),
            *zip(cells.sum(axis=1), published.row_totals, strict=True),
            *zip(cells.sum(axis=0), published.column_totals, strict=True),
            (cells.sum(axis=(0, 1)), published.total),
        ]
        shown = [(parts, number) for parts, number in numbers if number is not None]
        self.parts = np.array([parts for parts, _ in shown]) if shown else None
        self.sums = np.array([number for _, number in shown]) if shown else None
        self.hidden = [parts for parts, number in numbers if number is None]

    def interval(self, parts: np.ndarray) -> tuple[float, float]:
        """The least and the most that the number made of these parts can be."""
        ends = [linprog(sign * parts, A_eq=self.parts, b_eq=self.sums) for sign in (1, -1)]
        least, most = (round(end.fun, 6) if end.status == 0 else -np.inf for end in ends)
        return least, -most

    def intervals(self) -> list[tuple[float, float]]:
        return [self.interval(parts) for parts in self.hidden]
