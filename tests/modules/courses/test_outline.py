import pytest
from django.test import RequestFactory

from modules.courses.models import CoursePage, LessonPage
from modules.courses.outline import LessonEntry, outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_in(mini_course):
    """Finds the page of the mini course in a language."""
    return lambda lang="en": CoursePage.objects.get(course__code="mini", locale__language_code=lang)


def pk_of(key, lang):
    return LessonPage.objects.get(key=key, locale__language_code=lang).pk


def test_lessons_in_their_order(page_in):
    course = outline(page_in())

    assert (course.code, course.title) == ("mini", "Mini course")
    assert course.lessons == (
        LessonEntry("one", "91.1", "Lesson one", "/courses/mini/one/", 20, pk_of("one", "en")),
        LessonEntry("two", "91.2", "Lesson two", "/courses/mini/two/", 25, pk_of("two", "en")),
    )


@pytest.mark.parametrize(
    ("lang", "titles"),
    [("ur", ["سبق ایک", "Lesson two"]), ("km", ["Lesson one", "Lesson two"])],
)
def test_translations_and_aliases(page_in, lang, titles):
    lessons = outline(page_in(lang)).lessons

    assert [lesson.title for lesson in lessons] == titles
    assert [lesson.url for lesson in lessons] == [
        f"/{lang}/courses/mini/one/",
        f"/{lang}/courses/mini/two/",
    ]
    assert lessons[1].page == pk_of("two", lang)


def test_addresses_are_those_of_the_pages(page_in):
    for lang in ("en", "ur", "km"):
        for lesson in outline(page_in(lang)).lessons:
            assert lesson.url == LessonPage.objects.get(pk=lesson.page).url


def test_before_and_after(page_in):
    course = outline(page_in())
    one, two = course.lessons

    assert (course.before("one"), course.after("one")) == (None, two)
    assert (course.before("two"), course.after("two")) == (one, None)
    assert (course.before("gone"), course.after("gone"), course.lesson("gone")) == (None,) * 3
    assert course.lesson("two") == two


def test_a_lesson_that_is_not_live_is_left_out_and_numbers_close_up(page_in):
    LessonPage.objects.get(key="one", locale__language_code="en").unpublish()

    assert [(x.key, x.number) for x in outline(page_in()).lessons] == [("two", "91.1")]


@pytest.mark.parametrize("lang", ["en", "ur", "km"])
def test_two_queries(page_in, django_assert_num_queries, lang):
    request = RequestFactory().get("/")
    outline(page_in(lang), request)  # from now on the site's addresses are known
    course_page = page_in(lang)

    with django_assert_num_queries(2):
        outline(course_page, request)
