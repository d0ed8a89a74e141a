"""Addresses of rosters, and of results from spreadsheets."""

from django.urls import path

from learning.imports import answer_views, views

TEST = "training/<uuid:uuid>/results/<slug:purpose>/import/"

urlpatterns = [
    path("reports/rosters/", views.roster_list, name="roster_list"),
    path("reports/rosters/template.csv", views.roster_blank, {"kind": "csv"}, "roster_csv"),
    path("reports/rosters/template.xlsx", views.roster_blank, {"kind": "xlsx"}, "roster_xlsx"),
    path("reports/rosters/new/", views.roster_new, name="roster_new"),
    # results of one test of a training session
    path(TEST, answer_views.event_import, name="event_import"),
    path(
        f"{TEST}blank-<slug:way>.csv",
        answer_views.event_import_blank,
        {"kind": "csv"},
        "event_import_csv",
    ),
    path(
        f"{TEST}blank-<slug:way>.xlsx",
        answer_views.event_import_blank,
        {"kind": "xlsx"},
        "event_import_xlsx",
    ),
    path(f"{TEST}<uuid:key>/", answer_views.event_import_check, name="event_import_check"),
    path(
        f"{TEST}<uuid:key>/confirm/",
        answer_views.event_import_confirm,
        name="event_import_confirm",
    ),
    path(
        f"{TEST}<uuid:key>/give-up/",
        answer_views.event_import_give_up,
        name="event_import_give_up",
    ),
    # one list
    path("reports/rosters/<uuid:uuid>/", views.roster, name="roster"),
    path("reports/rosters/<uuid:uuid>/choices/", views.roster_choices, name="roster_choices"),
    path("reports/rosters/<uuid:uuid>/confirm/", views.roster_confirm, name="roster_confirm"),
    path("reports/rosters/<uuid:uuid>/give-up/", views.roster_give_up, name="roster_give_up"),
    path("reports/rosters/<uuid:uuid>/letters/", views.roster_letters, name="roster_letters"),
    path(
        "reports/rosters/<uuid:uuid>/slips/<slug:sheet>/", views.roster_slips, name="roster_slips"
    ),
]
