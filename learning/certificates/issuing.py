"""Proposing and issuing certificates, once each, however many ask at the same moment.

The database decides: a certificate is unique per person, course version and grade, and its number
is taken in the transaction that inserts it. Who comes second gets what the first one made.
"""

import logging
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from learning.attempts.results import Mark, counted_result, has_post_test
from learning.certificates.addressing import certificate_address
from learning.certificates.awarding import Rule, grade_due, rule_in_force
from learning.certificates.errors import CannotIssue
from learning.certificates.freezing import Award, frozen_facts
from learning.certificates.issuers import issuer_of, time_zone_of
from learning.certificates.models import (
    Certificate,
    CertificateFact,
    Grade,
    Issuer,
    Proposal,
    Register,
)
from learning.certificates.serials import make_serial
from learning.certificates.signing import Statement, code_text, name_hash, sign
from learning.certificates.standing import best_in_force
from learning.enrolment.models import Cohort, Enrolment
from learning.people.merging import all_records_of
from learning.people.models import Person, User
from learning.progress.attending import attendance

logger = logging.getLogger(__name__)

TEMPLATE_VERSION = 1
TOKEN_BYTES = 18


@dataclass(frozen=True)
class Evidence:
    """What is known about an enrolment. `judged_on` is the day whose award rule counts.

    `session` is what the certificate says of a training session (see `Proposal.session`).
    """

    attended: Fraction
    mark: Mark | None
    tested: bool
    began: date
    ended: date
    judged_on: date
    session: dict[str, Any] = field(default_factory=dict)


# --- what is due ---------------------------------------------------------------------------------


def issue_due(enrolment: Enrolment, by: User | None = None) -> Certificate | None:
    """Award what a self-paced enrolment has earned by now; returns the certificate in force.

    Safe to call after every step, at any time, any number of times: what was issued stays and is
    returned again. None while nothing is due, for people without a name, and where the issuer has
    still to approve. What keeps the site from issuing is logged and harms nothing else:
    `manage.py issue_certificates` makes up for it. For training sessions see `issue_earned`.
    """
    if enrolment.cohort.kind != Cohort.Kind.SELF_PACED or not may_be_certified(enrolment.person):
        return None
    evidence = evidence_of(enrolment)
    if evidence is None:
        return None
    try:
        return award(enrolment, evidence, by)
    except CannotIssue as problem:
        logger.error("Enrolment %s has earned a certificate. %s", enrolment.pk, problem)
        return None


def may_be_certified(person: Person) -> bool:
    """Whether there is a name to put on a certificate."""
    return bool(person.names) and not person.is_anonymous and person.erased_at is None


def evidence_of(enrolment: Enrolment) -> Evidence | None:
    """What a self-paced enrolment has to show; None before the test of a course that has one."""
    tested = has_post_test(enrolment.cohort.course_version)
    counted = counted_result(enrolment) if tested else None
    if tested and counted is None:
        return None
    zone = time_zone_of(enrolment.cohort)
    mark, handed_in = (counted[0], counted[1].sitting.handed_in_at) if counted else (None, None)
    last_step = enrolment.steps.aggregate(last=Max("received_at"))["last"]
    moments = [moment for moment in (handed_in, last_step) if moment]
    return Evidence(
        attended=attendance(enrolment),
        mark=mark,
        tested=tested,
        began=timezone.localdate(enrolment.created_at, zone),
        ended=timezone.localdate(max(moments, default=enrolment.created_at), zone),
        judged_on=timezone.localdate(handed_in or timezone.now(), zone),
    )


def award(enrolment: Enrolment, evidence: Evidence, by: User | None = None) -> Certificate | None:
    """Propose the grade that the evidence certainly earns, and issue it where nobody must approve.

    Returns the certificate in force afterwards, if any. Raises `CannotIssue`; the proposal is kept.
    """
    version = enrolment.cohort.course_version
    rule = rule_in_force(version, evidence.judged_on)
    grade = earned(rule, evidence)
    held = best_in_force(enrolment.person, version.pk)
    if grade is None or (held and held.grade in {grade, Grade.ACHIEVEMENT}):
        return held
    proposal = propose(enrolment, grade, evidence, rule.values)
    if enrolment.cohort.approval == Cohort.Approval.AUTOMATIC:
        approve(proposal, by)
    return best_in_force(enrolment.person, version.pk)


def earned(rule: Rule, evidence: Evidence) -> Grade | None:
    """The grade that the evidence certainly earns by `rule`; None: none, or not yet."""
    return grade_due(rule, evidence.attended, evidence.mark, has_test=evidence.tested)


@transaction.atomic
def issue_earned(enrolment: Enrolment, evidence: Evidence, by: User | None) -> Certificate | None:
    """Approve and issue what a participant of a training session has earned, in one step.

    Until somebody approves, nothing is stored of it: whatever changes about attendance or results
    changes what is proposed. Returns the certificate in force afterwards, None when nothing was
    earned. Raises `CannotIssue`, and changes nothing.
    """
    version = enrolment.cohort.course_version
    rule = rule_in_force(version, evidence.judged_on)
    grade = earned(rule, evidence)
    held = best_in_force(enrolment.person, version.pk)
    if grade is None or (held and held.grade in {grade, Grade.ACHIEVEMENT}):
        return held
    approve(propose(enrolment, grade, evidence, rule.values), by)
    return best_in_force(enrolment.person, version.pk)


