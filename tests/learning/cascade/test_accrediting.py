"""Accreditation: its days to the day, levels, programmes, withdrawal, and never one's own."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from learning.cascade.accrediting import (
    USUAL_MONTHS,
    Validity,
    accreditations_of,
    grant,
    is_accredited,
    usual_end,
    validity_of,
    with_validity,
    withdraw,
)
from learning.cascade.errors import Refused
from learning.cascade.models import Accreditation
from learning.people.merging import merge
from learning.people.models import Person, Programme
from tests.learning.cascade.making import accredit

FIRST, LAST = dt.date(2026, 3, 2), dt.date(2026, 9, 1)
DAY = dt.timedelta(days=1)


def on(cast, *days: dt.date) -> bool:
    return is_accredited(cast.trainer.person, cast.programme, days)


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "covered"),
    [
        ([FIRST], True),
        ([LAST], True),
        ([FIRST, LAST], True),
        ([FIRST - DAY], False),
        ([LAST + DAY], False),
        ([FIRST - DAY, FIRST], False),
        ([LAST, LAST + DAY], False),
    ],
)
def test_it_counts_from_its_first_day_to_its_last(cast, days, covered):
    accredit(cast, days=(FIRST, LAST))

    assert on(cast, *days) is covered


@pytest.mark.django_db
def test_two_that_meet_cover_a_session_between_them(cast):
    accredit(cast, days=(FIRST, LAST))
    accredit(cast, days=(LAST + DAY, LAST + 30 * DAY))

    assert on(cast, LAST, LAST + DAY)
    assert not on(cast, LAST, LAST + 31 * DAY)


@pytest.mark.parametrize(
    ("level", "begins", "ends"),
    [
        ("candidate", "2026-03-01", "2027-02-28"),
        ("trainer", "2026-03-01", "2028-02-29"),
        ("trainer", "2026-01-01", "2027-12-31"),
        ("master", "2026-11-27", "2029-11-26"),
        ("trainer", "2028-02-29", "2030-02-28"),
        ("candidate", "2028-02-29", "2029-02-28"),
    ],
)
def test_usual_time_of_each_level_through_leap_years(level, begins, ends):
    assert usual_end(level, dt.date.fromisoformat(begins)) == dt.date.fromisoformat(ends)


@given(st.sampled_from(sorted(USUAL_MONTHS)), st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)))
def test_usual_time_is_as_many_months_as_it_says(level, begins):
    after = usual_end(level, begins) + DAY

    months = (after.year - begins.year) * 12 + after.month - begins.month
    assert months == USUAL_MONTHS[level] or after.day == 1  # the month lacked the day
    assert abs((after - begins).days - USUAL_MONTHS[level] * 30.44) < 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "validity"),
    [
        (FIRST - DAY, Validity.LATER),
        (FIRST, Validity.VALID),
        (LAST - 91 * DAY, Validity.VALID),
        (LAST - 90 * DAY, Validity.ENDING),
        (LAST, Validity.ENDING),
        (LAST + DAY, Validity.OVER),
    ],
)
def test_state_on_a_day_is_the_same_in_words_and_in_the_filter(cast, day, validity):
    granted = accredit(cast, days=(FIRST, LAST))

    assert validity_of(granted, day) == validity
    found = [v for v in Validity if Accreditation.objects.filter(with_validity(v, day)).exists()]
    assert found == [validity]


# --- level, programme, withdrawal ----------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "may_certify"), [("candidate", False), ("trainer", True), ("master", True)]
)
def test_candidates_do_not_certify(cast, level, may_certify):
    accredit(cast, level=level, days=(FIRST, LAST))

    assert on(cast, FIRST) is may_certify


@pytest.mark.django_db
def test_it_holds_in_its_programme_alone(cast):
    other = Programme.objects.create(code="other", area=cast.pakistan)
    accredit(cast, programme=other, days=(FIRST, LAST))

    assert not on(cast, FIRST)
    assert is_accredited(cast.trainer.person, other, [FIRST])


@pytest.mark.django_db
def test_withdrawn_it_counts_for_no_day_and_both_facts_stay(cast):
    granted = accredit(cast, days=(FIRST, LAST))

    ended = withdraw(granted, "Rules were broken", cast.programme_admin)

    assert not on(cast, FIRST)
    assert ended.corrects == granted
    assert [one.what for one in Accreditation.objects.all()] == ["granted", "withdrawn"]
    assert validity_of(granted, FIRST) == Validity.WITHDRAWN
    grants = Accreditation.objects.filter(what=Accreditation.What.GRANTED)
    assert not grants.filter(with_validity(Validity.ENDING, LAST)).exists()
    assert grants.get(with_validity(Validity.WITHDRAWN, LAST)) == granted


@pytest.mark.django_db
def test_withdrawn_twice_it_is_withdrawn_once(cast):
    granted = accredit(cast)

    first = withdraw(granted, "First", cast.programme_admin)
    second = withdraw(granted, "Second", cast.system_admin)

    assert second == first
    assert second.reason == "First"


@pytest.mark.django_db
def test_another_grant_counts_after_a_withdrawal(cast):
    withdraw(accredit(cast, days=(FIRST, LAST)), "By mistake", cast.programme_admin)
    accredit(cast, days=(FIRST, LAST))

    assert on(cast, FIRST)


@pytest.mark.django_db
def test_what_somebody_holds_today_by_the_latest_end(cast):
    today = timezone.localdate()
    accredit(cast, days=(today - DAY, today + DAY))
    longest = accredit(cast, level="master", days=(today, today + 9 * DAY))
    accredit(cast, days=(today + DAY, today + 99 * DAY))
    withdraw(accredit(cast, days=(today, today + 50 * DAY)), "Ended", None)

    held = accreditations_of(cast.trainer.person)

    assert len(held) == 2
    assert held[0] == longest


# --- who -----------------------------------------------------------------------------------------


def year_for(person: Person, cast, by, **more) -> Accreditation:
    year = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    return grant(person, cast.programme, "master", *year, "Because", by, **more)


@pytest.mark.django_db
def test_nobody_decides_about_herself(cast):
    own = cast.programme_admin.person

    with pytest.raises(Refused, match="her own accreditation"):
        year_for(own, cast, cast.programme_admin)
    granted = year_for(own, cast, cast.system_admin)
    with pytest.raises(Refused, match="her own accreditation"):
        withdraw(granted, "I stop", cast.programme_admin)
    assert Accreditation.objects.count() == 1


@pytest.mark.django_db
def test_nor_about_another_record_of_herself(cast):
    other = Person.objects.create(names={"Latn": "P. Programme"}, area_of_work=cast.punjab)
    merge(cast.programme_admin.person, other, "Same woman", cast.system_admin)
    other.refresh_from_db()

    with pytest.raises(Refused):
        year_for(other, cast, cast.programme_admin)


@pytest.mark.django_db
def test_all_records_of_a_person_count(cast):
    earlier = Person.objects.create(names={"Latn": "T. Trainer"}, area_of_work=cast.punjab)
    accredit(cast, earlier, days=(FIRST, LAST))
    assert not on(cast, FIRST)

    merge(cast.trainer.person, earlier, "Same man", cast.system_admin)

    assert on(cast, FIRST)
    assert len(accreditations_of(cast.trainer.person, FIRST)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("about", [{"is_anonymous": True}, {"names": {}}])
def test_somebody_without_a_name_is_not_accredited(cast, about):
    with pytest.raises(Refused, match="with a name"):
        year_for(Person.objects.create(**about), cast, cast.programme_admin)


@pytest.mark.django_db
def test_sent_twice_it_is_recorded_once(cast):
    fact = uuid.uuid4()

    first, second = (
        year_for(cast.trainer.person, cast, cast.programme_admin, fact_id=fact) for _ in range(2)
    )

    assert first == second
    assert Accreditation.objects.count() == 1
