"""What the participants of a session have earned, and issuing it when somebody approves.

A proposal is computed from the facts each time it is looked at, and stored when it is approved.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from learning.attempts.results import Mark, Result, results_by_enrolment
from learning.cascade.accrediting import is_accredited
from learning.cascade.attending import Attendance, attendance_of
from learning.cascade.errors import Refused
from learning.cascade.models import Event, EventFact, Facilitation
from learning.cascade.registering import participants_of, who_agreed
from learning.certificates.awarding import Rule, reaches, rule_in_force
from learning.certificates.errors import CannotIssue
from learning.certificates.issuing import Evidence, earned, issue_earned, may_be_certified
from learning.certificates.models import Certificate, Grade, Issuer, Scheme
from learning.certificates.standing import State, standing
from learning.enrolment.models import Enrolment
from learning.people.merging import canonical_key, identity
from learning.people.models import SCRIPT_OF_LANGUAGE, Person, User, name_in
from modules.papers.models import Purpose

# Of a person's certificates those that stand for something.
IN_FORCE = (State.VALID, State.UNDER_REVIEW)
LANGUAGES = tuple(SCRIPT_OF_LANGUAGE)


@dataclass(frozen=True)
class Line:
    """One participant: what she attended and scored, what it earns, what she has.

    `why_not` names what keeps her from a certificate: one of `WHY_NOT`, empty when `grade` is
    proposed or `certificate`, which may be of another session, says as much already.
    """

    enrolment: Enrolment
    attendance: Attendance
    mark: Mark | None
    grade: Grade | None
    certificate: Certificate | None
    why_not: str

    @property
    def is_due(self) -> bool:
        """Whether a certificate waits for approval."""
        return bool(self.grade) and not self.why_not and not says(self.certificate, self.grade)

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether the certificate was earned in another session, or by e-learning."""
        held = self.certificate
        return held is not None and held.enrolment_id != self.enrolment.pk

    @property
    def is_under_review(self) -> bool:
        held = self.certificate
        return held is not None and standing(held, held.happenings.all()).state != State.VALID


WHY_NOT = (
    "no_name",
    "no_consent",
    "too_little",  # was present for less than the rule asks for
    "no_test",  # the rule looks at marks alone, and there are none
    "unmarked",  # answers wait, and may decide
    "low_mark",
    "ended",  # had one of this grade, which was revoked: none is issued again
)


@dataclass(frozen=True)
class Held:
    """What a person has for a course version: the best that is in force, and grades that ended."""

    best: Certificate | None = None
    ended: frozenset[str] = frozenset()


def says(certificate: Certificate | None, grade: Grade | None) -> bool:
    """Whether the certificate attests `grade` or more."""
    return certificate is not None and certificate.grade in {grade, Grade.ACHIEVEMENT}


def rule_of(event: Event) -> Rule:
    """The award rule of the last day of the session; one query."""
    return rule_in_force(event.cohort.course_version, event.last_day)


def proposals_of(event: Event, rule: Rule | None = None) -> list[Line]:
    """Every participant with what the record comes to now; nine queries, eight with the `rule`.

    `event` comes with all it needs. Whether anything may be issued at all says `obstacles`.
    """
    participants = participants_of(event)
    roll = attendance_of(event.held_units, participants)
    marks = marks_of(event)
    rule = rule or rule_of(event)
    held = held_by(event, participants)
    agreed = who_agreed(participants)
    return [
        _line(
            one,
            evidence_of(event, roll[one.pk], marks.get(one.pk)),
            roll[one.pk],
            rule,
            held.get(canonical_key(one.person), Held()),
            has_agreed=canonical_key(one.person) in agreed,
        )
        for one in participants
    ]


def marks_of(event: Event) -> dict[int, Mark]:
    """The mark of the test after the session by enrolment; two queries."""
    found = results_by_enrolment(Enrolment.objects.filter(cohort=event.cohort_id))
    latest = {pk: _after(results) for pk, results in found.items()}
    return {pk: result.mark for pk, result in latest.items() if result}


def _after(results: list[Result]) -> Result | None:
    return next((r for r in reversed(results) if r.sitting.purpose == Purpose.POST), None)


def held_by(event: Event, participants: Collection[Enrolment]) -> Mapping[int, Held]:
    """What each person has for this course version, by canonical key; two queries.

    Wherever it was earned, and by whichever of the person's records.
    """
    everybody = Certificate.objects.annotate(who=identity("person"))
    issued = everybody.filter(
        who__in=[canonical_key(one.person) for one in participants],
        course_version=event.cohort.course_version_id,
    ).prefetch_related("happenings")
    found: dict[int, Held] = {}
    for one in issued:
        known = found.get(one.who, Held())
        if standing(one, one.happenings.all()).state not in IN_FORCE:
            found[one.who] = replace(known, ended=known.ended | {one.grade})
        elif known.best is None or one.grade == Grade.ACHIEVEMENT:
            found[one.who] = replace(known, best=one)
    return found


