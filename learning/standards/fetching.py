"""Fetch or refuse: the first line of every view of a study."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from learning.standards.models import Judge, Round, Study
from learning.standards.permissions import sets_standards


def refuse_others(request: HttpRequest) -> None:
    if not sets_standards(request.user):
        raise PermissionDenied


def study_to_run(request: HttpRequest, uuid: UUID) -> Study:
    refuse_others(request)
    return get_object_or_404(Study.objects.select_related("course_version__course"), uuid=uuid)


def judge_of(study: Study, pk: int) -> Judge:
    """Of those on the panel."""
    return get_object_or_404(study.judges.filter(left_at=None), pk=pk)


def round_asked(number: int | str) -> Round:
    try:
        return Round(int(number))
    except ValueError:
        raise Http404 from None
