"""The released versions of a course, and what changed between two of them."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Locale, Page

from modules.courses.citing import figures_by_key
from modules.courses.comparing import Changes, compare
from modules.courses.keeping import until_changed
from modules.courses.models import Course, CoursePage, CourseVersion, LessonPage
from modules.courses.naming_changes import for_learners
from modules.courses.outline import outline
from modules.courses.remembering import Kept, in_words, kept_by, standing_today


@dataclass(frozen=True)
class Reader:
    """For whom two versions are compared."""

    language: str
    facilitator: bool
    questions: bool  # may read the words of the questions of tests

    @property
    def name(self) -> str:
        return f"{self.language}:{self.facilitator:d}:{self.questions:d}"


def course_versions(request: HttpRequest, code: str) -> HttpResponse:
    """The versions that were released, the newest first."""
    page = open_course(code)
    refusal = asked_at_the_door(page, request)
    if refusal is not None:
        return refusal
    versions = page.course.versions.defer("manifest").order_by("-released_at", "-pk")
    return render(request, "pages/versions.html", {"page": page, "versions": versions})


def course_changes(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """What changed since version `number`, until today or until the version `?to=`."""
    page = open_course(code)
    lesson = LessonPage.objects.child_of(page).live().first()
    refusal = asked_at_the_door(lesson, request) if lesson else None
    if refusal is not None:
        return refusal
    versions = {version.number: version for version in page.course.versions.all()}
    numbers = (number, request.GET.get("to", ""))
    if number not in versions or (numbers[1] and numbers[1] not in versions):
        raise Http404
    old, new = versions[number], versions.get(numbers[1])
    reader = reader_of(request)
    changes = until_changed(
        f"changes:{old.pk}:{new.pk if new else 0}:{reader.name}",
        lambda: changes_for(reader, old, new),
    )
    context = {"page": page, "old": old, "new": new, "versions": versions.values()}
    return render(request, "pages/changes.html", {**context, **shown(changes, page, reader)})


def open_course(code: str) -> CoursePage:
    """The page of an open course in the active language; two queries. Raises `Http404`."""
    pages = CoursePage.objects.live().select_related("course", "locale")
    page = get_object_or_404(pages, course__code=code, locale=Locale.get_active())
    if page.course.status != Course.Status.OPEN:
        raise Http404
    return page


def asked_at_the_door(page: Page, request: HttpRequest) -> HttpResponse | None:
    """What Wagtail's guards of pages say of `page`: None when it opens to the visitor."""
    for guard in hooks.get_hooks("before_serve_page"):
        answer = guard(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    return None


def reader_of(request: HttpRequest) -> Reader:
    return Reader(
        get_language() or "en",
        request.user.has_perm("modules.read_facilitator_matter"),
        request.user.has_perm("modules.read_test_questions"),
    )


def changes_for(reader: Reader, old: CourseVersion, new: CourseVersion | None) -> Changes:
    """Between two versions, or between one and today, as far as `reader` may know."""
    before: Kept = kept_by(old)
    after: Kept = kept_by(new) if new else standing_today(old.course)
    changes = compare(*in_words(before, after, reader.language, facilitator=reader.facilitator))
    return changes if reader.questions else for_learners(changes)


def shown(changes: Changes, page: CoursePage, reader: Reader) -> dict[str, object]:
    """The changes with what their places are called and where they are."""
    keys = [change.key for change in changes.figures]
    return {
        "changes": changes,
        "figures": figures_by_key(keys, reader.language) if keys else {},
        "lessons": {lesson.key: lesson for lesson in outline(page).lessons},
    }
