"""Which training sessions a person may see, prepare and verify.

A role for an area holds for sessions that take place there, a role for a programme for all of the
programme, a role for an organisation for what it hosts. Who leads or helps sees her own sessions.
"""

from django.db.models import Q, QuerySet

from learning.cascade.models import OPEN_STATES, Accreditation, Event, Facilitation
from learning.certificates import permissions as certificates
from learning.certificates.models import Certificate
from learning.enrolment.models import Cohort
from learning.people.merging import all_records_of
from learning.people.models import Area, Person, Programme, Role, RoleGrant, User
from learning.people.roles import AnyUser, active_grants, is_system_admin

TRAINING_ROLES = (Role.TRAINER, Role.AREA_ADMIN, Role.PROGRAMME_ADMIN)
VERIFYING_ROLES = (Role.AREA_ADMIN, Role.PROGRAMME_ADMIN)
RECORDING = (Facilitation.Role.LEAD, Facilitation.Role.CO, Facilitation.Role.ORGANISER)
NOBODY = Q(pk__in=[])


def has_training_desk(user: AnyUser) -> bool:
    """Whether `user` prepares training sessions at all, or administers those of others."""
    return is_system_admin(user) or any(
        grant.role in (*TRAINING_ROLES, Role.ORGANISATION_ADMIN) for grant in active_grants(user)
    )


def verifies_training(user: AnyUser) -> bool:
    """Whether sessions may wait for `user` to verify them."""
    return is_system_admin(user) or any(
        grant.role in VERIFYING_ROLES for grant in active_grants(user)
    )


def _within(grant: RoleGrant) -> Q:
    """The events that the scope of `grant` covers."""
    if grant.programme:
        return Q(cohort__programme=grant.programme)
    if grant.organisation:
        return Q(host=grant.organisation) | Q(host__parent=grant.organisation)
    return Q(area__path__startswith=grant.area.path) if grant.area else NOBODY


def _facilitations_of(user: User) -> QuerySet[Facilitation]:
    """In which sessions the person of an account leads, helps or observes, by all her records."""
    if user.person is None:
        return Facilitation.objects.none()
    return Facilitation.objects.filter(person__in=all_records_of(user.person))


def events_visible_to(user: AnyUser) -> QuerySet[Event]:
    """Sessions whose record, names included, `user` may open."""
    if user.is_anonymous:
        return Event.objects.none()
    if is_system_admin(user):
        return Event.objects.all()
    allowed = Q(pk__in=_facilitations_of(user).values("event"))
    for grant in active_grants(user):
        if grant.role in (*VERIFYING_ROLES, Role.ORGANISATION_ADMIN):
            allowed |= _within(grant)
    return Event.objects.filter(allowed)


def events_recordable_by(user: AnyUser) -> QuerySet[Event]:
    """Sessions whose people, attendance and results `user` may record, whatever their state."""
    if user.is_anonymous or not has_training_desk(user):
        return Event.objects.none()
    if is_system_admin(user):
        return Event.objects.all()
    led = _facilitations_of(user).filter(role__in=RECORDING)
    allowed = Q(pk__in=led.values("event"))
    for grant in active_grants(user):
        if grant.role in VERIFYING_ROLES:
            allowed |= _within(grant)
    return Event.objects.filter(allowed)


def events_verifiable_by(user: AnyUser) -> QuerySet[Event]:
    """Sessions that `user` may verify, return and certify: never one that she led or helped in."""
    if user.is_anonymous:
        return Event.objects.none()
    others = Event.objects.exclude(pk__in=_facilitations_of(user).values("event"))
    if is_system_admin(user):
        return others
    allowed = NOBODY
    for grant in active_grants(user):
        if grant.role in VERIFYING_ROLES:
            allowed |= _within(grant)
    return others.filter(allowed)


def may_record(user: AnyUser, event: Event) -> bool:
    """Whether `user` may change what is recorded of `event` (with its state) now."""
    return _state(event) in OPEN_STATES and events_recordable_by(user).filter(pk=event.pk).exists()


def _state(event: Event) -> str | None:
    if not hasattr(event, "state"):
        event = Event.objects.with_state().get(pk=event.pk)
    return event.state  # type: ignore[attr-defined]


def programmes_for_training(user: AnyUser) -> QuerySet[Programme]:
    """Programmes in which `user` may prepare a session."""
    if is_system_admin(user):
        return Programme.objects.all()
    allowed = NOBODY
    for grant in active_grants(user):
        if grant.role not in TRAINING_ROLES:
            continue
        if grant.programme:
            allowed |= Q(pk=grant.programme_id)
        elif grant.within:
            allowed |= Q(area__path__startswith=grant.within.path) | Q(
                area__code__in=grant.within.path.rstrip("/").split("/")
            )
    return Programme.objects.filter(allowed)


def may_place_event(user: AnyUser, programme: Programme, area: Area) -> bool:
    """Whether `user` may prepare a session of `programme` that takes place in `area`."""
    if not area.path.startswith(programme.area.path):
        return False
    if is_system_admin(user):
        return True
    return any(
        grant.programme_id == programme.pk
        or (grant.programme is None and grant.within and area.path.startswith(grant.within.path))
        for grant in active_grants(user)
        if grant.role in TRAINING_ROLES
    )


