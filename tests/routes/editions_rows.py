"""Rows of the matrix about editions: their files, what waits for them, and their list."""

from tests.routes.rows import (
    GO,
    OPEN,
    REFUSED,
    ROLES,
    SIGN_IN,
    Row,
    everybody,
    in_admin,
    signed_in,
)

TRAINING = (
    *("trainer", "translator", "author", "reviewer", "legal_reviewer"),
    *("area_admin", "organisation_admin", "programme_admin", "system_admin"),
)
FOR_TRAINERS = signed_in(REFUSED) | dict.fromkeys(TRAINING, OPEN)
# Who has not started the course is led to its start.
IN_COURSE = everybody(OPEN) | {
    "anonymous": SIGN_IN, "learner": GO, "outsider": GO, "viewer": GO,
}  # fmt: skip
# The head is asked for: the matrix reads whole answers, and a file is one in pieces.
HEAD = "HEAD"

ROWS = [
    Row("edition_file", everybody(OPEN), lambda w: ["open-course", "handbook", "en", "pdf"],
        "of a course for everybody", HEAD),
    Row("edition_file", everybody("202"), lambda w: ["open-course", "handbook", "en", "epub"],
        "not made yet", HEAD),
    Row("edition_file", everybody("202"), lambda w: ["open-course", "pocket-book", "en", "pdf"],
        "not made yet, and begun"),
    Row("edition_file", FOR_TRAINERS, lambda w: ["open-course", "slides", "en", "pdf"],
        "for trainers", HEAD),
    Row("edition_file", IN_COURSE, lambda w: ["guarded", "handbook", "en", "pdf"],
        "of a course that nobody here has started", HEAD),
    Row("edition_file", everybody(REFUSED), lambda w: ["open-course", "novel", "en", "pdf"],
        "unknown"),
    Row("edition_again", signed_in(REFUSED) | dict.fromkeys(TRAINING, GO),
        lambda w: ["open-course", w.failed_edition.pk], "could not be made", "POST"),
    Row("course_editions", everybody(OPEN), lambda w: ["open-course"],
        hidden=("For trainers only",), hidden_from=lambda role: role not in TRAINING),
    Row("course_editions", everybody(REFUSED), lambda w: ["no-such-course"], "unknown"),
    # drafts on paper: for who may edit the page
    Row("page_draft", in_admin("translator", "author", "reviewer", "system_admin"),
        lambda w: [w.course_page.pk]),
    Row("page_draft", in_admin(), lambda w: [w.home_page.pk], "of a page that is not printed"),
    Row("course_draft", in_admin("translator", "author", "reviewer", "system_admin"),
        lambda w: [w.course_page.pk, "pocket-book"]),
    Row("course_draft", in_admin(), lambda w: [w.course_page.pk, "slides"], "no book"),
    # which version was printed when: to be read by editors and administrators
    *(
        Row(f"edition_files:{view}", in_admin(*ROLES[5:]))
        for view in ("index", "index_results")
    ),
    Row("edition_files:inspect", in_admin(*ROLES[5:]), lambda w: [w.failed_edition.pk]),
]  # fmt: skip
