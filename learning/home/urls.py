"""Addresses of one's own learning, and of what finishes a lesson or a test."""

from django.urls import path

from learning.home import views

urlpatterns = [
    path("me/", views.my_learning, name="my_learning"),
    path("me/letters/", views.letters_after_course, name="letters_after_course"),
    path("courses/<slug:course>/<slug:lesson>/done/", views.lesson_done, name="lesson_done"),
    path("tests/<uuid:sitting>/hand-in/", views.test_hand_in, name="test_hand_in"),
    path("tests/<uuid:sitting>/result/", views.test_result, name="test_result"),
]
