"""The matrix of pass marks: for who sets award rules and nobody else; the keys stand there."""

from tests.routes.rows import GO, OPEN, REFUSED, Row, signed_in

SETS = ("system_admin",)


def only(answer: str = OPEN) -> dict[str, str]:
    return signed_in(REFUSED) | dict.fromkeys(SETS, answer)


ROWS: list[Row] = [
    Row("standards", only(), hidden=("Study of the matrix",)),
    *(Row("standard_begin", only(), method=method) for method in ("GET", "POST")),
    Row("standard", only(), lambda w: [w.study.uuid]),
    *(
        Row("standard_judges", only(answer), lambda w: [w.study.uuid], note, "POST", data)
        for note, answer, data in (
            ("nobody", OPEN, lambda w: {}),
            ("somebody", GO, lambda w: {"names": "B. N."}),
        )
    ),
    Row("standard_remove", only(GO), lambda w: [w.study.uuid, w.judge.pk], method="POST"),
    Row("standard_estimates", only(), lambda w: [w.study.uuid, w.judge.pk, 1]),
    Row("standard_estimates", only(GO), lambda w: [w.study.uuid, w.judge.pk, 2], "saved", "POST",
        lambda w: {"q1": "60"}),
    Row("standard_estimates", signed_in(REFUSED), lambda w: [w.study.uuid, w.judge.pk, 3],
        "no such round"),
    Row("standard_use", only(), lambda w: [w.study.uuid, 1]),
    Row("standard_use", only(), lambda w: [w.study.uuid, 1], "without a reason", "POST"),
    Row("standard_border", only(), lambda w: [w.study.uuid]),
    *(Row(name, only(), lambda w: [w.study.uuid]) for name in ("standard_sheet", "standard_list")),
    Row("standard_upload", only(), lambda w: [w.study.uuid], "no file", "POST"),
    Row("standard_take_over", only(GO), lambda w: [w.study.uuid], "nothing tried", "POST"),
]  # fmt: skip
