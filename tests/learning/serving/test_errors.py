"""Every failure has a page that says what happened, what is safe and what to do."""

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from learning.urls import urlpatterns as site_urls

handler500 = "learning.serving.errors.server_error"


def breaks(request):
    raise ZeroDivisionError


def finds_no_database(request):
    raise OperationalError("server closed the connection unexpectedly")


urlpatterns = [
    path("breaks/", breaks),
    path("finds-no-database/", finds_no_database),
    *site_urls,
]


@pytest.fixture
def visitor(client, caplog):
    client.raise_request_exception = False
    return client


# Neither test has a database: a page that asked for one would fail.
@pytest.mark.urls(__name__)
def test_crash_answers_500(visitor):
    answer = visitor.get("/breaks/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "Retry-After" not in answer.headers


@pytest.mark.urls(__name__)
def test_absent_database_answers_503_and_when_to_come_back(visitor):
    answer = visitor.get("/finds-no-database/")
    assert answer.status_code == 503
    assert "The site cannot answer just now" in answer.text
    assert answer.headers["Retry-After"] == "30"


@pytest.mark.urls(__name__)
def test_crash_page_does_not_ask_a_person_to_sign_in_again(visitor):
    assert "Sign in" not in visitor.get("/breaks/").text


def test_form_without_token_is_refused_with_an_explanation(settings):
    settings.CSRF_FAILURE_VIEW = "learning.serving.errors.csrf_failure"
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})
    assert answer.status_code == 403
    assert "This form could not be accepted" in answer.text
    assert "What you typed is still in the form" in answer.text


@pytest.mark.django_db
def test_unknown_address_answers_in_the_language_of_the_address(client):
    answer = client.get("/ur/no-such-page/")
    assert answer.status_code == 404
    assert '<html lang="ur" dir="rtl">' in answer.text
    assert 'href="/ur/"' in answer.text


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        ("400", "The server did not understand this request"),
        ("403", "This page is not open to you"),
        ("404", "There is no page at this address"),
        ("429", "Too many tries in a short time"),
    ],
)
def test_page_says_what_happened(rf, number, heading):
    page = render_to_string(f"{number}.html", request=rf.get("/somewhere/"))
    assert f"<title>{heading} · Cascade</title>" in page
    assert f"<h1>{heading}</h1>" in page


def test_visitor_may_sign_in_where_a_page_is_closed(rf):
    page = render_to_string("403.html", request=rf.get("/reports/?year=2026"))
    assert 'href="/accounts/login/?next=/reports/%3Fyear%3D2026"' in page


def test_person_signed_in_is_led_home_from_a_closed_page(rf, cast):
    request = rf.get("/reports/")
    request.user = cast.learner
    page = render_to_string("403.html", request=request)
    assert "/accounts/login/" not in page
    assert "Go to the home page" in page
