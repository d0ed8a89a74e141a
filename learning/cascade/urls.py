"""Addresses of the trainer's desk."""

from django.urls import include, path

from learning.cascade import marking_views

urlpatterns = [
    path("", include("learning.cascade.people_urls")),
    path("", include("learning.cascade.results_urls")),
    path("", include("learning.cascade.access_urls")),
    path("", include("learning.cascade.certificates_urls")),
    path("training/marking/", marking_views.marking_desk, name="marking_desk"),
    path(
        "training/marking/<slug:question>/<int:n>/",
        marking_views.mark_question,
        name="mark_question",
    ),
]
