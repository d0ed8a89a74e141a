"""A course whose essays two people mark: some agree, some do not, one waits for a decision."""

import uuid

from learning.attempts.marking import Open, give_mark, waiting_in
from learning.attempts.models import Answer, Sitting
from learning.attempts.taking import hand_in, save_answer
from learning.people.models import Area, Person, User
from modules.courses.models import CoursePage
from modules.papers.contents import FormQuestion
from tests.learning.attempts.sitting import answer, make_tested_course, position_of
from tests.pages.parts_seeding import begin, speak_urdu

COURSE = "doubles"
QUESTION = f"{COURSE}-a-essay"
WORDS = (
    "Insurance is paid by its members and their employers. Who has paid long enough has a right to"
    " a pension. Assistance is paid out of taxes, and goes to whoever is poor."
)
POINTS = ("0", "1", "3")
# Of “clear”, what two people find; the last two wait for a decision and for a second mark.
FOUND = [(2, 2), (2, 1), (1, 1), (0, 0), (0, 1), (2, 2), (1, 2), (1, 1), (0, 0), (2, 2), (2, 2),
         (1, 0), (2, 2), (1, 1), (0, 2), (2,)]  # fmt: skip


def make_doubles() -> None:
    """Both forms ask the one question, so that there is enough to tell."""
    course = make_tested_course(COURSE, number=88, kinds=("essay",), second_marker=100)
    speak_urdu(QUESTION, "essay")
    FormQuestion.objects.filter(form__course_code=COURSE).update(question_key=QUESTION)
    markers = [make_marker(n) for n in range(2)]
    for n, steps in enumerate(FOUND):
        written = write(f"{COURSE}-{n}", course)
        for user, step in zip(markers, steps, strict=False):
            rate(written, user, step)


def make_marker(n: int) -> User:
    person = Person.objects.create(
        names={"Latn": f"Marker {n + 1}"}, area_of_work=Area.objects.get(code="PK-PB")
    )
    return User.objects.create_user(f"{COURSE}-marker-{n}", person=person)


def write(name: str, course: CoursePage) -> Answer:
    begun = begin(name, course)
    written = save_answer(begun, answer(begun, position_of(begun, "essay"), WORDS))
    hand_in(begun, None)
    return written


def rate(written: Answer, user: User, step: int) -> None:
    sitting = written.sitting
    [found] = waiting_in(Sitting.objects.filter(pk=sitting.pk))
    note = "Members and employers are named." if step else "Terms without words of her own."
    given = found.rated({"clear": POINTS[step], "true": "4"}, note)
    give_mark(Open(sitting, written.position, written), given, user, uuid.uuid4())
