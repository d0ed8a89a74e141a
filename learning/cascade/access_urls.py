"""Addresses of what holds on devices: the tests open for a cohort, and more time for a person."""

from django.urls import path

from learning.cascade import access_views

urlpatterns = [
    path("training/<uuid:cohort>/tests/", access_views.cohort_tests, name="cohort_tests"),
    path(
        "training/<uuid:cohort>/tests/<uuid:enrolment>/time/",
        access_views.extra_time,
        name="extra_time",
    ),
]
