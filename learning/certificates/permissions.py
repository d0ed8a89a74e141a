"""Who may end a certificate. Reading one needs no permission but its token."""

from django.db.models import Q, QuerySet

from learning.certificates.models import Certificate
from learning.people.models import Role
from learning.people.roles import AnyUser, active_grants, is_system_admin

REVOKING_ROLES = (Role.PROGRAMME_ADMIN, Role.AREA_ADMIN)


def certificates_revocable_by(user: AnyUser) -> QuerySet[Certificate]:
    """Certificates of the programmes that `user` administers; system administrators: all.

    A role for an area holds for the programmes of that area.
    """
    if user.is_anonymous:
        return Certificate.objects.none()
    if is_system_admin(user):
        return Certificate.objects.all()
    allowed = Q(pk__in=[])
    for grant in active_grants(user):
        if grant.role in REVOKING_ROLES and grant.programme:
            allowed |= Q(enrolment__cohort__programme=grant.programme)
        elif grant.role in REVOKING_ROLES and grant.area:
            allowed |= Q(enrolment__cohort__programme__area__path__startswith=grant.area.path)
    return Certificate.objects.filter(allowed)
