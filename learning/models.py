"""Gathers the models of this app's packages; import a model from its own package."""

from learning.attempts.models import PracticeAnswer
from learning.enrolment.models import Cohort, Enrolment, EnrolmentFact
from learning.progress.models import StepDone

__all__ = ["Cohort", "Enrolment", "EnrolmentFact", "PracticeAnswer", "StepDone"]
