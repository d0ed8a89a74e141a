"""The frame of every page, seen on the home page."""

import re
from pathlib import Path

import pytest
from wagtail.models import Locale

from modules.courses.models import HomePage

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


def test_page_names_its_language_and_direction(client):
    assert '<html lang="en" dir="ltr">' in client.get("/").text
    assert '<html lang="ur" dir="rtl">' in client.get("/ur/").text


def test_only_pages_of_a_script_load_its_font(client):
    assert "script-" not in client.get("/").text
    assert re.findall(r"script-\w+", client.get("/ur/").text) == ["script-ur"]


def test_page_has_one_of_each_landmark_and_a_way_past_them(client):
    page = client.get("/").text
    assert [page.count(tag) for tag in ("<main ", "<header ", "<footer ", "<h1>")] == [1, 1, 1, 1]
    assert '<a class="skip" href="#main">' in page
    assert '<main id="main"' in page


def test_a_title_in_another_direction_keeps_its_stroke_before_it():
    """The stroke belongs to the step; were the step itself English, an Urdu page had it behind."""
    steps = [
        step
        for path in TEMPLATES.rglob("*.html")
        for block in re.findall(r"block (?:where|in_task) %}(.*)", path.read_text())
        for step in re.findall(r"<(?:a|b) [^>]*?>(?=<bdi|{{)", block)
    ]

    assert len(steps) > 30
    assert [step for step in steps if "lang_of" in step] == []


@pytest.mark.parametrize("language", ["en", "ur", "km", "lo"])
def test_every_navigation_has_a_name_of_its_own(client, language):
    page = client.get("/" if language == "en" else f"/{language}/").text
    names = re.findall(r'<nav[^>]* aria-label="([^"]+)"', page)

    assert len(names) == page.count("<nav")
    assert len(set(names)) == len(names)


def test_nothing_is_inline(client, cast):
    client.force_login(cast.learner)
    page = client.get("/").text
    assert not re.search(r"<style|\sstyle=|<script(?! src)|\son\w+=", page)


def test_visitor_comes_back_to_the_page_after_signing_in(client):
    page = client.get("/ur/").text
    assert 'href="/ur/accounts/login/?next=/ur/"' in page
    assert "<form" not in page


def test_person_signed_in_sees_her_name_and_can_sign_out(client, cast):
    client.force_login(cast.learner)
    page = client.get("/").text
    assert "<bdi>Lubna Learner</bdi>" in page
    assert 'action="/accounts/logout/"' in page
    assert "csrfmiddlewaretoken" in page
    assert "/accounts/login/" not in page


def test_untranslated_page_is_marked_as_english(client):
    english, urdu = (HomePage.objects.get(locale__language_code=code) for code in ("en", "ur"))
    urdu.delete()
    english.copy_for_translation(Locale.objects.get(language_code="ur"), alias=True)
    page = client.get("/ur/").text
    text = page[page.index('<div class="text" lang="en" dir="ltr">') :]
    assert text.index(english.title) < text.index("</div>")
    assert page.count('class="note"') == 1


def test_draft_translation_says_so(client):
    assert client.get("/ur/").text.count('class="note"') == 1


def test_reviewed_translation_has_no_note(client):
    urdu = HomePage.objects.get(locale__language_code="ur")
    urdu.review = "reviewed"
    urdu.save_revision().publish()
    assert 'class="note"' not in client.get("/ur/").text


def test_english_page_has_no_note(client):
    page = client.get("/").text
    assert 'class="note"' not in page
    assert '<div class="text">' in page
