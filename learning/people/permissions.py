"""What a person may see of people, places and bodies: one function per kind of object.

Scopes: an area covers everything inside it; an organisation covers itself and its parts; a
programme covers nobody's personal record by itself, because people belong to it only through
cohorts, which the packages above know. Viewers (donors) see aggregates, never people.
"""

from django.db.models import Q, QuerySet

from learning.people.models import Area, Organisation, Person, Role, RoleGrant, User
from learning.people.roles import AnyUser, active_grants, has_role, is_system_admin


def countries_of(user: AnyUser) -> set[str]:
    """ISO codes of the countries in which `user` holds any role or works."""
    scopes = [grant.within for grant in active_grants(user) if grant.within]
    if not user.is_anonymous and user.person and user.person.area_of_work:
        scopes.append(user.person.area_of_work)
    return {area.country_code for area in scopes}


def people_visible_to(user: AnyUser) -> QuerySet[Person]:
    """Persons whose record `user` may open: one's own, and those in one's administrative scope."""
    if user.is_anonymous:
        return Person.objects.none()
    if is_system_admin(user):
        return Person.objects.all()
    allowed = Q(user=user)
    for grant in active_grants(user):
        if grant.role == Role.AREA_ADMIN and grant.area:
            allowed |= Q(area_of_work__path__startswith=grant.area.path)
        elif grant.role == Role.ORGANISATION_ADMIN and grant.organisation:
            allowed |= Q(organisation=grant.organisation) | Q(
                organisation__parent=grant.organisation
            )
    return Person.objects.filter(allowed)


def people_managed_by(user: AnyUser) -> QuerySet[Person]:
    """Persons whose record `user` may correct and whose account she may help to open.

    Never oneself; and whoever holds power over others is managed by system administrators alone:
    an administrator of one province must not take over the account of a wider one.
    """
    others = people_visible_to(user).exclude(user=user.pk)
    if is_system_admin(user):
        return others
    powerful = User.objects.filter(
        Q(is_superuser=True) | Q(role_grants__in=RoleGrant.objects.active().powerful())
    )
    return others.exclude(user__in=powerful)


def organisations_visible_to(user: AnyUser) -> QuerySet[Organisation]:
    """Organisations a list may name to `user`: all of the countries the user has to do with."""
    if is_system_admin(user):
        return Organisation.objects.all()
    inside = Q(pk__in=[])
    for country in countries_of(user):
        inside |= Q(area__path__startswith=f"{country}/")
    return Organisation.objects.filter(inside)


def areas_visible_to(user: AnyUser) -> QuerySet[Area]:
    """Areas a form may offer to `user`: those of the countries the user has to do with."""
    if is_system_admin(user):
        return Area.objects.all()
    inside = Q(pk__in=[])
    for country in countries_of(user):
        inside |= Q(path__startswith=f"{country}/")
    return Area.objects.filter(inside)


def manages_people(user: AnyUser) -> bool:
    """Whether `user` administers any people at all."""
    return is_system_admin(user) or has_role(user, Role.AREA_ADMIN, Role.ORGANISATION_ADMIN)


def may_place_person(user: AnyUser, area: Area | None, organisation: Organisation | None) -> bool:
    """Whether a person working in `area` for `organisation` lies within the scope of `user`."""
    if is_system_admin(user):
        return True
    for grant in active_grants(user):
        inside_area = grant.area and area and area.path.startswith(grant.area.path)
        if grant.role == Role.AREA_ADMIN and inside_area:
            return True
        own_or_parent = {organisation.pk, organisation.parent_id} if organisation else set()
        if grant.role == Role.ORGANISATION_ADMIN and grant.organisation_id in own_or_parent:
            return True
    return False
