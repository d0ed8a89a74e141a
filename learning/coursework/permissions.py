"""Whose coursework a person may open: her own, what she marks, and what she tutors."""

from uuid import UUID

from django.db.models import Q, QuerySet

from learning.attempts.permissions import MARKING_ROLES
from learning.coursework.models import HandedFile, ReviewTask, Work
from learning.enrolment.models import Cohort, Enrolment
from learning.people.merging import all_records_of
from learning.people.roles import AnyUser, active_grants, is_system_admin

IN_COURSE = ("person", "cohort__course_version__course", "cohort__programme")


def enrolment_for_coursework(user: AnyUser, uuid: UUID) -> Enrolment | None:
    """One's own enrolment, by any of one's records; also one that was left, to read results."""
    if user.is_anonymous or user.person is None:
        return None
    own = Enrolment.objects.filter(person__in=all_records_of(user.person))
    return own.select_related(*IN_COURSE).filter(uuid=uuid).first()


def tasks_of(user: AnyUser) -> QuerySet[ReviewTask]:
    """What one was asked to mark, whoever replaced her since."""
    if user.is_anonymous or user.person is None:
        return ReviewTask.objects.none()
    return ReviewTask.objects.filter(reviewer__person__in=all_records_of(user.person))


def cohorts_tutored_by(user: AnyUser) -> QuerySet[Cohort]:
    """Cohorts of the programmes where `user` trains or administers; an area holds for its own."""
    if is_system_admin(user):
        return Cohort.objects.all()
    allowed = Q(pk__in=[])
    for grant in active_grants(user):
        if grant.role in MARKING_ROLES and grant.programme:
            allowed |= Q(programme=grant.programme)
        elif grant.role in MARKING_ROLES and grant.area:
            allowed |= Q(programme__area__path__startswith=grant.area.path)
    return Cohort.objects.filter(allowed)


def works_tutored_by(user: AnyUser) -> QuerySet[Work]:
    """Works that were handed in there; never one's own."""
    works = Work.objects.filter(
        enrolment__cohort__in=cohorts_tutored_by(user), handed_in_at__isnull=False
    )
    if user.is_anonymous or user.person is None:
        return works
    return works.exclude(enrolment__person__in=all_records_of(user.person))


def file_to_open(user: AnyUser, uuid: UUID) -> HandedFile | None:
    """The file for its author, for who tutors the cohort, and for who marks the work.

    Others get none before its scan. Trainers also get one to which the scanner never answered:
    somebody has to be able to go on; the page warns her.
    """
    found = HandedFile.objects.select_related("work__enrolment").filter(uuid=uuid).first()
    if found is None or user.is_anonymous:
        return None
    if user.person and all_records_of(user.person).filter(pk=found.work.enrolment.person_id):
        return found
    tutors = works_tutored_by(user).filter(pk=found.work_id).exists()
    if tutors and found.scan != HandedFile.Scan.WAITING:
        return found
    marks = tasks_of(user).filter(work=found.work_id).exclude(state=ReviewTask.State.REPLACED)
    return found if found.is_for_others and marks.exists() else None
