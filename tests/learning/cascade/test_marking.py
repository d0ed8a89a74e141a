"""The marking desk: by question, without names, within one's programme."""

import uuid
from fractions import Fraction

import pytest

from learning.attempts.marking import CannotMark, Given, Open, give_mark, mark_answer, waiting_in
from learning.attempts.models import Answer, HandMark, Sitting
from learning.attempts.permissions import sittings_markable_by
from learning.attempts.results import result_of
from learning.attempts.taking import hand_in, save_answer, start
from learning.people.models import Person, Role, RoleGrant
from learning.privacy.erasing import erase_person
from learning.progress.recording import mark_done
from modules.courses.models import CoursePage
from modules.papers.models import Purpose
from modules.questions.models import Question
from tests.cast import make_user, sign_in
from tests.learning.attempts.sitting import (
    LESSON_MINUTES,
    RIGHT,
    answer,
    enrol,
    make_tested_course,
    position_of,
)
from tests.modules.questions.test_asking import make

pytestmark = pytest.mark.django_db

DESK = "/training/marking/"
TEXT = "Protection through the risks of life."


@pytest.fixture
def course(tested_course):
    return tested_course


@pytest.fixture(scope="module")
def rubric_course(made_once) -> int:
    """The page of a course whose tests are an essay and a teach-back."""
    return make_tested_course("rubrics", 86, kinds=("essay", "teachback")).pk


def sat(user, course, responses) -> Sitting:
    sitting = start(enrol(user, course), Purpose.POST)
    for kind, response in responses.items():
        save_answer(sitting, answer(sitting, position_of(sitting, kind), response))
    return hand_in(sitting, user)


@pytest.fixture
def sitting(cast, course) -> Sitting:
    return sat(cast.learner, course, {"short": TEXT})


@pytest.fixture
def marker(cast, sitting):
    """The trainer of the programme that the learner's cohort belongs to."""
    RoleGrant.objects.create(
        user=cast.trainer, role=Role.TRAINER, programme=sitting.enrolment.cohort.programme
    )
    return cast.trainer


def address(sitting) -> str:
    return f"{DESK}tested-{sitting.form_label.lower()}-short/1/"


def text_of(sitting) -> Answer:
    return sitting.answers.get(position=position_of(sitting, "short"))


def give(client, sitting, mark: str, **more):
    answer = text_of(sitting)
    fact = more.pop("fact", uuid.uuid4())
    fields = {f"mark-{answer.pk}": mark, f"fact-{answer.pk}": fact}
    return client.post(address(sitting), fields | more, follow=True)


def test_desk_shows_questions_and_answers_without_names(client, marker, sitting):
    sign_in(client, marker)
    desk = client.get(DESK).content.decode()
    answers = client.get(address(sitting)).content.decode()

    assert "1 answer waits" in desk
    assert TEXT in answers
    for secret in ("Lubna", "learner@", str(sitting.uuid), str(sitting.enrolment.uuid)):
        assert secret not in desk + answers


def test_mark_makes_the_result_final(client, marker, sitting):
    sign_in(client, marker)
    page = give(client, sitting, "0.5").content.decode()

    assert "1 mark saved." in page
    mark = result_of(sitting).mark
    assert (mark.got, mark.unmarked) == (Fraction(1, 2), 0)
    assert HandMark.objects.get().recorded_by == marker
    assert "Nothing waits to be marked" in client.get(DESK).content.decode()


def test_who_marks_for_one_programme_stays_in_it(client, marker, sitting):
    programme = sitting.enrolment.cohort.programme.code
    within = f"?programme={programme}"
    sign_in(client, marker)

    assert f'href="{address(sitting)}{within}"' in client.get(DESK + within).content.decode()
    given = {f"mark-{text_of(sitting).pk}": "1", f"fact-{text_of(sitting).pk}": uuid.uuid4()}
    assert client.post(address(sitting) + within, given).url == address(sitting) + within
    assert client.get(address(sitting) + within).url == DESK + within
    assert "Nothing waits" in client.get(f"{DESK}?programme=other").content.decode()


