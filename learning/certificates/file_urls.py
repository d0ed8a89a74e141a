"""Addresses of files, outside the languages: a PDF takes `?lang=`."""

from django.urls import path

from learning.certificates import views

urlpatterns = [
    path("certificates/keys.json", views.certificate_keys, name="certificate_keys"),
    path("certificates/<slug:token>.pdf", views.certificate_pdf, name="certificate_pdf"),
]
