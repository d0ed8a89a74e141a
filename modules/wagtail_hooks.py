"""Registers what Wagtail's admin learns from us; the work is done in the packages."""

from typing import ClassVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from modules.bank.viewsets import QuestionViewSet
from modules.blocks.views import preview_text
from modules.composing.coursework import AssignmentViewSet
from modules.composing.viewsets import BlueprintViewSet, FormViewSet, TestViewSet
from modules.courses.models import Course
from modules.courses.trees import fill_trees
from modules.courses.viewsets import (
    CourseVersionViewSet,
    GlossaryTermViewSet,
    LegalFigureViewSet,
)
from modules.editing.workflow import keep_letters_in
from modules.editions.draft_views import course_draft, draft_button, page_draft
from modules.editions.viewsets import EditionFileViewSet
from modules.interchange import views as interchange
from modules.questions.viewsets import say_when_cases_differ
from modules.reference.models import GlossaryTerm, LegalFigure, Outcome, Source
from modules.translating import views as translating
from modules.translating.following import ask_for_translations, words_in
from modules.translating.menus import TranslationsMenuItem, leave_ours_alone

# Translated, and published by being saved.
ROWS = (GlossaryTerm, LegalFigure, Outcome)

for model in (Course, Outcome, Source):
    register_snippet(model)
for viewset in (LegalFigureViewSet, GlossaryTermViewSet, CourseVersionViewSet):
    register_snippet(viewset)


@register_snippet
class AssessmentGroup(SnippetViewSetGroup):
    menu_label = _("Assessment")
    menu_icon = "help"
    menu_order = 230
    items: ClassVar = (
        *(QuestionViewSet, TestViewSet, FormViewSet, BlueprintViewSet),
        AssignmentViewSet,
    )


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
        path("page-draft/<int:pk>/<slug:edition>/", course_draft, name="course_draft"),
    ]


@hooks.register("register_admin_urls")
def interchange_urls() -> list[URLPattern]:
    check = "questions/import/<str:token>/"
    return [
        path("questions/import/", interchange.question_import, name="question_import"),
        path(check, interchange.question_import_check, name="question_import_check"),
        path("questions/blank/<slug:name>/", interchange.question_blank, name="question_blank"),
        path("questions/export/", interchange.question_export, name="question_export"),
        path(
            "questions/export/file/", interchange.question_export_file, name="question_export_file"
        ),
    ]


@hooks.register("after_edit_page")
def back_to_the_desk(request, page) -> HttpResponse | None:
    """Whoever sees no tree of pages goes on from her own first page, not from a refusal."""
    may_go_on = page.permissions_for_user(request.user).can_edit()
    return None if may_go_on else redirect("wagtailadmin_home")


@hooks.register("register_page_header_buttons")
def page_buttons(page, user, view_name, next_url=None) -> list[Button]:
    return draft_button(page, user)


@hooks.register("before_edit_snippet")
def words_before(request, instance) -> None:
    request.words_before = words_in(instance) if isinstance(instance, ROWS) else {}


@hooks.register("after_edit_snippet")
def translations_to_mend(request, instance) -> None:
    if isinstance(instance, ROWS):
        ask_for_translations(instance, request.words_before)


# Before the addresses of wagtail-localize: four of ours stand in the place of its own.
@hooks.register("register_admin_urls", order=-1)
def translating_urls() -> list[URLPattern]:
    results = translating.TranslationsView.as_view(results_only=True)
    translation = "localize/translate/<int:translation_id>"
    return [
        path("translations/", translating.TranslationsView.as_view(), name="translations"),
        path("translations/results/", results, name="translations_results"),
        path(
            "translations/<int:pk>/review/",
            translating.translation_review,
            name="translation_review",
        ),
        path(
            "translations/<int:pk>/approve/",
            translating.translation_approve,
            name="translation_approve",
        ),
        path(
            "localize/submit/page/<int:page_id>/",
            translating.translation_submit,
            name="translation_submit",
        ),
        path(
            f"{translation}/pofile/upload/",
            translating.translation_upload,
            name="translation_upload",
        ),
        path(
            "localize/update/<int:translation_source_id>/",
            translating.translation_update,
            name="translation_update",
        ),
        path(
            "localize/page/<int:page_id>/convert_to_alias/",
            translating.translation_to_alias,
            name="translation_to_alias",
        ),
    ]


@hooks.register("insert_global_admin_css")
def translating_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/translating.css"))


@hooks.register("register_reports_menu_item")
def translations_menu_item() -> TranslationsMenuItem:
    return TranslationsMenuItem()


@hooks.register("construct_reports_menu")
def one_list_of_translations(request, items) -> None:
    leave_ours_alone(items)


@hooks.register("register_admin_viewset")
def edition_files() -> EditionFileViewSet:
    return EditionFileViewSet()


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def one_case_in_a_set(request, instance) -> None:
    say_when_cases_differ(request, instance)
