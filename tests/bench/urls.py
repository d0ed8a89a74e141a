"""The addresses of the site, and before them the two yardsticks."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.cache import never_cache

from learning import urls
from learning.people.models import Area, RoleGrant
from modules.courses.models import Course

# 8 kB once filled: rows of a table, as most pages have them.
PLAIN = engines["django"].from_string(
    '<!doctype html><html lang="en"><title>Plain</title><h1>{{ user }}: {{ roles }} roles</h1>'
    "{% for course in courses %}<h2>{{ course.code }}</h2>{% endfor %}<table>"
    "{% for area in areas %}<tr><th>{{ area.code }}</th><td>{{ area.names.en }}</td>"
    '<td class="kind">{{ area.get_kind_display }}</td><td>{{ area.listed_on|date:"j F Y" }}</td>'
    "<td>A row of a table, as most pages have them, with some words in it.</td></tr>"
    "{% endfor %}</table></html>"
)


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"nothing", content_type="text/plain")


@never_cache
@login_required
def plain_page(request: HttpRequest) -> HttpResponse:
    """Session, user, three queries, a template of 8 kB."""
    context = {
        "roles": RoleGrant.objects.filter(user=request.user).count(),
        "courses": list(Course.objects.all()),
        "areas": list(Area.objects.all()[:44]),
    }
    return HttpResponse(PLAIN.render(context, request))


urlpatterns = [
    path("bench/nothing/", nothing, name="bench_nothing"),
    path("bench/plain/", plain_page, name="bench_plain"),
    *urls.urlpatterns,
]
