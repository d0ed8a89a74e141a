"""Coursework of Coordination in every state: a draft, a mark, far apart, waiting, to review."""

import uuid

from learning.coursework.files import Checked
from learning.coursework.handing_in import begin, hand_in, save_draft
from learning.coursework.models import ReviewTask, Work
from learning.coursework.reviewing import give_review, rate_example
from learning.enrolment.models import Enrolment
from modules.coursework.models import Assignment, FileType
from modules.questions.rubrics import criteria_of, example_of

KEY = "design-note"
TEXT = """To the Director General. (Invented for this picture.)

Two institutions ask the same employer for the same list of workers, in two forms.

A joint committee of both, with two employers and two trade unions, decides on one form and one day.
The planning wing keeps its papers. After six months we count who files one form: none today."""
WORDS = "The problem is clear. Say by which vote the committee decides, and who must follow it."


def make_works(people: dict[str, Enrolment]) -> dict[str, str]:
    """What the paths of shots name; `people`: five who take the course, by what they show."""
    assignment = Assignment.objects.get(course_code="coordination", key=KEY)
    *others, drafting = people.values()
    works = [_hand_in(one, assignment) for one in others]
    draft = begin(drafting, assignment, "en")
    save_draft(draft, TEXT, "en", file=Checked("note.pdf", FileType.PDF, b"%PDF-1.7 for a picture"))
    _review(works[0], ("2", "2", "1"))
    _review(works[1], ("0", "3", "3"))
    task = ReviewTask.objects.get(work=works[2], reviewer=others[0])
    return {
        **{f"works_{name}": str(one.uuid) for name, one in people.items()},
        "works_task": str(task.uuid),
        "works_apart": str(works[1].uuid),
        "works_cohort": str(drafting.cohort.uuid),
    }


def _hand_in(enrolment: Enrolment, assignment: Assignment) -> Work:
    work = save_draft(begin(enrolment, assignment, "en"), TEXT, "en")
    return hand_in(work, enrolment.person.user, uuid.uuid4())


def _review(work: Work, points: tuple[str, ...]) -> None:
    tasks = (
        ReviewTask.objects.filter(work=work)
        .order_by("pk")
        .select_related("reviewer__person__user", "work__question_version", "work__enrolment")
    )
    example = example_of(work.definition, "en")
    criteria = criteria_of(work.definition, "en")
    for task, first in zip(tasks, points, strict=True):
        by = task.reviewer.person.user
        rate_example(task.reviewer, work.question_version, example.rating, by, uuid.uuid4())
        rating = {one.key: one.levels[1].points for one in criteria} | {criteria[0].key: first}
        give_review(task, rating, WORDS, by, uuid.uuid4())
