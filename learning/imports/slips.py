"""Slips of paper with codes, for people who get no letter: forty at a time, to be cut out.

A code is shown once, so it is made when its slip is printed; printing a slip again makes the code
on the older one void.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import batched

import segno
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from learning.certificates.printing import Text, names_in_order, size_of, texts
from learning.imports.inviting import claim_link, language_of, posts
from learning.imports.models import Roster, RosterEntry
from learning.imports.permissions import people_invitable_by
from learning.people.codes import account_of_person, make_claim_codes
from learning.people.models import User
from modules.reference.dates import in_words

SLIPS_A_PAGE = 8
# Characters up to which names are set in a size; beside the longest no second script has room.
NAME_SIZES = {"large": 26, "medium": 48, "small": 10_000}
SLIPS_A_SHEET = 40  # five pages: what one press makes, and the renderer takes


@dataclass(frozen=True)
class Sheet:
    """Slips that are printed together. Its people stay the same, whatever they do meanwhile."""

    key: str
    entries: Sequence[RosterEntry]
    is_missed: bool = False  # whether these people were to have had a letter

    @property
    def first(self) -> RosterEntry:
        return self.entries[0]

    @property
    def last(self) -> RosterEntry:
        return self.entries[-1]

    @property
    def without_account(self) -> list[RosterEntry]:
        return [one for one in self.entries if account_of_person(one.reader) is None]

    @property
    def printed_at(self) -> datetime | None:
        """When a code that is still good was last made for somebody of this sheet."""
        codes = (code for one in self.without_account for code in one.reader.access_codes.all())
        return max((code.made_at for code in codes if code.is_open), default=None)


def sheets(roster: Roster) -> list[Sheet]:
    """The sheets of a confirmed list; last those of people whom letters did not reach.

    Eight queries at most.
    """
    entries = roster.entries.select_related(
        "person__user", "person__merged_into__user"
    ).prefetch_related("person__access_codes", "person__merged_into__access_codes")
    missed = [post.entry.pk for post in posts(roster) if post.has_failed]
    return [
        *in_sheets("", entries.filter(way=RosterEntry.Way.PAPER)),
        *(in_sheets("m", entries.filter(pk__in=missed), is_missed=True) if missed else ()),
    ]


def in_sheets(
    prefix: str, entries: Iterable[RosterEntry], *, is_missed: bool = False
) -> list[Sheet]:
    return [
        Sheet(f"{prefix}{number}", batch, is_missed)
        for number, batch in enumerate(batched(entries, SLIPS_A_SHEET, strict=False), 1)
    ]


@transaction.atomic
def print_sheet(roster: Roster, sheet: Sheet, by: User) -> bytes:
    """The sheet as PDF, with new codes for those of its people who still have no account.

    Raises `RenderingFailed`; then no code was made, and those printed before go on working.
    """
    # Importing WeasyPrint takes a second, which only those who print should wait.
    from modules.printing.rendering import render  # noqa: PLC0415

    people = people_invitable_by(by).filter(pk__in=[one.reader.pk for one in sheet.entries])
    codes = make_claim_codes(people, by)
    slips = [
        slip(one, roster, codes[one.reader.pk])
        for one in sheet.without_account
        if one.reader.pk in codes
    ]
    language = get_language() or "en"
    context = {
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "title": _("Codes to open accounts: {course}").format(course=roster.course_title()),
        "pages": list(batched(slips, SLIPS_A_PAGE, strict=False)),
    }
    return render(render_to_string("rosters/slips.html", context), style())


@dataclass(frozen=True)
class Slip:
    """One slip, in the language of its person."""

    language: str
    direction: str
    name: Text
    also: Text
    size: str
    words: dict[str, Text]
    code: str
    picture: SafeString
    place: str


def slip(entry: RosterEntry, roster: Roster, code: str) -> Slip:
    language = language_of(entry.reader, roster)
    names = names_in_order(entry.reader.names, language)
    with translation.override(language):
        words = texts(words_of_slip(roster), language, on_paper=True)
        direction = "rtl" if get_language_bidi() else "ltr"
    return Slip(
        language=language,
        direction=direction,
        name=Text(names[0], language, on_paper=True),
        also=Text(names[1] if len(names) > 1 else "", language, on_paper=True),
        size=size_of(max(map(len, names)), NAME_SIZES),
        words=words,
        code=code,
        picture=picture(claim_link(language, code)),
        place=claim_link(language).partition("://")[2],
    )


def words_of_slip(roster: Roster) -> dict[str, str]:
    """The fixed texts, in the active language."""
    language = get_language() or "en"
    last_day = timezone.localdate() + timedelta(days=settings.ACCESS_CODE_DAYS)
    until = in_words(last_day.isoformat(), language)
    once = _("It works once, until {day}. Keep it to yourself.").format(day=until)
    demo = _("Demo data: people are invented")
    return {
        "lead": _("You are enrolled in this course:"),
        "course": roster.course_title(language),
        "open": _("Scan this picture, or open"),
        "type": _("Type this code"),
        "once": f"{once} {demo}." if settings.DEMO else once,
        "picture": _("The address with the code, as a picture"),
    }


def picture(address: str) -> SafeString:
    """A printed code as the address of a drawing."""
    code = segno.make(address, error="m", boost_error=False, micro=False)
    return SafeString(code.svg_data_uri(border=0, dark="#000", omitsize=True))


@cache
def style() -> str:
    path = settings.BASE_DIR / "templates/rosters/slips.css"
    return path.read_text(encoding="utf-8")
