"""What a certificate says, in every language, as texts that nothing changes later.

Pages and PDF show these texts and no others, so that a certificate says in ten years what it said
on its first day, whatever became of the course, the translations or the organisation.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.certificates.models import Grade, Issuer, Scheme
from learning.enrolment.models import Cohort
from learning.people.models import SCRIPT_OF_LANGUAGE, name_in
from modules.courses.models import CourseVersion
from modules.reference.dates import in_words

LANGUAGES = tuple(SCRIPT_OF_LANGUAGE)

type Facts = dict[str, Any]


@dataclass(frozen=True)
class Award:
    """All that the texts are made of. `rule` has the values of the award rule that was applied.

    `session` says what a training session was (see `Proposal.session`); empty for e-learning.
    """

    grade: str
    serial: str
    cohort: Cohort
    issuer: Issuer
    rule: dict[str, Any]
    first_day: date
    last_day: date
    issued_on: date
    session: dict[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> CourseVersion:
        return self.cohort.course_version

    @property
    def achieved(self) -> bool:
        return self.grade == Grade.ACHIEVEMENT


def frozen_facts(award: Award) -> dict[str, Facts]:
    """The texts by language."""
    return {language: _in_language(award, language) for language in LANGUAGES}


def _in_language(award: Award, language: str) -> Facts:
    with translation.override(language):
        return (
            {
                "title": str(Grade(award.grade).label),
                "course": course_title(award.version, language),
                "version": _("version {number}").format(number=award.version.number),
                "outcomes": outcomes(award.version, language),
                "dates": period(award.first_day, award.last_day, language),
                "hours": hours(award.session.get("minutes") or minutes_of(award.version), language),
                "form": form_of(award, language),
            }
            | _about_assessment(award)
            | _about_issuer(award, language)
            | _around(award, language)
        )


def _about_assessment(award: Award) -> Facts:
    if award.achieved:
        verb = _("has completed this course and passed its test")
        assessment = _("Test after the course, passed")
    else:
        verb = _("has taken part in this course")
        assessment = _("No assessed learning")
    statement = _("This certificate of attendance does not attest assessed learning.")
    return {
        "verb": verb,
        "assessment": assessment,
        "required": required(award),
        "disclaimer": "" if award.achieved else statement,
    }


def required(award: Award) -> str:
    """What the rule asked for, in words; marks of the person are nowhere."""
    rule = award.rule
    attendance = rule["a_min"] if rule["scheme"] == Scheme.S1 else rule["gate"]
    least = rule["pass_mark"] if award.achieved else rule["pass_mark"] - rule["gap"]
    mark = least if award.achieved or rule["scheme"] == Scheme.S2 else None
    if award.session:
        return _required_of_session(attendance, mark)
    if attendance is None:
        # xgettext:no-python-format
        return _("Required: {mark}% of the marks").format(mark=mark)
    if mark is None:
        # xgettext:no-python-format
        return _("Required: {attendance}% of the lessons").format(attendance=attendance)
    # xgettext:no-python-format
    return _("Required: {attendance}% of the lessons, {mark}% of the marks").format(
        attendance=attendance, mark=mark
    )


def _required_of_session(attendance: int | None, mark: int | None) -> str:
    if attendance is None:
        # xgettext:no-python-format
        return _("Required: {mark}% of the marks").format(mark=mark)
    if mark is None:
        # xgettext:no-python-format
        return _("Required: present for {attendance}% of the time").format(attendance=attendance)
    # xgettext:no-python-format
    return _("Required: present for {attendance}% of the time, {mark}% of the marks").format(
        attendance=attendance, mark=mark
    )


def _about_issuer(award: Award, language: str) -> Facts:
    issuer = award.issuer
    signatories = [
        {"name": name_in(who["name"], language), "title": name_in(who["title"], language)}
        for who in issuer.signatories
    ]
    unsigned = _("Issued electronically; valid without signature.")
    name = name_in(issuer.organisation.names, language) or issuer.organisation.code
    place = country(award.cohort.programme.area.country_code, language)
    return {
        "issuer": name,
        "country": "" if place in name else place,
        "quality": name_in(issuer.quality, language),
        "signatories": signatories,
        "signed": "" if signatories else unsigned,
    }


def _around(award: Award, language: str) -> Facts:
    day = in_words(award.issued_on.isoformat(), language)
    demo = _("Demo data: this person is invented, and so is what is certified.")
    return {
        "issued": _("Issued on {date}").format(date=day),
        "number": _("Number {serial}").format(serial=award.serial),
        "check": _("Scan to check"),
        "stamp": _("Stamp"),
        "outcomes_lead": _("What the holder can do after this course:"),
        "demo": demo if settings.DEMO else "",
    }


def course_title(version: CourseVersion, language: str) -> str:
    return name_in(version.manifest.get("titles", {}), language) or version.course.code


def outcomes(version: CourseVersion, language: str) -> list[str]:
    known = version.manifest.get("outcomes", {})
    return [name_in(known[code]["titles"], language) for code in sorted(known)]


def minutes_of(version: CourseVersion) -> int:
    """Notional minutes of the whole course, tests included; else of its lessons."""
    return version.course.minutes or sum(version.lesson_minutes.values())


def hours(minutes: int, language: str) -> str:
    """330 as "5.5 hours", in the digits of the language."""
    number = format_decimal(round(minutes / 60, 1), locale=language)
    several = 1 if minutes == 60 else 2  # noqa: PLR2004 (an hour)
    return ngettext("{n} hour", "{n} hours", several).format(n=number)


def period(first: date, last: date, language: str) -> str:
    begins, ends = (in_words(day.isoformat(), language) for day in (first, last))
    return ends if first == last else _("{first} to {last}").format(first=begins, last=ends)


def form_of(award: Award, language: str) -> str:
    """How the course was taken; of a training session also where."""
    if award.cohort.kind == Cohort.Kind.SELF_PACED:
        return _("Self-paced e-learning")
    place = name_in(award.session.get("place", {}), language)
    if award.session.get("mode") == "online":
        return _("Training session, online")
    return _("Training session, {place}").format(place=place) if place else _("Training session")


def country(code: str, language: str) -> str:
    return str(Locale.parse(language).territories.get(code, code))
