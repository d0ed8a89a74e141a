import pytest
from django.contrib.auth.models import AnonymousUser

from learning.certificates.permissions import certificates_revocable_by
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import Role, RoleGrant
from tests.learning.certificates.making import certify, read_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_and_foreign(cast, version):
    """One of the programme of the cast, in Pakistan, and one from Cambodia."""
    cohort = Cohort.objects.create(programme=cast.programme, course_version=version)
    own = certify(Enrolment.objects.create(cohort=cohort, person=cast.learner.person))
    return own, certify(read_everything(cast.outsider.person, version))


@pytest.mark.parametrize(
    ("who", "own", "foreign"),
    [
        ("learner", False, False),
        ("trainer", False, False),
        ("viewer", False, False),
        ("area_admin", False, False),  # of a province: the programme is the country's
        ("organisation_admin", False, False),
        ("programme_admin", True, False),
        ("system_admin", True, True),
    ],
)
def test_who_may_revoke(cast, own_and_foreign, who, own, foreign):
    allowed = certificates_revocable_by(getattr(cast, who))

    assert [one in allowed for one in own_and_foreign] == [own, foreign]


@pytest.mark.parametrize("role", [Role.AREA_ADMIN, Role.PROGRAMME_ADMIN])
def test_role_for_the_country_holds_for_its_programmes(cast, own_and_foreign, role):
    RoleGrant.objects.create(user=cast.learner, role=role, area=cast.pakistan)

    assert list(certificates_revocable_by(cast.learner)) == [own_and_foreign[0]]


def test_visitors_revoke_nothing(own_and_foreign):
    assert not certificates_revocable_by(AnonymousUser()).exists()
