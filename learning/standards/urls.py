"""Addresses of studies of pass marks."""

from django.urls import path

from learning.standards import list_views, views

urlpatterns = [
    path("reports/standards/", views.standards, name="standards"),
    path("reports/standards/begin/", views.standard_begin, name="standard_begin"),
    path("reports/standards/<uuid:uuid>/", views.standard, name="standard"),
    path("reports/standards/<uuid:uuid>/judges/", views.standard_judges, name="standard_judges"),
    path(
        "reports/standards/<uuid:uuid>/judges/<int:judge>/remove/",
        views.standard_remove,
        name="standard_remove",
    ),
    path(
        "reports/standards/<uuid:uuid>/judges/<int:judge>/round-<int:round>/",
        views.standard_estimates,
        name="standard_estimates",
    ),
    path("reports/standards/<uuid:uuid>/use/<int:round>/", views.standard_use, name="standard_use"),
    path("reports/standards/<uuid:uuid>/border/", views.standard_border, name="standard_border"),
    # the list of a round, on paper and as files
    path("reports/standards/<uuid:uuid>/sheet/", list_views.standard_sheet, name="standard_sheet"),
    path("reports/standards/<uuid:uuid>/list/", list_views.standard_list, name="standard_list"),
    path(
        "reports/standards/<uuid:uuid>/upload/", list_views.standard_upload, name="standard_upload"
    ),
    path(
        "reports/standards/<uuid:uuid>/take-over/",
        list_views.standard_take_over,
        name="standard_take_over",
    ),
]
