"""Coursework on the pages of courses and in “My learning”, and its numbers."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import template

from learning.coursework.models import WorkMark
from learning.coursework.showing import Line, lines_of, lines_of_person
from learning.people.models import Person
from learning.templatetags.progress import enrolment_in
from modules.courses.models import CoursePage

register = template.Library()


@register.simple_tag(takes_context=True)
def coursework_in(context: dict[str, Any], page: CoursePage) -> Sequence[Line]:
    """What the signed-in learner of the course of `page` hands in.

    No query for all others, nor where the course asks for none.
    """
    request = context.get("request")
    enrolment = enrolment_in(request, page) if request and hasattr(request, "user") else None
    if enrolment is None or not getattr(enrolment, "asks_coursework", False):
        return []
    return lines_of([enrolment])


@register.simple_tag
def coursework_of(person: Person | None) -> Sequence[Line]:
    """In all courses; two queries where none has coursework."""
    return lines_of_person(person) if person else []


@register.filter
def mark_percent(mark: WorkMark) -> int:
    """Cut, never rounded up."""
    return int(mark.share * 100)


@register.filter
def points(value: Fraction) -> str:
    """ "2", "2.5", and of other fractions the first two decimals, cut: "2.33"."""
    if value.denominator == 1:
        return str(value.numerator)
    hundredths = int(value * 100)
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0")
