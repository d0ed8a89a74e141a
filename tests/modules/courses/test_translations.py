import datetime as dt

import pytest

from modules.courses.models import HomePage
from modules.courses.translations import languages_of, with_languages, words_are_draft
from modules.reference.interface import InterfaceTranslation

pytestmark = pytest.mark.django_db


def home(language: str, *, told: bool) -> HomePage:
    homes = HomePage.objects.filter(locale__language_code=language)
    return with_languages(homes).get() if told else homes.get()


@pytest.mark.parametrize("told", [True, False])
def test_languages_are_those_a_page_is_published_in(told):
    HomePage.objects.get(locale__language_code="km").unpublish()

    assert languages_of(home("ur", told=told)) == {"en", "ur", "lo"}


@pytest.mark.parametrize("told", [True, False])
def test_words_are_a_draft_until_they_are_confirmed(told):
    InterfaceTranslation.objects.filter(language="ur").update(confirmed_on=dt.date(2026, 11, 21))

    drafts = [words_are_draft(home(code, told=told), code) for code in ("en", "ur", "km")]
    assert drafts == [False, False, True]


def test_page_that_was_told_asks_no_more(django_assert_num_queries):
    page = home("ur", told=True)

    with django_assert_num_queries(0):
        assert languages_of(page) == {"en", "ur", "km", "lo"}
        assert words_are_draft(page, "ur")


def test_only_the_language_is_asked_where_there_is_no_page():
    assert words_are_draft(None, "ur")
    assert not words_are_draft(None, "en")
