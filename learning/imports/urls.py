"""Addresses of rosters."""

from django.urls import path

from learning.imports import views

urlpatterns = [
    path("reports/rosters/", views.roster_list, name="roster_list"),
    path("reports/rosters/template.csv", views.roster_blank, {"kind": "csv"}, "roster_csv"),
    path("reports/rosters/template.xlsx", views.roster_blank, {"kind": "xlsx"}, "roster_xlsx"),
    path("reports/rosters/new/", views.roster_new, name="roster_new"),
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
