"""What the participants of a session have earned, and issuing it when somebody approves.

A proposal is computed from the facts each time it is looked at, and stored when it is approved.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from learning.attempts.results import Mark, Result, results_by_enrolment
from learning.cascade.accrediting import in_force_on, may_certify
from learning.cascade.attending import Attendance, attendance_of
from learning.cascade.errors import Refused
from learning.cascade.models import Event, EventFact, Facilitation
from learning.cascade.registering import participants_of
from learning.certificates.awarding import Rule, rule_in_force
from learning.certificates.errors import CannotIssue
from learning.certificates.issuing import Evidence, earned, issue_earned, may_be_certified
from learning.certificates.models import Certificate, Grade, Issuer
from learning.certificates.standing import State, standing
from learning.enrolment.models import Enrolment
from learning.people.consents import Consent
from learning.people.models import SCRIPT_OF_LANGUAGE, User, name_in
from modules.papers.models import Purpose

# Of a person's certificates those that stand for something, the strongest first.
IN_FORCE = (State.VALID, State.UNDER_REVIEW)
LANGUAGES = tuple(SCRIPT_OF_LANGUAGE)


@dataclass(frozen=True)
class Line:
    """One participant: what she attended and scored, what it earns, what she has.

    `why_not` names what keeps her from a certificate: "no_name", "no_consent", "too_little"; empty
    when `grade` is proposed or `certificate` was issued.
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
        if self.grade is None or self.why_not:
            return False
        return self.certificate is None or self.certificate.grade not in {
            self.grade,
            Grade.ACHIEVEMENT,
        }


def proposals_of(event: Event) -> list[Line]:
    """Every participant with what the record comes to now; nine queries.

    `event` comes with all it needs. Whether anything may be issued at all says `obstacles`.
    """
    participants = participants_of(event)
    roll = attendance_of(event.held_units, participants)
    marks = marks_of(event)
    rule = rule_in_force(event.cohort.course_version, event.last_day)
    held = _certificates(event, participants)
    agreed = _agreed(participants)
    return [
        _line(one, roll[one.pk], marks.get(one.pk), rule, held.get(one.person_id), agreed, event)
        for one in participants
    ]


def marks_of(event: Event) -> dict[int, Mark]:
    """The mark of the test after the session by enrolment; two queries."""
    found = results_by_enrolment(Enrolment.objects.filter(cohort=event.cohort_id))
    latest = {pk: _after(results) for pk, results in found.items()}
    return {pk: result.mark for pk, result in latest.items() if result}


def _after(results: list[Result]) -> Result | None:
    return next((r for r in reversed(results) if r.sitting.purpose == Purpose.POST), None)


def _certificates(event: Event, participants: Collection[Enrolment]) -> Mapping[int, Certificate]:
    """The best certificate in force of each person for this course version; two queries."""
    issued = Certificate.objects.filter(
        person__in=[one.person_id for one in participants],
        course_version=event.cohort.course_version_id,
    ).prefetch_related("happenings")
    best: dict[int, Certificate] = {}
    for one in issued:
        known = best.get(one.person_id)
        in_force = standing(one, one.happenings.all()).state in IN_FORCE
        if in_force and (known is None or one.grade == Grade.ACHIEVEMENT):
            best[one.person_id] = one
    return best


def _agreed(participants: Collection[Enrolment]) -> set[int]:
    consents = Consent.objects.filter(
        person__in=[one.person_id for one in participants],
        purpose=Consent.Purpose.CERTIFICATE,
        withdrawn_at=None,
    )
    return set(consents.values_list("person", flat=True))


def _line(
    enrolment: Enrolment,
    attendance: Attendance,
    mark: Mark | None,
    rule: Rule,
    held: Certificate | None,
    agreed: set[int],
    event: Event,
) -> Line:
    grade = earned(rule, evidence_of(event, attendance, mark))
    why_not = ""
    if not may_be_certified(enrolment.person):
        why_not = "no_name"
    elif enrolment.person_id not in agreed:
        why_not = "no_consent"
    elif grade is None:
        why_not = "too_little"
    return Line(enrolment, attendance, mark, grade, held, "" if held and not grade else why_not)


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
    leads = event.facilitations.filter(role=Facilitation.Role.LEAD)
    lead = leads.values_list("person", flat=True).first()
    if lead is None:
        return False
    held = in_force_on([lead], event.cohort.programme, event.first_day, event.last_day)
    return may_certify(held.get(lead))


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
