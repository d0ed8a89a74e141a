"""The released versions of a course and what changed since, for each who may ask."""

import pytest
from django.core.cache import cache
from wagtail.models import Revision

from modules.courses import releasing
from modules.courses.models import Course, CourseVersion, LessonPage
from modules.courses.releasing import release
from modules.papers import contents
from modules.papers import models as papers
from modules.questions.models import Question
from modules.reference.models import LegalFigure
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

LIST, SINCE = "/courses/mini/changes/", "/courses/mini/changes/1.0/"


@pytest.fixture
def course(mini_course):
    return mini_course


def page_of(client, address=SINCE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def edit(anchor, old, new, key="one", lang="en"):
    page = LessonPage.objects.get(key=key, locale__language_code=lang)
    for block in page.body:
        if block.value["anchor"] == anchor:
            block.value["text"] = block.value["text"].replace(old, new)
    page.save_revision().publish()


def edit_question(key, **fields):
    question = Question.objects.get(key=key, locale__language_code="en")
    for name, value in fields.items():
        question.definition[0].value[name] = value
    question.save_revision().publish()


def swap_key(key):
    question = Question.objects.get(key=key, locale__language_code="en")
    for option in question.definition[0].value["options"]:
        option["correct"] = not option["correct"]
    question.save_revision().publish()


def test_versions_are_listed_with_their_dates(client, course):
    LegalFigure.objects.update(value="120")
    release(course, "1.1")

    page = page_of(client, LIST)

    assert page.index("Version 1.1: what changed since") < page.index("Version 1.0: what changed")
    assert f'href="{SINCE}"' in page


def test_the_course_page_leads_there(client, course):
    page = page_of(client, "/courses/mini/")

    assert "Version 1.0, released" in page
    assert f'<a href="{LIST}">What changed</a>' in page


def test_nothing_changed(client, course):
    assert "Nothing changed" in page_of(client)


def test_words_that_changed_are_marked_for_eyes_and_ears(client, course):
    edit("start", "weight", "little weight")

    page = page_of(client)

    assert (
        'A term with <ins><span class="unseen" lang="en">Added: </span>little</ins> weight. [W900]'
        in page
    )
    assert '<a href="/courses/mini/one/#start">Text: Begin</a>' in page


def test_a_figure_with_its_old_value_and_date(client, course):
    LegalFigure.objects.update(value="120", valid_from="2026-07")

    page = page_of(client)

    assert "KHR 100 a month (as of February 2024)</bdi></del>" in page
    assert "KHR 120 a month (as of July 2026)</bdi></ins>" in page


def test_rules_of_tests_and_lists_of_forms(client, course):
    papers.Test.objects.filter(purpose="post").update(counts="last")
    contents.FormQuestion.objects.filter(form__label="B").delete()

    page = page_of(client)

    assert "the best attempt</bdi></del>" in page
    assert "the last attempt</bdi></ins>" in page
    assert "1 question is gone" in page


def draw_practice_from_a_pool() -> contents.Blueprint:
    blueprint = contents.Blueprint.objects.create(course_code="mini", key="practice")
    blueprint.cells.create(outcome="MI1", level="understand", count=1)
    blueprint.pool.create(question_key="mi-one")
    papers.Test.objects.create(
        course_code="mini", purpose="practice", drawing="pool", blueprint=blueprint
    )
    return blueprint


def test_a_new_test_and_its_blueprint(client, course):
    draw_practice_from_a_pool()

    page = page_of(client)

    assert "Test to practise" in page
    assert "by chance from a pool, as the blueprint says</bdi></ins>" in page
    assert "Blueprint practice" in page
    assert "MI1, understand: <del>" in page
    assert "Pool: 1 question is new" in page
    assert "<li>Minutes</li>" not in page


def test_cells_pools_and_anchors_that_changed(client, course):
    blueprint = draw_practice_from_a_pool()
    release(course, "1.1")
    blueprint.cells.create(outcome="MI1", level="apply", count=1)
    blueprint.pool.create(question_key="mi-two", is_anchor=True)
    papers.Test.objects.filter(purpose="practice").update(negative_marking=True)
    papers.Test.objects.filter(purpose="post").update(second_marker=20)

    page = page_of(client, "/courses/mini/changes/1.1/")

    assert "MI1, apply: <del>" in page
    assert "MI1, understand" not in page
    assert "Pool: 1 question is new" in page
    assert "Other questions stand in every paper." in page
    assert "A wrong choice costs marks: <del" in page
    assert "Written answers with a second marker, in per cent: <del" in page
    assert "mi-two" not in page


def test_words_that_are_no_longer_kept(client, course, monkeypatch):
    edit("start", "weight", "little weight")
    version = CourseVersion.objects.get()
    with monkeypatch.context() as before:  # such revisions were protected
        before.setattr(releasing, "released_revisions", set)
        Revision.objects.filter(pk=version.manifest["pages"]["en"]["one"]).delete()

    page = page_of(client)

    assert "The words of one of the two are no longer kept" in page
    assert "little" not in page


def test_a_reader_of_urdu_reads_urdu_where_both_have_it(client, course):
    edit("limit", "باہر", "اندر", lang="ur")
    edit("start", "Two.", "Two and two.", key="two")

    page = page_of(client, f"/ur{SINCE}")

    assert "اندر</ins>" in page
    assert 'lang="en" dir="ltr"' in page[page.index("and two.") - 300 : page.index("and two.")]


def test_facilitators_matter_is_for_them_alone(client, course, cast):
    edit("play", "Play", "Secret game")

    assert "Secret" not in page_of(client)
    assert "Secret" not in page_of(sign_in(client, cast.learner))
    assert "Secret game</ins>" in page_of(sign_in(client, cast.trainer))


@pytest.mark.parametrize("who", ["", "learner", "trainer", "translator", "programme_admin"])
def test_of_questions_others_learn_only_that_one_of_the_practice_changed(client, course, cast, who):
    edit_question("mi-one", stem="One or canary?")
    edit_question("mi-a1", stem="Canary is one.")
    swap_key("mi-b1")

    page = page_of(sign_in(client, getattr(cast, who)) if who else client)

    assert "Practice question 1" in page
    assert "The question changed." in page
    for word in ("canary", "Canary", "mi-a1", "mi-b1", "The key"):
        assert word not in page


@pytest.mark.parametrize("who", ["author", "reviewer", "system_admin"])
def test_authors_read_the_words_but_never_the_key(client, course, cast, who):
    edit_question("mi-a1", stem="Canary is one.")
    edit_question("mi-b1", feedback="Secret reason.")
    swap_key("mi-one")

    page = page_of(sign_in(client, getattr(cast, who)))

    assert "Canary</ins> is one." in page.replace(
        '<span class="unseen" lang="en">Added: </span>', ""
    )
    assert "The key or the marking changed." in page
    assert "The feedback changed." in page
    for word in ("Secret reason", "correct", "It is not."):
        assert word not in page


def test_two_versions_can_be_compared(client, course):
    LegalFigure.objects.update(value="120")
    release(course, "1.1")
    LegalFigure.objects.update(value="130")

    page = page_of(client, f"{SINCE}?to=1.1")

    assert "KHR 120 a month" in page
    assert "KHR 130" not in page


@pytest.mark.parametrize("address", [f"{LIST}9/", f"{SINCE}?to=9", "/courses/none/changes/"])
def test_what_there_is_not(client, course, address):
    assert client.get(address).status_code == 404


def test_an_announced_course_is_not_open(client, course):
    Course.objects.filter(code="mini").update(status="announced")

    assert client.get(LIST).status_code == 404


@pytest.mark.parametrize(
    ("access", "goes"),
    [("signed_in", "/accounts/login/?next="), ("enrolled", "/accounts/login/?next=")],
)
def test_what_was_not_for_everybody_is_not_so_now(client, course, access, goes):
    Course.objects.filter(code="mini").update(access=access)

    response = client.get(SINCE)

    assert response["Location"].startswith(goes)


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("address", "number"), [(f"{SINCE}?to=1.1", 13), (SINCE, 23), (LIST, 6)])
def test_the_queries_do_not_grow(client, course, django_assert_num_queries, many, address, number):
    for n in range(many):
        edit("start", "Two.", f"Two {n}.", key="two")
        LegalFigure.objects.update(value=str(n))
        release(course, f"1.{n + 1}")
    cache.clear()

    with django_assert_num_queries(number):
        client.get(address)
