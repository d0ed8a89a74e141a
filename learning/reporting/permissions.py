"""Who may ask what of the record: exact figures and lists within a scope, or aggregates only.

Whoever administers people, organisations or programmes sees exact figures of her scope and the
lists behind them. A viewer (donor) sees aggregates of hers, in which small groups are concealed.
Who is both sees what she administers and nothing else: two tables of one thing, one
exact and one concealed, could be subtracted from each other.

A role for an area holds for people who work there and sessions that take place there; one for an
organisation for its people and the sessions it hosts; one for a programme for all of it. Nothing
reaches beyond the country of the role.
"""

from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from learning.attempts.models import HandMark
from learning.attempts.permissions import (
    marks_tests,
    programmes_regraded_by,
    regrades_tests,
    sittings_markable_by,
)
from learning.cascade.models import Accreditation, Event, Facilitation
from learning.certificates.models import Certificate
from learning.enrolment.models import Enrolment
from learning.people.merging import identity
from learning.people.models import Person, Programme, Role, RoleGrant, User
from learning.people.permissions import people_visible_to
from learning.people.roles import AnyUser, active_grants, is_system_admin
from learning.reporting.scopes import NOBODY, in_country, on_the_way_to, whole_programme

EXACT_ROLES = (Role.AREA_ADMIN, Role.ORGANISATION_ADMIN, Role.PROGRAMME_ADMIN)
# Who writes questions sees how they do, and nothing of people.
WRITING_ROLES = (Role.AUTHOR, Role.REVIEWER)


def opens_reports(user: AnyUser) -> bool:
    """Whether there is any report for `user`."""
    return is_system_admin(user) or bool(_grants(user))


def sees_exact(user: AnyUser) -> bool:
    """Whether `user` sees exact figures and the lists behind them; a viewer sees neither."""
    return is_system_admin(user) or any(grant.role in EXACT_ROLES for grant in active_grants(user))


def programmes_reported_to(user: AnyUser) -> QuerySet[Programme]:
    """Programmes of which `user` may open the page: what it shows is limited to her scope."""
    if is_system_admin(user):
        return Programme.objects.all()
    allowed = NOBODY
    for grant in _grants(user):
        if grant.programme:
            allowed |= Q(pk=grant.programme_id)
        elif grant.within:
            allowed |= on_the_way_to(grant.within)
    return Programme.objects.filter(allowed)


def events_counted_for(user: AnyUser) -> QuerySet[Event]:
    """Sessions that are counted in the reports of `user`."""
    if is_system_admin(user):
        return Event.objects.all()
    allowed = NOBODY
    for grant in _grants(user):
        if grant.programme:
            allowed |= Q(cohort__programme=grant.programme)
        elif grant.organisation:
            body = Q(host=grant.organisation) | Q(host__parent=grant.organisation)
            allowed |= body & in_country(grant, "cohort__programme__area__path")
        elif grant.area:
            there = Q(area__path__startswith=grant.area.path)
            whole = Q(cohort__programme__area__path__startswith=grant.area.path)
            allowed |= (there & in_country(grant, "cohort__programme__area__path")) | whole
    return Event.objects.filter(allowed)


def enrolments_counted_for(user: AnyUser) -> QuerySet[Enrolment]:
    """Enrolments that are counted in the reports of `user`, withdrawn ones included."""
    if is_system_admin(user):
        return Enrolment.objects.all()
    allowed = Q(cohort__event__in=events_counted_for(user))
    for grant in _grants(user):
        if grant.programme:
            allowed |= Q(cohort__programme=grant.programme)
        elif grant.organisation:
            staff = Q(person__organisation=grant.organisation) | Q(
                person__organisation__parent=grant.organisation
            )
            allowed |= staff & in_country(grant, "cohort__programme__area__path")
        elif grant.area:
            there = Q(person__area_of_work__path__startswith=grant.area.path)
            whole = Q(cohort__programme__area__path__startswith=grant.area.path)
            allowed |= (there & in_country(grant, "cohort__programme__area__path")) | whole
    return Enrolment.objects.filter(allowed)


def measures_questions(user: AnyUser) -> bool:
    """Whether `user` sees how the questions of tests do: in aggregates, unless she sees exact
    figures anyway."""
    return opens_reports(user) or any(g.role in WRITING_ROLES for g in active_grants(user))


