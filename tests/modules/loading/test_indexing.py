"""What a load writes can be found afterwards, by its words and by what refers to it."""

import pytest
from modelsearch.index import get_indexed_models
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.signal_handlers import reference_index_auto_update_disabled

from modules.courses.models import LessonPage
from modules.loading.indexing import indexed_once
from tests.modules.courses.making import make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def references():
    """The index of what refers to what, which tests go without."""
    reference_index_auto_update_disabled.value = False
    yield
    reference_index_auto_update_disabled.value = True


def found(words: str) -> list[str]:
    results = get_search_backend().search(words, LessonPage.objects.filter(locale_id=1))
    return sorted(page.title for page in results)


def test_what_is_saved_inside_is_found_afterwards(search_index):
    course = make_course()
    with indexed_once():
        make_lesson(course, "one", title="Employers")
        make_lesson(course, "two", title="Taxes").delete()
        assert found("employers") == []

    assert found("employers") == ["Employers"]
    make_lesson(course, "three", title="Employers again")
    assert found("employers") == ["Employers", "Employers again"]


def test_each_is_indexed_once(search_index, monkeypatch):
    course, times = make_course(), []
    backend = type(get_search_backend())
    monkeypatch.setattr(backend, "add", lambda self, page: times.append(page.pk))
    with indexed_once():
        make_lesson(course, "one")

    assert len(get_indexed_models()) > 1
    assert len(times) == len(set(times)) == 2, "the lesson and its alias"


def test_what_refers_to_what_is_known_afterwards(references):
    with indexed_once():
        page = make_course()
        assert not ReferenceIndex.get_references_to(page.course).exists()

    assert ReferenceIndex.get_references_to(page.course).count() == 2, "the page and its alias"
    other = make_course("other", number=82)
    assert ReferenceIndex.get_references_to(other.course).exists()


def test_an_index_that_is_not_kept_stays_so():
    course = make_course()
    with indexed_once():
        make_lesson(course, "one", title="Employers")

    assert found("employers") == []
    assert not ReferenceIndex.get_references_to(course.course).exists()