def areas_for_training(user: AnyUser) -> QuerySet[Area]:
    """Areas in which `user` may prepare a session of some programme."""
    if is_system_admin(user):
        return Area.objects.all()
    allowed = NOBODY
    for grant in active_grants(user):
        if grant.role in TRAINING_ROLES and grant.within:
            allowed |= Q(path__startswith=grant.within.path)
    return Area.objects.filter(allowed)


def people_known_to_trainer(user: AnyUser) -> QuerySet[Person]:
    """People whom `user` may look up when she registers participants or names facilitators.

    Participants and facilitators of the sessions she sees, trainers accredited in her programmes;
    never people of another country.
    """
    events = events_visible_to(user).values("pk")
    programmes = programmes_for_training(user).values("pk")
    accredited = Accreditation.objects.filter(programme__in=programmes).values("person")
    return Person.objects.filter(
        Q(enrolments__cohort__event__in=events)
        | Q(facilitations__event__in=events)
        | Q(pk__in=accredited)
        | Q(user=user.pk),
        is_anonymous=False,
        erased_at=None,
    ).distinct()


def accreditations_visible_to(user: AnyUser) -> QuerySet[Accreditation]:
    """One's own, and those of the programmes one may verify sessions in."""
    if user.is_anonymous:
        return Accreditation.objects.none()
    if is_system_admin(user):
        return Accreditation.objects.all()
    own = Q(person=user.person_id) if user.person_id else NOBODY
    return Accreditation.objects.filter(own | Q(programme__in=programmes_accredited_by(user)))


def programmes_accredited_by(user: AnyUser) -> QuerySet[Programme]:
    """Programmes in which `user` may accredit trainers: not oneself, see `accrediting`."""
    if is_system_admin(user):
        return Programme.objects.all()
    allowed = NOBODY
    for grant in active_grants(user):
        if grant.role == Role.PROGRAMME_ADMIN and grant.programme:
            allowed |= Q(pk=grant.programme_id)
        elif grant.role in VERIFYING_ROLES and grant.area:
            allowed |= Q(area__path__startswith=grant.area.path)
    return Programme.objects.filter(allowed)


def people_to_accredit(user: AnyUser) -> QuerySet[Person]:
    """People with a name whom `user` may choose when she accredits somebody; never herself.

    Those with a trainer's role within her programmes, and those who led or helped in a session
    she sees, or were accredited in one of her programmes before.
    """
    programmes = list(programmes_accredited_by(user).select_related("area"))
    roles = NOBODY
    for programme in programmes:
        within = Q(area__path__startswith=programme.area.path)
        in_body = Q(organisation__area__path__startswith=programme.area.path)
        roles |= Q(programme=programme) | within | in_body
    trainers = RoleGrant.objects.active().filter(roles, role=Role.TRAINER)
    events = events_visible_to(user).filter(cohort__programme__in=programmes)
    known = Q(user__role_grants__in=trainers.values("pk"))
    known |= Q(facilitations__event__in=events.values("pk"))
    known |= Q(accreditations__programme__in=[programme.pk for programme in programmes])
    named = Person.objects.filter(is_anonymous=False, erased_at=None, merged_into=None)
    chosen = named.filter(known).exclude(user=user.pk)
    return named.filter(pk__in=chosen.values("pk"))


def certificates_revocable_by(user: AnyUser) -> QuerySet[Certificate]:
    """Those of the programmes that `user` administers, and of sessions that she may verify.

    What `certificates` knows of programmes and countries, and beside it what only sessions know:
    where they took place. A role for a province holds for the sessions held there.
    """
    if user.is_anonymous:
        return Certificate.objects.none()
    cohorts = events_verifiable_by(user).values("cohort")
    by_programme = certificates.certificates_revocable_by(user).values("pk")
    return Certificate.objects.filter(Q(pk__in=by_programme) | Q(enrolment__cohort__in=cohorts))


def programmes_targeted_by(user: AnyUser) -> QuerySet[Programme]:
    """Programmes whose targets `user` sets: those she administers as such."""
    if is_system_admin(user):
        return Programme.objects.all()
    allowed = NOBODY
    for grant in active_grants(user):
        if grant.role == Role.PROGRAMME_ADMIN and grant.programme:
            allowed |= Q(pk=grant.programme_id)
        elif grant.role == Role.PROGRAMME_ADMIN and grant.area:
            allowed |= Q(area__path__startswith=grant.area.path)
    return Programme.objects.filter(allowed)


def cohorts_opened_by(user: AnyUser) -> QuerySet[Cohort]:
    """Cohorts whose tests `user` opens on devices, and whose people she gives more time.

    Of a session with names whoever records it; of a course that people take by themselves whoever
    administers its programme.
    """
    if user.is_anonymous:
        return Cohort.objects.none()
    events = events_recordable_by(user).filter(counting=Event.Counting.NAMED)
    by_themselves = Q(kind=Cohort.Kind.SELF_PACED, programme__in=programmes_accredited_by(user))
    return Cohort.objects.filter(by_themselves | Q(pk__in=events.values("cohort")))
