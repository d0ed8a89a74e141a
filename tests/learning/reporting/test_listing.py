"""The list behind a number: exactly the people it counts."""

from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from learning.people.merging import merge
from learning.people.models import Programme
from learning.reporting.asking import reach_of
from learning.reporting.forms import PeopleForm
from learning.reporting.listing import entries
from learning.reporting.stages import Stage
from tests.cast import sign_in
from tests.learning.certificates.making import make_version
from tests.learning.reporting.making import (
    LESSONS,
    completion,
    crowd,
    enrol,
    enrol_all,
    give_certificate,
    hold,
    make_cohort,
)
from tests.learning.reporting.reading import on_page

pytestmark = pytest.mark.django_db

LIST = "/reports/people/"


@pytest.fixture
def cohort(cast):
    return make_cohort(cast)


def rows(client, query=""):
    return on_page(client.get(f"{LIST}?{query}").content.decode())


def test_every_number_of_a_table_equals_its_list(cast, cohort):
    enrol_all(cohort, crowd(2, sex="female"))
    enrol(cohort, "Reader", lessons=LESSONS, pre=5, post=15, sex="male")
    hold(cast, crowd(3), version=make_version("other", 72))
    table = completion(cast.system_admin, by="cohort", cut="sex")
    reach = reach_of(cast.system_admin)

    linked = [cell for row in table.rows for cell in row.cells if cell.link]
    assert len(linked) > 20
    for cell in linked:
        form = PeopleForm(QueryDict(cell.link.partition("?")[2]), reach)
        assert form.is_valid()
        stage, count = form.cleaned_data["stage"], form.cleaned_data["count"]
        assert len(entries(form.asked, Stage(stage), count)) == cell.value


def test_row_tells_who_where_what_and_how_far(client, cast, cohort):
    about = {"organisation": cast.institution, "area_of_work": cast.punjab}
    enrol(cohort, "Ayesha", lessons=LESSONS[:1], **about)
    sign_in(client, cast.programme_admin)

    assert rows(client) == [
        [
            *("Ayesha", "Test institution", "Punjab"),
            *("Working together: Test programme, version 1.0", "Started"),
        ]
    ]


@pytest.mark.parametrize(
    ("how_far", "state"),
    [
        ({}, "Enrolled"),
        ({"lessons": LESSONS}, "Went through it"),
        ({"post": 13}, "Took the post-test"),
        ({"post": 14}, "Passed the post-test"),
    ],
)
def test_state_is_the_furthest_stage(client, cast, cohort, how_far, state):
    enrol(cohort, "Ayesha", **how_far)
    sign_in(client, cast.programme_admin)

    assert rows(client)[0][-1] == state


def test_certificate_is_the_last_stage(client, cast, cohort):
    give_certificate(cast, enrol(cohort, "Ayesha", post=20))
    sign_in(client, cast.programme_admin)

    assert rows(client)[0][-1] == "Certificate of Achievement"


def test_somebody_in_two_sessions_is_one_row_where_people_are_counted(client, cast):
    people = crowd(1)
    hold(cast, people)
    hold(cast, people)
    sign_in(client, cast.programme_admin)

    assert len(rows(client, "stage=trained")) == 2
    (row,) = rows(client, "stage=trained&count=people")
    assert row[3].count("Cascade session") == 2


def test_only_who_may_open_a_record_gets_a_link_to_it(client, cast, cohort):
    person = enrol(cohort, "Ayesha", area_of_work=cast.punjab).person
    record = f"/admin/people/edit/{person.pk}/"

    for user, linked in ((cast.area_admin, True), (cast.programme_admin, False)):
        sign_in(client, user)
        assert (record in client.get(LIST).content.decode()) == linked


def test_who_may_not_open_a_record_sees_what_is_counted_of_the_person(client, cast, cohort):
    """Only what the programme counts, of all records of the person; nothing of anybody else."""
    person = enrol(cohort, "Ayesha").person
    alias = crowd(1)[0]
    hold(cast, [alias, *crowd(2)])
    merge(person, alias, "The same", None)
    enrol(cohort)
    other = Programme.objects.create(code="other", area=cast.cambodia, names={"en": "Other"})
    enrol(make_cohort(cast, version=make_version("other", 72), programme=other), known=person)
    sign_in(client, cast.programme_admin)
    address = f"{LIST}?person={person.uuid}"
    page = client.get(LIST).content.decode()

    assert f'href="{address}"' in page
    assert page.count("?person=") == 4  # two of Ayesha, two others of the session; no anonymous one
    mine = client.get(address).content.decode()
    assert [row[0] for row in on_page(mine)] == ["Ayesha", "Ayesha"]
    assert "<h1>Ayesha</h1>" in mine
    assert "<details open>" not in mine


def test_nobody_outside_the_scope_is_found_by_her_key(client, cast, cohort):
    stranger = crowd(1)[0]
    enrol(cohort, "Ayesha")
    sign_in(client, cast.programme_admin)
    page = client.get(f"{LIST}?person={stranger.uuid}").content.decode()

    assert "Nothing is shown." in page
    assert stranger.name() not in page


def test_people_are_in_the_order_of_their_names(client, cast, cohort):
    for name in ("zahra", "Ayesha", ""):
        enrol(cohort, name)
    sign_in(client, cast.programme_admin)

    assert [row[0] for row in rows(client)] == ["Ayesha", "zahra", "Anonymous participant"]


def test_long_lists_come_in_parts_and_whole_as_files(client, cast, cohort):
    enrol_all(cohort, crowd(51))
    sign_in(client, cast.programme_admin)

    assert [len(rows(client, f"page={n}")) for n in (1, 2)] == [50, 1]
    assert len(client.get(f"{LIST}?file=csv").content.decode().splitlines()) > 51


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(client, cast, cohort, django_assert_num_queries, people):
    enrol_all(cohort, crowd(people))
    sign_in(client, cast.programme_admin)
    client.get("/reports/")

    with django_assert_num_queries(16):
        client.get(LIST)


@pytest.mark.parametrize("query", ["stage=nonsense", "programme=foreign", "area=XX", "cohort=1"])
def test_unknown_filters_show_nothing(client, cast, cohort, query):
    enrol(cohort, "Ayesha")
    sign_in(client, cast.programme_admin)

    page = client.get(f"{LIST}?{query}").content.decode()
    assert "Nothing is shown." in page
    assert "Ayesha" not in page
    assert client.get(f"{LIST}?{query}&file=csv").status_code == 404


def test_who_is_of_another_country_is_only_elsewhere(client, cast, cohort):
    body = cast.cambodia.organisations.create(code="body", names={"en": "Foreign body"})
    enrol(cohort, "Guest", area_of_work=cast.cambodia, organisation=body)
    sign_in(client, cast.programme_admin)

    assert rows(client)[0][1:3] == ["Elsewhere", "Elsewhere"]


def test_links_of_a_table_carry_its_filters(cast, cohort):
    enrol(cohort, "Ayesha", sex="female")
    table = completion(cast.system_admin, by="constituency", sex="female")

    query = dict(parse_qsl(table.rows[-2].cells[2].link.partition("?")[2]))
    assert query == {"sex": "female", "constituency": "not-stated", "stage": "enrolled"}
