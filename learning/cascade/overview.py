"""One session at a glance: what is done and what is left to do, and what happened to it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from learning.attempts.models import Sitting
from learning.attempts.naming import label_of_test
from learning.cascade.attending import Attendance, attendance_of
from learning.cascade.closing import missing
from learning.cascade.doubling import Doubling, doublings_of
from learning.cascade.headcounting import COUNTED, counts_of
from learning.cascade.later import begun_waves, name_of_wave
from learning.cascade.models import OPEN_STATES, Event, EventFact, EventUnit, Facilitation
from learning.cascade.progressing import UnderWay, under_way
from learning.cascade.registering import participants_of
from learning.cascade.showing import STATES
from learning.enrolment.models import Enrolment
from learning.people.models import User
from modules.papers.models import Purpose, Test
from modules.papers.waves import OVER
from modules.reference.dates import in_words
from modules.reference.lists import left_to_right, listed

What = EventFact.What
ICONS = {"done": "check", "half": "half", "open": "ring", "off": "cross"}


@dataclass(frozen=True)
class Step:
    """Something to do with a session. `state`: "done", "half", "open", or "off" when cancelled.

    `url`: the page where it is done; a step that is a decision has none.
    """

    label: str
    state: str
    words: str = ""
    url: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.state]


@dataclass(frozen=True)
class Happening:
    """Who did what with the session, when and why."""

    at: datetime
    what: str
    who: User | None
    why: str
    icon: str


@dataclass(frozen=True)
class Overview:
    """`missing`: what keeps the session from being closed, for one whose record is open.

    `last`: what its state follows from.
    """

    team: Sequence[Facilitation]
    steps: Sequence[Step]
    missing: Sequence[str]
    last: Happening
    history: Sequence[Happening]
    under_way: UnderWay | None = None


def overview_of(event: Event) -> Overview:
    """All of it, `event` comes with all it needs; twelve queries at most."""
    is_open = event.state in OPEN_STATES  # type: ignore[attr-defined]
    facts = [_of_fact(fact) for fact in event.facts.select_related("recorded_by__person")]
    return Overview(
        team=list(event.facilitations.select_related("person")),
        steps=steps_of(event),
        missing=missing(event) if is_open else [],
        last=facts[-1],
        history=sorted([*facts, *_counts(event)], key=lambda one: one.at, reverse=True),
        under_way=None if event.is_headcount else under_way(event),
    )


def steps_of(event: Event) -> list[Step]:
    """What is to be recorded of a session and how far that is; ten queries at most."""
    state = event.state  # type: ignore[attr-defined]
    recorded = _counted(event) if event.is_headcount else _named(event)
    sent = state in {What.REPORTED, What.VERIFIED}
    return [
        Step(_("Prepared"), "done"),
        *recorded,
        Step(_("Closed and sent for verification"), "done" if sent else "open"),
        Step(_("Verified"), "done" if state == What.VERIFIED else "open"),
        *([] if event.is_headcount else _later(event)),
    ]


def _later(event: Event) -> list[Step]:
    """The tests some months after the session whose days have come; two queries more with one."""
    waves = begun_waves(event)
    if not waves:
        return []
    sat = Sitting.objects.handed_in().filter(enrolment__cohort=event.cohort_id)
    rows = set(sat.exclude(purpose=Purpose.PRE).values_list("enrolment", "purpose", "wave"))
    ended = sum(purpose == Purpose.POST for _one, purpose, _wave in rows)
    taken = Counter(wave for _one, _purpose, wave in rows)
    today, steps = timezone.localdate(), []
    for wave in waves if ended else ():
        name = name_of_wave(wave)
        state, words = _part(taken[wave.months], ended)
        if state == "open" and wave.state(today) == OVER:
            state, words = "off", _("Nobody was tested again")
        url = reverse("event_results", args=[event.uuid, name])
        steps.append(Step(label_of_test(name), state, words, url))
    return steps


def _counted(event: Event) -> list[Step]:
    total = sum(counts_of(event).values())
    words = ngettext("{n} person", "{n} people", total).format(n=total) if total else ""
    url = reverse("event_headcount", args=[event.uuid])
    return [Step(_("People counted"), "done" if total else "open", words, url)]


def _named(event: Event) -> list[Step]:
    people = participants_of(event)
    roll = attendance_of(event.held_units, people)
    return [
        _registered(event, len(people)),
        *(_roll_in(unit, roll.values()) for unit in event.units.all()),
        *_results(event, people),
    ]


def _registered(event: Event, people: int) -> Step:
    words = ngettext("{n} person", "{n} people", people).format(n=people)
    if event.planned:
        words = _("{n} of {expected} expected").format(n=people, expected=event.planned)
    url = reverse("event_people", args=[event.uuid])
    return Step(_("People registered"), "done" if people else "open", words, url)


def _roll_in(unit: EventUnit, roll: Iterable[Attendance]) -> Step:
    label = _("Roll, {half_day}").format(half_day=half_day(unit))
    if not unit.counts:
        return Step(label, "off", _("Cancelled: {reason}").format(reason=unit.cancelled_why))
    marked = [unit.pk in one.marks for one in roll]
    url = reverse("event_roll", args=[unit.event.uuid, unit.n])
    return Step(label, *_part(sum(marked), len(marked)), url)


def _part(done: int, full: int) -> tuple[str, str]:
    """How far something is that is done once for each person, in one word and in words."""
    if not done:
        return "open", ""
    return (
        "done" if done == full else "half",
        _("{n} of {total} people").format(n=done, total=full),
    )


def _results(event: Event, people: Sequence[Enrolment]) -> list[Step]:
    """The tests of the course: how many of the people have a result in each."""
    course = event.cohort.course_version.course.code
    tests = set(Test.objects.filter(course_code=course).values_list("purpose", flat=True))
    sat = Sitting.objects.that_count().filter(enrolment__in=people)
    results = Counter(purpose for _one, purpose in set(sat.values_list("enrolment", "purpose")))
    labels = {
        Purpose.PRE: _("Results of the pre-test"),
        Purpose.POST: _("Results of the post-test"),
    }
    doubled = doublings_of(event) if results else {}
    return [
        step
        for purpose, label in labels.items()
        if purpose in tests
        for step in (
            Step(label, *_part(results[purpose], len(people)), _page_of(event, purpose)),
            *_typed_twice(event, purpose, doubled.get(purpose)),
        )
    ]


def _typed_twice(event: Event, purpose: Purpose, doubling: Doubling | None) -> list[Step]:
    """How far typing slips twice is, where anything was typed from paper. It stops nothing."""
    if doubling is None or not doubling.is_on:
        return []
    labels = {
        Purpose.PRE: _("Pre-test typed a second time"),
        Purpose.POST: _("Post-test typed a second time"),
    }
    done, wanted = len(doubling.done), len(doubling.wanted)
    state = "half" if done else "open"
    words = [_("{n} of {total} slips").format(n=done, total=wanted)]
    if doubling.differing:
        n = len(doubling.differing)
        words.append(ngettext("{n} to decide", "{n} to decide", n).format(n=n))
    elif done >= wanted:
        state = "done"
    url = reverse("event_second_entry", args=[event.uuid, purpose])
    return [Step(labels[purpose], state, listed(words), url)]


def _page_of(event: Event, purpose: Purpose) -> str:
    return reverse("event_results", args=[event.uuid, purpose])


def half_day(unit: EventUnit) -> str:
    """ "2 March 2026, 09:00–12:30"."""
    day = in_words(unit.date.isoformat(), get_language() or "en")
    return listed([day, left_to_right(f"{unit.starts:%H:%M}–{unit.ends:%H:%M}")])


def _of_fact(fact: EventFact) -> Happening:
    what = What(fact.what)
    icon, _tone = STATES[what]
    return Happening(fact.received_at, str(what.label), fact.recorded_by, fact.reason, icon)


def _counts(event: Event) -> list[Happening]:
    """When people were counted in a session without names; one query."""
    if not event.is_headcount:
        return []
    entries = ModelLogEntry.objects.for_instance(event).filter(action=COUNTED)
    return [
        Happening(entry.timestamp, str(entry.message), entry.user, "", "people")
        for entry in entries.select_related("user__person")
    ]
