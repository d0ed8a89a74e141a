"""Recordings and files to take away, with real documents."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db

ADDRESS = "/courses/trial/a-lesson/"


@pytest.fixture
def _on_disk(settings, tmp_path):
    disk = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = settings.STORAGES | {"default": disk}


def upload(name: str, size: int = 32_000) -> Document:
    return Document.objects.create(title=name, file=ContentFile(b"x" * size, name))


def recording(name: str) -> dict:
    words = "We began with a wall. (own)\n\n- then a list"
    file = upload(name).pk
    return block("media", "listen", title="How <she> mapped", file=file, transcript=words)


@pytest.mark.parametrize(("name", "element"), [("a.mp3", "audio"), ("a.mp4", "video")])
def test_a_recording_plays_only_when_asked_and_has_its_words(client, name, element):
    make_lesson(make_course(), "a-lesson", recording(name))

    html = client.get(ADDRESS).text

    assert f'<{element} controls preload="none" aria-label="How &lt;she&gt; mapped"' in html
    assert "32 kB" in html
    assert "We began with a wall." in html
    assert "<li>then a list" in html


def test_a_file_says_its_kind_and_weight(client):
    form = block("download", "form", title="Form of referral", file=upload("form.pdf", 700).pk)
    make_lesson(make_course(), "a-lesson", form)

    html = client.get(ADDRESS).text

    assert ">Form of referral</a>" in html
    assert "PDF · 1 kB" in html


@pytest.mark.usefixtures("_on_disk")
@pytest.mark.parametrize("name", ["a.mp3", "form.pdf"])
def test_visitors_get_the_file(client, name):
    document = upload(name)

    response = client.get(document.url)

    assert (response.status_code, len(response.getvalue())) == (200, 32_000)


def test_a_lesson_survives_the_removal_of_its_documents(client):
    form = block("download", "form", title="Form of referral", file=upload("form.pdf").pk)
    make_lesson(make_course(), "a-lesson", recording("a.mp3"), form)
    Document.objects.all().delete()

    html = client.get(ADDRESS).text

    assert "The recording is no longer here." in html
    assert "We began with a wall." in html
    assert "This file is no longer here." in html
    assert "/documents/" not in html
