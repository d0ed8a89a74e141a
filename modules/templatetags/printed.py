"""The editions of a course, for the template of its page."""

from django import template
from django.template import Context

from modules.courses.keeping import is_kept_whole, until_changed
from modules.courses.models import Course, CoursePage
from modules.editions.permissions import reads_trainers_matter
from modules.editions.showing import Shown, editions_of, for_reader

register = template.Library()


@register.filter
def for_language(shown: Shown, lang: str):
    return shown.best_for(lang)


@register.simple_tag(takes_context=True)
def printed_editions(context: Context, page: CoursePage) -> list[Shown]:
    """What the reader may take away of the course; none of a course that is only announced.

    Two queries, or one of the cache where it is kept.
    """
    request, course = context.get("request"), page.course
    if request is None or course.status != Course.Status.OPEN:
        return []
    if is_kept_whole(request):
        shown = editions_of(course)
    else:
        shown = until_changed(f"editions:{course.pk}", lambda: editions_of(course))
    return for_reader(shown, trains=reads_trainers_matter(request.user))
