"""The matrix of results, figures and papers of a training session."""

from typing import Any

from tests.routes.rows import GO, OPEN, REFUSED, Answers, Row, signed_in
from tests.routes.training_rows import RECORDS, SEES
from tests.routes.world import World

FOREIGN = ("Ff Foreign", "Phnom Penh")
PAGES = ("event_figures", "event_papers")
FILES = ("event_csv", "event_report", "event_sign_in", "event_stickers")
ONE_HAND = {"people": "1", "form": "A", "1-A": "1"}
TESTS = ("event_test_paper", "event_mark_sheet")


def only(*roles: str, answer: str = OPEN) -> Answers:
    return signed_in(REFUSED) | dict.fromkeys(roles, answer)


def own(world: World) -> list[Any]:
    return [world.event.uuid]


def other(world: World) -> list[Any]:
    return [world.foreign_event.uuid]


def typed(world: World) -> dict[str, Any]:
    """A total for the participant of our session."""
    uuid = world.participant.uuid
    return {"grain": "total", "full": 20, f"{uuid}-line": "11", f"{uuid}-form": ""}


def own_result(world: World) -> list[Any]:
    return [world.event.uuid, "pre", world.participant.uuid]


def back(world: World) -> dict[str, Any]:
    return {"reason": "Wrong room"}


ROWS: list[Row] = [
    Row("event_tests", only(*SEES, answer=GO), own, "own"),
    Row("event_tests", only("system_admin", answer=GO), other, "other"),
    Row("event_results", only(*SEES), lambda w: [*own(w), "pre"], "own", hidden=FOREIGN),
    Row("event_results", only("system_admin"), lambda w: [*other(w), "post"], "other"),
    Row("event_results", signed_in(REFUSED), lambda w: [*own(w), "between"], "no such test"),
    Row("event_results", only(*RECORDS, answer=GO), lambda w: [*own(w), "pre"], "own", "POST",
        typed),
    Row("event_results", only("system_admin", answer=GO), lambda w: [*other(w), "pre"], "other",
        "POST", typed),
    # nothing was typed in yet, so there is nothing to take back
    *(
        Row("event_take_back", only(*RECORDS, answer=GO), own_result, "own, without a result",
            method, lambda w: {"reason": "Wrong person"})
        for method in ("GET", "POST")
    ),
    *(
        Row("event_take_back", only("system_admin", answer=GO),
            lambda w: [w.foreign_event.uuid, "pre", w.foreign_participant.uuid], "other", method,
            lambda w: {"reason": "Wrong person"})
        for method in ("GET", "POST")
    ),
    Row("event_take_back", signed_in(REFUSED),
        lambda w: [w.event.uuid, "pre", w.foreign_participant.uuid], "somebody of another session"),
    # slips typed a second time: nothing was typed yet, so there is nothing to do
    Row("event_second_entry", only(*SEES), lambda w: [*own(w), "pre"], "own", hidden=FOREIGN),
    Row("event_second_entry", only("system_admin"), lambda w: [*other(w), "pre"], "other"),
    Row("event_second_entry", signed_in(REFUSED), lambda w: [*own(w), "mid"], "no such test"),
    Row("event_second_entry", only(*RECORDS, answer=GO), lambda w: [*own(w), "pre"], "own", "POST",
        typed),
    *(
        Row("event_differences", only(*admins, answer=GO), args, note, method)
        for method in ("GET", "POST")
        for note, admins, args in (
            ("own, without a result", RECORDS, own_result),
            ("other", ("system_admin",),
             lambda w: [w.foreign_event.uuid, "pre", w.foreign_participant.uuid]),
            ("somebody of another session", (),
             lambda w: [w.event.uuid, "pre", w.foreign_participant.uuid]),
        )
    ),
    # results from a spreadsheet: a list that is not imported is for who uploaded it
    *(
        Row(name, only(*admins), lambda w, of=of, way=way: [*of(w), "pre", *way], note, method)
        for name, way, method in (
            ("event_import", (), "GET"), ("event_import", (), "POST"),
            ("event_import_csv", ("line",), "GET"), ("event_import_xlsx", ("total",), "GET"),
        )
        for note, admins, of in (("own", RECORDS, own), ("other", ("system_admin",), other))
    ),
    *(
        Row(name, only("trainer", answer=answer), lambda w: [*own(w), "pre", w.answer_sheet.uuid],
            "the trainer's", method)
        for name, method, answer in (
            ("event_import_check", "GET", OPEN), ("event_import_confirm", "POST", GO),
            ("event_import_give_up", "POST", GO),
        )
    ),
    *(
        row
        for name in (*PAGES, *FILES)
        for row in (
            Row(name, only(*SEES), own, "own", hidden=FOREIGN),
            Row(name, only("system_admin"), other, "other", hidden=FOREIGN),
        )
    ),
    *(
        row
        for name in TESTS
        for row in (
            Row(name, only(*RECORDS), lambda w: [*own(w), "A"], "own"),
            Row(name, only("system_admin"), lambda w: [*other(w), "A"], "other"),
            Row(name, signed_in(REFUSED), lambda w: [*own(w), "Z"], "no such form"),
        )
    ),
    Row("event_slips", only(*RECORDS), lambda w: [*own(w), "pre", "A"], "own"),
    Row("event_slips", only("system_admin"), lambda w: [*other(w), "pre", "A"], "other"),
    Row("event_slips", signed_in(REFUSED), lambda w: [w.counted_event.uuid, "pre", "A"],
        "nobody registered"),
    # shows of hands
    Row("event_tally", only(*RECORDS), lambda w: [*own(w), "pre"], "own", hidden=FOREIGN),
    Row("event_tally", only("system_admin"), lambda w: [*other(w), "post"], "other"),
    Row("event_tally", signed_in(REFUSED), lambda w: [*own(w), "between"], "no such test"),
    Row("event_tally", only(*RECORDS, answer=GO), lambda w: [*own(w), "pre"], "own", "POST",
        lambda w: ONE_HAND),
    Row("event_tally", only("system_admin", answer=GO), lambda w: [*other(w), "pre"], "other",
        "POST", lambda w: ONE_HAND),
    Row("event_tally_csv", only(*RECORDS), own, "own"),
    Row("event_tally_csv", only("system_admin"), other, "other"),
    *(
        Row("event_tally_take_back", answers, where, state, method, back)
        for method in ("GET", "POST")
        for answers, where, state in (
            (only(*RECORDS, answer=GO), lambda w: [*own(w), "pre"], "own, with a count or without"),
            (only("system_admin", answer=GO), lambda w: [*other(w), "pre"], "other"),
        )
    ),
]  # fmt: skip