def test_last_mark_issues_the_certificate(client, sitting, marker):
    enrolment = sitting.enrolment
    for lesson in LESSON_MINUTES:
        mark_done(enrolment, lesson, None)
    sign_in(client, marker)
    give(client, sitting, "1")

    assert enrolment.certificates.get().grade == "attendance"


def test_same_mark_sent_twice_is_given_once(client, marker, sitting):
    fact = uuid.uuid4()
    first = mark_answer(text_of(sitting), Fraction(1), marker, fact)

    assert mark_answer(text_of(sitting), Fraction(1), marker, fact) == first
    assert sitting.scoring_runs.count() == 2


def test_answer_marked_meanwhile_keeps_its_mark(client, marker, sitting):
    sign_in(client, marker)
    mark_answer(text_of(sitting), Fraction(1), marker, uuid.uuid4())
    response = give(client, sitting, "0")

    assert "Nothing waits to be marked for this question any more." in response.content.decode()
    assert result_of(sitting).mark.got == 1
    with pytest.raises(CannotMark):
        mark_answer(text_of(sitting), Fraction(0), marker, uuid.uuid4())


def test_of_two_answers_the_one_marked_meanwhile_keeps_its_mark(
    client, cast, course, marker, sitting
):
    make = [make_user(f"other-{n}", f"Other {n}", cast.punjab) for n in range(2)]
    same_form = [sat(user, course, {"short": TEXT}) for user in make][1]
    assert same_form.form_label == sitting.form_label
    sign_in(client, marker)
    mark_answer(text_of(sitting), Fraction(1), marker, uuid.uuid4())
    late = {f"mark-{text_of(sitting).pk}": "0"}
    response = give(client, same_form, "0.5", **late)

    assert "1 mark saved." in response.content.decode()
    assert "1 answer was marked by somebody else meanwhile" in response.content.decode()
    assert result_of(sitting).mark.got == 1


def test_mark_that_is_no_level_is_refused(client, marker, sitting):
    sign_in(client, marker)
    give(client, sitting, "0.7")

    assert not HandMark.objects.exists()


def test_no_choice_saves_nothing_and_says_so(client, marker, sitting):
    sign_in(client, marker)

    assert "No mark was chosen" in give(client, sitting, "").content.decode()


def test_only_written_answers_wait(course, cast):
    sat(cast.learner, course, {"single": RIGHT["single"]})

    assert waiting_in(Sitting.objects.all()) == []


def test_answers_of_a_running_test_do_not_wait(course, cast):
    sitting = start(enrol(cast.learner, course), Purpose.POST)
    written = save_answer(sitting, answer(sitting, position_of(sitting, "short"), TEXT))

    assert waiting_in(Sitting.objects.filter(handed_in_at__isnull=False)) == []
    with pytest.raises(CannotMark):
        mark_answer(written, Fraction(1), cast.trainer, uuid.uuid4())


@pytest.mark.parametrize("who", ["learner", "outsider", "viewer", "author", "area_admin"])
def test_desk_is_closed_to_who_marks_nothing(client, cast, sitting, who):
    sign_in(client, getattr(cast, who))

    assert client.get(DESK).status_code == 403
    assert client.get(address(sitting)).status_code == 403


def test_trainer_of_another_programme_sees_nothing(client, cast, sitting):
    sign_in(client, cast.trainer)

    assert TEXT not in client.get(address(sitting), follow=True).content.decode()
    assert list(sittings_markable_by(cast.trainer)) == []


def test_nobody_marks_her_own(cast, course):
    sitting = sat(cast.system_admin, course, {"short": TEXT})

    assert sitting not in sittings_markable_by(cast.system_admin)


def test_nobody_marks_what_another_record_of_hers_holds(cast, course):
    sitting = sat(cast.learner, course, {"short": TEXT})
    assert sitting in sittings_markable_by(cast.system_admin)

    Person.objects.filter(user=cast.learner).update(merged_into=cast.system_admin.person)
    assert sitting not in sittings_markable_by(cast.system_admin)


