"""How many persons a figure of a test needs before it says something.

The figures are computed for any number that they are defined for; these rules stand beside them as
data, so that every page greys and leaves out alike (docs/decisions/0008-measurement.md).
"""

from enum import StrEnum

MIN_ROUGH = 10  # persons
MIN_FULL = 30
MIN_THIRDS = 100


class Basis(StrEnum):
    """What may be read from the answers of so many persons; each allows what those before do."""

    FACILITY = "facility"  # fewer than 10: facility alone, and not outside of the institution
    ROUGH = "rough"  # 10 to 29: facility and item-rest correlation, both marked as rough
    FULL = "full"  # 30 to 99: every figure of classical test theory
    THIRDS = "thirds"  # from 100: also how each third of the persons chose


def basis_of(n: int) -> Basis:
    """What `n` persons are enough for."""
    if n < MIN_ROUGH:
        return Basis.FACILITY
    if n < MIN_FULL:
        return Basis.ROUGH
    return Basis.FULL if n < MIN_THIRDS else Basis.THIRDS
