"""The page of a programme: who counts as trained, where, against what plan."""

import datetime as dt
import html
import re
from urllib.parse import urljoin

import pytest
import time_machine
from django.utils import timezone

from learning.cascade.figures import figures_of
from learning.cascade.models import Event, EventFact
from learning.cascade.targets import Target
from learning.people.models import Area
from learning.reporting.asking import reach_of
from learning.reporting.listing import entries
from learning.reporting.periods import period
from learning.reporting.programmes import programme_report
from learning.reporting.stages import Stage
from modules.courses.models import CourseVersion
from modules.reference.cells import from_csv
from tests.cast import sign_in
from tests.learning.reporting.making import (
    MARCH,
    ask,
    crowd,
    enrol_all,
    hold,
    make_cohort,
    reach_state,
    read_all,
    records,
    sit,
)
from tests.learning.reporting.reading import in_csv, in_xlsx, on_page

pytestmark = pytest.mark.django_db

# People trained in each province, of the evaluation of the project.
SOURCE = {"PK-PB": 20, "PK-KP": 25, "PK-SD": 38, "PK-BA": 17}
PAGE = "/reports/programmes/test-programme/?period=2026"


def report(user, cast, within="2026"):
    reach = reach_of(user, cast.programme)
    return programme_report(user, cast.programme, reach, period(within))


def by_province(found):
    return {row["province"]: row for row in records(found.by_province)}


def remarks(found):
    return [remark.text for remark in found.not_included]


def plan(cast, unit, value, area="PK", year=2026):
    where = Area.objects.get(code=area)
    Target.objects.create(programme=cast.programme, area=where, unit=unit, year=year, value=value)


@pytest.fixture
def source(cast):
    """A verified session in each of the four provinces."""
    return {code: hold(cast, crowd(n), area=code) for code, n in SOURCE.items()}


def test_the_table_of_the_source_adds_up_to_a_hundred(cast, source):
    rows = by_province(report(cast.system_admin, cast))

    assert [rows[name]["trained"] for name in ("Punjab", "Khyber Pakhtunkhwa", "Sindh")] == [
        *(20, 25, 38)
    ]
    assert (rows["Balochistan"]["trained"], rows["All"]["trained"]) == (17, 100)
    assert [row["sessions"] for row in rows.values()] == [1, 1, 1, 1, 4]


def test_the_same_person_in_two_provinces_counts_in_both_and_once_in_all(cast):
    people = {code: crowd(n) for code, n in SOURCE.items()}
    people["PK-SD"][0] = people["PK-PB"][0]
    for days, (code, own) in enumerate(people.items()):
        hold(cast, own, area=code, day=MARCH + dt.timedelta(days))

    found = report(cast.system_admin, cast)
    rows = by_province(found)
    assert [rows[name]["trained"] for name in ("Punjab", "Khyber Pakhtunkhwa", "Sindh")] == [
        *(20, 25, 38)
    ]
    assert rows["All"]["trained"] == 99
    assert "add up to 1 more than the total" in found.by_province.notes[0]


def test_people_who_were_only_counted_are_reached_and_not_trained(cast):
    hold(cast, headcount=60)

    found = report(cast.system_admin, cast)
    assert found.figures[0].text == "0"
    assert remarks(found) == ["1 session in which people were only counted (60 people)."]


def test_a_verified_session_that_is_returned_leaves_the_count(cast, source):
    reach_state(source["PK-PB"], EventFact.What.RETURNED)

    found = report(cast.system_admin, cast)
    assert by_province(found)["All"]["trained"] == 80
    assert remarks(found) == ["1 session not yet verified (20 people)."]


def test_short_sessions_and_absent_people_train_nobody(cast):
    hold(cast, crowd(3), hours=(dt.time(9), dt.time(12)))
    hold(cast, crowd(2), present=False)

    found = report(cast.system_admin, cast)
    assert found.figures[0].text == "0"
    assert remarks(found) == [
        "3 people who were there, but not for long enough to count as trained."
    ]


def test_the_programme_says_how_long_is_long_enough(cast):
    cast.programme.settings = {"min_training_hours": 3}
    cast.programme.save()
    hold(cast, crowd(3), hours=(dt.time(9), dt.time(12)))

    assert report(cast.system_admin, cast).figures[0].text == "3"


def test_cancelled_sessions_are_nowhere(cast):
    hold(cast, crowd(3), state=EventFact.What.CANCELLED)

    found = report(cast.system_admin, cast)
    assert (found.figures[1].text, remarks(found)) == ("0", [])


def test_the_end_of_the_session_decides_the_period(cast):
    hold(cast, crowd(3), day=dt.date(2026, 3, 31))
    hold(cast, crowd(5), day=dt.date(2026, 4, 1))

    def trained(within):
        return report(cast.system_admin, cast, within).figures[0].text

    assert [trained(one) for one in ("2026-Q1", "2026-Q2", "2026-H1", "2025")] == [
        *("3", "5", "8", "0")
    ]