def sees_keys(user: AnyUser) -> bool:
    """Whether `user` sees with the figures of a question its options and which one is right: who
    may have tests marked again, and who writes questions."""
    return regrades_tests(user) or any(g.role in WRITING_ROLES for g in active_grants(user))


def enrolments_measured_for(user: AnyUser) -> QuerySet[Enrolment]:
    """Enrolments whose tests are looked at question by question for `user`.

    Those of her reports; for who only writes questions those of the countries of her roles.
    """
    if opens_reports(user):
        return enrolments_counted_for(user)
    allowed = NOBODY
    for grant in active_grants(user):
        if grant.role in WRITING_ROLES:
            allowed |= in_country(grant, "cohort__programme__area__path")
    return Enrolment.objects.filter(allowed)


def second_marks_compared_for(user: AnyUser) -> QuerySet[HandMark]:
    """Second marks that are held against the first ones for `user`.

    In the programmes that she administers all of them; else those of answers that she gave one of
    the two marks on. None for who marks no tests.
    """
    seconds = HandMark.objects.filter(role=HandMark.Role.SECOND)
    if not marks_tests(user):
        return seconds.none()
    own = HandMark.objects.filter(
        sitting=OuterRef("sitting"),
        position=OuterRef("position"),
        recorded_by=cast("User", user),
        role__in=(HandMark.Role.FIRST, HandMark.Role.SECOND),
    )
    administered = Q(sitting__enrolment__cohort__programme__in=programmes_regraded_by(user))
    return seconds.filter(
        administered | Exists(own), sitting__in=sittings_markable_by(user).values("pk")
    )


def certificates_registered_for(user: AnyUser) -> QuerySet[Certificate]:
    """Certificates in the register of `user`; none for viewers."""
    if not sees_exact(user):
        return Certificate.objects.none()
    return Certificate.objects.filter(enrolment__in=enrolments_counted_for(user))


def people_registered_for(user: AnyUser) -> QuerySet[Person]:
    """Persons in the register of `user`: whose record she may open or whose enrolments she counts.

    None for viewers. Of merged records the one that stands for the person; nobody who is anonymous
    or was erased.
    """
    if not sees_exact(user):
        return Person.objects.none()
    enrolled = enrolments_counted_for(user).annotate(who=identity("person")).values("who")
    known = people_visible_to(user).values("pk")
    return Person.objects.filter(
        Q(pk__in=enrolled) | Q(pk__in=known), merged_into=None, is_anonymous=False, erased_at=None
    )


def trainers_registered_for(user: AnyUser) -> QuerySet[Person]:
    """Persons who led or helped in sessions that `user` counts, or are accredited in a programme
    whose page she may open and work in her scope; none for viewers."""
    if not sees_exact(user):
        return Person.objects.none()
    led = Facilitation.objects.filter(event__in=events_counted_for(user), role__in=("lead", "co"))
    whole = NOBODY
    for grant in _grants(user):
        whole |= whole_programme(grant)
    programmes = (
        Programme.objects.all() if is_system_admin(user) else Programme.objects.filter(whole)
    )
    accredited = Accreditation.objects.filter(
        Q(programme__in=programmes) | Q(person__in=people_visible_to(user))
    )
    return Person.objects.filter(
        Q(pk__in=led.annotate(who=identity("person")).values("who"))
        | Q(pk__in=accredited.annotate(who=identity("person")).values("who")),
        erased_at=None,
    )


def paths_planned_for(user: AnyUser, programme: Programme) -> list[str]:
    """Where the targets of `programme` are held against figures of `user`: paths of areas.

    What an organisation hosts has no target of its own.
    """
    if is_system_admin(user):
        return [programme.area.path]
    paths = set()
    for grant in _grants(user):
        if grant.programme == programme:
            paths.add(programme.area.path)
        elif grant.area:
            paths.add(grant.area.path)
    return sorted(paths)


def _grants(user: AnyUser) -> list[RoleGrant]:
    """The roles that decide what is counted: those that administer, else those of a viewer."""
    roles = EXACT_ROLES if sees_exact(user) else (Role.VIEWER,)
    return [grant for grant in active_grants(user) if grant.role in roles]
