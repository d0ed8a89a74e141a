"""Addresses of the content; every page that is not below is served by Wagtail itself."""

from django.urls import path, re_path

from modules.courses.version_views import course_changes, course_versions
from modules.courses.views import course_pages, search
from modules.editions.views import course_editions, edition_again
from modules.reference.views import glossary

urlpatterns = [
    path("courses/<slug:code>/changes/", course_versions, name="course_versions"),
    path("courses/<slug:code>/changes/<str:number>/", course_changes, name="course_changes"),
    path("courses/<slug:course>/editions/", course_editions, name="course_editions"),
    path("courses/<slug:course>/editions/<int:pk>/again/", edition_again, name="edition_again"),
    re_path(r"^((?:courses/(?:[\w-]+/){0,2})?)$", course_pages, name="course_pages"),
    path("glossary/", glossary, name="glossary"),
    path("search/", search, name="search"),
]
