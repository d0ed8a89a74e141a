"""The matrix of marking again: for who administers a programme, and within it alone."""

from tests.routes.rows import GO, OPEN, REFUSED, Row, signed_in

DECIDE = ("programme_admin", "system_admin")

ROWS: list[Row] = [
    Row("regrades", signed_in(REFUSED) | dict.fromkeys(DECIDE, OPEN),
        hidden=("Decided elsewhere",)),
    *(
        Row("regrade_question", signed_in(REFUSED) | dict.fromkeys(DECIDE, OPEN),
            lambda w: ["tested-b-single"], "", method, hidden=("Foreign programme",))
        for method in ("GET", "POST")
    ),
    Row("regrade_question", signed_in(REFUSED), lambda w: ["no-such-question"], "unknown"),
    *(
        Row(name, signed_in(REFUSED) | dict.fromkeys(roles, answer), args, note, method)
        for name, method, answer in (("regrade", "GET", OPEN), ("regrade_go_on", "POST", GO))
        for note, roles, args in (
            ("own", DECIDE, lambda w: [w.regrading.uuid]),
            ("other", ("system_admin",), lambda w: [w.foreign_regrading.uuid]),
        )
    ),
]  # fmt: skip
