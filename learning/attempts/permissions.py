"""Whose sittings a person may open, and whose answers she may mark."""

from uuid import UUID

from django.db.models import BigAutoField, Q, QuerySet, UUIDField

from learning.attempts.models import Sitting
from learning.attempts.regrades import Regrading
from learning.enrolment.models import Cohort, Enrolment
from learning.people.merging import all_records_of
from learning.people.models import Programme, Role
from learning.people.roles import AnyUser, active_grants, is_system_admin
from modules.reference.statements import Slot, Statement

MARKING_ROLES = (Role.TRAINER, Role.PROGRAMME_ADMIN)


def sitting_of(user: AnyUser, uuid: UUID) -> Sitting | None:
    """The sitting if it is one's own: a test belongs to the person who sits it, and to nobody else
    while it runs. Also one of another record of the person that was joined with the account's.

    Alone: most of a test is answers, and each of them asks.
    """
    return None if user.is_anonymous else OWN.first(user=user.pk, uuid=uuid)


def sitting_in_course(user: AnyUser, uuid: UUID) -> Sitting | None:
    """The same with its enrolment and its course, for pages; still one query."""
    return None if user.is_anonymous else OWN_IN_COURSE.first(user=user.pk, uuid=uuid)


def session_enrolment_of(user: AnyUser, uuid: UUID) -> Enrolment | None:
    """One's own enrolment in a training session, whose tests may be open on devices; one query."""
    if user.is_anonymous or user.person is None:
        return None
    own = Enrolment.objects.in_force().filter(person__in=all_records_of(user.person))
    loaded = own.select_related("person", "cohort__course_version__course")
    return loaded.filter(uuid=uuid, cohort__kind=Cohort.Kind.EVENT).first()


def _by_record_of(user: AnyUser | Slot) -> Q:
    """An account belongs to the record that stands for all; none of the others has one."""
    return Q(enrolment__person__user=user) | Q(enrolment__person__merged_into__user=user)


OWN = Statement(
    lambda: Sitting.objects.filter(
        _by_record_of(Slot("user", BigAutoField())), uuid=Slot("uuid", UUIDField())
    )
)
OWN_IN_COURSE = Statement(
    lambda: OWN.build().select_related(
        "enrolment__person",
        "enrolment__cohort__course_version__course",
        "course_version__course",
    )
)


def sittings_markable_by(user: AnyUser) -> QuerySet[Sitting]:
    """Handed-in sittings of others in the programmes where `user` trains or administers.

    A role for an area holds for the programmes of that area. Names are for the pages to hide.
    """
    handed_in = Sitting.objects.that_count()
    if user.is_anonymous:
        return handed_in.none()
    others = handed_in.exclude(_by_record_of(user))
    if is_system_admin(user):
        return others
    allowed = Q(pk__in=[])
    for grant in active_grants(user):
        if grant.role in MARKING_ROLES and grant.programme:
            allowed |= Q(enrolment__cohort__programme=grant.programme)
        elif grant.role in MARKING_ROLES and grant.area:
            allowed |= Q(enrolment__cohort__programme__area__path__startswith=grant.area.path)
    return others.filter(allowed)


def programmes_regraded_by(user: AnyUser) -> QuerySet[Programme]:
    """Programmes in which `user` decides that tests are marked again: those she administers."""
    if is_system_admin(user):
        return Programme.objects.all()
    allowed = Q(pk__in=[])
    for grant in active_grants(user):
        if grant.role == Role.PROGRAMME_ADMIN and grant.programme:
            allowed |= Q(pk=grant.programme_id)
        elif grant.role == Role.PROGRAMME_ADMIN and grant.area:
            allowed |= Q(area__path__startswith=grant.area.path)
    return Programme.objects.filter(allowed)


def regradings_visible_to(user: AnyUser) -> QuerySet[Regrading]:
    """Decisions for her programmes; those for all programmes are a system administrator's."""
    if is_system_admin(user):
        return Regrading.objects.all()
    return Regrading.objects.filter(programme__in=programmes_regraded_by(user))


def regrades_tests(user: AnyUser) -> bool:
    """Whether there is any programme in which `user` may have tests marked again."""
    return is_system_admin(user) or any(
        grant.role == Role.PROGRAMME_ADMIN and (grant.programme or grant.area)
        for grant in active_grants(user)
    )


def marks_tests(user: AnyUser) -> bool:
    """Whether `user` has a marking desk at all."""
    return is_system_admin(user) or any(
        grant.role in MARKING_ROLES and (grant.programme or grant.area)
        for grant in active_grants(user)
    )
