"""Who imports lists of people or results, for what, and whose accounts she may help to open."""

from django.db.models import Q, QuerySet

from learning.cascade.permissions import events_recordable_by
from learning.enrolment.enrolling import self_paced_code
from learning.imports.answer_sheets import AnswerSheet
from learning.imports.models import Roster
from learning.people.models import ADMINISTRATORS, Area, Organisation, Person, Programme, Role
from learning.people.permissions import may_place_person, people_managed_by, people_visible_to
from learning.people.roles import AnyUser, administering_grants, has_role, is_system_admin


def imports_rosters(user: AnyUser) -> bool:
    """Whether `user` imports lists at all: every administrator does, within her scope."""
    return is_system_admin(user) or has_role(user, *ADMINISTRATORS)


def programmes_for_rosters_of(user: AnyUser) -> QuerySet[Programme]:
    """The programmes whose people `user` may list: those she administers.

    A role for an area holds for the programmes of that area.
    """
    if is_system_admin(user):
        return Programme.objects.all()
    allowed = Q(pk__in=[])
    for grant in administering_grants(user):
        if grant.programme:
            allowed |= Q(pk=grant.programme_id)
        elif grant.role == Role.AREA_ADMIN and grant.area:
            allowed |= Q(area__path__startswith=grant.area.path)
    return Programme.objects.filter(allowed)


def countries_for_rosters_of(user: AnyUser) -> QuerySet[Area]:
    """Countries whose self-paced courses `user` may list people for: anybody may start those."""
    countries = Area.objects.filter(kind=Area.Kind.COUNTRY)
    if is_system_admin(user):
        return countries
    codes = {grant.within.country_code for grant in administering_grants(user) if grant.within}
    return countries.filter(code__in=codes)


def programmes_open_to_rosters_of(user: AnyUser) -> QuerySet[Programme]:
    """All programmes that a list of `user` may be for, of those there are."""
    codes = [self_paced_code(area.code) for area in countries_for_rosters_of(user)]
    administered = programmes_for_rosters_of(user).values("pk")
    return Programme.objects.filter(Q(code__in=codes) | Q(pk__in=administered))


def people_matchable_by(user: AnyUser) -> QuerySet[Person]:
    """People whom a list of `user` may name again: those whose record she may open, and those who
    are enrolled in a programme she administers."""
    if is_system_admin(user):
        return Person.objects.all()
    programmes = [grant.programme_id for grant in administering_grants(user) if grant.programme]
    enrolled = Person.objects.filter(enrolments__cohort__programme__in=programmes)
    visible = people_visible_to(user)
    return Person.objects.filter(Q(pk__in=visible.values("pk")) | Q(pk__in=enrolled.values("pk")))


def may_add_person(
    user: AnyUser, programme: Programme, area: Area | None, organisation: Organisation | None
) -> bool:
    """Whether a list of `user` for `programme` may make known a person who works there.

    An administrator of the programme may add people of its area; whoever states no place works, as
    far as we know, where the programme is.
    """
    if may_place_person(user, area, organisation):
        return True
    if not any(grant.programme_id == programme.pk for grant in administering_grants(user)):
        return False
    country = f"{programme.area.country_code}/"
    is_inside = area is None or area.path.startswith(programme.area.path)
    return is_inside and (organisation is None or organisation.area.path.startswith(country))


def rosters_visible_to(user: AnyUser) -> QuerySet[Roster]:
    """One's own lists, and the confirmed ones of programmes one administers.

    What is not confirmed shows rows of a file, and people in the scope of who uploaded it: it is
    for nobody else.
    """
    if not imports_rosters(user):
        return Roster.objects.none()
    confirmed = Q(confirmed_at__isnull=False)
    if not is_system_admin(user):
        confirmed &= Q(programme__in=programmes_for_rosters_of(user))
    return Roster.objects.filter(Q(uploaded_by=user.pk) | confirmed)


def rosters_handled_by(user: AnyUser) -> QuerySet[Roster]:
    """Lists whose rows, letters and slips are `user`'s business: her own, as long as she may list
    people for their programme; for system administrators all that are confirmed, too."""
    own = Q(uploaded_by=user.pk, programme__in=programmes_open_to_rosters_of(user))
    if is_system_admin(user):
        own |= Q(confirmed_at__isnull=False)
    return Roster.objects.filter(own) if imports_rosters(user) else Roster.objects.none()


def answer_sheets_handled_by(user: AnyUser) -> QuerySet[AnswerSheet]:
    """`user`'s own lists of results, of sessions whose results she may record."""
    events = events_recordable_by(user)
    return AnswerSheet.objects.filter(uploaded_by=user.pk, event__in=events.values("pk"))


def people_invitable_by(user: AnyUser) -> QuerySet[Person]:
    """People for whom a list of `user` may open an account: those her lists made known, and those
    she manages. A code opens the whole record of a person, results of other programmes included."""
    if user.is_anonymous:
        return Person.objects.none()
    if is_system_admin(user):
        return Person.objects.all()
    managed = Q(pk__in=people_managed_by(user).values("pk"))
    made_known = Q(roster_entries__is_new=True, roster_entries__roster__uploaded_by=user.pk)
    return Person.objects.filter(managed | Q(pk__in=Person.objects.filter(made_known).values("pk")))
