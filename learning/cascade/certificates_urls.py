"""Addresses of certificates of training sessions, of accreditation, and of one certificate."""

from django.urls import path

from learning.cascade import accreditation_views, certificates_views
from learning.cascade.permissions import certificates_revocable_by
from learning.certificates import views as certificates

ENDING = {"revocable_by": certificates_revocable_by}

urlpatterns = [
    # one session
    path(
        "training/<uuid:uuid>/certificates/",
        certificates_views.event_certificates,
        name="event_certificates",
    ),
    # who may train
    path("training/accreditation/", accreditation_views.accreditations, name="accreditations"),
    path(
        "training/accreditation/new/",
        accreditation_views.accreditation_grant,
        name="accreditation_grant",
    ),
    path(
        "training/accreditation/<uuid:uuid>/withdraw/",
        accreditation_views.accreditation_withdraw,
        name="accreditation_withdraw",
    ),
    # one certificate, whose session may say who ends it
    path("certificates/<slug:token>/", certificates.certificate, ENDING, name="certificate"),
    path(
        "certificates/<slug:token>/revoke/",
        certificates.certificate_revoke,
        ENDING,
        name="certificate_revoke",
    ),
]