def test_shares_and_gains(cast):
    women, men, unknown = crowd(3, sex="female"), crowd(7, sex="male"), crowd(2)
    event = hold(cast, [*women, *men, *unknown])
    enrolments = list(event.cohort.enrolments.all())
    sit(enrolments, "pre", 8)
    sit(enrolments[:9], "post", 15)
    sit(enrolments[9:], "post", 11)

    found = report(cast.system_admin, cast)
    row = by_province(found)["Punjab"]
    # 3 of 10 whose sex is known; 9 of 12 reach 14 of 20; (9 · 35 + 3 · 15) / 12 points.
    assert (row["women"], row["gain"]) == (30, 30)
    assert found.figures[3].text == "75%"
    assert "Of 2 people the sex is not stated." in found.by_province.notes


def test_gain_and_passes_are_those_of_the_page_of_the_session(cast):
    event = hold(cast, crowd(30))
    enrolments = list(event.cohort.enrolments.all())
    usual, unmarked, swapped = enrolments[:12], enrolments[12:20], enrolments[20:]
    now = timezone.now()
    hours = [now + dt.timedelta(hours=n) for n in range(3)]
    sit([*usual, *unmarked], "pre", 8, at=hours[0])
    sit(usual, "post", 14, at=hours[1])
    sit(unmarked, "post", 6, unmarked=2, at=hours[1])
    sit(swapped, "post", 20, at=hours[1])
    sit(swapped, "pre", 2, at=hours[2])

    of_session = figures_of(Event.objects.with_all_it_needs().get(pk=event.pk))
    found = report(cast.system_admin, cast)
    # 12 pairs of 40 and 70 per cent; 22 final marks after, all of which pass.
    assert (of_session.gain.n_matched, of_session.pass_rate) == (12, 1)
    assert by_province(found)["Punjab"]["gain"] == 30
    assert found.figures[3].text == "100%"


def test_a_gain_of_fewer_than_ten_people_is_not_told(cast):
    event = hold(cast, crowd(9))
    for purpose, got in (("pre", 8), ("post", 15)):
        sit(event.cohort.enrolments.all(), purpose, got)

    assert by_province(report(cast.system_admin, cast))["Punjab"]["gain"] == "under 10"


def test_targets_stand_beside_what_was_reached(cast, source):
    plan(cast, "people", 40, "PK-PB")
    plan(cast, "people", 50, "PK-IS")
    plan(cast, "sessions", 8)
    plan(cast, "women", 40)

    found = report(cast.system_admin, cast)
    rows = by_province(found)
    assert (rows["Punjab"]["target"], rows["Punjab"]["percent"]) == (40, 50)
    assert (rows["Islamabad"]["trained"], rows["Islamabad"]["target"]) == (0, 50)
    assert rows["Sindh"]["percent"] is None
    assert [figure.against for figure in found.figures] == [
        "111% of the 90 planned for 2026",
        "50% of the 8 planned for 2026",
        "target 40%",
        "no target",
    ]


def test_without_any_target_the_columns_of_the_plan_are_left_out(cast, source):
    keys = [column.key for column in report(cast.system_admin, cast).by_province.columns]

    assert keys == ["province", "trained", "sessions", "women", "gain"]


def test_every_number_equals_its_list(cast, source):
    found = report(cast.system_admin, cast)

    for row in found.by_province.rows:
        trained = row.cells[1]
        query = dict(part.split("=") for part in trained.link.partition("?")[2].split("&"))
        chosen = {k: v for k, v in query.items() if k not in {"stage", "count", "period"}}
        asked = ask(cast.system_admin, query["period"], **chosen)
        assert len(entries(asked, Stage(query["stage"]), query["count"])) == trained.value


def test_a_part_of_the_programme_is_shown_to_who_administers_a_part(cast, source):
    plan(cast, "people", 25, "PK-PB")
    plan(cast, "people", 300)

    found = report(cast.area_admin, cast)
    assert found.is_part
    assert [row["province"] for row in records(found.by_province)] == ["Punjab", "All"]
    assert found.figures[0].against == "80% of the 25 planned for 2026"
    assert not report(cast.programme_admin, cast).is_part


def test_courses_people_take_by_themselves_have_a_table_of_their_own(cast, source):
    read_all(enrol_all(make_cohort(cast, version=source["PK-PB"].cohort.course_version), crowd(3)))

    *rows, _total = records(report(cast.system_admin, cast, "2026").elearning)
    assert [(row["enrolled"], row["done"]) for row in rows] == [(3, 3)]


def cascaded(cast):
    """A training of trainers, a session of one of its people, and somebody only counted."""
    lead, *others = crowd(3)
    hold(cast, [lead, *others], kind=Event.Kind.TOT, area="PK-IS", day=MARCH - dt.timedelta(9))
    hold(cast, crowd(12), lead=lead)
    hold(cast, headcount=60)
    version = CourseVersion.objects.first()
    enrol_all(make_cohort(cast, version=version), crowd(3))


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_every_table_of_the_page_is_in_its_files(client, cast, prefix):
    cascaded(cast)
    plan(cast, "people", 40, "PK-PB")
    sign_in(client, cast.programme_admin)
    page = client.get(prefix + PAGE).content.decode()

    for kind, read in (("csv", in_csv), ("xlsx", in_xlsx)):
        content = client.get(f"{prefix}{PAGE}&file={kind}").content
        for table in range(4):
            assert read(content, table + 1) == on_page(page, table), (kind, table)


