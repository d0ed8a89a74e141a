"""Who may ask what: exact figures of a scope, or aggregates only."""

import pytest

from learning.people.models import Organisation, Programme, Role, RoleGrant
from learning.people.roles import forget_grants
from learning.reporting.permissions import (
    certificates_registered_for,
    enrolments_counted_for,
    events_counted_for,
    opens_reports,
    paths_planned_for,
    people_registered_for,
    programmes_reported_to,
    sees_exact,
    trainers_registered_for,
)
from tests.learning.certificates.making import make_version
from tests.learning.reporting.making import crowd, enrol, give_certificate, hold, make_cohort

pytestmark = pytest.mark.django_db

EXACT = ("area_admin", "organisation_admin", "programme_admin", "system_admin")
NOTHING = ("learner", "outsider", "trainer", "author", "reviewer", "translator")


def grant(user, role, **scope):
    RoleGrant.objects.create(user=user, role=role, **scope)
    forget_grants(user)


@pytest.mark.parametrize("who", EXACT)
def test_administrators_see_exact_figures(cast, who):
    user = getattr(cast, who)

    assert opens_reports(user)
    assert sees_exact(user)


def test_viewer_opens_reports_without_lists(cast):
    enrolment = enrol(make_cohort(cast), "Ayesha")
    give_certificate(cast, enrolment)
    hold(cast, crowd(1), lead=cast.trainer.person)

    assert opens_reports(cast.viewer)
    assert not sees_exact(cast.viewer)
    assert enrolments_counted_for(cast.viewer).count() == 2
    for register in (certificates_registered_for, people_registered_for, trainers_registered_for):
        assert not register(cast.viewer).exists()


@pytest.mark.parametrize("who", NOTHING)
def test_others_have_no_reports(cast, who):
    hold(cast, crowd(2))
    user = getattr(cast, who)

    assert not opens_reports(user)
    assert not programmes_reported_to(user).exists()
    assert not enrolments_counted_for(user).exists()


def test_a_role_for_an_area_holds_for_people_and_sessions_there(cast):
    elsewhere = crowd(1, area_of_work=cast.cambodia)
    hold(cast, elsewhere, area="PK-PB")
    hold(cast, crowd(1, area_of_work=cast.punjab), area="PK-SD")
    hold(cast, crowd(1), area="PK-SD")

    assert enrolments_counted_for(cast.area_admin).count() == 2
    assert events_counted_for(cast.area_admin).count() == 1


def test_a_role_for_a_country_holds_for_everything_of_its_programmes(cast):
    grant(cast.outsider, Role.AREA_ADMIN, area=cast.pakistan)
    hold(cast, crowd(1), area="PK-SD")
    enrol(make_cohort(cast, version=make_version("o", 72)), "Nowhere")

    assert enrolments_counted_for(cast.outsider).count() == 2


def test_a_role_for_an_organisation_holds_for_its_people_and_what_it_hosts(cast):
    part = Organisation.objects.create(
        code="part", area=cast.punjab, parent=cast.institution, names={"en": "Part"}
    )
    hold(cast, crowd(1), host=part)
    hold(cast, crowd(1, organisation=part))
    hold(cast, crowd(1))

    assert enrolments_counted_for(cast.organisation_admin).count() == 2
    assert events_counted_for(cast.organisation_admin).count() == 1


@pytest.mark.parametrize("who", ["area_admin", "organisation_admin", "programme_admin", "viewer"])
def test_nothing_reaches_beyond_the_country(cast, who):
    """Not even one's own people in a programme of another country."""
    abroad = Programme.objects.create(code="abroad", area=cast.cambodia, names={"en": "Abroad"})
    about = {"area_of_work": cast.punjab, "organisation": cast.institution}
    enrol(make_cohort(cast, programme=abroad), "Own", **about)
    hold(cast, crowd(1, **about), programme=abroad, area="KH-12", host=cast.institution)
    user = getattr(cast, who)

    assert not enrolments_counted_for(user).exists()
    assert not events_counted_for(user).exists()
    assert abroad not in programmes_reported_to(user)


def test_who_views_and_administers_sees_what_she_administers_alone(cast):
    grant(cast.viewer, Role.AREA_ADMIN, area=cast.punjab)
    hold(cast, crowd(1), area="PK-SD")

    assert sees_exact(cast.viewer)
    assert not events_counted_for(cast.viewer).exists()


def test_targets_are_those_of_the_scope(cast):
    assert paths_planned_for(cast.system_admin, cast.programme) == ["PK/"]
    assert paths_planned_for(cast.programme_admin, cast.programme) == ["PK/"]
    assert paths_planned_for(cast.area_admin, cast.programme) == ["PK/PK-PB/"]
    assert paths_planned_for(cast.organisation_admin, cast.programme) == []
