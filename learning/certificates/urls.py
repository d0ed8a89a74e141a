"""Addresses of certificates that people read."""

from django.urls import path

from learning.certificates import views

urlpatterns = [
    path("certificates/<slug:token>/", views.certificate, name="certificate"),
    path("certificates/<slug:token>/revoke/", views.certificate_revoke, name="certificate_revoke"),
    path("verify/", views.verify, name="verify"),
]