def propose(enrolment: Enrolment, grade: Grade, evidence: Evidence, rule: dict) -> Proposal:
    """The proposal of a grade, made once; later evidence does not change it."""
    share = evidence.mark.share if evidence.mark else None
    proposal, _made = Proposal.objects.get_or_create(
        enrolment=enrolment,
        grade=grade,
        defaults={
            "a_num": evidence.attended.numerator,
            "a_den": evidence.attended.denominator,
            "m_num": share.numerator if share is not None else None,
            "m_den": share.denominator if share is not None else None,
            "rule": rule,
            "work_began": evidence.began,
            "work_ended": evidence.ended,
            "session": evidence.session,
        },
    )
    return proposal


# --- issuing -------------------------------------------------------------------------------------


@transaction.atomic
def approve(proposal: Proposal, by: User | None = None) -> Certificate:
    """Decide `proposal` and issue its certificate; approving again returns the same one.

    `by` is empty for cohorts whose certificates need nobody's approval. Raises `CannotIssue`, and
    changes nothing, when the person has no name (any more), the programme no issuer or the site no
    key.
    """
    certificate = _original(proposal) or _issue_once(proposal)
    undecided = Proposal.objects.filter(pk=proposal.pk, decided_at=None)
    undecided.update(decided_at=timezone.now(), decided_by=by)
    return certificate


def _original(proposal: Proposal) -> Certificate | None:
    """The certificate that the proposal led to, or one of the same kind by another enrolment."""
    cohort = proposal.enrolment.cohort
    return Certificate.objects.filter(
        person=proposal.enrolment.person_id,
        course_version=cohort.course_version_id,
        grade=proposal.grade,
        replaces=None,
    ).first()


def _issue_once(proposal: Proposal) -> Certificate:
    try:
        with transaction.atomic():
            certificate = _insert(proposal)
            _supersede_attendance(certificate)
    except IntegrityError:
        # Somebody was faster; the number we had taken is free again.
        existing = _original(proposal)
        if existing is None:
            raise
        return existing
    return certificate


def _insert(proposal: Proposal) -> Certificate:
    enrolment = proposal.enrolment
    person = Person.objects.select_for_update().get(pk=enrolment.person_id)
    if not may_be_certified(person):
        raise CannotIssue("A certificate needs a person with a name.")
    issuer = issuer_of(enrolment.cohort)
    register = _register_with_next_number(issuer, enrolment.cohort)
    now = timezone.now()
    award_ = _award(proposal, issuer, register, now)
    token = new_token()
    line, signature, key = _sign(token, award_, person)
    return Certificate.objects.create(
        token=token,
        register=register,
        number=register.last,
        serial=award_.serial,
        enrolment=enrolment,
        person=person,
        course_version=enrolment.cohort.course_version,
        grade=proposal.grade,
        names=person.names,
        facts=frozen_facts(award_),
        statement=line,
        signature=signature,
        key_id=key,
        template_version=TEMPLATE_VERSION,
        issued_at=now,
    )


def new_token() -> str:
    """At least 143 random bits. Begins and ends as a word does: mail programs cut a hyphen off at
    the end of an address, and commands take one at the start for an option."""
    while True:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        if token[0].isalnum() and token[-1].isalnum():
            return token


def _register_with_next_number(issuer: Issuer, cohort: Cohort) -> Register:
    """The register of this year with its number raised.

    The update locks the row until the transaction ends: the next one waits, and should this one
    fail, the number was never taken.
    """
    year = timezone.localtime(timezone=ZoneInfo(issuer.time_zone)).year
    register, _made = Register.objects.get_or_create(
        organisation=issuer.organisation,
        programme=cohort.programme,
        year=year,
        defaults={"code": issuer.code},
    )
    Register.objects.filter(pk=register.pk).update(last=F("last") + 1)
    register.refresh_from_db(fields=["last"])
    return register


def _award(proposal: Proposal, issuer: Issuer, register: Register, now: datetime) -> Award:
    cohort = proposal.enrolment.cohort
    course = cohort.course_version.course.code
    return Award(
        grade=proposal.grade,
        serial=make_serial(register.code, course, register.year, register.last),
        cohort=cohort,
        issuer=issuer,
        rule=proposal.rule,
        first_day=proposal.work_began,
        last_day=proposal.work_ended,
        issued_on=timezone.localdate(now, ZoneInfo(issuer.time_zone)),
        session=proposal.session,
    )


def _sign(token: str, award_: Award, person: Person) -> tuple[str, str, str]:
    statement = Statement(
        serial=award_.serial,
        name_hash=name_hash(token, person.name("en")),
        course=award_.version.course.code,
        version=award_.version.number,
        grade=award_.grade,
        first_day=award_.first_day,
        last_day=award_.last_day,
        issued_on=award_.issued_on,
    )
    line, signature, key = sign(token, statement)
    code_text(certificate_address(token), line, signature)  # refuses what no telephone can read
    return line, signature, key


def _supersede_attendance(certificate: Certificate) -> None:
    """A certificate of achievement takes the place of one of attendance for the same course.

    Issued in the other order at the same moment, attendance finds the achievement here.
    """
    same = Certificate.objects.filter(
        person__in=all_records_of(certificate.person), course_version=certificate.course_version_id
    )
    achievement = same.filter(grade=Grade.ACHIEVEMENT).order_by("-pk").first()
    if achievement is None:
        return
    for attendance_ in same.filter(grade=Grade.ATTENDANCE):
        CertificateFact.objects.get_or_create(
            certificate=attendance_,
            what=CertificateFact.What.SUPERSEDED,
            defaults={"successor": achievement},
        )
