"""Addresses of one's own learning."""

from django.urls import path

from learning.home import views

urlpatterns = [path("me/", views.my_learning, name="my_learning")]