def test_role_for_an_area_holds_for_its_programmes(cast, sitting):
    colleague = make_user("colleague", "Colleague", cast.punjab)
    RoleGrant.objects.create(user=colleague, role=Role.TRAINER, area=cast.pakistan)
    abroad = make_user("abroad", "Abroad", cast.cambodia)
    RoleGrant.objects.create(user=abroad, role=Role.TRAINER, area=cast.cambodia)

    assert list(sittings_markable_by(colleague)) == [sitting]
    assert list(sittings_markable_by(abroad)) == []


# --- by rubric

LEVELS = {"clear": "1", "true": "4"}
WRITTEN = "Members pay for insurance."


@pytest.fixture
def rubrics(cast, rubric_course):
    """A test with an essay and a teach-back, handed in; the trainer may mark it."""
    sitting = sat(cast.learner, CoursePage.objects.get(pk=rubric_course), {"essay": WRITTEN})
    RoleGrant.objects.create(
        user=cast.trainer, role=Role.TRAINER, programme=sitting.enrolment.cohort.programme
    )
    return sitting


def page_of(sitting, kind: str) -> str:
    return f"{DESK}rubrics-{sitting.form_label.lower()}-{kind}/1/"


def place_of(sitting, kind: str) -> Open:
    every = waiting_in(Sitting.objects.filter(pk=sitting.pk))
    return next(w for w in every if w.version.content["kind"] == kind).answers[0]


def rate(client, sitting, kind: str, levels: dict[str, str], **more):
    one = place_of(sitting, kind)
    fields = {f"mark-{one.id}-{key}": points for key, points in levels.items()}
    return client.post(page_of(sitting, kind), fields | more, follow=True).content.decode()


def test_essay_is_marked_by_its_rubric_exactly_and_without_a_name(client, cast, rubrics):
    sign_in(client, cast.trainer)
    page = client.get(page_of(rubrics, "essay")).content.decode()

    assert WRITTEN in page
    assert "4 words" in page
    assert "Plain words throughout." in page
    assert "Insurance is paid by members." in page
    for secret in ("Lubna", str(rubrics.uuid), str(rubrics.enrolment.uuid), "note-"):
        assert secret not in page
    assert "1 mark saved." in rate(client, rubrics, "essay", LEVELS)
    mark = HandMark.objects.get()
    assert (Fraction(mark.num, mark.den), mark.levels, mark.note) == (Fraction(5, 7), LEVELS, "")
    assert result_of(rubrics).mark.got == Fraction(5, 7)


def test_trainer_who_saw_it_records_a_teach_back_with_a_note(client, cast, rubrics):
    sign_in(client, cast.trainer)
    desk = client.get(DESK).content.decode()
    page = client.get(page_of(rubrics, "teachback")).content.decode()

    assert "1 person waits" in desk
    assert "Lubna" not in desk
    assert "Lubna" in page
    one = place_of(rubrics, "teachback")
    rate(client, rubrics, "teachback", LEVELS, **{f"note-{one.id}": "Spoke freely."})
    mark = HandMark.objects.get()
    assert (mark.levels, mark.note, mark.recorded_by) == (LEVELS, "Spoke freely.", cast.trainer)
    assert [w.version.content["kind"] for w in waiting_in(Sitting.objects.all())] == ["essay"]


@pytest.mark.parametrize("kind", ["essay", "teachback"])
def test_half_a_rating_is_refused_and_kept_on_the_page(client, cast, rubrics, kind):
    sign_in(client, cast.trainer)
    page = rate(client, rubrics, kind, {"clear": "3"})

    assert "Choose a level for each criterion, or for none." in page
    assert 'value="3" checked' in page
    assert not HandMark.objects.exists()


@pytest.mark.parametrize("levels", [{"clear": "2", "true": "4"}, {"clear": "", "true": ""}, {}])
def test_level_that_is_none_or_no_level_saves_nothing(client, cast, rubrics, levels):
    sign_in(client, cast.trainer)
    rate(client, rubrics, "essay", levels)

    assert not HandMark.objects.exists()


def test_two_trainers_who_saw_it_give_one_mark(cast, rubrics):
    one = place_of(rubrics, "teachback")
    give_mark(one, Given(Fraction(1), LEVELS), cast.trainer, uuid.uuid4())

    with pytest.raises(CannotMark):
        give_mark(one, Given(Fraction(0), LEVELS), cast.trainer, uuid.uuid4())
    assert HandMark.objects.get().num == 1


