"""Addresses below /accounts/ that allauth does not have, or has in another form."""

from django.urls import path

from learning.people import views

urlpatterns = [
    path("", views.your_account, name="your_account"),
    # codes on paper
    path("reset-code/", views.reset_code, name="reset_code"),
    path("claim/", views.claim, name="claim"),
    path("claim/account/", views.claim_account, name="claim_account"),
    # second factor
    path("2fa/needed/", views.second_factor_needed, name="second_factor_needed"),
    # allauth's list of sessions, with names for the devices
    path("sessions/", views.sessions, name="usersessions_list"),
]
