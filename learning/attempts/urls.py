"""Addresses of practice and tests. What a test comes to stands in `learning.home`."""

from django.urls import path, re_path

from learning.attempts import sitting_views, views

urlpatterns = [
    path("practice/<slug:question>/", views.practice_question, name="practice_question"),
    re_path(
        r"^courses/(?P<course>[-\w]+)/tests/(?P<purpose>pre|post|retention|practice)/$",
        sitting_views.test_start,
        name="test_start",
    ),
    # a test of a training session, opened on devices
    re_path(
        r"^tests/in/(?P<enrolment>[-0-9a-f]{36})/(?P<purpose>pre|post|retention|practice)/$",
        sitting_views.session_test_start,
        name="session_test_start",
    ),
    path("tests/<uuid:sitting>/", sitting_views.test_sitting, name="test_sitting"),
    path("tests/<uuid:sitting>/<int:position>/", sitting_views.test_question, name="test_question"),
    path("tests/<uuid:sitting>/review/", sitting_views.test_review, name="test_review"),
]
