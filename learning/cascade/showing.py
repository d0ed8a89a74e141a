"""What every page of one training session shows: its name, its state in words, its parts."""

from dataclasses import dataclass
from typing import Any

from babel.dates import format_interval
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from learning.cascade.models import OPEN_STATES, Event, EventFact
from learning.cascade.permissions import events_recordable_by, events_verifiable_by
from learning.people.models import name_in
from modules.reference.dates import TERRITORY, in_words

# Languages in which sessions are held, beside those of this site.
LANGUAGES = {
    "en": gettext_lazy("English"),
    "ur": gettext_lazy("Urdu"),
    "km": gettext_lazy("Khmer"),
    "lo": gettext_lazy("Lao"),
    "pa": gettext_lazy("Punjabi"),
    "sd": gettext_lazy("Sindhi"),
    "ps": gettext_lazy("Pashto"),
    "bal": gettext_lazy("Balochi"),
}
# Icon and class of a state, as `components` and site.css know them.
STATES = {
    EventFact.What.PLANNED: ("clock", ""),
    EventFact.What.REPORTED: ("clock", ""),
    EventFact.What.RETURNED: ("triangle", "kept"),
    EventFact.What.VERIFIED: ("check", "done"),
    EventFact.What.CANCELLED: ("cross", ""),
}


# Planned, and its days have passed.
NOT_CLOSED = gettext_lazy("Not closed yet")


def state_of(event: Event) -> tuple[str, str, str | Promise]:
    """Icon, class and words of the state of a session, which comes with its `state`."""
    state = EventFact.What(event.state)  # type: ignore[attr-defined]
    if state == EventFact.What.PLANNED and event.last_day < timezone.localdate():
        return "half", "kept", NOT_CLOSED
    return *STATES[state], state.label


@dataclass(frozen=True)
class Tab:
    """One part of a session's record; some kinds of sessions, or of readers, do not have it."""

    name: str  # of the address
    label: str | Promise
    named_only: bool = False  # there is none where people are only counted
    counted_only: bool = False
    for_recording: bool = False  # others see no link
    counted_for_recording: bool = False  # where people are only counted

    def belongs_to(self, event: Event, *, may_record: bool) -> bool:
        recording = self.for_recording or (event.is_headcount and self.counted_for_recording)
        if recording and not may_record:
            return False
        return not (self.named_only if event.is_headcount else self.counted_only)


TABS = (
    Tab("event", gettext_lazy("Overview")),
    Tab("event_people", gettext_lazy("People"), named_only=True),
    Tab("event_rolls", gettext_lazy("Roll call"), named_only=True),
    Tab("event_headcount", gettext_lazy("People counted"), counted_only=True, for_recording=True),
    Tab("event_tests", gettext_lazy("Tests"), counted_for_recording=True),
    Tab("cohort_tests", gettext_lazy("On devices"), named_only=True, for_recording=True),
    Tab("event_figures", gettext_lazy("Figures")),
    Tab("event_certificates", gettext_lazy("Certificates"), named_only=True),
    Tab("event_papers", gettext_lazy("Print")),
)


def course_title(event: Event, language: str | None = None) -> str:
    """The title of the course version taught, as it was released."""
    version = event.cohort.course_version
    titles = version.manifest.get("titles", {})
    return name_in(titles, language) or version.course.code


def title_of(event: Event) -> str:
    """What people call the session: "Coordination: cascade session, Faisalabad"."""
    return _("{course}: {kind}, {place}").format(
        course=course_title(event), kind=event.get_kind_display(), place=event.place
    )


def name_of(event: Event) -> str:
    """What people call it where the course stands beside: "Cascade session, Faisalabad"."""
    kind = capfirst(event.get_kind_display())
    return _("{kind}, {place}").format(kind=kind, place=event.place)


def days_of(event: Event) -> str:
    """The day in words, "2 March 2026", or first and last shortly: "2–3 Mar 2026"."""
    language = get_language() or "en"
    first, last = event.first_day, event.last_day
    if first == last:
        return in_words(first.isoformat(), language)
    return format_interval(first, last, "yMMMd", locale=TERRITORY.get(language, language))


def languages_of(event: Event) -> list[str]:
    """The languages it is held in, by their names."""
    return [str(LANGUAGES.get(code, code)) for code in event.languages]


def event_context(request: HttpRequest, event: Event, current: str, **more: Any) -> dict[str, Any]:
    """The context of a page below `training/event_base.html`; two queries beside those of `event`.

    `current` is the URL name of the tab that the page belongs to.
    """
    state: EventFact.What = event.state  # type: ignore[attr-defined]
    icon, tone, words = state_of(event)
    may_record = events_recordable_by(request.user).filter(pk=event.pk).exists()
    return {
        "event": event,
        "event_title": title_of(event),
        "event_name": name_of(event),
        "state": EventFact.What(state),
        "state_icon": icon,
        "state_tone": tone,
        "state_words": words,
        "tabs": [
            (reverse(tab.name, args=[event.uuid]), tab.label, tab.name == current)
            for tab in TABS
            if tab.belongs_to(event, may_record=may_record)
        ],
        "may_record": may_record,
        "may_change": may_record and state in OPEN_STATES,
        "may_verify": events_verifiable_by(request.user).filter(pk=event.pk).exists(),
        "page_language": get_language() or "en",
        **more,
    }
