"""What is printed before a session: sign-in sheets and stickers, with some to spare."""

from collections.abc import Sequence
from dataclasses import dataclass

from learning.cascade.models import Event, EventUnit
from learning.cascade.registering import next_number, participants_of
from learning.cascade.stickers import HIGHEST, sheet_text, sticker_code
from learning.people.models import Person

ROWS = 15  # of a sign-in sheet
SPARE = 3  # rows at least for people who come without being registered
STICKERS_EACH = 5  # badge, sign-in sheet, both tests, plan
STICKERS_A_PAGE = 24  # 3 x 8 of 70 x 37 mm
MOST_CODES = 120  # in one file of stickers: 25 pages
MOST_SLIPS = 50  # in one file of answer slips
SPARE_SLIPS = 4  # without a code, for stickers


@dataclass(frozen=True)
class Place:
    """One row of a sign-in sheet: a sticker, and who has it, if somebody has."""

    code: str
    person: Person | None


@dataclass(frozen=True)
class Sheet:
    """One page of the sign-in sheets of a half-day; `page` of `pages`."""

    unit: EventUnit
    page: int
    pages: int
    places: Sequence[Place]
    text: str  # of its code


@dataclass(frozen=True)
class Pack:
    """How many pages each part of the pack has."""

    sign_in: int
    stickers: int

    @property
    def pages(self) -> int:
        return self.sign_in + self.stickers


def places_of(event: Event) -> list[Place]:
    """Everybody registered by sticker, then the next stickers: full pages, with room for all who
    are expected and for a few more; two queries."""
    registered = [Place(one.code, one.person) for one in participants_of(event)]
    first = next_number(event)
    wanted = max(len(registered) + SPARE, event.planned or 0)
    rows = -(-wanted // ROWS) * ROWS
    last = min(first + rows - len(registered), HIGHEST + 1)
    spare = [Place(sticker_code(n, event.uuid), None) for n in range(first, last)]
    return [*registered, *spare]


def sheets_of(event: Event, units: Sequence[EventUnit]) -> list[Sheet]:
    """The sign-in sheets of these half-days, page by page; two queries."""
    places = places_of(event)
    pages = [places[at : at + ROWS] for at in range(0, len(places), ROWS)]
    return [
        Sheet(unit, n, len(pages), page, sheet_text(event.uuid, unit.n, n))
        for unit in units
        for n, page in enumerate(pages, 1)
    ]


def last_number(event: Event) -> int:
    """The number of the last sticker that is wanted; two queries."""
    return max(number_of(place.code) for place in places_of(event))


def codes_between(event: Event, first: int, last: int) -> list[str]:
    """The codes of the stickers with these numbers, `MOST_CODES` at most."""
    last = min(last, first + MOST_CODES - 1, HIGHEST)
    return [sticker_code(number, event.uuid) for number in range(first, last + 1)]


def places_between(event: Event, first: int, last: int) -> list[Place]:
    """The places of `places_of` with these numbers, `MOST_SLIPS` at most; two queries."""
    places = [place for place in places_of(event) if first <= number_of(place.code) <= last]
    return places[:MOST_SLIPS]


def number_of(code: str) -> int:
    return int(code.partition("-")[0])


def sheets_of_slips(slips: int, sides: int) -> int:
    """Sheets of A4, two slips on each; both sides are printed."""
    return -(-slips // 2) * -(-sides // 2)


def pages_of_stickers(codes: int) -> int:
    return -(-codes * STICKERS_EACH // STICKERS_A_PAGE)


def pages_of_pack(event: Event) -> Pack:
    """How many pages "Print the pack" is; two queries. `event` comes with all it needs."""
    places = places_of(event)
    last = max(number_of(place.code) for place in places)
    return Pack(
        sign_in=len(event.held_units) * -(-len(places) // ROWS),
        stickers=pages_of_stickers(last),
    )
