"""Completion: what each column counts, and that parts and totals agree."""

import uuid

import pytest
from django.test import override_settings

from learning.cascade.attending import mark
from learning.certificates.models import CertificateFact
from learning.certificates.revoking import revoke
from learning.enrolment.enrolling import withdraw
from learning.people.merging import merge
from learning.people.models import Person, Programme
from tests.cast import sign_in
from tests.learning.cascade.making import add, make_event, note
from tests.learning.certificates.making import make_version
from tests.learning.reporting.making import (
    LESSONS,
    MARCH,
    completion,
    crowd,
    enrol,
    enrol_all,
    give_certificate,
    has_pre_test,
    hold,
    make_cohort,
    read_all,
    records,
    sit,
)

pytestmark = pytest.mark.django_db

COLUMNS = (
    *("people", "enrolled", "left", "started", "pre", "read_first", "done", "post"),
    *("achievement", "attendance"),
)
NOBODY = dict.fromkeys(COLUMNS, 0)


@pytest.fixture
def cohort(cast):
    return make_cohort(cast)


def numbers(row):
    return {key: row[key] for key in COLUMNS}


def total_of(cast, **kwargs):
    return numbers(records(completion(cast.system_admin, **kwargs))[-1])


def test_each_column_counts_its_own(cast, cohort):
    enrol(cohort, "Only enrolled")
    enrol(cohort, "Half way", lessons=LESSONS[:2])
    enrol(cohort, "All the way", lessons=LESSONS, pre=5, post=16)

    assert total_of(cast) == NOBODY | {
        "people": 3,
        "enrolled": 3,
        "started": 2,
        "pre": 1,
        "done": 1,
        "post": 1,
    }


def test_who_reads_before_the_pre_test_or_without_one_is_shown(cast, cohort):
    has_pre_test("working-together")
    enrol(cohort, "Without a pre-test", lessons=LESSONS[:1])
    enrol(cohort, "Test first", pre=5, lessons=LESSONS[:1])
    late = enrol(cohort, "Lesson first", lessons=LESSONS[:1])
    sit([late], "pre", 8)

    assert total_of(cast)["read_first"] == 2


def test_a_course_without_a_pre_test_is_never_read_first(cast, cohort):
    enrol(cohort, "Reader", lessons=LESSONS)

    assert total_of(cast)["read_first"] == 0


def test_who_left_is_counted_apart(cast, cohort):
    enrol(cohort, "Stays")
    withdraw(enrol(cohort, "Leaves", lessons=LESSONS), None)

    assert total_of(cast) == NOBODY | {"people": 1, "enrolled": 1, "left": 1}


def test_a_certificate_counts_once_by_its_better_grade(cast, cohort):
    both = enrol(cohort, "Both")
    give_certificate(cast, both, "attendance")
    give_certificate(cast, both, "achievement")
    give_certificate(cast, enrol(cohort, "Attended"), "attendance")

    assert (total_of(cast)["achievement"], total_of(cast)["attendance"]) == (1, 1)


def test_a_revoked_certificate_leaves_the_count(cast, cohort):
    certificate = give_certificate(cast, enrol(cohort, "Revoked"))
    revoke(certificate, by=None, code=CertificateFact.Code.ERROR, note="")

    assert total_of(cast)["achievement"] == 0


def test_somebody_in_two_courses_is_one_person(cast, cohort):
    person = enrol(cohort, "Twice").person
    enrol(make_cohort(cast, version=make_version("other", 72)), known=person)

    *rows, total = records(completion(cast.system_admin))
    assert [row["people"] for row in rows] == [1, 1]
    assert (total["people"], total["enrolled"]) == (1, 2)


def test_merged_records_are_one_person_with_the_details_of_the_kept_one(cast, cohort):
    kept = enrol(cohort, "Kept", sex="female").person
    alias = enrol(make_cohort(cast, version=make_version("other", 72)), "Alias", sex="male").person
    merge(kept, alias, "The same person", None)

    by_sex = {row["sex"]: row for row in records(completion(cast.system_admin, by="sex"))}
    assert (by_sex["Female"]["people"], by_sex["Female"]["enrolled"]) == (1, 2)
    assert by_sex["Male"]["people"] == 0


def test_in_a_session_started_means_present_and_done_means_long_enough(cast):
    event = make_event(cast)

    always, half, never = (add(event, name) for name in ("Always", "Half", "Never"))
    note(event, always, ["present"] * 4)
    note(event, half, ["present", "present", "absent", "absent"])
    note(event, never, ["absent"] * 4)

    total = total_of(cast)
    assert (total["enrolled"], total["started"], total["done"]) == (3, 2, 1)


