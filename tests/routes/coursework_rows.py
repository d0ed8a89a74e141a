"""The matrix of coursework: one's own, what one was asked to review, and what one tutors.

The learner and another have handed in and review one another; abroad the outsider has handed in.
"""

from tests.learning.coursework.making import KEY
from tests.routes.rows import GO, OPEN, REFUSED, Row, signed_in

TUTORS = ("trainer", "programme_admin", "system_admin")
# What nobody at home sees.
ABROAD = ("Words from abroad", "Outi Outsider")


def at_home(role: str) -> bool:
    return role not in {"system_admin", "outsider"}


def of_learner(answer: str) -> dict[str, str]:
    return signed_in(REFUSED) | {"learner": answer}


def of_tutors(answer: str) -> dict[str, str]:
    return signed_in(REFUSED) | dict.fromkeys(TUTORS, answer)


ROWS: list[Row] = [
    # one's own
    Row("coursework", of_learner(OPEN), lambda w: [w.own_work.enrolment.uuid, KEY], "own",
        hidden=ABROAD, hidden_from=at_home),
    Row("coursework", of_learner(GO), lambda w: [w.own_work.enrolment.uuid, KEY],
        "own, handed in", "POST"),
    Row("coursework", of_learner(REFUSED), lambda w: [w.own_work.enrolment.uuid, "none"],
        "unknown"),
    Row("coursework", signed_in(REFUSED) | {"outsider": OPEN},
        lambda w: [w.work_abroad.enrolment.uuid, KEY], "the outsider's"),
    Row("coursework_hand_in", of_learner(GO), lambda w: [w.own_work.enrolment.uuid, KEY],
        "handed in already"),
    Row("coursework_take_back", of_learner(GO), lambda w: [w.own_work.enrolment.uuid, KEY], "",
        "POST"),
    # a file is for its author, who reviews it, and who tutors the cohort
    Row("coursework_file", of_tutors(OPEN) | {"learner": OPEN}, lambda w: [w.peer_work.file.uuid],
        "of another, whose work the learner reviews", "HEAD"),
    Row("coursework_file", signed_in(REFUSED) | {"outsider": OPEN, "system_admin": OPEN},
        lambda w: [w.work_abroad.file.uuid], "abroad", "HEAD"),
    # reviews
    Row("coursework_reviews", of_learner(OPEN), lambda w: [w.own_work.enrolment.uuid, KEY],
        hidden=("Peer Reviewer",)),
    *(
        Row("coursework_example", of_learner(OPEN), lambda w: [w.own_work.enrolment.uuid, KEY], "",
            method)
        for method in ("GET", "POST")
    ),
    *(
        Row("coursework_review", of_learner(OPEN), lambda w: [w.own_task.uuid], "", method,
            hidden=("Peer Reviewer",))
        for method in ("GET", "POST")
    ),
    Row("coursework_review", signed_in(REFUSED), lambda w: [w.peer_task.uuid],
        "which somebody without a role gives"),
    # the trainer's desk
    Row("coursework_desk", of_tutors(OPEN), hidden=("Foreign programme",), hidden_from=at_home),
    *(
        Row(name, signed_in(REFUSED) | dict.fromkeys(roles, answer), args, note, method,
            hidden=ABROAD if note == "own" else (), hidden_from=at_home)
        for name, method, answer in (
            ("coursework_round", "GET", OPEN), ("coursework_csv", "GET", OPEN),
            ("coursework_time", "GET", OPEN), ("coursework_time", "POST", GO),
        )
        for note, roles, args in (
            ("own", TUTORS, lambda w: [w.own_work.enrolment.cohort.uuid, KEY]),
            ("abroad", ("system_admin",), lambda w: [w.work_abroad.enrolment.cohort.uuid, KEY]),
        )
    ),
    Row("coursework_own_time", of_tutors(OPEN), lambda w: [
        w.own_work.enrolment.cohort.uuid, KEY, w.own_work.enrolment.uuid]),
    Row("coursework_own_time", signed_in(REFUSED), lambda w: [
        w.own_work.enrolment.cohort.uuid, KEY, w.work_abroad.enrolment.uuid], "of another cohort"),
    *(
        Row("coursework_work", signed_in(REFUSED) | dict.fromkeys(roles, OPEN), args, note, method,
            hidden=ABROAD if note == "own" else (), hidden_from=at_home)
        for method in ("GET", "POST")
        for note, roles, args in (
            ("own", TUTORS, lambda w: [w.own_work.uuid]),
            ("abroad", ("system_admin",), lambda w: [w.work_abroad.uuid]),
        )
    ),
    Row("coursework_replace", of_tutors(GO), lambda w: [w.peer_task.uuid], "", "POST"),
]  # fmt: skip
