"""The addresses of the site, and before them one of an empty page."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from learning import urls

EMPTY = engines["django"].from_string("")


def empty_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(EMPTY.render({}, request))


urlpatterns = [path("empty/", empty_page), *urls.urlpatterns]
