"""Registers what Wagtail's admin learns from us; the work is done in the packages."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from wagtail import hooks
from wagtail.models import Page

from learning.attempts import opening
from learning.cascade import headcounting
from learning.cascade.target_admin import TargetViewSet
from learning.certificates.viewsets import CertificatesGroup
from learning.enrolment.guarding import guard_page
from learning.people.access_codes import AccessCode
from learning.people.code_views import person_code
from learning.people.merging_views import person_merge, person_records
from learning.people.recovering import register_log_actions
from learning.people.recovery_views import person_second_factor
from learning.people.viewsets import RegistersGroup
from learning.reporting.menus import ReportsMenuItem, TrainingMenuItem


@hooks.register("register_admin_viewset")
def registers() -> RegistersGroup:
    return RegistersGroup()


@hooks.register("register_admin_viewset")
def certificates() -> CertificatesGroup:
    return CertificatesGroup()


@hooks.register("register_admin_viewset")
def targets() -> TargetViewSet:
    return TargetViewSet()


@hooks.register("register_admin_menu_item")
def reports() -> ReportsMenuItem:
    return ReportsMenuItem()


@hooks.register("register_admin_menu_item")
def training() -> TrainingMenuItem:
    return TrainingMenuItem()


@hooks.register("register_admin_urls")
def people_urls() -> list[URLPattern]:
    purposes = "|".join(AccessCode.Purpose.values)
    second_factor = "people/<int:pk>/second-factor/"
    return [
        re_path(rf"^people/(\d+)/code/({purposes})/$", person_code, name="person_code"),
        path(second_factor, person_second_factor, name="person_second_factor"),
        path("people/<int:pk>/merge/", person_merge, name="person_merge"),
        path("people/<int:pk>/records/", person_records, name="person_records"),
    ]


hooks.register("register_log_actions", register_log_actions)
hooks.register("register_log_actions", headcounting.register_log_actions)
hooks.register("register_log_actions", opening.register_log_actions)


@hooks.register("before_serve_page")
def guard(page: Page, request: HttpRequest, args: list, kwargs: dict) -> HttpResponse | None:
    return guard_page(page, request)
