"""Addresses of practice."""

from django.urls import path

from learning.attempts import views

urlpatterns = [
    path("practice/<slug:question>/", views.practice_question, name="practice_question"),
]
