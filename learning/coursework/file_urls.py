"""Addresses of files, outside the languages."""

from django.urls import path

from learning.coursework import desk_views, views

urlpatterns = [
    path("coursework/files/<uuid:uuid>/", views.coursework_file, name="coursework_file"),
    path(
        "training/coursework/<uuid:cohort>/<slug:key>/marks.csv",
        desk_views.coursework_csv,
        name="coursework_csv",
    ),
]
