"""The form that prepares a session and the one that changes it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from learning.cascade.clashing import Slot
from learning.cascade.closing import report
from learning.cascade.models import Event
from learning.cascade.planning import cancel_unit
from learning.people.models import Programme, Role, RoleGrant
from modules.courses.models import Course
from tests.cast import Cast, make_user, sign_in
from tests.learning.cascade.making import (
    AFTERNOON,
    DAY,
    accredit,
    add,
    loaded,
    make_event,
    note,
    there,
)
from tests.learning.certificates.making import make_version

pytestmark = pytest.mark.django_db

NEW = "/training/new/"
ROWS = ("09:00", "12:30"), ("13:30", "17:00")


def rows(prefix: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """The rows of a formset, as a browser sends them."""
    fields = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": 0,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 20,
    }
    return fields | {
        f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()
    }


def half_days(*days: dt.date) -> list[dict[str, Any]]:
    return [{"date": day, "starts": s, "ends": e} for day in days for s, e in ROWS]


def filled(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What a trainer sends who prepares one day in Punjab; `units` and `team` are rows."""
    units = changes.pop("units", half_days(DAY))
    team = changes.pop("team", [{"person": "", "account": "", "role": "co"}])
    fields = {
        "programme": cast.programme.pk,
        "kind": "cascade",
        "counting": "named",
        "mode": "room",
        "area": cast.punjab.pk,
        "venue": "Directorate 07, Faisalabad",
        "host": "",
        "languages": ["ur", "en"],
        "planned": "24",
        "lead-person": cast.trainer.person_id,
        "lead-account": "",
    }
    return fields | rows("unit", *units) | rows("team", *team) | changes


@pytest.fixture
def version(db):
    return make_version()


@pytest.fixture
def trainer(client, cast) -> Client:
    return sign_in(client, cast.trainer)


def prepare(client: Client, cast: Cast, version, **changes: Any):
    return client.post(NEW, filled(cast, course_version=version.pk, **changes), follow=True)


def errors(response) -> dict[str, list[str]]:
    """What the page says, by field; "" for the whole form."""
    form = response.context["form"]
    parts = [("", form), ("lead-", form.lead)]
    parts += [(f"unit-{n}-", row) for n, row in enumerate(form.units.forms)]
    parts += [(f"team-{n}-", row) for n, row in enumerate(form.team.forms)]
    return {prefix + name: found for prefix, part in parts for name, found in part.errors.items()}


# --- preparing -----------------------------------------------------------------------------------


def test_session_is_prepared_as_the_form_says(trainer, cast, version):
    helper = cast.area_admin
    accredit(cast, helper.person)
    team = [{"person": helper.person_id, "account": "", "role": "observer"}]
    response = prepare(trainer, cast, version, team=team, host=cast.institution.pk)

    event = Event.objects.with_all_it_needs().get()
    assert response.redirect_chain == [(f"/training/{event.uuid}/", 302)]
    assert "The training session is prepared." in response.content.decode()
    assert (event.cohort.programme, event.cohort.course_version) == (cast.programme, version)
    assert (event.kind, event.mode, event.counting) == ("cascade", "room", "named")
    assert (event.area, event.host, event.planned) == (cast.punjab, cast.institution, 24)
    assert event.languages == ["ur", "en"]
    assert [str(unit) for unit in event.units.all()] == ["2026-03-02 09:00", "2026-03-02 13:30"]
    assert dict(event.facilitations.values_list("person", "role")) == {
        cast.trainer.person_id: "lead",
        helper.person_id: "observer",
    }
    assert event.facts.get().recorded_by == cast.trainer


def test_form_begins_with_what_is_usual(trainer, cast, version):
    form = trainer.get(NEW).context["form"]

    assert form["programme"].value() == cast.programme.pk
    assert (form["kind"].value(), form["languages"].value()) == ("cascade", ["en"])
    assert form.lead["person"].value() == cast.trainer.person_id
    assert len(form.units.forms) == 4


def test_released_versions_are_offered_newest_first_of_announced_courses_too(
    trainer, cast, version
):
    newer = version.course.versions.create(
        number="1.1",
        released_at=version.released_at + dt.timedelta(days=1),
        manifest={},
        sha256="1",
    )
    announced = make_version("announced", 72)
    Course.objects.filter(pk=announced.course_id).update(status=Course.Status.ANNOUNCED)
    Course.objects.create(code="unreleased", number=73, prefix="UN")

    choices = trainer.get(NEW).context["form"].fields["course_version"].queryset

    assert list(choices) == [newer, version, announced]


