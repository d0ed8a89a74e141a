"""Addresses of practice and tests. What a test comes to stands in `learning.home`."""

from django.urls import path, re_path

from learning.attempts import sitting_views, views

urlpatterns = [
    path("practice/<slug:question>/", views.practice_question, name="practice_question"),
    re_path(
        r"^courses/(?P<course>[-\w]+)/tests/(?P<purpose>pre|post)/$",
        sitting_views.test_start,
        name="test_start",
    ),
    path("tests/<uuid:sitting>/", sitting_views.test_sitting, name="test_sitting"),
    path("tests/<uuid:sitting>/<int:position>/", sitting_views.test_question, name="test_question"),
    path("tests/<uuid:sitting>/review/", sitting_views.test_review, name="test_review"),
]
