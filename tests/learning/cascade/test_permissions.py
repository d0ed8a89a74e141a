"""Who sees, records and verifies which sessions: by role, by scope, and never one's own."""

import pytest
from django.contrib.auth.models import AnonymousUser

from learning.cascade.accrediting import grant
from learning.cascade.closing import report
from learning.cascade.models import Event, Facilitation
from learning.cascade.permissions import (
    accreditations_visible_to,
    areas_for_training,
    events_recordable_by,
    events_verifiable_by,
    events_visible_to,
    has_training_desk,
    may_place_event,
    may_record,
    people_known_to_trainer,
    programmes_accredited_by,
    programmes_for_training,
    verifies_training,
)
from learning.people.merging import merge
from learning.people.models import Area, Organisation, Person, Programme, Role, RoleGrant
from tests.cast import make_user
from tests.learning.cascade.making import accredit, add, loaded, make_event, there

pytestmark = pytest.mark.django_db

EVERYBODY = (
    *("learner", "outsider", "trainer", "viewer", "author", "reviewer", "translator"),
    *("area_admin", "organisation_admin", "programme_admin", "system_admin"),
)
ADMINISTRATORS = EVERYBODY[7:]
VERIFIERS = ("area_admin", "programme_admin", "system_admin")


@pytest.fixture
def own(cast) -> Event:
    """In Punjab, hosted by the institution of the cast, led by its trainer."""
    return make_event(cast, host=cast.institution)


@pytest.fixture
def elsewhere(cast, own) -> Event:
    """In the programme of the cast, but in another province, with another host and lead."""
    quetta = Area.objects.get(code="PK-BA")
    host = Organisation.objects.create(code="elsewhere", area=quetta)
    return led_by(cast, own, "Qasim Quetta", area=quetta, host=host)


@pytest.fixture
def abroad(cast, own) -> Event:
    programme = Programme.objects.create(code="abroad", area=cast.cambodia)
    return led_by(cast, own, "Sokha Chan", programme=programme, area=cast.cambodia)


def led_by(cast, like: Event, name: str, **fields) -> Event:
    lead = Person.objects.create(names={"Latn": name})
    return make_event(cast, version=like.cohort.course_version, lead=lead, **fields)


def with_role(cast, role: Role, **scope):
    user = make_user("colleague", "Colleague", cast.punjab)
    RoleGrant.objects.create(user=user, role=role, **scope)
    return user


# --- sessions ------------------------------------------------------------------------------------

#                        sees               records            verifies
SESSIONS = {
    "learner": ("", "", ""),
    "outsider": ("", "", ""),
    "viewer": ("", "", ""),
    "author": ("", "", ""),
    "trainer": ("own", "own", ""),
    "area_admin": ("own", "own", "own"),
    "organisation_admin": ("own", "", ""),
    "programme_admin": ("own elsewhere",) * 3,
    "system_admin": ("own elsewhere abroad",) * 3,
}


@pytest.mark.parametrize("who", SESSIONS)
def test_sessions_of_a_role(cast, own, elsewhere, abroad, who):
    user = getattr(cast, who)
    names = {own.pk: "own", elsewhere.pk: "elsewhere", abroad.pk: "abroad"}

    found = [
        " ".join(name for pk, name in names.items() if allowed(user).filter(pk=pk).exists())
        for allowed in (events_visible_to, events_recordable_by, events_verifiable_by)
    ]

    assert tuple(found) == SESSIONS[who]


def test_visitors_get_nothing(own):
    for allowed in (events_visible_to, events_recordable_by, events_verifiable_by):
        assert not allowed(AnonymousUser()).exists()


@pytest.mark.parametrize("role", [Role.AREA_ADMIN, Role.PROGRAMME_ADMIN])
def test_role_for_the_country_reaches_all_its_provinces(cast, own, elsewhere, abroad, role):
    user = with_role(cast, role, area=cast.pakistan)

    assert set(events_verifiable_by(user)) == {own, elsewhere}


def test_organisation_sees_what_its_parts_host(cast, own):
    part = Organisation.objects.create(code="part", area=cast.punjab, parent=cast.institution)
    hosted = led_by(cast, own, "Somebody", host=part)

    assert set(events_visible_to(cast.organisation_admin)) == {own, hosted}


@pytest.mark.parametrize("role", Facilitation.Role)
def test_nobody_verifies_a_session_in_which_she_had_a_role(cast, own, role):
    own.facilitations.all().delete()
    Facilitation.objects.create(event=own, person=cast.programme_admin.person, role=role)

    assert own in events_visible_to(cast.programme_admin)
    assert own not in events_verifiable_by(cast.programme_admin)


def test_nobody_verifies_what_she_led_under_another_record(cast, own):
    double = Person.objects.create(names={"Latn": "P. Programme"})
    own.facilitations.update(person=double)
    merge(cast.programme_admin.person, double, "Same card", None)

    assert own in events_visible_to(cast.programme_admin)
    assert own not in events_verifiable_by(cast.programme_admin)


