"""Addresses of enrolment."""

from django.urls import path

from learning.enrolment import views

urlpatterns = [
    path("courses/<slug:course>/start/", views.course_start, name="course_start"),
]
