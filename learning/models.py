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
from learning.cascade.second_entries import SecondEntry
from learning.cascade.tallies import Tally
from learning.cascade.targets import Target
from learning.certificates.models import (
    AwardRule,
    Certificate,
    CertificateFact,
    Issuer,
    Proposal,
    Register,
)
from learning.coursework.models import (
    Calibration,
    Deadline,
    Decision,
    HandedFile,
    Review,
    ReviewTask,
    Work,
    WorkFact,
    WorkMark,
)
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.imports.answer_sheets import AnswerSheet
from learning.imports.models import Roster, RosterEntry
from learning.notices.models import NoticeSent
from learning.progress.models import StepDone
from learning.standards.models import CutDecision, Estimate, Judge, Study

__all__ = [
    "Accreditation",
    "Answer",
    "AnswerSheet",
    "AttendanceMark",
    "AwardRule",
    "Calibration",
    "Certificate",
    "CertificateFact",
    "Cohort",
    "CutDecision",
    "Deadline",
    "Decision",
    "Enrolment",
    "EnrolmentFact",
    "Estimate",
    "Event",
    "EventFact",
    "EventUnit",
    "ExtraTime",
    "Facilitation",
    "HandMark",
    "HandedFile",
    "Headcount",
    "Issuer",
    "Judge",
    "NoticeSent",
    "PracticeAnswer",
    "Proposal",
    "Register",
    "Regrading",
    "Review",
    "ReviewTask",
    "Roster",
    "RosterEntry",
    "ScoringRun",
    "SecondEntry",
    "Sitting",
    "StepDone",
    "Study",
    "Tally",
    "Target",
    "TestAccess",
    "TypedTotal",
    "Work",
    "WorkFact",
    "WorkMark",
]
