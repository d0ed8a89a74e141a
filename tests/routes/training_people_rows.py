"""The matrix of the participants of a training session and of its roll."""

from collections.abc import Callable
from typing import Any

from tests.routes.rows import GO, OPEN, REFUSED, Row, signed_in
from tests.routes.training_rows import RECORDS, SEES
from tests.routes.world import World

FOREIGN = ("Ff Foreign",)
NEW = {"name": "New Person", "number": "9", "suggested": "9"}
LIST = {"text": "Name\nAamir", "agreed": "yes"}


def ours(world: World) -> list[Any]:
    return [world.event.uuid]


def theirs(world: World) -> list[Any]:
    return [world.foreign_event.uuid]


def our_person(world: World) -> list[Any]:
    return [world.event.uuid, world.participant.uuid]


def their_person(world: World) -> list[Any]:
    return [world.foreign_event.uuid, world.foreign_participant.uuid]


def first_half_day(args: Callable[[World], list[Any]]) -> Callable[[World], list[Any]]:
    return lambda world: [*args(world), 1]


def rows(
    name: str,
    roles: tuple[str, ...],
    answer: str,
    own: Callable[[World], list[Any]],
    other: Callable[[World], list[Any]],
    method: str = "GET",
    data: dict[str, str] | None = None,
) -> list[Row]:
    """Ours for `roles`; the one abroad for the system administrator alone."""
    return [
        Row(name, signed_in(REFUSED) | dict.fromkeys(who, answer), args, note, method,
            lambda world: data or {}, FOREIGN)
        for who, args, note in ((roles, own, "own"), (("system_admin",), other, "abroad"))
    ]  # fmt: skip


PERSON_POSTS: dict[str, dict[str, str]] = {
    "event_person_edit": {"name": "Pp Participant"},
    "event_person_agreed": {},
    "event_person_sticker": {"number": "9"},
    "event_person_off": {"reason": "Did not come"},
    "event_person_back": {},
    "event_person_recognise": {},
}

ROWS: list[Row] = [
    *rows("event_people", SEES, OPEN, ours, theirs),
    *rows("event_people", RECORDS, GO, ours, theirs, "POST", NEW),
    *rows("event_people_lookup", RECORDS, OPEN, ours, theirs, data={"q": "foreign"}),
    *rows("event_people_paste", RECORDS, OPEN, ours, theirs),
    *rows("event_people_paste", RECORDS, OPEN, ours, theirs, "POST", LIST),
    *rows("event_person_edit", RECORDS, OPEN, our_person, their_person),
    *(
        row
        for name, data in PERSON_POSTS.items()
        for row in rows(name, RECORDS, GO, our_person, their_person, "POST", data)
    ),
    *rows("event_rolls", SEES, GO, ours, theirs),
    *rows("event_roll", SEES, OPEN, first_half_day(ours), first_half_day(theirs)),
    *rows("event_roll", RECORDS, GO, first_half_day(ours), first_half_day(theirs), "POST"),
]
