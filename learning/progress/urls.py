"""Addresses of progress."""

from django.urls import path

from learning.progress import views

urlpatterns = [
    path("courses/<slug:course>/<slug:lesson>/done/", views.lesson_done, name="lesson_done"),
]
