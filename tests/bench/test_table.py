"""What is printed follows from what was measured."""

import pytest

from tests.bench.measuring import Measured, Scenario, check
from tests.bench.served import Reply
from tests.bench.table import as_rows, as_table


def measured(name, *cpu, aim=None, per_second=None):
    scenario = Scenario(name, visitor=None, act=None, aim=aim)
    return Measured(
        scenario, list(cpu), queries=7, octets=1234, peak=99, per_second=per_second or {}
    )


def test_costs_are_medians_in_plain_pages_of_the_same_run():
    found = [measured("plain", 0.004, 0.002, 0.9), measured("lesson", 0.003, 0.006, 0.1)]

    plain, lesson = as_rows(found, "plain")

    assert plain["plain_pages"] == 1
    assert lesson["plain_pages"] == pytest.approx(1.5)
    assert lesson["cpu_ms"] == pytest.approx(6)


def test_a_line_holds_the_aim_and_every_crowd():
    crowds = {1: 12.4, 8: 2000.0, 32: 0.0}
    rows = as_rows([measured("plain", 0.002, aim=2.5, per_second=crowds)], "plain")

    assert as_table(rows).splitlines()[-1] == (
        "| plain | 1.00 | ≤ 2.5 | 2.0 | 7 | 1.2 | 99 | 12/s | 2,000/s | 0/s |"
    )


def test_without_aim_and_crowds_their_cells_are_empty():
    rows = as_rows([measured("plain", 0.002)], "plain")

    assert as_table(rows).splitlines()[-1] == "| plain | 1.00 |  | 2.0 | 7 | 1.2 | 99 |  |  |  |"


def test_every_line_has_the_columns_of_the_heading():
    heading, rule, line = as_table(as_rows([measured("plain", 0.002)], "plain")).splitlines()

    assert heading.count("|") == rule.count("|") == line.count("|")


def test_an_answer_that_failed_is_not_measured():
    check([Reply(200, 1, "", None), Reply(302, 1, "/", None)])
    with pytest.raises(RuntimeError, match="404"):
        check([Reply(200, 1, "", None), Reply(404, 1, "", None)])
