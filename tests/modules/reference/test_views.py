"""The glossary."""

import uuid

import pytest
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale

from modules.reference.models import GlossaryTerm

pytestmark = pytest.mark.django_db


def make_term(key, language="en", **fields):
    translation_key = uuid.uuid5(uuid.NAMESPACE_URL, key)
    locale = Locale.objects.get(language_code=language)
    return GlossaryTerm.objects.create(
        key=key, locale=locale, translation_key=translation_key, **{"term": key} | fields
    )


@pytest.fixture
def terms():
    make_term("tripartite", definition="With three sides.")
    make_term("appeal", definition="A second look.")
    make_term("audit", definition="A check.", abbreviation="AU")
    make_term("appeal", "ur", term="اپیل", confidence="found")
    make_term("audit", "ur", term="آڈٹ", definition="جانچ۔", confidence="draft")


def test_english_readers_see_all_terms_by_letter(client, terms):
    page = client.get("/glossary/").content.decode()

    assert page.index('id="letter-A"') < page.index("appeal") < page.index("audit")
    assert page.index("audit") < page.index('id="letter-T"') < page.index("tripartite")
    assert '<div id="audit">' in page
    assert "(AU)" in page


def test_readers_of_urdu_see_its_form_and_how_sure_it_is(client, terms):
    page = client.get("/ur/glossary/").content.decode()

    assert 'اپیل <span class="also" lang="en" dir="ltr">appeal</span>' in page
    assert '<dd lang="en" dir="ltr">A second look.</dd>' in page
    assert "<dd>جانچ۔</dd>" in page
    with translation.override("ur"):
        assert str(GlossaryTerm.Confidence.FOUND.label) in page
        assert str(GlossaryTerm.Confidence.DRAFT.label) in page
        assert page.count(gettext("No form in your language is known yet.")) == 1


def test_english_abbreviation_stands_with_its_english_term(client, terms):
    GlossaryTerm.objects.filter(key="tripartite").update(abbreviation="TP")
    page = client.get("/ur/glossary/").content.decode()

    assert '<span class="also" lang="en" dir="ltr">audit (AU)</span>' in page
    together = '<span lang="en" dir="ltr">tripartite <span class="also">(TP)</span></span>'
    assert together in page


def test_english_note_to_a_form_says_that_it_is_english(client, terms):
    GlossaryTerm.objects.filter(term="اپیل").update(note="Nearest form.")

    page = client.get("/ur/glossary/").content.decode()
    assert '<dd class="small" lang="en" dir="ltr">Nearest form.</dd>' in page


def test_a_meaning_that_nobody_confirmed_says_so(client, terms):
    with translation.override("ur"):
        mark = gettext("meaning: draft, awaiting native review")
    own = GlossaryTerm.objects.filter(key="audit", locale__language_code="ur")

    # Of "audit" the form is a draft too: one word for both is enough.
    assert mark not in client.get("/ur/glossary/").content.decode()
    own.update(confidence="found")
    assert client.get("/ur/glossary/").content.decode().count(mark) == 1
    own.update(review="reviewed")
    assert mark not in client.get("/ur/glossary/").content.decode()


def test_english_meanings_are_no_drafts(client, terms):
    assert "awaiting native review" not in client.get("/glossary/").content.decode()


def test_terms_of_a_third_language_stay_out(client, terms):
    assert "اپیل" not in client.get("/km/glossary/").content.decode()


def test_empty_glossary_says_so(client):
    assert "The glossary is empty" in client.get("/glossary/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_two_queries_for_however_many_terms(client, count, django_assert_num_queries):
    for number in range(count):
        make_term(f"term {number}")

    with django_assert_num_queries(2):  # the terms, and whether Urdu is confirmed
        client.get("/ur/glossary/")