def test_trainer_chooses_within_her_scope(client, cast, version):
    colleague = make_user("colleague", "Colleague", cast.punjab)
    RoleGrant.objects.create(user=colleague, role=Role.TRAINER, area=cast.punjab)
    own, _foreign = cast.programme, Programme.objects.create(code="abroad", area=cast.cambodia)
    form = sign_in(client, colleague).get(NEW).context["form"]

    assert [area.code for area in form.fields["area"].queryset] == ["PK-PB"]
    assert list(form.fields["programme"].queryset) == [own]


def test_place_outside_the_programme_is_refused(client, cast, version):
    foreign = Programme.objects.create(code="abroad", area=cast.cambodia)
    sign_in(client, cast.system_admin)
    own = {"lead-person": cast.system_admin.person_id}
    response = prepare(client, cast, version, programme=foreign.pk, **own)

    assert errors(response) == {"area": ["Choose an area in which you train for this programme."]}
    assert not Event.objects.exists()


def test_nothing_typed_is_lost_when_something_is_missing(trainer, cast, version):
    units = [{"date": DAY, "starts": "09:00", "ends": ""}, *half_days(DAY)[1:]]
    response = prepare(trainer, cast, version, units=units, area="", venue="Okara")
    page = response.content.decode()

    assert errors(response) == {
        "area": ["This field is required."],
        "unit-0-ends": ["Missing. Fill it in, or empty the row."],
    }
    assert "2 things to put right below." in " ".join(page.split())
    assert 'value="Okara"' in page
    assert 'value="2026-03-02"' in page


def test_clash_is_refused_with_its_reason_and_nothing_typed_is_lost(trainer, cast, version):
    make_event(cast, version=version)
    response = prepare(trainer, cast, version, venue="Okara")
    page = response.content.decode()

    assert "Tariq Trainer is already recorded in another training session" in page
    assert 'value="Okara"' in page
    assert Event.objects.count() == 1


def test_colleague_is_named_by_her_account(trainer, cast, version):
    team = [{"person": "", "account": "area_admin", "role": "co"}]
    assert cast.area_admin
    prepare(trainer, cast, version, team=team)

    roles = Event.objects.get().facilitations.values_list("person", "role")
    assert (cast.area_admin.person_id, "co") in roles


def test_unknown_account_and_one_without_a_role_get_the_same_answer(trainer, cast, version):
    words = set()
    for typed in (cast.learner.username, cast.outsider.username, "nobody"):
        team = [{"person": "", "account": typed, "role": "co"}]
        found = errors(prepare(trainer, cast, version, team=team))
        words.add(found["team-0-account"][0].replace(typed, "…"))

    (answer,) = words
    assert answer.startswith("Nobody who trains or administers in this country is known as “…”.")


def test_person_is_chosen_or_typed_not_both(trainer, cast, version):
    cast.area_admin.save()
    response = prepare(trainer, cast, version, **{"lead-account": "area_admin"})

    assert list(errors(response)) == ["lead-account"]


def test_session_needs_a_lead(trainer, cast, version):
    response = prepare(trainer, cast, version, **{"lead-person": ""})

    assert errors(response) == {"lead-person": ["Choose who leads the session."]}


def test_account_without_a_person_prepares_sessions_of_others(client, cast, version):
    root = cast.system_admin
    root.person = None
    root.save()
    sign_in(client, root)
    assert cast.trainer

    prepare(client, cast, version, **{"lead-person": "", "lead-account": "trainer"})

    assert Event.objects.get().facilitations.get().person == cast.trainer.person


@pytest.mark.parametrize("who", ["learner", "viewer", "organisation_admin"])
def test_others_prepare_nothing(client, cast, who):
    assert sign_in(client, getattr(cast, who)).get(NEW).status_code == 403


# --- changing ------------------------------------------------------------------------------------


def change(client: Client, cast: Cast, event: Event, **changes: Any):
    fields = filled(cast, course_version=event.cohort.course_version_id, **changes)
    return client.post(f"/training/{event.uuid}/edit/", fields, follow=True)


def test_form_shows_what_was_planned(trainer, cast):
    event = make_event(cast)
    form = trainer.get(f"/training/{event.uuid}/edit/").context["form"]

    assert "programme" not in form.fields
    assert "counting" not in form.fields
    assert [row["date"].value() for row in form.units.forms[:4]] == [
        unit.date for unit in event.units.all()
    ]
    assert len(form.units.forms) == 6
    assert form.lead["person"].value() == cast.trainer.person_id


