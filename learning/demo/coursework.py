"""A few learners of Coordination who hand in a design note and review one another."""

import random
import uuid
from collections.abc import Sequence

from learning.coursework.handing_in import begin, hand_in, save_draft
from learning.coursework.models import ReviewTask, Work
from learning.coursework.reviewing import give_review, rate_example
from learning.demo.clock import Clock
from learning.enrolment.models import Enrolment
from modules.coursework.models import Assignment
from modules.questions.rubrics import criteria_of, example_of

COURSE, KEY = "coordination", "design-note"
PEOPLE = 5
HANDED_IN, REVIEWED = -4, -2  # days
NOTES = (
    """Two registers ask employers for the same list of workers. A joint committee of both, with
employers and a union, decides on one form. After six months we count the forms.""",
    """Inspectors of three bodies visit the same factory in one week. A planning group of their
heads, with both sides of industry, fixes one calendar a month ahead.""",
    """Workers who move to another province start again from nothing. A forum of both institutions
agrees how records pass on within ten working days, and publishes how many did.""",
    """Our forum meets and decides nothing. It should have a mandate, an agenda, and a list of
actions with post and date.""",
    "Cooperation should be better.",
)
WORDS = "The problem is clear. Say what the body may decide, and how one would see that it works."


class Coursework:
    """Tells who hands in, and what the first reviewers find."""

    def __init__(self, clock: Clock, chance: random.Random) -> None:
        self.clock = clock
        self.chance = chance

    def tell(self) -> None:
        """Nothing where the course has no such task, or too few people take it."""
        assignment = Assignment.objects.filter(course_code=COURSE, key=KEY).first()
        people = self.people()
        if assignment is None or len(people) < PEOPLE:
            return
        works = [
            self.hand_in(one, assignment, note) for one, note in zip(people, NOTES, strict=True)
        ]
        self.clock.at(REVIEWED, 18)
        self.review(works[0], (0, 0, 1))
        self.review(works[1], (0, 0, 9))  # far apart: it waits for the trainer
        self.review(works[2], (1,))

    def people(self) -> Sequence[Enrolment]:
        """The first who take the course in the cohort where most do, and have an account."""
        enrolments = Enrolment.objects.in_force().filter(
            cohort__course_version__course__code=COURSE,
            cohort__programme__code="self-paced-pk",
            person__user__isnull=False,
        )
        return list(enrolments.select_related("person__user", "cohort").order_by("pk")[:PEOPLE])

    def hand_in(self, enrolment: Enrolment, assignment: Assignment, note: str) -> Work:
        self.clock.at(HANDED_IN, self.chance.randint(8, 16))
        work = save_draft(begin(enrolment, assignment, "en"), note, "en")
        return hand_in(work, enrolment.person.user, self.new_id())

    def review(self, work: Work, up: Sequence[int]) -> None:
        """The first reviewers, each so many levels above the lowest, or at the highest."""
        tasks = ReviewTask.objects.filter(work=work, reviewer__isnull=False).order_by("pk")
        loaded = tasks.select_related(
            "reviewer__person__user", "work__question_version", "work__enrolment"
        )
        criteria = criteria_of(work.definition, "en")
        example = example_of(work.definition, "en")
        for task, levels in zip(loaded, up, strict=False):
            if task.reviewer is None or example is None:
                continue
            by = task.reviewer.person.user
            self.clock.tick(600)
            rate_example(task.reviewer, work.question_version, example.rating, by, self.new_id())
            rating = {
                one.key: one.levels[min(levels + 1, len(one.levels) - 1)].points for one in criteria
            }
            give_review(task, rating, WORDS, by, self.new_id())

    def new_id(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)
