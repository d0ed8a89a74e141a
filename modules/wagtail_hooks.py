"""Registers what Wagtail's admin learns from us; the work is done in the packages."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from modules.blocks.views import preview_text
from modules.courses.models import Course
from modules.courses.trees import fill_trees
from modules.courses.viewsets import (
    CourseVersionViewSet,
    GlossaryTermViewSet,
    LegalFigureViewSet,
)
from modules.editing.workflow import keep_letters_in
from modules.editions.draft_views import draft_button, page_draft
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
def letters_stay_in() -> list[URLPattern]:
    # Addresses are asked for once all apps are ready: only then are there letters to keep in.
    keep_letters_in()
    return []


@hooks.register("register_admin_urls")
def lesson_urls() -> list[URLPattern]:
    return [
        path("lesson-text/preview/", preview_text, name="lesson_text_preview"),
        path("page-draft/<int:pk>/", page_draft, name="page_draft"),
    ]


@hooks.register("after_edit_page")
def back_to_the_desk(request, page) -> HttpResponse | None:
    """Whoever sees no tree of pages goes on from her own first page, not from a refusal."""
    may_go_on = page.permissions_for_user(request.user).can_edit()
    return None if may_go_on else redirect("wagtailadmin_home")


@hooks.register("register_page_header_buttons")
def page_buttons(page, user, view_name, next_url=None) -> list[Button]:
    return draft_button(page, user)


@hooks.register("register_admin_viewset")
def edition_files() -> EditionFileViewSet:
    return EditionFileViewSet()