def test_files_have_the_figures_and_what_they_leave_out(client, cast):
    cascaded(cast)
    plan(cast, "people", 40, "PK-PB")
    sign_in(client, cast.programme_admin)
    content = client.get(f"{PAGE}&file=csv").content

    assert in_csv(content) == [
        ["people trained", 15, "37% of the 40 planned for 2026"],
        ["sessions verified", 2, "no target"],
        ["women", "–", "no target"],
        ["passed the post-test", "–", "no target"],
    ]
    assert in_xlsx(client.get(f"{PAGE}&file=xlsx").content) == in_csv(content)
    left_out = "Not included: 1 session in which people were only counted (60 people)."
    assert ["Note", left_out] in from_csv(content.decode())


def test_files_have_who_trained_whom(client, cast):
    cascaded(cast)
    sign_in(client, cast.programme_admin)
    (row,) = in_csv(client.get(f"{PAGE}&file=csv").content, 2)

    assert row[0].startswith("Training of trainers, Islamabad")
    assert row[2:] == ["Person 0000", 0, 3, 1, 12]


def test_files_of_a_viewer_name_nobody(client, cast):
    cascaded(cast)
    sign_in(client, cast.viewer)
    content = client.get(PAGE.replace("2026", "2026-Q1") + "&file=csv").content.decode()

    assert "Generation 1" in content
    assert "Person 0000" not in content


@pytest.mark.parametrize("language", ["en", "ur"])
def test_pdf_is_made_in_the_language_asked_for(client, cast, source, language):
    sign_in(client, cast.programme_admin)
    response = client.get(f"/reports/programmes/test-programme.pdf?lang={language}&period=2026")

    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].endswith(f'-{language}.pdf"')


def test_viewer_sees_concealed_figures_on_every_way_out(client, cast):
    hold(cast, crowd(3), area="PK-PB")
    hold(cast, crowd(20), area="PK-SD")
    hold(cast, crowd(30), area="PK-KP")
    sign_in(client, cast.viewer)
    address = "/reports/programmes/test-programme/?period=2026-Q1"
    page = client.get(address).content.decode()

    assert [row[:2] for row in on_page(page)] == [
        ["Khyber Pakhtunkhwa", 30],
        ["Punjab", "not shown"],
        ["Sindh", "not shown"],
        ["All", 53],
    ]
    assert in_csv(client.get(f"{address}&file=csv").content, 1) == on_page(page)
    assert in_xlsx(client.get(f"{address}&file=xlsx").content, 1) == on_page(page)
    assert "/reports/people/" not in page


@pytest.mark.parametrize(
    ("who", "named", "shown"),
    [
        ("programme_admin", ("1999", "nonsense"), "2026"),
        ("viewer", ("2026", "2031-Q1"), "2026-Q3"),
    ],
)
@time_machine.travel("2026-11-27")
def test_a_period_that_is_not_listed_leads_to_the_one_that_is_shown(
    client, cast, source, who, named, shown
):
    sign_in(client, getattr(cast, who))
    for address in [PAGE.replace("2026", other) for other in named]:
        response = client.get(address)
        assert response.url == PAGE.replace("2026", shown)
        page = client.get(response.url).content.decode()
        assert "The period in the address is not one of those listed." in page
        for file in (f"{address}&file=csv", address.replace("programme/?", "programme.pdf?")):
            assert client.get(file).status_code == 404

    for link in re.findall(r'href="([^"]*(?:file=|\.pdf)[^"]*)"', page):
        assert client.get(urljoin(response.url, html.unescape(link))).status_code == 200


def test_programme_of_another_country_is_not_found(client, cast, source):
    sign_in(client, cast.outsider)

    assert client.get(PAGE).status_code == 404
    assert client.get("/reports/programmes/test-programme.pdf").status_code == 404


@pytest.mark.parametrize("sessions", [1, 3])
def test_queries_do_not_grow_with_sessions(client, cast, django_assert_num_queries, sessions):
    sign_in(client, cast.programme_admin)
    for days in range(sessions):
        hold(cast, crowd(4), day=MARCH + dt.timedelta(days), lead=cast.trainer.person)
    client.get("/reports/")

    with django_assert_num_queries(26):
        client.get(PAGE)


def test_targets_stand_beside_completion_where_nothing_narrows_it(client, cast, source):
    plan(cast, "people", 200)
    sign_in(client, cast.programme_admin)
    address = "/reports/completion/?programme=test-programme&period=2026"

    page = client.get(address).content.decode()
    assert "50% of the 200 planned for 2026" in page
    assert "/reports/programmes/test-programme/?period=2026" in page
    for narrowed in (f"{address}&sex=female", "/reports/completion/?programme=test-programme"):
        assert "planned for 2026" not in client.get(narrowed).content.decode()
