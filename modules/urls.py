"""Addresses of the content; every page that is not below is served by Wagtail itself."""

from django.urls import path, re_path

from modules.courses.version_views import course_changes, course_versions
from modules.courses.views import course_pages, search
from modules.reference.views import glossary

urlpatterns = [
    path("courses/<slug:code>/changes/", course_versions, name="course_versions"),
    path("courses/<slug:code>/changes/<str:number>/", course_changes, name="course_changes"),
    re_path(r"^((?:courses/(?:[\w-]+/){0,2})?)$", course_pages, name="course_pages"),
    path("glossary/", glossary, name="glossary"),
    path("search/", search, name="search"),
]
