"""The certificates of a session as one file, outside the languages: it takes `?lang=`."""

from django.urls import path

from learning.cascade import certificates_views

urlpatterns = [
    path(
        "training/<uuid:uuid>/certificates.pdf",
        certificates_views.event_certificates_pdf,
        name="event_certificates_pdf",
    ),
]