@pytest.mark.parametrize(
    ("role", "records"), [("lead", True), ("co", True), ("organiser", True), ("observer", False)]
)
def test_who_observes_records_nothing(cast, own, role, records):
    own.facilitations.update(role=role)

    assert own in events_visible_to(cast.trainer)
    assert (own in events_recordable_by(cast.trainer)) == records


def test_facilitator_without_a_role_sees_and_records_nothing(cast, own):
    Facilitation.objects.create(event=own, person=cast.learner.person, role="co")

    assert own in events_visible_to(cast.learner)
    assert own not in events_recordable_by(cast.learner)


def test_record_is_open_until_it_was_sent(cast, own):
    add(own, "Aamir")
    there(own)
    assert may_record(cast.trainer, own)
    assert not may_record(cast.learner, own)

    report(own, cast.trainer)

    assert not may_record(cast.trainer, loaded(own))
    assert not may_record(cast.system_admin, Event.objects.get(pk=own.pk))


# --- desks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_has_a_desk_and_who_verifies(cast, who):
    user = getattr(cast, who)

    assert has_training_desk(user) == (who == "trainer" or who in ADMINISTRATORS)
    assert verifies_training(user) == (who in VERIFIERS)


# --- preparing -----------------------------------------------------------------------------------

PREPARERS = ("trainer", *VERIFIERS)


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_prepares_sessions_of_a_programme(cast, who):
    own = cast.programme
    foreign = Programme.objects.create(code="abroad", area=cast.cambodia)
    offered = programmes_for_training(getattr(cast, who))

    assert (own in offered) == (who in PREPARERS)
    assert (foreign in offered) == (who == "system_admin")


@pytest.mark.parametrize(
    ("who", "punjab", "quetta", "cambodia"),
    [
        ("learner", False, False, False),
        ("organisation_admin", False, False, False),
        ("trainer", True, True, False),  # of a programme of the country
        ("area_admin", True, False, False),
        ("programme_admin", True, True, False),
        ("system_admin", True, True, False),  # where the programme does not reach, nobody may
    ],
)
def test_where_a_session_may_be_placed(cast, who, punjab, quetta, cambodia):
    user = getattr(cast, who)
    areas = cast.punjab, Area.objects.get(code="PK-BA"), cast.cambodia

    may = [may_place_event(user, cast.programme, area) for area in areas]

    assert may == [punjab, quetta, cambodia]


@pytest.mark.parametrize(
    ("who", "codes"),
    [("learner", set()), ("organisation_admin", set()), ("area_admin", {"PK-PB"})],
)
def test_areas_that_are_offered(cast, who, codes):
    assert set(areas_for_training(getattr(cast, who)).values_list("code", flat=True)) == codes


def test_areas_of_a_programme_are_those_of_its_country(cast):
    paths = areas_for_training(cast.trainer).values_list("path", flat=True)

    assert {path[:3] for path in paths} == {"PK/"}
    assert areas_for_training(cast.system_admin).count() == Area.objects.count()


# --- people --------------------------------------------------------------------------------------


def test_trainer_knows_the_people_of_her_sessions_and_the_accredited(cast, own, elsewhere, abroad):
    aamir = add(own, "Aamir").person
    nameless = add(own).person
    others = [add(elsewhere, "Bano").person, add(abroad, "Chanthy").person]
    colleague = make_user("colleague", "Colleague", cast.punjab).person
    accredit(cast, colleague)

    known = set(people_known_to_trainer(cast.trainer))

    assert known == {cast.trainer.person, aamir, colleague}
    assert not known & {nameless, *others}


def test_person_known_twice_is_listed_once(cast, own):
    aamir = add(own, "Aamir").person
    accredit(cast, aamir)

    assert list(people_known_to_trainer(cast.trainer)).count(aamir) == 1


# --- accreditation -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "hers", "abroad"),
    [
        ("learner", False, False),
        ("trainer", True, False),  # the own one
        ("organisation_admin", False, False),
        ("area_admin", False, False),  # of a province: the programme is the country's
        ("programme_admin", True, False),
        ("system_admin", True, True),
    ],
)
def test_who_sees_an_accreditation(cast, who, hers, abroad):
    own = accredit(cast)
    foreign = Programme.objects.create(code="abroad", area=cast.cambodia)
    days = own.valid_from, own.valid_until
    other = grant(cast.outsider.person, foreign, "trainer", *days, "Observed", None)

    visible = accreditations_visible_to(getattr(cast, who))

    assert [one in visible for one in (own, other)] == [hers, abroad]


def test_visitors_see_no_accreditation(cast):
    accredit(cast)

    assert not accreditations_visible_to(AnonymousUser()).exists()


def test_who_accredits(cast):
    own = cast.programme
    accrediting = {who for who in EVERYBODY if own in programmes_accredited_by(getattr(cast, who))}

    assert accrediting == {"programme_admin", "system_admin"}


@pytest.mark.parametrize("role", [Role.AREA_ADMIN, Role.PROGRAMME_ADMIN])
def test_role_for_the_country_accredits_in_its_programmes(cast, role):
    foreign = Programme.objects.create(code="abroad", area=cast.cambodia)
    user = with_role(cast, role, area=cast.pakistan)

    assert [one in programmes_accredited_by(user) for one in (cast.programme, foreign)] == [
        True,
        False,
    ]
