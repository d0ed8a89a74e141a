"""Nobody is in two places in one half-day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.cascade.clashing import Slot, find_clashes, meet, refuse_clashes, slots_of
from learning.cascade.closing import cancel
from learning.cascade.errors import Refused
from learning.cascade.models import NOON
from learning.cascade.planning import cancel_unit
from learning.cascade.registering import take_off
from learning.people.merging import merge
from learning.people.models import Person
from tests.cast import sign_in
from tests.learning.cascade.making import DAY, add, loaded, make_event, two_days

times = st.times().map(lambda one: one.replace(second=0, microsecond=0))
days = st.sampled_from([DAY, DAY + dt.timedelta(days=1)])


@st.composite
def slots(draw) -> Slot:
    starts, ends = sorted(draw(st.lists(times, min_size=2, max_size=2, unique=True)))
    return Slot(draw(days), starts, ends)


def at(starts: str, ends: str, day: dt.date = DAY) -> Slot:
    return Slot(day, dt.time.fromisoformat(starts), dt.time.fromisoformat(ends))


@given(slots(), slots())
def test_meeting_is_mutual(one, other):
    assert meet(one, other) == meet(other, one)


@given(slots())
def test_a_half_day_meets_itself(one):
    assert meet(one, one)


@given(slots(), slots())
def test_half_days_meet_exactly_when_they_overlap_or_share_morning_or_afternoon(one, other):
    shared = max(one.starts, other.starts) < min(one.ends, other.ends)
    both_mornings = one.starts < NOON and other.starts < NOON
    both_afternoons = one.starts >= NOON and other.starts >= NOON

    assert meet(one, other) == (
        one.date == other.date and (shared or both_mornings or both_afternoons)
    )


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (at("09:00", "12:30"), True),
        (at("11:00", "12:00"), True),
        (at("07:00", "08:00"), True),  # the same morning, without a common minute
        (at("13:30", "17:00"), False),
        (at("12:59", "17:00"), True),  # begins in the morning
        (at("09:00", "12:30", DAY + dt.timedelta(days=1)), False),
    ],
)
def test_what_meets_a_morning(other, meets):
    assert meet(at("09:00", "12:30"), other) == meets


@pytest.mark.django_db
def test_facilitators_and_participants_are_found(cast):
    event = make_event(cast)
    aamir = add(event, "Aamir").person

    clashes = find_clashes([aamir.pk, cast.trainer.person_id], two_days()[:1])

    assert {clash.person for clash in clashes} == {aamir, cast.trainer.person}
    assert {(clash.event, clash.date) for clash in clashes} == {(event, DAY)}


@pytest.mark.django_db
def test_a_person_is_found_by_another_record_of_hers(cast):
    event = make_event(cast)
    double = add(event, "Aamir").person
    aamir = Person.objects.create(names={"Latn": "Aamir"})
    merge(aamir, double, "Same card", None)

    assert len(find_clashes([aamir.pk], two_days()[:1])) == 1


@pytest.mark.django_db
def test_a_session_does_not_clash_with_itself(cast):
    event = make_event(cast)

    assert find_clashes([cast.trainer.person_id], slots_of(event.units.all()), event) == []


@pytest.mark.django_db
def test_what_does_not_take_place_is_free(cast):
    event = make_event(cast)
    aamir = add(event, "Aamir")
    cancel_unit(event, event.held_units[0], "No electricity")
    take_off(event, aamir, None)

    assert find_clashes([cast.trainer.person_id], two_days()[:1]) == []
    assert find_clashes([aamir.person_id], two_days()) == []
    cancel(loaded(event), cast.trainer, "The hall was flooded")
    assert find_clashes([cast.trainer.person_id], two_days()) == []


@pytest.mark.django_db
def test_refusal_names_person_place_and_day(cast):
    make_event(cast)

    with pytest.raises(Refused, match=r"Tariq Trainer .* Directorate 07, Faisalabad, 2 March 2026"):
        refuse_clashes([cast.trainer.person_id], two_days()[:1], "PK")


@pytest.mark.django_db
def test_refusal_names_no_place_of_another_country(cast):
    make_event(cast)

    with pytest.raises(Refused) as refused:
        refuse_clashes([cast.trainer.person_id], two_days()[:1], "KH")

    assert "of another country in the same half-day, 2 March 2026" in str(refused.value)
    assert "Faisalabad" not in str(refused.value)


@pytest.mark.django_db
def test_who_merges_two_records_hears_that_both_were_somewhere_at_once(client, cast):
    event = make_event(cast)
    one, double = add(event, "Aamir").person, add(event, "Aamir Khan").person
    elsewhere = Person.objects.create(names={"Latn": "Aamir K."})
    admin = sign_in(client, cast.system_admin)

    def page_of(other: Person) -> str:
        address = f"/admin/people/{one.pk}/merge/"
        return admin.get(address, {"other": other.pk}).content.decode()

    assert page_of(double).count("in the same half-day of") == 2  # on both days
    assert "2 March 2026. One person" in page_of(double)
    assert "in the same half-day of" not in page_of(elsewhere)


@pytest.mark.django_db
@pytest.mark.parametrize("sessions", [1, 3])
def test_queries_do_not_grow_with_sessions(cast, django_assert_num_queries, sessions):
    version = make_event(cast, lead=cast.area_admin.person).cohort.course_version
    for name in ("One", "Two", "Three")[:sessions]:
        lead = Person.objects.create(names={"Latn": name})
        make_event(cast, version=version, lead=lead)

    with django_assert_num_queries(4):
        find_clashes([cast.trainer.person_id], two_days())
