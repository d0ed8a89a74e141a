"""Registers what Wagtail's admin learns from us; the work is done in the packages."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from modules.blocks.views import preview_text
from modules.courses.models import Course
from modules.courses.trees import fill_trees
from modules.courses.viewsets import (
    CourseVersionViewSet,
    GlossaryTermViewSet,
    LegalFigureViewSet,
)
from modules.editions.viewsets import EditionFileViewSet
from modules.questions.models import Question
from modules.reference.models import Outcome, Source

for model in (Course, Question, Outcome, Source):
    register_snippet(model)
for viewset in (LegalFigureViewSet, GlossaryTermViewSet, CourseVersionViewSet):
    register_snippet(viewset)


@hooks.register("after_create_page")
def keep_trees_equal(request, page) -> None:
    fill_trees(page)


@hooks.register("register_admin_urls")
def lesson_urls() -> list[URLPattern]:
    return [path("lesson-text/preview/", preview_text, name="lesson_text_preview")]


@hooks.register("register_admin_viewset")
def edition_files() -> EditionFileViewSet:
    return EditionFileViewSet()
