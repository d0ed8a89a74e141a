import datetime as dt

import pytest
from django.core.cache import cache

from learning.serving import caching
from modules.courses.keeping import MARK, renew_mark
from modules.courses.models import HomePage
from modules.reference.models import LegalFigure
from tests.cast import sign_in
from tests.modules.courses.making import block, make_course, make_lesson

pytestmark = pytest.mark.django_db


def test_second_anonymous_visit_is_answered_from_the_cache(client, django_assert_num_queries):
    first = client.get("/")

    with django_assert_num_queries(0):  # the tests' cache is no database
        second = client.get("/")

    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_each_language_and_each_host_has_its_own(client):
    english, urdu = client.get("/"), client.get("/ur/")

    assert english.content != urdu.content
    assert client.get("/ur/").content == urdu.content
    assert client.get("/", headers={"host": "localhost"}).status_code == 200


def test_browser_without_gzip_gets_plain_text(client):
    zipped = client.get("/", headers={"accept-encoding": "gzip"})
    plain = client.get("/")

    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert b"<html" in plain.content


def test_publishing_renews_what_visitors_see(client, django_capture_on_commit_callbacks):
    client.get("/")
    home = HomePage.objects.get(locale__language_code="en")
    home.lead = "A new lead."

    with django_capture_on_commit_callbacks(execute=True):
        home.save_revision().publish()

    assert "A new lead." in client.get("/").content.decode()


def test_who_is_signed_in_is_never_answered_from_the_cache_nor_kept(client, cast):
    sign_in(client, cast.learner)
    mine = client.get("/").content.decode()
    client.logout()

    assert "Lubna Learner" in mine
    assert "Lubna Learner" not in client.get("/").content.decode()


def test_visitor_sees_the_kept_page_only_without_session(client, cast):
    client.get("/")
    sign_in(client, cast.learner)

    assert "Lubna Learner" in client.get("/").content.decode()


def test_unknown_addresses_and_questions_are_not_kept(client):
    before = client.get("/no-such-page/")

    assert before.status_code == 404
    assert client.get("/?q=1").status_code == 200


def test_pages_kept_for_visitors_hold_no_csrf_token_and_set_no_cookie(client):
    response = client.get("/")

    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not response.cookies


def test_nothing_of_before_an_upgrade_is_shown_after_it(client, settings):
    kept = client.get("/").content
    home = HomePage.objects.get(locale__language_code="en")
    HomePage.objects.filter(pk=home.pk).update(lead="What only the next release shows.")
    assert client.get("/").content == kept

    settings.RELEASE = "the next release"

    assert "What only the next release shows." in client.get("/").content.decode()


def test_changed_figure_of_the_law_shows_in_lessons_at_once(
    client, cast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        figure = LegalFigure.objects.create(
            key="pk-pb.trial",
            locale=HomePage.objects.get(locale__language_code="en").locale,
            label="Trial limit",
            jurisdiction="PK-PB",
            value="111",
            unit="days",
            valid_from="2026",
            basis="Trial Act",
            source="[E]",
            checked_on=dt.date(2026, 11, 21),
        )
        law = block("law", "limit", "A limit. [E]", figure="pk-pb.trial")
        make_lesson(make_course(), "a-lesson", law)
    sign_in(client, cast.learner)
    assert "111" in client.get("/courses/trial/a-lesson/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        figure.value = "222"
        figure.save()

    assert "222" in client.get("/courses/trial/a-lesson/").content.decode()


def test_answer_begun_before_a_change_is_given_to_nobody_after_it(client, monkeypatch):
    home = HomePage.objects.get(locale__language_code="en")

    def change_meanwhile(request, response):
        HomePage.objects.filter(pk=home.pk).update(lead="Changed meanwhile.")
        renew_mark()
        return True

    monkeypatch.setattr(caching, "may_be_kept", change_meanwhile)
    assert "Changed meanwhile." not in client.get("/").content.decode()

    assert "Changed meanwhile." in client.get("/").content.decode()


def test_nothing_is_given_when_the_mark_is_lost(client):
    client.get("/")
    HomePage.objects.update(lead="What a lost mark might have hidden.")
    cache.delete(MARK)

    assert "What a lost mark might have hidden." in client.get("/").content.decode()
