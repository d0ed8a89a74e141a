"""Gathers the models of this app's packages; import a model from its own package."""

from modules.courses.models import (
    Course,
    CourseIndexPage,
    CoursePage,
    CourseVersion,
    HomePage,
    LessonPage,
)
from modules.coursework.models import Assignment
from modules.editing.models import LegalReview
from modules.editions.models import EditionFile
from modules.loading.models import Loaded
from modules.papers.contents import Blueprint, BlueprintCell, Form, FormQuestion, PoolQuestion
from modules.papers.models import Test
from modules.questions.models import Question, QuestionVersion
from modules.reference.interface import InterfaceTranslation
from modules.reference.models import GlossaryTerm, LegalFigure, Outcome, Source

__all__ = [
    "Assignment",
    "Blueprint",
    "BlueprintCell",
    "Course",
    "CourseIndexPage",
    "CoursePage",
    "CourseVersion",
    "EditionFile",
    "Form",
    "FormQuestion",
    "GlossaryTerm",
    "HomePage",
    "InterfaceTranslation",
    "LegalFigure",
    "LegalReview",
    "LessonPage",
    "Loaded",
    "Outcome",
    "PoolQuestion",
    "Question",
    "QuestionVersion",
    "Source",
    "Test",
]
