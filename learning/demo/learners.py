"""People who take Coordination by themselves, in every state of it."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping, Sequence
from fractions import Fraction

from learning.attempts.doubling import Stage
from learning.attempts.marking import Given, Open, give_mark, mark_answer
from learning.attempts.models import Answer, Sitting
from learning.attempts.questions import questions_of
from learning.attempts.scoring import is_doubled
from learning.attempts.taking import hand_in, new_answer, save_answer, start
from learning.certificates.issuing import issue_due
from learning.demo.clock import Clock
from learning.demo.invented import Inventor, weighted
from learning.demo.scores import response_to
from learning.enrolment.enrolling import start_course, withdraw
from learning.enrolment.models import Enrolment
from learning.people.models import Area, Organisation, Person, User
from learning.progress.recording import mark_done
from modules.courses.models import Course
from modules.papers.models import Purpose, Test
from modules.questions.kinds import short

COURSE = "coordination"
# How many of a hundred work where.
AREAS = {"PK-PB": 26, "PK-SD": 22, "PK-KP": 18, "PK-BA": 12, "KH-12": 14, "LA-VT": 8}
# How far they are, of a hundred.
STATES = {
    "started": 9,
    "tested": 13,
    "reading": 20,
    "reading_untested": 8,
    "read": 9,
    "sitting": 3,
    "missed": 9,
    "passed": 22,
    "passed_second": 3,
    "left": 4,
}
READS_ALL = {"read", "sitting", "missed", "passed", "passed_second"}
READS_SOME = {"reading", "reading_untested", "left"}
NO_PRE_TEST = {"started", "reading_untested"}
EARLIEST = -150  # days; nobody starts earlier, nor later than `LATEST`
LATEST = -16
STILL_WAITING = -25
SHARES = (Fraction(0), Fraction(1, 2), Fraction(1), Fraction(1))
SECOND_ATTEMPT = dt.timedelta(days=8)  # after the first
AGAIN = (70, 110)  # days after a test after the course
TAKES_AGAIN = 70  # per cent
MARKED_TWICE = 40  # per cent of the written answers
LEVELS = (Fraction(0), Fraction(1, 2), Fraction(1))
# What a second person finds, in levels from the first mark.
OTHER_EYES = (0, 0, 0, 0, 0, 0, 1, 1, -1, -1, 2, -2)


class Learners:
    """Tells what one learner after the other does."""

    def __init__(
        self,
        clock: Clock,
        chance: random.Random,
        trainer: User,
        admin: User,
        bodies: Mapping[str, Organisation],
    ) -> None:
        self.clock = clock
        self.chance = chance
        # Second marks came later: whoever is invented without them stays as she is.
        self.other_chance = random.Random("second marks")  # noqa: S311 (invented data)
        self.later_chance = random.Random("months later")  # noqa: S311 (invented data)
        self.trainer = trainer
        self.admin = admin
        self.inventor = Inventor(chance)
        self.bodies = bodies
        self.areas = {area.code: area for area in Area.objects.select_related("parent")}
        self.course = Course.objects.get(code=COURSE)

    def tell(self, people: int) -> None:
        """Let so many people do their share, each as far as chance has it."""
        usual = Test.objects.filter(course_code=COURSE, purpose__in=(Purpose.PRE, Purpose.POST))
        usual.update(second_marker=MARKED_TWICE)
        for number in range(1, people + 1):
            # The first ones go through all states, so that a small demo has them too.
            states = [*STATES]
            fixed = states[number - 1] if number <= len(states) else None
            self.learn(number, fixed or weighted(self.chance, STATES))
        usual.update(second_marker=0)  # as the library has it; sittings keep what they began with

    def learn(self, number: int, state: str) -> None:
        day = self.chance.randint(EARLIEST, LATEST)
        self.clock.at(day, self.chance.randint(8, 16))
        enrolment = self.enrol(number)
        user = enrolment.person.user
        if state not in NO_PRE_TEST:
            self.sit(enrolment, Purpose.PRE, self.chance.uniform(0.25, 0.6))
        self.read(enrolment, state, day)
        if state in {"missed", "passed_second"}:
            self.sit(enrolment, Purpose.POST, self.chance.uniform(0.3, 0.5))
        if state == "passed":
            self.sit(enrolment, Purpose.POST, self.chance.uniform(0.82, 1.0))
        if state == "passed_second":
            self.clock.tick(SECOND_ATTEMPT.total_seconds())
            self.sit(enrolment, Purpose.POST, self.chance.uniform(0.85, 1.0))
        if state == "sitting":
            self.clock.at(0, 9)
            self.sit(enrolment, Purpose.POST, 0.6, is_open=True)
        if state == "left":
            withdraw(enrolment, by=user, reason="Demo: left the course")
        issue_due(enrolment, by=user)
        if state == "passed":
            self.sit_again(enrolment)

    def sit_again(self, enrolment: Enrolment) -> None:
        """Most of those who passed long enough ago took the test three months later."""
        chance = self.later_chance
        ended = (self.clock.now.date() - self.clock.today).days
        day = ended + chance.randint(*AGAIN)
        if day >= -1 or chance.randrange(100) >= TAKES_AGAIN:
            return
        self.clock.at(day, chance.randint(8, 20))
        # By a chance of its own: whoever comes later stays who they are.
        usual, self.chance = self.chance, chance
        self.sit(enrolment, Purpose.RETENTION, chance.uniform(0.55, 0.9))
        self.chance = usual

    def enrol(self, number: int) -> Enrolment:
        area = self.areas[weighted(self.chance, AREAS)]
        about = self.inventor.person(["officer", "inspector", "hr"], area)
        person = Person.objects.create(
            names=about.names,
            sex=about.sex,
            age_band=about.age_band,
            constituency=about.constituency,
            organisation=self.bodies.get(area.code),
            job_role=about.job_role,
            area_of_work=area,
        )
        user = User.objects.create_user(f"demo-learner-{number:03d}", person=person)
        country = area.parent or area
        return start_course(person, self.course, country, by=user)

    def read(self, enrolment: Enrolment, state: str, day: int) -> None:
        lessons = list(enrolment.cohort.course_version.lesson_minutes)
        if state in READS_SOME:
            lessons = lessons[: self.chance.randint(1, len(lessons) - 1)]
        elif state not in READS_ALL:
            return
        for step, key in enumerate(lessons):
            self.clock.at(min(day + step, -1), self.chance.randint(8, 20))
            mark_done(enrolment, key, enrolment.person.user)

    def sit(
        self, enrolment: Enrolment, purpose: Purpose, skill: float, *, is_open: bool = False
    ) -> Sitting:
        """A test with answers that are right as often as the skill says."""
        sitting = start(enrolment, purpose, seed=self.chance.randrange(2**31))
        questions = questions_of(sitting)
        device = self.new_id()
        to_read = []
        for seq, question in enumerate(questions[:6] if is_open else questions, 1):
            response = response_to(question, self.chance, skill)
            now = self.clock.tick(40)
            answer = new_answer(
                sitting,
                question.item.position,
                response,
                "en",
                enrolment.person.user,
                fact_id=self.new_id(),
                device=device,
                device_seq=seq,
                captured_at=now,
            )
            save_answer(sitting, answer, now)
            if question.kind == short.KIND:
                to_read.append(answer)
        if is_open:
            return sitting
        handed_in = hand_in(sitting, enrolment.person.user, self.clock.tick(30))
        self.mark(to_read)
        return handed_in

    def mark(self, answers: Sequence[Answer]) -> None:
        """Give marks by hand, but not to the newest answers: they wait on the trainer's desk."""
        for answer in answers:
            if self.clock.now.date() < self.clock.day(STILL_WAITING):
                share = self.chance.choice(SHARES)
                mark_answer(answer, share, self.trainer, fact_id=self.new_id())
                if is_doubled(answer.sitting, short.KIND, answer):
                    self.mark_again(answer, LEVELS.index(share))

    def mark_again(self, answer: Answer, level: int) -> None:
        """A second mark; one that is too far from the first is decided by an administrator."""
        found = level + self.other_chance.choice(OTHER_EYES)
        share = LEVELS[min(max(found, 0), len(LEVELS) - 1)]
        mark_answer(answer, share, self.admin, fact_id=self.other_id())
        if abs(share - LEVELS[level]) == 1:
            apart = Open(answer.sitting, answer.position, answer, Stage.ADJUDICATION)
            give_mark(apart, Given(Fraction(1, 2)), self.admin, self.other_id())

    def other_id(self) -> uuid.UUID:
        return uuid.UUID(int=self.other_chance.getrandbits(128), version=4)

    def new_id(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)