def test_late_by_less_than_half_counts_as_there(cast):
    event = make_event(cast)

    enrolment = add(event, "Late")
    for unit in event.units.all():
        mark(unit, enrolment, "late", None, fact_id=uuid.uuid4(), minutes=150)

    # 600 of 840 minutes are 71 per cent: there, but not for long enough.
    assert (total_of(cast)["started"], total_of(cast)["done"]) == (1, 0)


@pytest.mark.parametrize("cut", ["sex", "age", "constituency"])
@pytest.mark.parametrize("by", ["course", "area", "organisation", "cohort"])
def test_parts_add_up_to_their_sums_and_totals_with_those_not_stated(cast, by, cut):
    people = [
        *crowd(2, sex="female", age_band="25-34", area_of_work=cast.punjab),
        *crowd(3, sex="male", constituency="worker", organisation=cast.institution),
        *crowd(1),
    ]
    read_all(enrol_all(make_cohort(cast), people), LESSONS[:1])
    hold(cast, people[:4], version=make_version("other", 72))

    table = completion(cast.system_admin, by=by, cut=cut)
    parts = [row for row in table.rows if row.level == "body"]
    sums = [row for row in table.rows if row.level == "sum"]
    total = numbers(records(table)[-1])
    for column in COLUMNS[1:]:
        place = [one.key for one in table.columns].index(column)
        assert sum(row.cells[place].value for row in parts) == total[column]
        assert sum(row.cells[place].value for row in sums) == total[column]
    assert total["enrolled"] == 10


@pytest.mark.parametrize("cut", ["sex", "age", "constituency", "area", "organisation"])
def test_not_stated_has_a_row_even_without_anybody(cast, cohort, cut):
    about = {
        "sex": "male",
        "age_band": "65+",
        "constituency": "other",
        "area_of_work": cast.punjab,
        "organisation": cast.institution,
    }
    enrol(cohort, "Told everything", **about)

    *rows, _total = records(completion(cast.system_admin, by=cut))
    assert rows[-1] == NOBODY | {cut: "Not stated"}


def test_filters_narrow_the_table_and_its_links_keep_them(cast, cohort):
    enrol(cohort, "Woman", sex="female", area_of_work=cast.punjab)
    enrol(cohort, "Man", sex="male")

    table = completion(cast.system_admin, by="area", sex="female")
    row = table.rows[0]
    assert numbers(records(table)[-1])["enrolled"] == 1
    assert row.cells[2].link == "/reports/people/?sex=female&area=PK-PB&stage=enrolled"


def test_a_session_belongs_to_the_period_of_its_last_day(cast):
    hold(cast, crowd(3), day=MARCH)
    hold(cast, crowd(2), day=MARCH.replace(month=4))

    assert total_of(cast, within="2026-Q1")["enrolled"] == 3
    assert total_of(cast, within="2026-H1")["enrolled"] == 5
    assert total_of(cast, within="2025")["enrolled"] == 0


def test_only_the_scope_of_the_reader_is_counted(cast, cohort):
    enrol(cohort, "Here", area_of_work=cast.punjab)
    enrol(cohort, "Elsewhere", area_of_work=cast.cambodia)
    other = Programme.objects.create(code="other", area=cast.cambodia, names={"en": "Other"})
    enrol(make_cohort(cast, version=make_version("o", 72), programme=other), "Abroad")

    def enrolled(user):
        return records(completion(user))[-1]["enrolled"]

    assert enrolled(cast.programme_admin) == 2
    assert enrolled(cast.area_admin) == 1
    assert enrolled(cast.system_admin) == 3
    assert enrolled(cast.organisation_admin) == 0


@pytest.mark.parametrize(("learners", "courses"), [(1, 1), (1000, 4)])
def test_a_thousand_learners_in_four_courses_take_no_more_queries(
    client, cast, django_assert_max_num_queries, learners, courses
):
    people = crowd(learners, area_of_work=cast.punjab, organisation=cast.institution)
    for number in range(courses):
        version = make_version(f"course-{number}", 72 + number)
        enrolments = enrol_all(make_cohort(cast, version=version), people)
        read_all(enrolments)
        sit(enrolments, "post", 15)
    hold(cast, people[:20], version=version)
    sign_in(client, cast.system_admin)
    client.get("/reports/")

    with django_assert_max_num_queries(15):
        page = client.get("/reports/completion/?by=course&cut=sex").content.decode()
    assert f"{learners * courses + min(learners, 20):,}" in page


@override_settings(DEMO=True)
def test_demo_data_says_so(cast, cohort):
    table = completion(cast.system_admin)

    assert ("Note", "Demo data: people and scores are invented.") in table.remarks()


def test_a_person_with_no_record_of_having_begun_is_no_enrolment(cast, cohort):
    person = Person.objects.create(names={"Latn": "Nobody"})
    cohort.enrolments.create(person=person)

    assert total_of(cast)["enrolled"] == 0
