"""The matrix of questions in and out: keys and feedback are for who reads the bank in the admin."""

from tests.routes.rows import GO, Row, in_admin

IMPORT = ("author", "reviewer", "system_admin")
EXPORT = ("translator", *IMPORT)

ROWS = [
    Row("question_import", in_admin(*IMPORT)),
    Row("question_import", in_admin(*IMPORT), note="nothing chosen", method="POST"),
    *(
        Row("question_import_check", in_admin(*IMPORT, answer=GO), lambda w: ["no-such-file"],
            "of another person, or forgotten", method)
        for method in ("GET", "POST")
    ),
    Row("question_blank", in_admin(*IMPORT), lambda w: ["csv"]),
    Row("question_blank", in_admin(), lambda w: ["aiken"], "of a format without one"),
    Row("question_export", in_admin(*EXPORT)),
    Row("question_export_file", in_admin(*EXPORT), note="a format and a language",
        data=lambda w: {"format": "moodle", "lang": "en"}),
    Row("question_export_file", in_admin(*EXPORT, answer=GO), note="nothing chosen"),
]  # fmt: skip
