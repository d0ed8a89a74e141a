"""The matrix of pass marks: for who sets award rules and nobody else; the keys stand there."""

from django.core.files.uploadedfile import SimpleUploadedFile

from learning.standards.deciding import first_day
from tests.routes.rows import GO, OPEN, REFUSED, Row, signed_in

SETS = ("system_admin",)


def only(answer: str = OPEN) -> dict[str, str]:
    return signed_in(REFUSED) | dict.fromkeys(SETS, answer)


ROWS: list[Row] = [
    Row("standards", only(), hidden=("Study of the matrix",)),
    Row("standard_begin", only()),
    Row("standard_begin", only(GO), note="a study", method="POST", data=lambda w: {
        "version": w.study.course_version_id, "labels": ["A"], "name": "Another"}),
    Row("standard", only(), lambda w: [w.study.uuid]),
    Row("standard_judges", only(GO), lambda w: [w.study.uuid], "somebody", "POST",
        lambda w: {"names": "B. N."}),
    Row("standard_remove", only(GO), lambda w: [w.study.uuid, w.judge.pk], method="POST"),
    Row("standard_estimates", only(), lambda w: [w.study.uuid, w.judge.pk, 1]),
    Row("standard_estimates", only(GO), lambda w: [w.study.uuid, w.judge.pk, 2], "saved", "POST",
        lambda w: {"q1": "60"}),
    Row("standard_estimates", signed_in(REFUSED), lambda w: [w.study.uuid, w.judge.pk, 3],
        "no such round"),
    Row("standard_use", only(), lambda w: [w.study.uuid, 1]),
    Row("standard_use", only(GO), lambda w: [w.study.uuid, 1], "decided", "POST", lambda w: {
        "effective_from": first_day().isoformat(), "reason": "The panel"}),
    Row("standard_border", only(), lambda w: [w.study.uuid]),
    *(Row(name, only(), lambda w: [w.study.uuid]) for name in ("standard_sheet", "standard_list")),
    Row("standard_upload", only(), lambda w: [w.study.uuid], "a list", "POST", lambda w: {
        "round": 1, "file": SimpleUploadedFile("list.csv", b"No.,,A. K.\n1,,70\n")}),
    Row("standard_take_over", only(GO), lambda w: [w.study.uuid], "nothing tried", "POST"),
]  # fmt: skip
