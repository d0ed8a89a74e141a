"""The marking desk: by question, without names, within one's programme."""

import uuid
from fractions import Fraction

import pytest

from learning.attempts.marking import CannotMark, mark_answer, waiting_in
from learning.attempts.models import Answer, HandMark, Sitting
from learning.attempts.permissions import sittings_markable_by
from learning.attempts.results import result_of
from learning.attempts.taking import hand_in, save_answer, start
from learning.people.models import Person, Role, RoleGrant
from learning.progress.recording import mark_done
from modules.papers.models import Purpose
from tests.cast import make_user, sign_in
from tests.learning.attempts.sitting import (
    LESSON_MINUTES,
    RIGHT,
    answer,
    enrol,
    position_of,
)

pytestmark = pytest.mark.django_db

DESK = "/training/marking/"
TEXT = "Protection through the risks of life."


@pytest.fixture
def course(tested_course):
    return tested_course


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
