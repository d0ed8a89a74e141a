"""Which paper a person gets, by how the test is drawn."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.attempts.models import Sitting
from learning.attempts.questions import paper_of
from learning.attempts.taking import Refused, hand_in, start
from modules.papers import models as papers
from modules.papers.contents import Blueprint, Form
from modules.papers.models import Drawing, Purpose
from modules.questions.models import Question
from tests.cast import sign_in
from tests.learning.attempts.sitting import KINDS, enrol

pytestmark = pytest.mark.django_db

PRE, POST = Purpose.PRE, Purpose.POST


@pytest.fixture
def enrolment(cast, tested_course):
    return enrol(cast.learner, tested_course)


@pytest.fixture
def pool(tested_course) -> Blueprint:
    """The post-test draws 4 of the 16 questions of both forms."""
    blueprint = Blueprint.objects.create(course_code="tested", key="main")
    level = Question.objects.filter(key="tested-a-single").values_list("level", flat=True).get()
    blueprint.cells.create(outcome="CO1", level=level, count=4)
    for label in "ab":
        for kind in KINDS:
            blueprint.pool.create(question_key=f"tested-{label}-{kind}")
    tests = papers.Test.objects.filter(course_code="tested")
    tests.update(drawing=Drawing.POOL, blueprint=blueprint, wait_days=0, attempts=9)
    return blueprint


def asked(sitting: Sitting) -> set[str]:
    return {item.question for item in paper_of(sitting).items}


def test_a_fixed_form_is_everybodys(enrolment):
    form = Form.objects.get(course_code="tested", label="B")
    papers.Test.objects.filter(purpose="pre").update(drawing=Drawing.FIXED, fixed_form=form)

    sitting = start(enrolment, PRE)

    assert sitting.form_label == "B"
    assert "tested-b-single" in asked(sitting)
    enrolment.refresh_from_db()
    assert enrolment.first_form == ""


def test_a_pool_gives_a_paper_of_its_own(enrolment, pool):
    sitting = start(enrolment, POST, seed=7)

    assert (sitting.form_label, sitting.paper["form"], sitting.seed) == ("", "", 7)
    assert len(asked(sitting)) == 4


def test_the_same_seed_gives_everybody_the_same(cast, tested_course, pool):
    first, second = [
        start(enrol(user, tested_course), POST, seed=7).paper
        for user in (cast.learner, cast.outsider)
    ]

    assert first == second


def test_a_later_attempt_asks_what_no_earlier_one_asked(enrolment, pool):
    """16 questions are enough for a pre-test and three attempts of four; the next repeats."""
    now = timezone.now()
    sittings = [hand_in(start(enrolment, PRE, now, seed=1), None, now)]
    for attempt in range(1, 5):
        later = now + timedelta(minutes=attempt)
        sittings.append(hand_in(start(enrolment, POST, later, seed=attempt), None, later))

    pre, *post = [asked(sitting) for sitting in sittings]

    assert len(pre.union(*post[:3])) == 16
    assert post[3] == pre


def test_a_pool_that_is_no_longer_enough_costs_no_attempt(enrolment, pool):
    pool.cells.update(count=17)

    with pytest.raises(Refused, match=r"^no_paper$"):
        start(enrolment, POST)

    assert not Sitting.objects.exists()


@pytest.mark.parametrize("facts", [{"retired": True}, {"live": False}])
def test_a_form_with_a_question_that_is_not_asked_any_more_costs_no_attempt(enrolment, facts):
    Question.objects.filter(key__endswith="-single").update(**facts)

    with pytest.raises(Refused, match=r"^no_paper$"):
        start(enrolment, PRE)


def test_a_form_that_is_gone_costs_no_attempt(enrolment):
    Form.objects.all().delete()

    with pytest.raises(Refused, match=r"^no_paper$"):
        start(enrolment, PRE)


def test_the_page_says_that_a_test_has_no_paper(client, cast, enrolment, pool):
    pool.cells.update(count=17)
    sign_in(client, cast.learner)

    page = client.post(reverse("test_start", args=["tested", "post"]), follow=True)

    assert "there are not enough questions for it" in page.text
    assert "no attempt is used" in page.text
    assert not Sitting.objects.exists()


def test_pages_name_no_form_where_there_is_none(client, cast, enrolment, pool):
    sitting = start(enrolment, POST)
    sign_in(client, cast.learner)

    for name, args in (("test_question", [sitting.uuid, 1]), ("test_review", [sitting.uuid])):
        page = client.get(reverse(name, args=args)).text
        assert "form" not in page.split("<h1")[0].split('<p class="small">')[-1]


def test_the_queries_of_beginning_once_the_pool_is_known(
    enrolment, pool, django_assert_num_queries
):
    start(enrolment, PRE)

    with django_assert_num_queries(11):
        start(enrolment, POST)
