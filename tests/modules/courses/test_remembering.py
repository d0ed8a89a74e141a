"""What a release kept and what stands today, as texts of one reader."""

import pytest
from wagtail.models import Revision

from modules.courses import releasing
from modules.courses.models import CourseVersion, LessonPage
from modules.courses.remembering import in_words, kept_by, standing_today
from modules.questions.models import Question, QuestionVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(mini_course):
    return mini_course


@pytest.fixture
def version(course):
    return CourseVersion.objects.get(course=course)


def told(version, language="en", *, facilitator=False):
    old, new = kept_by(version), standing_today(version.course)
    return in_words(old, new, language, facilitator=facilitator)


def test_a_course_just_released_stands_today(version):
    old, new = told(version)

    assert old == new
    assert [lesson.title for lesson in old.lessons] == ["Lesson one", "Lesson two"]
    assert old.figures["kh.mini-limit"]["value"] == "100"
    assert old.outcomes["MI1"] == {"title": "Explain little.", "level": "understand"}
    assert list(old.forms) == ["A", "B"]


def test_blocks_are_told_without_layout(version):
    lesson = told(version)[0].lessons[0]

    start, drawing = lesson.blocks[:2]
    assert (start.title, start.parts) == ("Begin", ("Begin", "A term with weight. [W900]"))
    assert drawing.parts == ('A "dot" in a box.', "One dot.", "A: the dot")
    assert lesson.blocks[2].facts["figures"] == ("kh.mini-limit",)


def test_what_is_for_facilitators_is_told_to_them_alone(version):
    def kinds(**who):
        return {block.kind for block in told(version, **who)[0].lessons[0].blocks}

    assert kinds(facilitator=True) - kinds() == {"activity"}


def test_lessons_are_in_the_language_that_both_have_else_in_english(version):
    old, _new = told(version, "ur")

    assert [(lesson.lang, lesson.title) for lesson in old.lessons] == [
        ("ur", "سبق ایک"),
        ("en", "Lesson two"),
    ]
    assert old.questions["mi-one"].parts[0] == "ایک؟"
    assert old.outcomes["MI1"]["title"] == "تھوڑی وضاحت کریں۔"


def test_a_translation_that_is_new_is_compared_in_english(version):
    del version.manifest["pages"]["ur"]

    old, new = told(version, "ur")

    assert {old.lessons[0].lang, new.lessons[0].lang} == {"en"}


def test_a_purged_revision_has_no_words(version, monkeypatch):
    page = LessonPage.objects.get(key="one", locale__language_code="en")
    page.save_revision().publish()
    with monkeypatch.context() as before:  # such revisions were protected
        before.setattr(releasing, "released_revisions", set)
        Revision.objects.filter(pk=version.manifest["pages"]["en"]["one"]).delete()

    old, new = told(version)

    assert old.lessons[0].blocks is None
    assert new.lessons[0].blocks


def test_questions_are_those_of_their_versions(version):
    question = Question.objects.get(key="mi-two", locale__language_code="en")
    question.definition[0].value["stem"] = "Two and two?"
    question.save_revision().publish()

    old, new = told(version)

    assert old.questions["mi-two"].parts[0] == "One and one?"
    assert new.questions["mi-two"].parts[0] == "Two and two?"
    assert old.questions["mi-two"].key_sha == new.questions["mi-two"].key_sha


def test_looking_freezes_nothing_and_misses_what_is_not_live(version):
    Question.objects.get(key="mi-two").unpublish()
    before = QuestionVersion.objects.count()

    _old, new = told(version)

    assert "mi-two" not in new.questions
    assert QuestionVersion.objects.count() == before


def test_a_version_that_says_nothing_is_empty(course):
    empty = CourseVersion(course=course, number="0", manifest={})

    old, new = told(empty)

    assert (old.lessons, dict(old.questions)) == ((), {})
    assert len(new.lessons) == 2


def test_three_queries_for_what_is_kept(version, django_assert_num_queries):
    old = kept_by(version)

    with django_assert_num_queries(2):
        in_words(kept_by(version), old, "ur", facilitator=True)