def test_rating_in_parts_that_came_too_late_counts_as_one_answer(client, cast, rubrics):
    page = CoursePage.objects.get(course__code="rubrics", locale__language_code="en")
    others = [make_user(f"other-{n}", f"Other {n}", cast.punjab) for n in range(2)]
    same_form = [sat(user, page, {"essay": "Mine."}) for user in others][1]
    assert same_form.form_label == rubrics.form_label
    sign_in(client, cast.trainer)
    one = place_of(rubrics, "essay")
    give_mark(one, Given(Fraction(1)), cast.trainer, uuid.uuid4())
    late = {f"mark-{one.id}-{key}": points for key, points in LEVELS.items()}

    said = rate(client, same_form, "essay", LEVELS, **late)
    assert "1 mark saved." in said
    assert "1 answer was marked by somebody else meanwhile" in said


def test_who_was_erased_waits_for_nobody_to_see_her(client, cast, rubrics):
    erase_person(cast.learner.person)

    assert waiting_in(Sitting.objects.all()) == []


def test_note_beside_a_mark_goes_with_the_person(cast, rubrics):
    one = place_of(rubrics, "teachback")
    give_mark(one, Given(Fraction(1), LEVELS, "Spoke freely."), cast.trainer, uuid.uuid4())
    erase_person(cast.learner.person)

    mark = HandMark.objects.get()
    assert (mark.note, mark.levels, mark.num) == ("", LEVELS, 1)


@pytest.mark.parametrize("who", ["learner", "outsider", "viewer"])
def test_teach_backs_are_closed_to_who_marks_nothing(client, cast, rubrics, who):
    sign_in(client, getattr(cast, who))

    assert client.get(page_of(rubrics, "teachback")).status_code == 403


def test_a_trainer_of_another_programme_is_told_no_name(client, cast, rubrics):
    RoleGrant.objects.all().delete()
    abroad = make_user("abroad", "Abroad", cast.cambodia)
    RoleGrant.objects.create(user=abroad, role=Role.TRAINER, area=cast.cambodia)
    sign_in(client, abroad)
    page = client.get(page_of(rubrics, "teachback"), follow=True).content.decode()

    assert "Lubna" not in page


@pytest.mark.parametrize(("written", "waits"), [("Payroll tax", 0), ("Gifts", 1)])
def test_what_a_list_accepts_waits_for_nobody(cast, course, written, waits):
    Question.objects.filter(key__endswith="-short").delete()
    for label in "ab":
        make(f"tested-{label}-short", "short", use="test", accepted="payroll tax")
    sitting = sat(cast.learner, course, {"short": written})

    assert len(waiting_in(Sitting.objects.all())) == waits
    assert result_of(sitting).mark.got == 1 - waits
    if not waits:
        with pytest.raises(CannotMark):
            mark_answer(text_of(sitting), Fraction(0), cast.trainer, uuid.uuid4())


def test_number_of_queries_does_not_grow_with_answers(
    cast, rubric_course, django_assert_num_queries
):
    page = CoursePage.objects.get(pk=rubric_course)
    sat(cast.learner, page, {"essay": WRITTEN})
    with django_assert_num_queries(7):
        waiting_in(Sitting.objects.all())
    for n in range(3):
        sat(make_user(f"more-{n}", f"More {n}", cast.punjab), page, {"essay": WRITTEN})
    with django_assert_num_queries(7):
        waiting_in(Sitting.objects.all())


def test_what_a_list_accepts_does_not_wait_beside_what_does(cast):
    page = make_tested_course("both", 87, kinds=("short", "essay"))
    Question.objects.filter(key__startswith="both-", key__endswith="-short").delete()
    for label in "ab":
        make(f"both-{label}-short", "short", use="test", accepted="payroll tax")
    sat(cast.learner, page, {"short": "Payroll tax", "essay": WRITTEN})

    assert [w.version.content["kind"] for w in waiting_in(Sitting.objects.all())] == ["essay"]