def test_changes_are_saved(trainer, cast):
    event = make_event(cast)
    response = change(trainer, cast, event, venue="Okara", units=half_days(DAY))

    assert "The changes are saved." in response.content.decode()
    assert loaded(event).venue == "Okara"
    assert loaded(event).units.count() == 2


def test_half_day_with_attendance_is_not_taken_away(trainer, cast):
    event = make_event(cast)
    note(event, add(event, "Aamir"), ["present"] * 4)
    response = change(trainer, cast, event, units=half_days(DAY))

    assert "Attendance was noted in a half-day that you took away." in response.content.decode()
    assert loaded(event).units.count() == 4


def test_cancelled_half_day_is_shown_with_its_reason(trainer, cast):
    event = make_event(cast)
    cancel_unit(event, event.held_units[1], "No electricity")
    page = trainer.get(f"/training/{event.uuid}/edit/").content.decode()

    assert "Cancelled: No electricity" in page
    assert 'name="unit-1-date"' not in page
    assert 'name="unit-2-date"' in page


def test_second_of_two_who_change_is_told_and_may_insist(trainer, cast):
    event = make_event(cast)
    seen = trainer.get(f"/training/{event.uuid}/edit/").context["seen"]
    change(trainer, cast, event, seen=seen, venue="Okara")

    response = change(trainer, cast, event, seen=seen, venue="Multan")
    assert "Somebody else changed this session" in response.content.decode()
    assert 'value="Multan"' in response.content.decode()
    assert loaded(event).venue == "Okara"

    change(trainer, cast, event, seen=response.context["seen"], venue="Multan")
    assert loaded(event).venue == "Multan"


def test_who_hands_a_session_over_is_led_to_her_desk(trainer, cast):
    event = make_event(cast)
    assert cast.area_admin
    response = change(trainer, cast, event, **{"lead-person": "", "lead-account": "area_admin"})

    assert response.redirect_chain == [("/training/", 302)]
    assert loaded(event).facilitations.get().person == cast.area_admin.person


def test_closed_record_leads_back_to_the_session(trainer, cast):
    event = make_event(cast)
    add(event, "Aamir")
    there(event)
    report(event, cast.trainer)
    for path in ("edit/", "half-days/1/cancel/"):
        response = trainer.get(f"/training/{event.uuid}/{path}", follow=True)
        assert response.redirect_chain == [(f"/training/{event.uuid}/", 302)]
        assert "The record of this session is closed" in response.content.decode()


# --- half-days -----------------------------------------------------------------------------------


def test_half_day_is_cancelled_for_a_reason_and_restored(trainer, cast):
    event = make_event(cast)
    path = f"/training/{event.uuid}/half-days/2/"

    assert "This field is required." in trainer.post(f"{path}cancel/").content.decode()
    trainer.post(f"{path}cancel/", {"reason": "No electricity"})
    assert loaded(event).units.get(n=2).cancelled_why == "No electricity"
    page = trainer.get(f"/training/{event.uuid}/").content.decode()
    assert "Cancelled: No electricity" in page

    trainer.post(f"{path}restore/")
    assert len(loaded(event).held_units) == 4


def test_refusal_to_restore_says_why(trainer, cast):
    event = make_event(cast)
    cancel_unit(event, event.held_units[1], "No electricity")
    make_event(cast, version=event.cohort.course_version, slots=[Slot(DAY, *AFTERNOON)])
    response = trainer.post(f"/training/{event.uuid}/half-days/2/restore/", follow=True)

    assert "Tariq Trainer is already recorded" in response.content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_queries_of_the_form_do_not_grow(trainer, cast, django_assert_num_queries, many):
    event = make_event(cast, kind="tot")
    for n in range(many):
        add(event, f"Person {n}")
        make_version(f"other-{n}", 80 + n)
    trainer.get(f"/training/{event.uuid}/edit/")

    with django_assert_num_queries(15):
        trainer.get(f"/training/{event.uuid}/edit/")


def test_areas_are_named_with_what_they_lie_in(trainer, cast):
    page = trainer.get(NEW).content.decode()

    assert f'<option value="{cast.pakistan.pk}">Pakistan</option>' in page
    assert f'<option value="{cast.punjab.pk}">Punjab, Pakistan</option>' in page
