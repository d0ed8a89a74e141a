"""What needs attention in a programme: what somebody should close, check, approve, mark, renew."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import cast

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.attempts.marking import waiting_in
from learning.attempts.permissions import marks_tests, sittings_markable_by
from learning.cascade.certifying import evidence_of
from learning.cascade.models import OPEN_STATES, Accreditation, EventFact
from learning.certificates.awarding import rule_of
from learning.certificates.issuing import earned
from learning.certificates.models import AwardRule, Certificate, CertificateFact, Grade
from learning.people.consents import Consent
from learning.people.merging import identity
from learning.people.models import Programme, User
from learning.people.roles import AnyUser
from learning.reporting.asking import Asked
from learning.reporting.gathering import ENDED, Line
from learning.reporting.groups import Group
from learning.reporting.permissions import trainers_registered_for
from learning.reporting.stages import Stage

RENEW_DAYS = 90  # before its end an accreditation is to be renewed


@dataclass(frozen=True)
class Need:
    """One thing to do, with where it is done."""

    icon: str
    words: str
    note: str
    link: str


def not_closed(groups: Iterable[Group], today: date) -> list[Group]:
    """Sessions that are over and were not sent for verification."""
    return [
        one
        for one in groups
        if one.in_scope and one.state in OPEN_STATES and one.last_day and one.last_day < today
    ]


def not_verified(groups: Iterable[Group]) -> list[Group]:
    """Sessions that wait for verification."""
    return [one for one in groups if one.in_scope and one.state == EventFact.What.REPORTED]


def needs_of(
    user: AnyUser, programme: Programme, asked: Asked, lines: Sequence[Line]
) -> list[Need]:
    """What `user` may have to do, or somebody whom she can ask; nothing for viewers."""
    if not asked.reach.exact:
        return []
    found = (
        _closing(asked),
        _verifying(asked),
        _approving(asked, lines),
        _marking(user, programme),
        _renewing(user, programme),
    )
    return [need for need in found if need]


def sessions_link(programme: str, **more: str) -> str:
    return f"{reverse('report_sessions')}?{urlencode({'programme': programme} | more)}"


def _closing(asked: Asked) -> Need | None:
    found = not_closed(asked.reach.groups, timezone.localdate())
    if not found:
        return None
    words = ngettext(
        "{n} session is over and not closed", "{n} sessions are over and not closed", len(found)
    )
    return Need(
        "triangle",
        words.format(n=len(found)),
        _("Their people count when the record was sent and verified."),
        sessions_link(asked.chosen["programme"], due="closing"),
    )


def _verifying(asked: Asked) -> Need | None:
    found = not_verified(asked.reach.groups)
    if not found:
        return None
    words = ngettext(
        "{n} session waits for verification", "{n} sessions wait for verification", len(found)
    )
    days = max((timezone.now() - one.since).days for one in found if one.since)
    return Need(
        "clock",
        words.format(n=len(found)),
        ngettext("The oldest for {n} day.", "The oldest for {n} days.", days).format(n=days),
        sessions_link(asked.chosen["programme"], state="reported"),
    )


def _approving(asked: Asked, lines: Sequence[Line]) -> Need | None:
    n = due_by_cohort(lines).total()
    if not n:
        return None
    words = ngettext("{n} certificate waits for approval", "{n} certificates wait for approval", n)
    return Need(
        "certificate",
        words.format(n=n),
        _("Of verified sessions, for people who earned one."),
        sessions_link(asked.chosen["programme"], due="certifying"),
    )


def _marking(user: AnyUser, programme: Programme) -> Need | None:
    if not marks_tests(user):
        return None
    sittings = sittings_markable_by(user).filter(enrolment__cohort__programme=programme)
    found = waiting_in(sittings, cast("User", user))
    n = sum(len(waiting.answers) + len(waiting.to_decide) for waiting in found)
    if not n:
        return None
    words = ngettext("{n} answer waits to be marked", "{n} answers wait to be marked", n)
    desk = f"{reverse('marking_desk')}?{urlencode({'programme': programme.code})}"
    return Need("test", words.format(n=n), _("Without names, by question."), desk)


def _renewing(user: AnyUser, programme: Programme) -> Need | None:
    ending = ending_accreditations(user, programme)
    if not ending:
        return None
    words = ngettext(
        "{n} accreditation ends within {days} days",
        "{n} accreditations end within {days} days",
        len(ending),
    )
    query = urlencode({"programme": programme.code, "state": "ending"})
    return Need(
        "person",
        words.format(n=len(ending), days=RENEW_DAYS),
        _("Who is not accredited on all days of a session earns its people no certificates."),
        f"{reverse('report_trainers')}?{query}",
    )


def ending_accreditations(user: AnyUser, programme: Programme) -> set[int]:
    """People whose accreditation in `programme` ends soon and is not followed by another."""
    today = timezone.localdate()
    soon = today + timedelta(RENEW_DAYS)
    held = Accreditation.objects.filter(
        what=Accreditation.What.GRANTED,
        corrections=None,
        programme=programme,
        valid_until__gte=today,
        person__in=trainers_registered_for(user),
    )
    last: dict[int, date] = {}
    for person, until in held.values_list(identity("person"), "valid_until"):
        last[person] = max(until, last.get(person, until))
    return {person for person, until in last.items() if until <= soon}


# --- certificates of sessions --------------------------------------------------------------------


def due_by_cohort(lines: Iterable[Line]) -> Counter[int]:
    """How many certificates wait for approval in each verified session; three queries.

    By the rule of `cascade.certifying`: who earned a grade, has a name and agreed, holds neither
    it nor a better one for the same course version, and never had one of this grade that ended.
    """
    candidates = [
        line
        for line in lines
        if line.group.state == EventFact.What.VERIFIED and Stage.ENROLLED in line.stages
    ]
    people = {line.person for line in candidates}
    certifiable = _certifiable(people)
    held = _held(people)
    rules = _rules_by_version({line.group.version for line in candidates})
    found: Counter[int] = Counter()
    for line in candidates:
        grade = _grade(line, rules) if line.person in certifiable else None
        has = held[line.person, line.group.version]
        if grade and grade not in has.ended and not has.in_force & {grade, Grade.ACHIEVEMENT}:
            found[line.group.pk] += 1
    return found


def _grade(line: Line, rules: dict[int, list[AwardRule]]) -> Grade | None:
    event, attendance = line.group.event, line.attendance
    if event is None or attendance is None:
        return None
    rule = rule_of(rules.get(line.group.version, ()), event.last_day)
    return earned(rule, evidence_of(event, attendance, line.after))


def _certifiable(people: Iterable[int]) -> set[int]:
    agreed = Consent.objects.filter(
        purpose=Consent.Purpose.CERTIFICATE,
        withdrawn_at=None,
        person__is_anonymous=False,
        person__erased_at=None,
    ).exclude(person__names={})
    found = agreed.annotate(who=identity("person")).filter(who__in=list(people))
    return set(found.values_list("who", flat=True))


@dataclass
class Held:
    """Grades that somebody has for a course version, and those she had: none is issued again."""

    in_force: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)


def _held(people: Iterable[int]) -> dict[tuple[int, int], Held]:
    """What each person has and had for each course version."""
    ends = CertificateFact.objects.filter(certificate=OuterRef("pk"), what__in=ENDED)
    issued = Certificate.objects.annotate(who=identity("person"), has_ended=Exists(ends))
    rows = issued.filter(who__in=list(people)).values_list(
        "who", "course_version_id", "grade", "names", "has_ended"
    )
    found: dict[tuple[int, int], Held] = defaultdict(Held)
    for person, version, grade, names, has_ended in rows:
        own = found[person, version]
        (own.ended if has_ended or not names else own.in_force).add(grade)
    return found


def _rules_by_version(versions: Iterable[int]) -> dict[int, list[AwardRule]]:
    found: dict[int, list[AwardRule]] = {}
    for rule in AwardRule.objects.filter(course_version__in=list(versions)):
        found.setdefault(rule.course_version_id, []).append(rule)
    return found
