"""The sheet that judges fill in: each question with its options, key and two empty boxes."""

from dataclasses import dataclass

from learning.cascade.printing import pdf_of
from learning.cascade.question_sheets import Asked, Key, asked_in_runs, key_of
from learning.certificates.printing import Text
from learning.standards.models import Study
from learning.standards.studying import Panel
from modules.papers.asking import PaperQuestion


@dataclass(frozen=True)
class Judged:
    """One question as a judge reads it; `forms` that ask it, `full` if it is worth more than 1."""

    asked: Asked
    key: Key
    forms: str
    full: str


def judges_pdf(study: Study, panel: Panel, judge: str, language: str) -> bytes:
    """The sheet of one judge, or without a name. Raises `Refused` for one that is too long."""
    asked = asked_in_runs(panel.questions, language)
    questions = [
        _judged(panel, question, one, language)
        for question, one in zip(panel.questions, asked, strict=True)
    ]
    context = {
        "title": Text(study.name, language),
        "version": Text(str(study.course_version), language),
        "judge": Text(judge, language),
        "questions": questions,
    }
    return pdf_of("judges", language, context)


def _judged(panel: Panel, question: PaperQuestion, asked: Asked, language: str) -> Judged:
    position = question.item.position
    forms = [label for label, positions in panel.forms.items() if position in positions]
    full = question.full_mark
    return Judged(
        asked,
        key_of(question, language),
        " ".join(forms) if len(panel.forms) > 1 else "",
        "" if full == 1 else f"{float(full):g}",
    )
