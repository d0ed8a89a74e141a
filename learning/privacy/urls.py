"""Addresses of a person's own data."""

from django.urls import path

from learning.privacy import views

urlpatterns = [
    path("me/data/", views.my_data, name="my_data"),
    path("me/data/file/", views.my_data_file, name="my_data_file"),
    path("me/data/erase/", views.erase_my_data, name="erase_my_data"),
]
