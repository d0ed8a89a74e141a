"""Addresses of the trainer's desk."""

from django.urls import include, path

from learning.cascade import marking_views, regrade_views

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
    path(
        "training/marking/<slug:question>/<int:n>/decide/",
        marking_views.decide_question,
        name="decide_question",
    ),
    # marking again
    path("training/marking/regrades/", regrade_views.regrades, name="regrades"),
    path(
        "training/marking/regrades/<slug:question>/",
        regrade_views.regrade_question,
        name="regrade_question",
    ),
    path("training/marking/regraded/<uuid:uuid>/", regrade_views.regrade, name="regrade"),
    path(
        "training/marking/regraded/<uuid:uuid>/go-on/",
        regrade_views.regrade_go_on,
        name="regrade_go_on",
    ),
]
