"""What stands on the papers of a session, in any language: sheets, stickers, report, tests."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.cascade.charts import chart_of
from learning.cascade.entering import full_marks, papers_of
from learning.cascade.models import Event, EventFact, EventUnit
from learning.cascade.pack import (
    STICKERS_A_PAGE,
    STICKERS_EACH,
    Place,
    codes_between,
    sheets_of,
)
from learning.cascade.printing import code_picture, pdf_of
from learning.cascade.question_sheets import LINES, asked_in_runs, key_of, right_line
from learning.cascade.showing import LANGUAGES, course_title, title_of
from learning.cascade.stickers import sticker_text
from learning.cascade.summarising import Count, Summary, summary_of
from learning.certificates.freezing import hours
from learning.certificates.printing import RIGHT_TO_LEFT, Text
from learning.people.models import name_in
from modules.papers.models import Purpose, Test
from modules.questions.kinds import CHOOSING
from modules.reference.dates import in_words
from modules.reference.lists import listed

LONGEST_NAME = 60  # characters that fit beside the code of a sticker


def sign_in_pdf(event: Event, units: Sequence[EventUnit], language: str) -> bytes:
    """The sign-in sheets of these half-days; two queries. `event` comes with all it needs."""
    with translation.override(language):
        sheets = [
            (sheet, code_picture(sheet.text), [_row(place, language) for place in sheet.places])
            for sheet in sheets_of(event, units)
        ]
    return pdf_of("sign_in", language, {"title": title_in(event, language), "sheets": sheets})


def _row(place: Place, language: str) -> tuple[str, Text, Text]:
    """Sticker, name and organisation; empty where somebody will write."""
    if place.person is None:
        return place.code, Text("", language), Text("", language)
    organisation = str(place.person.organisation or "")
    return place.code, Text(place.person.name(language), language), Text(organisation, language)


def stickers_pdf(event: Event, first: int, last: int, language: str) -> bytes:
    """Five stickers of each code from one number to another; no query."""
    codes = codes_between(event, first, last)
    pictures = {code: code_picture(sticker_text(event.uuid, code)) for code in codes}
    stickers = [code for code in codes for _copy in range(STICKERS_EACH)]
    pages = [stickers[at : at + STICKERS_A_PAGE] for at in range(0, len(stickers), STICKERS_A_PAGE)]
    context = {
        "title": title_in(event, language),
        "name": short_name(event, language),
        "day": in_words(event.first_day.isoformat(), language),
        "pictures": pictures,
        "pages": pages,
    }
    return pdf_of("stickers", language, context)


def report_pdf(event: Event, language: str, address: str) -> bytes:
    """The report on one page, with `address` as where it comes from; 19 queries."""
    with translation.override(language):
        summary = summary_of(event)
        context = {
            "summary": summary,
            "title": Text(course_title(event, language), language),
            "facts": [(label, Text(value, language)) for label, value in _facts(event, language)],
            "groups": _groups(summary),
            "team": [
                (Text(one.person.name(language), language), one.get_role_display())
                for one in summary.team
            ],
            "today": timezone.localdate(),
            "address": address,
            **_chart(summary, language),
        }
        return pdf_of("report", language, context)


def question_sheet_pdf(event: Event, label: str, language: str) -> bytes:
    """The questions of a form for the room, without a key: answers are written into it.

    Raises `LookupError`: no such form.
    """
    return _questions_pdf(event, label, language, with_slips=False)


def booklet_pdf(event: Event, label: str, language: str) -> bytes:
    """The same where answers go on slips, or people raise their hands: nothing is written into it,
    so it serves again."""
    return _questions_pdf(event, label, language, with_slips=True)


def _questions_pdf(event: Event, label: str, language: str, *, with_slips: bool) -> bytes:
    questions = papers_of(event)[label]
    context = about_form(event, label, language) | {
        "questions": asked_in_runs(questions, language),
        "lines": range(LINES),
        "with_slips": with_slips,
        "on_slips": with_slips and not event.is_headcount,
    }
    return pdf_of("questions", language, context)


def mark_sheet_pdf(event: Event, label: str, language: str) -> bytes:
    """The keys of a form for who marks it. Raises `LookupError`: no such form."""
    questions = papers_of(event)[label]
    keys = [key_of(question, language) for question in questions]
    total, by_hand = (
        full_marks(questions),
        full_marks([q for q in questions if q.kind not in CHOOSING]),
    )
    context = about_form(event, label, language) | {
        "keys": keys,
        "line": right_line(questions),
        "total": total,
        "by_hand": by_hand,
        "by_letters": total - by_hand,
    }
    return pdf_of("marks", language, context)


def about_form(event: Event, label: str, language: str) -> dict[str, Any]:
    course = event.cohort.course_version.course.code
    tests = list(Test.objects.filter(course_code=course).exclude(purpose=Purpose.PRACTICE))
    return {
        "title": Text(course_title(event, language), language),
        "label": label,
        "minutes": tests[0].minutes if tests else None,
        "takes_marks": any(test.negative_marking for test in tests),
    }


def _facts(event: Event, language: str) -> list[tuple[str, str]]:
    """What was planned, by name; without what nobody said."""
    units = event.held_units
    length = ngettext("{n} half-day, {hours}", "{n} half-days, {hours}", len(units))
    named = [LANGUAGES[code] for code in event.languages if code in LANGUAGES]
    facts = [
        (_("Kind"), listed([event.get_kind_display(), event.get_mode_display()])),
        (_("Dates"), dates_in(event, language)),
        (_("Length"), length.format(n=len(units), hours=hours(event.minutes, language))),
        (_("Place"), listed([event.venue, name_in(event.area.names, language)])),
        (_("Host"), name_in(event.host.names, language) if event.host else ""),
        (_("Programme"), name_in(event.cohort.programme.names, language)),
        (_("Course version"), event.cohort.course_version.number),
        (_("Languages"), listed(named)),
        (_("State"), EventFact.What(event.state).label),  # type: ignore[attr-defined]
    ]
    return [(label, capfirst(str(value))) for label, value in facts if value]


def _groups(summary: Summary) -> list[tuple[str, Sequence[Count]]]:
    return [
        (_("Sex"), summary.by_sex),
        (_("Age"), summary.by_age),
        (_("Constituency"), summary.by_constituency),
    ]


def _chart(summary: Summary, language: str) -> dict[str, Any]:
    """The chart and its lines by outcome; nothing where there is no pair of results."""
    chart = chart_of(summary.figures, rtl=language == RIGHT_TO_LEFT) if summary.figures else None
    lines = chart.outcomes if chart else []
    return {
        "chart": chart,
        "outcomes": [(Text(outcome.title, language), line) for outcome, line in lines],
    }


def short_name(event: Event, language: str) -> Text:
    """The title where it fits on a sticker, else the place."""
    title = title_in(event, language)
    return title if len(title.words) <= LONGEST_NAME else Text(event.place, language)


def title_in(event: Event, language: str) -> Text:
    with translation.override(language):
        return Text(title_of(event), language)


def dates_in(event: Event, language: str) -> str:
    """The day, or the first and the last one."""
    days = dict.fromkeys((event.first_day, event.last_day))
    return " – ".join(in_words(day.isoformat(), language) for day in days)
