"""Who may end a certificate of a session, and whom one may accredit."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from learning.cascade.permissions import certificates_revocable_by, people_to_accredit
from learning.certificates.models import CertificateFact
from learning.people.models import Area, Organisation, Role, RoleGrant
from tests.cast import make_user, sign_in
from tests.learning.cascade.making import add, give_issuer, make_event
from tests.learning.certificates.making import certify

pytestmark = pytest.mark.django_db


@pytest.fixture
def earned(cast):
    """Certificates of a session in Punjab and of one in Balochistan, both of one programme."""
    here = make_event(cast)
    there = make_event(
        cast,
        area=Area.objects.get(code="PK-BA"),
        version=here.cohort.course_version,
        lead=cast.learner.person,
    )
    give_issuer(cast)
    return [certify(add(event, "Aamir")) for event in (here, there)]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("learner", [False, False]),
        ("trainer", [False, False]),
        ("viewer", [False, False]),
        ("organisation_admin", [False, False]),
        ("area_admin", [True, False]),
        ("programme_admin", [True, True]),
        ("system_admin", [True, True]),
    ],
)
def test_a_province_ends_what_was_earned_in_the_province(cast, earned, who, may):
    allowed = certificates_revocable_by(getattr(cast, who))

    assert [one in allowed for one in earned] == may


def test_who_led_the_session_does_not(cast, earned):
    RoleGrant.objects.create(user=cast.trainer, role=Role.AREA_ADMIN, area=cast.punjab)

    assert not certificates_revocable_by(cast.trainer).exists()


def test_visitors_end_nothing_and_cost_nothing(earned, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not certificates_revocable_by(AnonymousUser())


def test_the_page_of_the_certificate_leads_there(cast, earned):
    client = sign_in(Client(), cast.area_admin)
    own, other = (f"/certificates/{one.token}/" for one in earned)
    assert f"{own}revoke/" in client.get(own).content.decode()
    assert f"{other}revoke/" not in client.get(other).content.decode()

    client.post(f"{own}revoke/", {"code": "session", "note": "The sheet was forged"})

    assert CertificateFact.objects.get().certificate == earned[0]
    assert client.get(f"{other}revoke/").status_code == 404


# --- whom one may choose -------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["programme", "area", "organisation"])
def test_trainers_of_the_programme_its_country_and_its_bodies(cast, scope):
    user = make_user("other", "Other Trainer", cast.punjab)
    places = {"programme": cast.programme, "area": cast.punjab, "organisation": cast.institution}
    RoleGrant.objects.create(user=user, role=Role.TRAINER, **{scope: places[scope]})

    assert list(people_to_accredit(cast.programme_admin)) == [user.person]


def test_nobody_of_another_country_and_not_oneself(cast):
    body = Organisation.objects.create(code="fund", area=cast.cambodia, names={"en": "Fund"})
    for n, scope in enumerate(({"area": cast.cambodia}, {"organisation": body})):
        user = make_user(f"abroad-{n}", "Trainer Abroad", cast.cambodia)
        RoleGrant.objects.create(user=user, role=Role.TRAINER, **scope)
    RoleGrant.objects.create(user=cast.programme_admin, role=Role.TRAINER, area=cast.pakistan)

    assert not people_to_accredit(cast.programme_admin).exists()


@pytest.mark.parametrize("who", ["learner", "trainer", "viewer", "organisation_admin"])
def test_who_accredits_nobody_chooses_among_nobody(cast, who):
    make_event(cast)

    assert not people_to_accredit(getattr(cast, who)).exists()
