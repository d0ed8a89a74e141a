"""The admin of tests: what is saved, what is refused."""

import pytest

from modules.papers import models as papers
from modules.papers.contents import Blueprint, Form
from modules.questions.models import Question
from tests.modules.composing.conftest import PRACTICE_KEYS
from tests.modules.composing.sending import (
    address,
    post_test,
    settings_of,
    words,
)

pytestmark = pytest.mark.django_db

LATER = {"purpose": "retention", "attempts": "1"}


def test_an_author_makes_a_test(author):
    post_test(author, opens_at="2027-01-31 08:00", by_cohort="on")

    test = papers.Test.objects.get()
    assert (test.course_code, test.purpose, test.minutes) == ("coordination", "post", None)
    assert (test.attempts, test.wait_days, test.by_cohort) == (2, 7, True)
    assert test.opens_at.isoformat()[:10] in {"2027-01-31", "2027-01-30"}


def test_a_test_keeps_its_course_and_purpose(author):
    post_test(author)
    test = papers.Test.objects.get()

    author.post(address("test", "edit", test.pk), settings_of(purpose="pre", attempts="3"))

    test.refresh_from_db()
    assert (test.purpose, test.attempts) == ("post", 3)


def test_a_test_may_draw_by_a_blueprint_or_have_one_form(author, blueprint):
    form = Form.objects.get(label="B")

    post_test(author, drawing="pool", blueprint=blueprint.pk)
    post_test(author, purpose="pre", drawing="fixed", fixed_form=form.pk)

    drawn = {(t.purpose, t.drawing, t.blueprint, t.fixed_form) for t in papers.Test.objects.all()}
    assert drawn == {("post", "pool", blueprint, None), ("pre", "fixed", None, form)}


@pytest.fixture
def elsewhere(blueprint) -> dict[str, int]:
    """Another course's form and blueprint, by the name of the field."""
    form = Form.objects.create(course_code="elsewhere", label="A")
    other = Blueprint.objects.create(course_code="elsewhere", key="main")
    return {"fixed_form": form.pk, "blueprint": other.pk}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"feedback_when": "at_once"}, "Only practice tells at once."),
        ({"drawing": "fixed"}, "Choose the form that everybody gets."),
        ({"drawing": "pool"}, "Choose the blueprint to draw by."),
        ({"opens_at": "2027-01-31 08:00", "closes_at": "2027-01-31 08:00"}, "must close after"),
        ({"attempts": "0"}, "greater than or equal to 1"),
        ({"purpose": "final"}, "Select a valid choice"),
        ({"course_code": "nowhere"}, "Select a valid choice"),
        ({"minutes": "soon"}, "Enter a whole number"),
        ({"second_marker": "101"}, "less than or equal to 100"),
        ({"second_marker": "10", "purpose": "practice"}, "Leave it at 0."),
        ({"purpose": "practice"}, ""),
        ({"waves": "3, 6"}, "Leave it empty: only the test some months after"),
        ({"purpose": "retention"}, "Such a test is taken once each time."),
        (LATER | {"waves": "soon"}, "Write months with commas between them"),
        (LATER | {"waves": "6, 3"}, "Write whole numbers of months from 1 to 60"),
        (LATER | {"waves": "1"}, "would open before the course is over"),
        (LATER | {"tolerance_days": "45"}, "Two of them would be open at once."),
        (LATER | {"tolerance_days": "91"}, "less than or equal to 90"),
        (LATER | {"feedback_when": "handed_in"}, "The same questions come again"),
        (LATER | {"waves": "۲، 12"}, ""),
    ],
)
def test_bad_settings_are_refused_with_one_message(author, changed, said):
    page = post_test(author, **changed)

    assert said in words(page).replace("&#x27;", "'")
    assert papers.Test.objects.exists() is (not said)


def test_what_belongs_to_another_course_is_refused(author, elsewhere):
    page = post_test(author, drawing="fixed", fixed_form=elsewhere["fixed_form"])
    assert "Choose a form of the same course." in page.text
    page = post_test(author, drawing="pool", blueprint=elsewhere["blueprint"])
    assert "Choose a blueprint of the same course." in page.text
    page = post_test(author, fixed_form=Form.objects.get(course_code="coordination", label="A").pk)
    assert "Leave it empty: only “one form for everybody” uses it." in page.text
    assert not papers.Test.objects.exists()


def test_tests_that_are_compared_are_marked_alike(author):
    post_test(author)

    page = post_test(author, purpose="pre", negative_marking="on")
    assert "must be marked alike" in page.text
    assert papers.Test.objects.count() == 1

    post_test(author, negative_marking="on", changes_all="on", **LATER)
    assert set(papers.Test.objects.values_list("purpose", "negative_marking")) == {
        ("retention", True), ("post", True),
    }  # fmt: skip


def test_months_are_shown_as_they_are_typed(author):
    post_test(author, waves="3 12", **LATER)

    test = papers.Test.objects.get()
    assert (test.waves, test.months) == ([3, 12], (3, 12))
    assert 'value="3, 12"' in author.get(address("test", "edit", test.pk)).text
    author.post(address("test", "edit", test.pk), settings_of(**LATER))
    test.refresh_from_db()
    assert (test.waves, test.months) == ([], (3, 6))


def test_practice_may_be_marked_otherwise(author, blueprint):
    post_test(author)
    blueprint.pool.all().delete()
    for key in PRACTICE_KEYS:
        blueprint.pool.create(question_key=key)

    post_test(author, purpose="practice", drawing="pool", blueprint=blueprint.pk,
              negative_marking="on", feedback_when="at_once", attempts="99")  # fmt: skip

    assert papers.Test.objects.filter(purpose="practice", negative_marking=True).exists()
    assert papers.Test.objects.filter(purpose="post", negative_marking=False).exists()


def test_a_pool_that_is_not_enough_is_refused(author, blueprint):
    blueprint.cells.create(outcome="CO2", level="recall", count=3)

    page = post_test(author, drawing="pool", blueprint=blueprint.pk)

    said = "The pool is not enough for what the blueprint wants: CO2, recall: 3 questions missing."
    assert said in words(page)
    assert not papers.Test.objects.exists()


def test_a_measuring_test_asks_no_practice_question(author, blueprint):
    blueprint.pool.create(question_key="co-p1")

    page = post_test(author, drawing="pool", blueprint=blueprint.pk)

    assert "asks questions for tests alone; these are for practice: co-p1." in words(page)
    assert not papers.Test.objects.exists()


def test_practice_gives_no_test_away(author, blueprint):
    post_test(author)

    page = post_test(author, purpose="practice", drawing="pool", blueprint=blueprint.pk)

    assert "Practice would give away what a test asks: co-t1, co-t2" in words(page)
    assert papers.Test.objects.count() == 1


def test_forms_that_ask_nothing_are_no_test(author):
    Form.objects.get(label="B").questions.all().delete()

    assert "Form B asks nothing yet. Fill it first." in words(post_test(author))


@pytest.mark.parametrize("facts", [{"retired": True}, {"live": False}])
def test_a_question_that_is_no_longer_asked_stops_a_test(author, facts):
    Question.objects.filter(key="co-t1").update(**facts)

    assert "These questions are not published or retired: co-t1." in words(post_test(author))
    assert not papers.Test.objects.exists()
