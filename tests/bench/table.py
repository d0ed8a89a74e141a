"""What was measured, as a table for people."""

from collections.abc import Sequence

from tests.bench.measuring import CROWDS, Measured


def as_rows(found: Sequence[Measured], plain: str) -> list[dict[str, object]]:
    """Plain values; `plain` names the scenario that all others are compared with."""
    yardstick = next(one for one in found if one.scenario.name == plain).seconds
    return [
        {
            "name": one.scenario.name,
            "plain_pages": one.seconds / yardstick,
            "aim": one.scenario.aim,
            "cpu_ms": one.seconds * 1000,
            "queries": one.queries,
            "bytes": one.octets,
            "peak_mb": one.peak,
            "per_second": one.per_second,
        }
        for one in found
    ]


def as_table(rows: Sequence[dict[str, object]]) -> str:
    crowds = " | ".join(f"{size} at a time" for size in CROWDS)
    lines = [
        f"| | Plain pages | Aim | CPU ms | Queries | kB | Peak MB | {crowds} |",
        "|---|---:|---:|---:|---:|---:|---:|" + "---:|" * len(CROWDS),
    ]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(row: dict[str, object]) -> str:
    aim = "" if row["aim"] is None else f"≤ {row['aim']:g}"
    rates = row["per_second"]
    assert isinstance(rates, dict)
    crowds = " | ".join(f"{rates[size]:,.0f}/s" if size in rates else "" for size in CROWDS)
    return (
        f"| {row['name']} | {row['plain_pages']:,.2f} | {aim} | {row['cpu_ms']:,.1f}"
        f" | {row['queries']} | {row['bytes'] / 1000:,.1f} | {row['peak_mb']} | {crowds} |"  # type: ignore[operator]
    )
