"""Addresses of coursework: one's own, what one reviews, and the trainer's desk."""

from django.urls import path

from learning.coursework import desk_views, review_views, views

urlpatterns = [
    # coursework/<enrolment>/<task>/
    path("coursework/<uuid:enrolment>/<slug:key>/", views.coursework, name="coursework"),
    path(
        "coursework/<uuid:enrolment>/<slug:key>/hand-in/",
        views.coursework_hand_in,
        name="coursework_hand_in",
    ),
    path(
        "coursework/<uuid:enrolment>/<slug:key>/take-back/",
        views.coursework_take_back,
        name="coursework_take_back",
    ),
    path(
        "coursework/<uuid:enrolment>/<slug:key>/reviews/",
        review_views.coursework_reviews,
        name="coursework_reviews",
    ),
    path(
        "coursework/<uuid:enrolment>/<slug:key>/example/",
        review_views.coursework_example,
        name="coursework_example",
    ),
    path(
        "coursework/reviews/<uuid:task>/", review_views.coursework_review, name="coursework_review"
    ),
    # training/coursework/
    path("training/coursework/", desk_views.coursework_desk, name="coursework_desk"),
    path(
        "training/coursework/<uuid:cohort>/<slug:key>/",
        desk_views.coursework_round,
        name="coursework_round",
    ),
    path(
        "training/coursework/<uuid:cohort>/<slug:key>/time/",
        desk_views.coursework_time,
        name="coursework_time",
    ),
    path(
        "training/coursework/<uuid:cohort>/<slug:key>/time/<uuid:enrolment>/",
        desk_views.coursework_time,
        name="coursework_own_time",
    ),
    path(
        "training/coursework/works/<uuid:work>/", desk_views.coursework_work, name="coursework_work"
    ),
    path(
        "training/coursework/tasks/<uuid:task>/replace/",
        desk_views.coursework_replace,
        name="coursework_replace",
    ),
]
