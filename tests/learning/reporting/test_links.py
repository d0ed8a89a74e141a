"""Every number that is a link opens a list with exactly so many rows."""

import datetime as dt
import html
import re
from html.parser import HTMLParser

import pytest

from learning.cascade.models import Event, EventFact
from learning.cascade.targets import Target
from learning.people.models import Area
from tests.cast import sign_in
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
    rows = {target: len(rows_of(client, target)) for _words, target in found}
    numbers = [(NUMBER.match(words), words, target) for words, target in found]
    return [
        (words, target, rows[target])
        for number, words, target in numbers
        if number and int(number[0].replace(",", "")) != rows[target]
    ]


@pytest.fixture
def programme(cast):
    """A programme with everything that counts, counts elsewhere, or does not count."""
    lead, other = crowd(2, sex="female")
    hold(cast, [lead, other], kind=Event.Kind.TOT, area="PK-IS", day=MARCH - 30 * DAY)
    event = hold(cast, crowd(12, sex="female"), lead=lead)
    hold(cast, [*crowd(3, sex="male"), other], lead=other, area="PK-SD", day=MARCH + DAY)
    hold(cast, crowd(2), lead=lead, hours=(dt.time(9), dt.time(12)))
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


@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.parametrize(
    "who", ["area_admin", "organisation_admin", "programme_admin", "system_admin"]
)
def test_every_number_of_a_programme_opens_its_list(client, cast, programme, who, prefix):
    cast.institution.hosted_events.add(*Event.objects.all())
    sign_in(client, getattr(cast, who))

    assert wrong_links(client, prefix + PROGRAMME) == []


@pytest.mark.parametrize(
    "address",
    [
        "/reports/completion/?programme=test-programme&period=2026",
        "/reports/completion/?by=cohort&cut=sex",
        "/reports/sessions/?programme=test-programme",
    ],
)
def test_every_number_of_a_table_opens_its_list(client, cast, programme, address):
    sign_in(client, cast.programme_admin)

    assert wrong_links(client, address) == []


def test_sessions_in_which_people_were_only_counted_are_listed_apart(client, cast, programme):
    sign_in(client, cast.programme_admin)

    def found(query):
        return len(rows_of(client, f"/reports/sessions/?period=2026&state=verified{query}"))

    assert [found(q) for q in ("", "&counting=named", "&counting=headcount")] == [5, 4, 1]


def test_a_province_with_a_plan_alone_has_no_list_of_sessions(client, cast, programme):
    sign_in(client, cast.programme_admin)
    found = dict(links_on(client, PROGRAMME))

    assert "Islamabad" in found
    assert "Balochistan" not in found
    for words in ("Islamabad", "Sindh"):
        assert rows_of(client, found[words])


def test_cancelled_sessions_are_listed_where_they_are_asked_for(client, cast, programme):
    sign_in(client, cast.programme_admin)
    address = "/reports/sessions/?programme=test-programme"

    assert len(rows_of(client, address)) == 8
    assert len(rows_of(client, f"{address}&state=cancelled")) == 1
