"""The matrix of the training desk."""

from tests.routes.rows import Row

# Who sees the session of the cast: who leads it, and who administers its area or programme.
SEES = ("trainer", "area_admin", "organisation_admin", "programme_admin", "system_admin")
RECORDS = ("trainer", "area_admin", "programme_admin", "system_admin")
VERIFIES = ("area_admin", "programme_admin", "system_admin")

ROWS: list[Row] = []  # fmt: skip
