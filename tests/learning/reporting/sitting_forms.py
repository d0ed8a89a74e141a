"""People who took form A or form B before a course, with every answer, in few statements."""

import datetime as dt
import uuid
from collections.abc import Sequence

from learning.attempts.models import Answer, ScoringRun, Sitting
from learning.enrolment.models import Cohort, Enrolment
from modules.courses.models import CoursePage, CourseVersion
from modules.papers.contents import Form, FormQuestion
from modules.papers.drawing import draw
from modules.papers.models import Test
from tests.learning.reporting.making import crowd, enrol_all
from tests.modules.courses.making import make_course
from tests.modules.questions.making import make_all

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
ANCHORS = tuple(f"fo-{n}" for n in range(1, 6))
OWN = {"A": ("fo-a",), "B": ("fo-b",)}
RIGHT, WRONG = "b", "a"


def make_form_of(code: str, kinds: Sequence[str], number: int = 61) -> CourseVersion:
    """A course whose form A has a question of each kind: "ch-1", "ch-2" …"""
    page = make_course(code, number=number)
    keys = {f"ch-{n}": kind for n, kind in enumerate(kinds, 1)}
    make_all(keys, use="test")
    form = Form.objects.create(course_code=code, label="A")
    FormQuestion.objects.bulk_create(
        FormQuestion(form=form, position=position, question_key=key)
        for position, key in enumerate(keys, 1)
    )
    Test.objects.create(course_code=code, purpose="pre", minutes=25, counts="first")
    return CourseVersion.objects.create(
        course=page.course,
        number="1.0",
        released_at=START,
        manifest={"titles": {"en": "Forms"}},
        sha256="0" * 64,
    )


def make_forms(code: str = "forms", number: int = 60) -> tuple[CoursePage, CourseVersion]:
    """A course whose forms have five questions in common, and one of its own each."""
    page = make_course(code, number=number)
    make_all(dict.fromkeys((*ANCHORS, "fo-a", "fo-b"), "single"), use="test")
    for label, own in OWN.items():
        form = Form.objects.create(course_code=code, label=label)
        FormQuestion.objects.bulk_create(
            FormQuestion(form=form, position=position, question_key=key)
            for position, key in enumerate((*ANCHORS, *own), 1)
        )
    Test.objects.create(course_code=code, purpose="pre", minutes=25, counts="first")
    version = CourseVersion.objects.create(
        course=page.course,
        number="1.0",
        released_at=START,
        manifest={"titles": {"en": "Forms"}},
        sha256="0" * 64,
    )
    return page, version


def sit_form(
    cohort: Cohort,
    label: str,
    right: Sequence[int],
    *,
    purpose: str = "pre",
    lang: str = "en",
    enrolments: Sequence[Enrolment] = (),
    start: dt.datetime = START,
    **about: object,
) -> list[Sitting]:
    """One person for each number: she has so many of the first questions right, and no others."""
    form = Form.objects.get(course_code=cohort.course_version.course.code, label=label)
    paper = draw(form, 0).to_json()
    people = enrolments or enrol_all(cohort, crowd(len(right)))
    sittings = Sitting.objects.bulk_create(
        Sitting(
            **{
                "enrolment": enrolment,
                "purpose": purpose,
                "attempt_no": 1,
                "form_label": label,
                "course_version": cohort.course_version,
                "paper": paper,
                "seed": 0,
                "started_at": start + dt.timedelta(minutes=n),
                "deadline_at": start + dt.timedelta(minutes=n + 25),
                "handed_in_at": start + dt.timedelta(minutes=n + 20),
                "handed_in_by": "person",
            }
            | about
        )
        for n, enrolment in enumerate(people)
    )
    Answer.objects.bulk_create(
        Answer(
            sitting=sitting,
            position=position,
            response=RIGHT if position <= got else WRONG,
            lang=lang,
            device=uuid.uuid4(),
            device_seq=1,
            captured_at=sitting.started_at,
            received_at=sitting.started_at,
        )
        for sitting, got in zip(sittings, right, strict=True)
        for position in range(1, len(paper["items"]) + 1)
    )
    ScoringRun.objects.bulk_create(
        ScoringRun(
            sitting=sitting,
            n=1,
            rules_version="1",
            num=got,
            den=1,
            full_num=len(paper["items"]),
            full_den=1,
            by_outcome={"CO1": {"got": [got, 1], "full": [6, 1], "unmarked": 0}},
            unmarked=0,
            reason="handed_in",
        )
        for sitting, got in zip(sittings, right, strict=True)
    )
    return sittings


def answer_as(sittings: Sequence[Sitting], responses: Sequence[Sequence[object]]) -> None:
    """Each sitting has the responses at its place, one for each position."""
    given = dict(zip((sitting.pk for sitting in sittings), responses, strict=True))
    answers = list(Answer.objects.filter(sitting__in=given))
    for answer in answers:
        answer.response = given[answer.sitting_id][answer.position - 1]
    Answer.objects.bulk_update(answers, ["response"], batch_size=200)
