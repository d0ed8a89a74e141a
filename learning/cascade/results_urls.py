"""Addresses of the results of a training session: typing them in, before and after, printing."""

from django.urls import path

from learning.cascade import (
    doubling_views,
    figures_views,
    papers_views,
    results_views,
    tally_views,
)

# /training/<session>/results/<pre|post>/
urlpatterns = [
    path("training/<uuid:uuid>/results/", results_views.event_tests, name="event_tests"),
    path(
        "training/<uuid:uuid>/results/<slug:purpose>/",
        results_views.event_results,
        name="event_results",
    ),
    path(
        "training/<uuid:uuid>/results/<slug:purpose>/<uuid:participant>/take-back/",
        results_views.event_take_back,
        name="event_take_back",
    ),
    path(
        "training/<uuid:uuid>/results/<slug:purpose>/tally/",
        tally_views.event_tally,
        name="event_tally",
    ),
    path(
        "training/<uuid:uuid>/results/<slug:purpose>/tally/take-back/",
        tally_views.event_tally_take_back,
        name="event_tally_take_back",
    ),
    path(
        "training/<uuid:uuid>/results/<slug:purpose>/second/",
        doubling_views.event_second_entry,
        name="event_second_entry",
    ),
    path(
        "training/<uuid:uuid>/results/<slug:purpose>/second/<uuid:participant>/",
        doubling_views.event_differences,
        name="event_differences",
    ),
    path("training/<uuid:uuid>/figures/", figures_views.event_figures, name="event_figures"),
    path("training/<uuid:uuid>/papers/", papers_views.event_papers, name="event_papers"),
]