def valid_certificates_of(participants: Sequence[Enrolment]) -> list[Certificate]:
    """What these people earned here and what is valid now, in their order; two queries."""
    place = {one.pk: n for n, one in enumerate(participants)}
    issued = Certificate.objects.filter(enrolment__in=place).select_related("person")
    valid = [
        one
        for one in issued.prefetch_related("happenings")
        if standing(one, one.happenings.all()).is_valid
    ]
    return sorted(valid, key=lambda one: place[one.enrolment_id])


def _line(
    enrolment: Enrolment,
    evidence: Evidence,
    attendance: Attendance,
    rule: Rule,
    held: Held,
    *,
    has_agreed: bool,
) -> Line:
    grade = earned(rule, evidence)
    why_not = ""
    if not may_be_certified(enrolment.person):
        why_not = "no_name"
    elif not has_agreed:
        why_not = "no_consent"
    elif grade is None:
        why_not = shortfall(rule, evidence)
    elif grade in held.ended:
        why_not = "ended"
    if held.best and (grade is None or says(held.best, grade)):
        why_not = ""
    return Line(enrolment, attendance, evidence.mark, grade, held.best, why_not)


def shortfall(rule: Rule, evidence: Evidence) -> str:
    """What is missing where nothing is earned, of `WHY_NOT`."""
    least = rule.a_min if rule.scheme == Scheme.S1 else rule.gate
    if least is not None and not reaches(evidence.attended, least):
        return "too_little"
    if evidence.mark is None:
        return "no_test"
    return "low_mark" if evidence.mark.is_final else "unmarked"


def evidence_of(event: Event, attendance: Attendance, mark: Mark | None) -> Evidence:
    """What `certificates` needs to know about a participant; no query."""
    return Evidence(
        attended=attendance.share,
        mark=mark,
        tested=mark is not None,
        began=event.first_day,
        ended=event.last_day,
        judged_on=event.last_day,
        session={
            "minutes": event.minutes,
            "mode": event.mode,
            "place": {code: event.venue or name_in(event.area.names, code) for code in LANGUAGES},
        },
    )


def obstacles(event: Event) -> list[str]:
    """What keeps anything from being issued for this session, in sentences; three queries."""
    found = []
    if event.state != EventFact.What.VERIFIED:  # type: ignore[attr-defined]
        found.append(_("Certificates are issued for verified training sessions only."))
    if not is_led_by_accredited_trainer(event):
        found.append(
            _("The lead trainer was not accredited in this programme on all days of the session.")
        )
    if not Issuer.objects.filter(programme=event.cohort.programme_id).exists():
        found.append(
            _("This programme has no issuer of certificates yet. A system administrator adds one.")
        )
    if not settings.SIGNING_KEY:
        found.append(_("This site has no key to sign certificates with."))
    return found


def is_led_by_accredited_trainer(event: Event) -> bool:
    """Whether the lead trainer held a certifying level on every day of the session; two queries."""
    return _is_accredited_for(event, lead_of(event))


def accreditation_note(event: Event) -> str:
    """What the page of a session says while its lead trainer is not accredited for all its days.

    In words; empty when all is well. Two queries.
    """
    lead = lead_of(event)
    if _is_accredited_for(event, lead):
        return ""
    return _(
        "{name} leads this session and is not accredited in its programme as a certified or master"
        " trainer on all its days. No certificates can be issued until an administrator grants the"
        " accreditation."
    ).format(name=lead or _("Nobody"))


def lead_of(event: Event) -> Person | None:
    """The lead trainer; one query."""
    leads = event.facilitations.filter(role=Facilitation.Role.LEAD).select_related("person")
    lead = leads.first()
    return lead.person if lead else None


def _is_accredited_for(event: Event, lead: Person | None) -> bool:
    days = {unit.date for unit in event.held_units}
    return lead is not None and is_accredited(lead, event.cohort.programme, days)


@transaction.atomic
def approve_batch(event: Event, chosen: Collection[int], by: User | None) -> list[Certificate]:
    """Issue what is due to the participants with these keys: all of them, or none.

    Safe to press twice. Raises `Refused` with what is in the way.
    """
    Event.objects.select_for_update().get(pk=event.pk)
    locked = Event.objects.with_all_it_needs().get(pk=event.pk)
    in_the_way = obstacles(locked)
    if in_the_way:
        raise Refused(" ".join(in_the_way))
    due = [line for line in proposals_of(locked) if line.is_due and line.enrolment.pk in chosen]
    try:
        issued = [_issue(locked, line, by) for line in due]
    except CannotIssue as problem:
        raise Refused(_("Nothing was issued. {problem}").format(problem=problem))
    return [certificate for certificate in issued if certificate]


def _issue(event: Event, line: Line, by: User | None) -> Certificate | None:
    line.enrolment.cohort = event.cohort
    return issue_earned(line.enrolment, evidence_of(event, line.attendance, line.mark), by)
