"""Addresses of certificates that people read.

The page of one certificate and its end stand in `learning/cascade/certificates_urls.py`, which
knows who else may end one.
"""

from django.urls import path

from learning.certificates import views

urlpatterns = [path("verify/", views.verify, name="verify")]
