"""Addresses of files about a training session, outside the languages: a PDF takes `?lang=`."""

from django.urls import path

from learning.cascade import figures_views, papers_views, tally_views

urlpatterns = [
    path("training/<uuid:uuid>/record.csv", figures_views.event_csv, name="event_csv"),
    path("training/<uuid:uuid>/hands.csv", tally_views.event_tally_csv, name="event_tally_csv"),
    path("training/<uuid:uuid>/report.pdf", papers_views.event_report, name="event_report"),
    path("training/<uuid:uuid>/sign-in.pdf", papers_views.event_sign_in, name="event_sign_in"),
    path("training/<uuid:uuid>/stickers.pdf", papers_views.event_stickers, name="event_stickers"),
    path(
        "training/<uuid:uuid>/test-<slug:label>.pdf",
        papers_views.event_test_paper,
        name="event_test_paper",
    ),
    path(
        "training/<uuid:uuid>/slips-<slug:purpose>-<slug:label>.pdf",
        papers_views.event_slips,
        name="event_slips",
    ),
    path(
        "training/<uuid:uuid>/marks-<slug:label>.pdf",
        papers_views.event_mark_sheet,
        name="event_mark_sheet",
    ),
]
