"""The ways to the reports, and what stands at their beginning."""

import pytest

from tests.cast import sign_in
from tests.learning.cascade.making import verified_event
from tests.learning.reporting.making import crowd, hold
from tests.learning.reporting.reading import on_page

pytestmark = pytest.mark.django_db

INDEX = "/reports/"
EXACT = ("area_admin", "organisation_admin", "programme_admin", "system_admin")


@pytest.mark.parametrize("who", EXACT)
def test_index_lists_programmes_tables_and_registers(client, cast, who):
    hold(cast, crowd(1))
    sign_in(client, getattr(cast, who))
    page = client.get(INDEX).content.decode()

    assert "/reports/programmes/test-programme/" in page
    for address in ("completion", "sessions", "people-register", "trainers", "certificates"):
        assert f'"/reports/{address}/"' in page
    assert 'href="/reports/rosters/"' in page.partition("<main")[2]
    assert ("/admin/targets/" in page) == (who in {"programme_admin", "system_admin"})


def test_index_of_a_viewer_has_no_registers(client, cast):
    hold(cast, crowd(1))
    sign_in(client, cast.viewer)
    page = client.get(INDEX).content.decode()

    assert "/reports/programmes/test-programme/" in page
    assert "/reports/people-register/" not in page
    assert "/reports/rosters/" not in page


@pytest.mark.parametrize("who", ["learner", "trainer", "author"])
def test_others_have_no_reports(client, cast, who):
    sign_in(client, getattr(cast, who))

    assert client.get(INDEX).status_code == 403
    assert 'href="/reports/"' not in client.get("/me/").content.decode()


def test_menus_lead_to_the_reports(client, cast):
    sign_in(client, cast.area_admin)

    assert 'href="/reports/"' in client.get("/me/").content.decode()
    admin = client.get("/admin/").content.decode()
    assert "/reports/" in admin
    assert "/training/" in admin


def test_menu_of_an_author_has_neither(client, cast):
    sign_in(client, cast.author)

    assert "/reports/" not in client.get("/admin/").content.decode().replace("/admin/reports/", "")


@pytest.mark.parametrize("prefix", ["/", "/ur/"])
@pytest.mark.parametrize(
    "address",
    [
        *("", "completion/", "people/", "sessions/", "certificates/", "trainers/"),
        *("people-register/", "programmes/test-programme/"),
    ],
)
def test_pages_without_anything_say_how_to_begin(client, cast, prefix, address):
    assert cast.programme
    sign_in(client, cast.system_admin)
    response = client.get(f"{prefix}reports/{address}")

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("max-age=0")


def test_sessions_are_filtered_by_place_state_and_period(client, cast):
    hold(cast, crowd(1), area="PK-PB")
    hold(cast, crowd(1), area="PK-SD", state="reported")
    sign_in(client, cast.programme_admin)

    def found(query):
        return client.get(f"/reports/sessions/?{query}").content.decode().count("<tr class=")

    assert [found(q) for q in ("", "place=PK-PB", "state=reported", "period=2025")] == [2, 1, 1, 0]


def test_rarer_filters_are_open_unless_the_page_says_them_in_words(client, cast):
    hold(cast, crowd(1))
    sign_in(client, cast.programme_admin)
    table = client.get("/reports/completion/?sex=female").content.decode()
    behind = client.get("/reports/people/?sex=female&stage=enrolled").content.decode()

    assert "<details open>" in table
    assert "<details open>" not in behind
    assert "Sex: Female" in behind


def test_sessions_with_certificates_to_approve_say_how_many(client, cast):
    event = verified_event(cast)
    sign_in(client, cast.programme_admin)
    page = client.get("/reports/sessions/?due=certifying").content.decode()

    assert [row[-1] for row in on_page(page)] == [3]
    assert f'"/training/{event.cohort.uuid}/certificates/"' in page
