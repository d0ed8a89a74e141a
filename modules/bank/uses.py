"""Where a question is used: in lessons, in forms and pools of tests, and as coursework."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from modules.courses.models import CoursePage
from modules.courses.using import Use, uses_of_question
from modules.coursework.models import Assignment
from modules.papers.contents import FormQuestion, PoolQuestion
from modules.reference.models import Outcome


@dataclass(frozen=True)
class FormUse:
    """A position of a form. `title` is that of the course in English, or its code."""

    title: str
    label: str
    position: int
    url: str = ""


@dataclass(frozen=True)
class PoolUse:
    """The pool of the blueprint `key`. `title` is as in `FormUse`."""

    title: str
    key: str
    is_anchor: bool
    url: str = ""


@dataclass(frozen=True)
class CourseworkUse:
    """The coursework `key`. `title` is as in `FormUse`."""

    title: str
    key: str
    url: str = ""


@dataclass(frozen=True)
class Uses:
    lessons: tuple[Use, ...]
    forms: tuple[FormUse, ...]
    pools: tuple[PoolUse, ...] = ()
    coursework: tuple[CourseworkUse, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lessons or self.forms or self.pools or self.coursework)


def uses_of(key: str) -> Uses:
    """In live lessons of all languages, in forms, in pools and as coursework; seven queries."""
    return Uses(
        tuple(uses_of_question(key)),
        tuple(forms_asking(key)),
        tuple(pools_asking(key)),
        tuple(coursework_asking(key)),
    )


def forms_asking(key: str) -> Iterator[FormUse]:
    """Two queries, one where no form asks it."""
    places = FormQuestion.objects.filter(question_key=key).select_related("form")
    found = list(places.order_by("form__course_code", "form__label"))
    pages = _course_pages({place.form.course_code for place in found}) if found else {}
    for place in found:
        page = pages.get(place.form.course_code)
        yield FormUse(
            page.title if page else place.form.course_code,
            place.form.label,
            place.position,
            page.get_url() or "" if page else "",
        )


def pools_asking(key: str) -> Iterator[PoolUse]:
    """Two queries, one where no pool has it."""
    rows = PoolQuestion.objects.filter(question_key=key).select_related("blueprint")
    found = list(rows.order_by("blueprint__course_code", "blueprint__key"))
    pages = _course_pages({row.blueprint.course_code for row in found}) if found else {}
    for row in found:
        page = pages.get(row.blueprint.course_code)
        yield PoolUse(
            page.title if page else row.blueprint.course_code,
            row.blueprint.key,
            row.is_anchor,
            page.get_url() or "" if page else "",
        )


def coursework_asking(key: str) -> Iterator[CourseworkUse]:
    """Two queries, one where no coursework asks it."""
    found = list(Assignment.objects.filter(question_key=key))
    pages = _course_pages({row.course_code for row in found}) if found else {}
    for row in found:
        page = pages.get(row.course_code)
        yield CourseworkUse(
            page.title if page else row.course_code,
            row.key,
            page.get_url() or "" if page else "",
        )


def unasked_outcomes(codes: Collection[str]) -> list[str]:
    """The outcomes of all courses that none of the questions with these `codes` asks for."""
    known = Outcome.objects.filter(locale__language_code="en").order_by("course_code", "code")
    return [code for code in known.values_list("code", flat=True) if code not in codes]


def _course_pages(codes: Collection[str]) -> dict[str, CoursePage]:
    pages = CoursePage.objects.live().filter(course__code__in=codes, locale__language_code="en")
    return {page.course.code: page for page in pages.select_related("course")}
