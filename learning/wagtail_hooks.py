"""Registers what Wagtail's admin learns from us; the work is done in the packages."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from wagtail import hooks
from wagtail.models import Page

from learning.enrolment.guarding import guard_page
from learning.people.code_views import person_code
from learning.people.models import AccessCode
from learning.people.viewsets import RegistersGroup


@hooks.register("register_admin_viewset")
def registers() -> RegistersGroup:
    return RegistersGroup()


@hooks.register("register_admin_urls")
def people_urls() -> list[URLPattern]:
    purposes = "|".join(AccessCode.Purpose.values)
    return [re_path(rf"^people/(\d+)/code/({purposes})/$", person_code, name="person_code")]


@hooks.register("before_serve_page")
def guard(page: Page, request: HttpRequest, args: list, kwargs: dict) -> HttpResponse | None:
    return guard_page(page, request)
