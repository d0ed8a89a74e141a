"""Gathers the models of this app's packages; import a model from its own package."""

from learning.attempts.models import Answer, HandMark, PracticeAnswer, ScoringRun, Sitting
from learning.certificates.models import (
    AwardRule,
    Certificate,
    CertificateFact,
    Issuer,
    Proposal,
    Register,
)
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.progress.models import StepDone

__all__ = [
    "Answer",
    "AwardRule",
    "Certificate",
    "CertificateFact",
    "Cohort",
    "Enrolment",
    "EnrolmentFact",
    "HandMark",
    "Issuer",
    "PracticeAnswer",
    "Proposal",
    "Register",
    "ScoringRun",
    "Sitting",
    "StepDone",
]
