"""The record as a table: what it says, that it is safe to open, and that it follows the facts."""

import uuid

import pytest

from learning.cascade.attending import mark
from learning.cascade.certifying import approve_batch, proposals_of
from learning.cascade.closing import send_back
from learning.cascade.exporting import record_csv
from learning.cascade.registering import participants_of
from modules.reference.cells import from_csv
from tests.cast import sign_in
from tests.learning.cascade.making import add, loaded, make_event, result, verified_event

pytestmark = pytest.mark.django_db


def rows_of(event) -> list[dict[str, str]]:
    names, *rows = from_csv(record_csv(loaded(event)))
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_row_tells_attendance_results_and_certificate(cast):
    event = verified_event(cast)
    approve_batch(event, [participants_of(event)[0].pk], cast.programme_admin)
    aamir, bano, _chand = rows_of(event)

    assert (aamir["name_latin"], aamir["half_day_1"], aamir["minutes_attended"]) == (
        "Aamir",
        "present",
        "840",
    )
    assert (aamir["attendance"], aamir["attendance_percent"]) == ("1", "100.0")
    assert (aamir["pre_got"], aamir["post_got"], aamir["post_full"]) == ("8", "16", "20")
    assert (aamir["post_grain"], aamir["proposed_grade"]) == ("total", "achievement")
    assert aamir["certificate"].startswith("PK-TEST-")
    assert (bano["proposed_grade"], bano["certificate"]) == ("attendance", "")


def test_one_mark_more_changes_the_table_and_what_is_proposed(cast):
    event = verified_event(cast)
    send_back(event, cast.programme_admin, "One name is missing on the sheet")
    aamir = participants_of(event)[0]
    before = rows_of(event)[0]

    mark(event.held_units[0], aamir, "absent", cast.trainer, fact_id=uuid.uuid4())

    after = rows_of(event)[0]
    assert {name for name in before if before[name] != after[name]} == {
        *("half_day_1", "minutes_attended", "attendance", "attendance_percent", "proposed_grade"),
    }
    assert (after["attendance"], after["attendance_percent"]) == ("0.75", "75.0")
    assert proposals_of(loaded(event))[0].grade is None


def test_percent_is_cut_and_the_fraction_exact(cast):
    event = make_event(cast)
    aamir = add(event, "Aamir")
    unit = event.held_units[0]
    mark(unit, aamir, "late", None, fact_id=uuid.uuid4(), minutes=112)

    row = rows_of(event)[0]
    assert (row["minutes_attended"], row["minutes_offered"]) == ("112", "840")
    assert (row["attendance"], row["attendance_percent"]) == ("0 2/15", "13.3")


def test_names_are_no_formulas_and_come_back(cast):
    event = make_event(cast)
    add(event, "=HYPERLINK(1)", job_role="@SUM(1)")
    file = record_csv(event)

    assert ",'=HYPERLINK(1)," in file
    assert (rows_of(event)[0]["name_latin"], rows_of(event)[0]["role"]) == (
        "=HYPERLINK(1)",
        "@SUM(1)",
    )


def test_demo_site_says_so_in_the_first_line(cast, settings):
    event = make_event(cast)
    settings.DEMO = True

    assert record_csv(event).startswith("\ufeff# demo data: people and results are invented\r\n")


def test_file_is_given_to_who_may_see_the_session(client, cast):
    event = make_event(cast)
    sign_in(client, cast.trainer)
    response = client.get(f"/training/{event.uuid}/record.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="record-2026-03-02-')
    assert response.content.startswith(b"\xef\xbb\xbfsticker,name_latin,")


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(cast, people, django_assert_num_queries):
    event = make_event(cast)
    for n in range(people):
        result(add(event, f"Person {n}"), "post", 16)
    event = loaded(event)

    with django_assert_num_queries(11):
        record_csv(event)
