"""The pages of the courses, and search over everything that people may read."""

from django.core.paginator import Paginator
from django.db.models import QuerySet, TextField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from modules.courses.models import (
    CourseIndexPage,
    CoursePage,
    HomePage,
    LessonPage,
    remember_roots,
)
from modules.courses.searching import describe, find_pages, find_terms
from modules.courses.translations import with_languages
from modules.reference.statements import Slot, Statement
from modules.reference.words import cut

LONGEST = 100  # characters of a query; what stands after them is left out
PER_PAGE = 10


def at_address[P: Page](pages: QuerySet[P]) -> Statement[P]:
    """The live one of `pages` at an address, with what the frame around it says of languages."""
    found = with_languages(pages.select_related("locale", "alias_of"))
    return Statement(lambda: found.filter(url_path=Slot("url_path", TextField()), live=True)[:1])


# The home page, and what stands one, two and three steps below it.
LEVELS = (
    at_address(HomePage.objects.all()),
    at_address(CourseIndexPage.objects.all()),
    at_address(CoursePage.objects.select_related("course")),
    at_address(LessonPage.objects.all()),
)


def course_pages(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the home page or one under /courses/, found by its whole address in one query.

    Wagtail asks four times: for the site, the language, its home page and the page. It takes a
    route that is already known from the request; without one it goes its own way, as on a 404.
    """
    page = find_page(path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    return serve(request, path)


def find_page(path: str) -> Page | None:
    """The live page at `path` in the active language; None also where several sites share it."""
    roots = Site.get_site_root_paths()
    homes = [root for root in roots if root.language_code == get_language()]
    if len(homes) != 1:
        return None
    level = LEVELS[path.count("/")]
    page = level.first(url_path=f"{homes[0].root_path}{path}")
    if page is not None:
        remember_roots(page, roots)
    return page


def search(request: HttpRequest) -> HttpResponse:
    """The form, and what was found for the words in the address."""
    typed = " ".join(request.GET.get("q", "").split())
    words = cut(typed[:LONGEST])
    context = {"query": typed[:LONGEST], "longest": LONGEST, "is_cut": len(typed) > LONGEST}
    if words:
        locale = Locale.get_active()
        matches = find_pages(words, locale, request.user)
        page_obj = Paginator(matches.results, PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "found": describe(page_obj.object_list, locale, request),
            "page_obj": page_obj,
            "partly": matches.partly,
            "terms": find_terms(words, locale) if page_obj.number == 1 else [],
        }
    return render(request, "pages/search.html", context)
