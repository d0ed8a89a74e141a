"""Gathers the models of this app's packages; import a model from its own package."""

from learning.attempts.conditions import ExtraTime, TestAccess
from learning.attempts.models import (
    Answer,
    HandMark,
    PracticeAnswer,
    ScoringRun,
    Sitting,
    TypedTotal,
)
from learning.attempts.regrades import Regrading
from learning.cascade.models import (
    Accreditation,
    AttendanceMark,
    Event,
    EventFact,
    EventUnit,
    Facilitation,
    Headcount,
)
from learning.cascade.targets import Target
from learning.certificates.models import (
    AwardRule,
    Certificate,
    CertificateFact,
    Issuer,
    Proposal,
    Register,
)
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.imports.models import Roster, RosterEntry
from learning.notices.models import NoticeSent
from learning.progress.models import StepDone
from learning.standards.models import CutDecision, Estimate, Judge, Study

__all__ = [
    "Accreditation",
    "Answer",
    "AttendanceMark",
    "AwardRule",
    "Certificate",
    "CertificateFact",
    "Cohort",
    "CutDecision",
    "Enrolment",
    "EnrolmentFact",
    "Estimate",
    "Event",
    "EventFact",
    "EventUnit",
    "ExtraTime",
    "Facilitation",
    "HandMark",
    "Headcount",
    "Issuer",
    "Judge",
    "NoticeSent",
    "PracticeAnswer",
    "Proposal",
    "Register",
    "Regrading",
    "Roster",
    "RosterEntry",
    "ScoringRun",
    "Sitting",
    "StepDone",
    "Study",
    "Target",
    "TestAccess",
    "TypedTotal",
]
