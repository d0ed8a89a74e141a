"""Addresses of files, outside the languages: a PDF takes `?lang=`."""

from django.urls import path

from learning.reporting import programme_views

urlpatterns = [
    path(
        "reports/programmes/<slug:code>.pdf",
        programme_views.report_programme_pdf,
        name="report_programme_pdf",
    ),
]
