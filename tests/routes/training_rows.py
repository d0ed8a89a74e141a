"""The matrix of the training desk: preparing, closing and verifying sessions, headcounts."""

from typing import Any

from learning.people.models import Area
from tests.routes.rows import GO, OPEN, REFUSED, Row, everyone, signed_in
from tests.routes.world import World

# Who sees the session of the cast: who leads it, and who administers its area or programme.
SEES = ("trainer", "area_admin", "organisation_admin", "programme_admin", "system_admin")
RECORDS = ("trainer", "area_admin", "programme_admin", "system_admin")
VERIFIES = ("area_admin", "programme_admin", "system_admin")
# What stands nowhere but in the session of the other country.
FOREIGN = ("Phnom Penh", "Ff Foreign", "Zz Elsewhere", "Foreign programme")


def own(world: World) -> list[Any]:
    return [world.event.uuid]


def sent(world: World) -> list[Any]:
    return [world.sent_event.uuid]


def counted(world: World) -> list[Any]:
    return [world.counted_event.uuid]


def foreign(world: World) -> list[Any]:
    return [world.foreign_event.uuid]


def plan(world: World, area: Area | None = None, half_days: int = 1) -> dict[str, Any]:
    """What the form sends: mornings in `area` (Punjab), led by the trainer of the cast."""
    fields = {
        "programme": world.cast.programme.pk,
        "course_version": world.sitting.course_version_id,
        "kind": "cascade",
        "counting": "named",
        "mode": "room",
        "area": (area or world.cast.punjab).pk,
        "languages": ["en"],
        "lead-account": "trainer",
        "unit-TOTAL_FORMS": half_days,
        "unit-INITIAL_FORMS": 0,
        "team-TOTAL_FORMS": 0,
        "team-INITIAL_FORMS": 0,
    }
    for n in range(half_days):
        day = {"date": f"2026-05-0{n + 4}", "starts": "09:00", "ends": "12:30"}
        fields |= {f"unit-{n}-{name}": value for name, value in day.items()}
    return fields


REASON: dict[str, str] = {"reason": "For the matrix"}

ROWS: list[Row] = [
    Row("training_desk", signed_in(REFUSED) | dict.fromkeys(SEES, OPEN), hidden=FOREIGN),
    Row("training_desk", signed_in(REFUSED) | dict.fromkeys(SEES, OPEN), note="what waits",
        hidden=("To verify",), hidden_from=lambda role: role not in VERIFIES),
    # preparing and changing
    Row("event_plan", signed_in(REFUSED) | dict.fromkeys(RECORDS, OPEN), hidden=FOREIGN),
    Row("event_plan", signed_in(REFUSED) | dict.fromkeys(RECORDS, GO), note="in Punjab",
        method="POST", data=plan),
    Row("event_plan", signed_in(REFUSED) | dict.fromkeys(RECORDS, GO) | {"area_admin": OPEN},
        note="in another province: refused by the form to who administers Punjab",
        method="POST", data=lambda w: plan(w, w.other_province)),
    Row("event_plan", signed_in(REFUSED) | dict.fromkeys(RECORDS, OPEN),
        note="where the programme does not reach: refused by the form", method="POST",
        data=lambda w: plan(w, w.cast.cambodia), hidden=("does not reach the place",),
        hidden_from=everyone),
    Row("event_edit", signed_in(REFUSED) | dict.fromkeys(RECORDS, OPEN), own, hidden=FOREIGN),
    Row("event_edit", signed_in(REFUSED) | dict.fromkeys(RECORDS, GO), sent, "closed"),
    Row("event_edit", signed_in(REFUSED) | {"system_admin": OPEN}, foreign, "other"),
    Row("event_edit", signed_in(REFUSED) | dict.fromkeys(RECORDS, GO), own, "", "POST",
        lambda w: plan(w, half_days=4)),
    *(
        Row(name, signed_in(REFUSED) | dict.fromkeys(roles, answer), lambda w, a=args: [*a(w), 2],
            note, method, lambda w: REASON)
        for note, roles, args in (("own", RECORDS, own), ("other", ("system_admin",), foreign))
        for name, method, answer in (
            ("event_unit_cancel", "GET", OPEN),
            ("event_unit_cancel", "POST", GO),
            ("event_unit_restore", "POST", GO),
        )
    ),
    # one session
    Row("event", signed_in(REFUSED) | dict.fromkeys(SEES, OPEN), own),
    Row("event", signed_in(REFUSED) | {"system_admin": OPEN}, foreign, "other"),
    *(
        Row(name, signed_in(REFUSED) | dict.fromkeys(roles, answer), args, note, method,
            lambda w: REASON)
        for name, note, roles, args, opens in (
            ("event_close", "own", RECORDS, own, True),
            ("event_close", "other", ("system_admin",), foreign, True),
            ("event_cancel", "own", RECORDS, own, True),
            ("event_cancel", "other", ("system_admin",), foreign, True),
            ("event_verify", "sent", VERIFIES, sent, True),
            ("event_verify", "not sent yet", VERIFIES, own, False),
            ("event_verify", "other", ("system_admin",), foreign, False),
            ("event_return", "sent", VERIFIES, sent, True),
            ("event_return", "not sent yet", VERIFIES, own, False),
            ("event_return", "other", ("system_admin",), foreign, False),
        )
        for method, answer in (("GET", OPEN if opens else GO), ("POST", GO))
    ),
    # people who are only counted
    *(
        Row("event_headcount", signed_in(REFUSED) | dict.fromkeys(RECORDS, answer), counted,
            "own", method, lambda w: {"female-worker": "3"})
        for method, answer in (("GET", OPEN), ("POST", GO))
    ),
    Row("event_headcount", signed_in(REFUSED), own, "of a session of named people"),
]  # fmt: skip
