"""Every number that is a link opens a list with exactly so many rows."""

import datetime as dt
import html
import re
from copy import deepcopy
from html.parser import HTMLParser

import pytest

from learning.cascade.models import Event, EventFact
from learning.cascade.targets import Target
from learning.people.merging import merge
from learning.people.models import Area
from tests.cast import Cast, sign_in
from tests.learning.reporting.making import MARCH, crowd, enrol_all, hold, make_cohort, sit
from tests.learning.reporting.reading import in_csv

pytestmark = pytest.mark.django_db

PROGRAMME = "/reports/programmes/test-programme/?period=2026"
LISTS = re.compile(r"/reports/(people|sessions|trainers)/")
# The number that a link begins with; a mean is not a number of anything.
NUMBER = re.compile(r"\d[\d,]*(?!\d*%)")
DAY = dt.timedelta(1)


class Links(HTMLParser):
    """Collects the links of a page to lists, with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.address, self.words = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and LISTS.search(address):
            self.address, self.words = html.unescape(address), ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.address:
            self.found.append((self.words.strip(), self.address))
            self.address = ""


def links_on(client, address: str) -> list[tuple[str, str]]:
    reader = Links()
    reader.feed(client.get(address).content.decode())
    return reader.found


def rows_of(client, address: str) -> list[list]:
    """The rows of a list, of all its pages."""
    response = client.get(f"{address}{'&' if '?' in address else '?'}file=csv")
    assert response.status_code == 200, address
    return in_csv(response.content)


def wrong_links(client, address: str) -> list[tuple[str, str, int]]:
    """The numbers of a page that open lists of another length, with that length."""
    found = links_on(client, address)
    assert found, f"{address} has no links to lists"
    targets = {target for _words, target in found}
    rows = {target: len(rows_of(client, target)) for target in targets}
    numbers = [(NUMBER.match(words), words, target) for words, target in found]
    return [
        (words, target, rows[target])
        for number, words, target in numbers
        if number and int(number[0].replace(",", "")) != rows[target]
    ]


@pytest.fixture(scope="module")
def whole(made_once) -> Cast:
    """A programme with everything that counts, counts elsewhere, or does not count."""
    cast = Cast()
    lead, other = crowd(2, sex="female")
    hold(cast, [lead, other], kind=Event.Kind.TOT, area="PK-IS", day=MARCH - 30 * DAY)
    event = hold(cast, crowd(12, sex="female"), lead=lead)
    hold(cast, [*crowd(3, sex="male"), other], lead=other, area="PK-SD", day=MARCH + DAY)
    hold(cast, [*crowd(2), lead], lead=lead, hours=(dt.time(9), dt.time(12)))
    hold(cast, headcount=60, lead=lead, area="PK-SD")
    hold(cast, headcount=7, area="PK-KP", state=EventFact.What.REPORTED)
    hold(cast, crowd(4), lead=other, state=EventFact.What.REPORTED)
    hold(cast, crowd(1), lead=lead, state=EventFact.What.CANCELLED)
    hold(cast, crowd(5), lead=lead, day=dt.date(2025, 3, 2))
    sit(event.cohort.enrolments.all(), "pre", 8)
    sit(event.cohort.enrolments.all(), "post", 15)
    enrol_all(make_cohort(cast, version=event.cohort.course_version), crowd(3))
    for area in ("PK", "PK-IS", "PK-BA"):
        where = Area.objects.get(code=area)
        for unit in (Target.Unit.PEOPLE, Target.Unit.SESSIONS):
            Target.objects.create(
                programme=cast.programme, area=where, unit=unit, year=2026, value=10
            )
    return cast


@pytest.fixture
def cast(db, whole) -> Cast:
    """Whom the programme needed is there; the others are made by the test that names them."""
    found = Cast()
    vars(found).update(deepcopy(vars(whole)))
    return found


@pytest.mark.parametrize(
    ("who", "prefix"),
    [
        ("area_admin", ""),
        ("organisation_admin", "/ur"),
        ("programme_admin", "/ur"),
        ("system_admin", ""),
    ],
)
def test_every_number_of_a_programme_opens_its_list(client, cast, who, prefix):
    cast.institution.hosted_events.add(*Event.objects.all())
    sign_in(client, getattr(cast, who))

    assert wrong_links(client, prefix + PROGRAMME) == []


@pytest.mark.parametrize(
    "address",
    [
        "/reports/completion/?programme=test-programme&period=2026",
        "/reports/completion/?by=cohort&cut=sex",
        "/reports/sessions/?programme=test-programme",
        "/reports/trainers/?programme=test-programme",
        "/reports/trainers/?period=2026-Q1",
        "/reports/people-register/",
    ],
)
def test_every_number_of_a_table_opens_its_list(client, cast, address):
    sign_in(client, cast.programme_admin)

    assert wrong_links(client, address) == []


def test_sessions_in_which_people_were_only_counted_are_listed_apart(client, cast):
    sign_in(client, cast.programme_admin)

    def found(query):
        return len(rows_of(client, f"/reports/sessions/?period=2026&state=verified{query}"))

    assert [found(q) for q in ("", "&counting=named", "&counting=headcount")] == [5, 4, 1]


@pytest.mark.parametrize(
    ("begins", "numbers"),
    [
        ("1 session in which people were only counted (60 people)", [60]),
        ("2 sessions not yet verified (4 people)", [4, ""]),
        ("2 people who were there, but not for long enough", None),
    ],
)
def test_what_is_not_included_has_its_list_too(client, cast, begins, numbers):
    sign_in(client, cast.programme_admin)
    ((words, address),) = [one for one in links_on(client, PROGRAMME) if one[0].startswith(begins)]

    assert words.startswith(begins)
    if numbers:
        column = 7 if "counted" in words else 5
        assert [row[column] for row in rows_of(client, address)] == numbers


def test_all_numbers_of_the_cascade_are_links(client, cast):
    """By generation and in the list of who trained whom, whenever that was."""
    sign_in(client, cast.programme_admin)
    found = [address for _words, address in links_on(client, PROGRAMME)]

    assert sum("generation=" in address for address in found) == 3 * 3 - 1
    assert sum("after=" in address for address in found) == 4
    by_year = [address for _words, address in links_on(client, PROGRAMME.replace("2026", "2025"))]
    assert not [address for address in by_year if "after=" in address]


def test_a_gain_opens_the_pairs_it_is_a_mean_of(client, cast):
    sign_in(client, cast.programme_admin)
    found = [a for words, a in links_on(client, PROGRAMME) if words == "+35"]

    assert len(found) == 2
    assert [len(rows_of(client, address)) for address in found] == [12, 12]


def test_a_trainer_is_found_by_any_of_her_records(client, cast):
    lead, alias = crowd(2)
    hold(cast, crowd(2), lead=alias)
    hold(cast, crowd(3), lead=lead)
    merge(lead, alias, "The same", None)
    sign_in(client, cast.programme_admin)

    (row,) = rows_of(client, f"/reports/trainers/?q={lead.name()}")
    assert (row[3], row[5]) == (2, 5)
    assert wrong_links(client, f"/reports/trainers/?q={lead.name()}") == []


@pytest.mark.parametrize(
    "query", ["generation=x", "generation=-1", "after=x", "person=x", "lead=x", "period=to-0000"]
)
def test_what_no_link_asks_for_shows_nothing(client, cast, query):
    sign_in(client, cast.programme_admin)

    assert client.get(f"/reports/people/?{query}&file=csv").status_code == 404


def test_a_province_with_a_plan_alone_has_no_list_of_sessions(client, cast):
    sign_in(client, cast.programme_admin)
    found = dict(links_on(client, PROGRAMME))

    assert "Islamabad" in found
    assert "Balochistan" not in found
    for words in ("Islamabad", "Sindh"):
        assert rows_of(client, found[words])


def test_cancelled_sessions_are_listed_where_they_are_asked_for(client, cast):
    sign_in(client, cast.programme_admin)
    address = "/reports/sessions/?programme=test-programme"

    assert len(rows_of(client, address)) == 8
    assert len(rows_of(client, f"{address}&state=cancelled")) == 1
