"""R22: whatever somebody opens, exports, searches or looks up, no row of another country is in it.

The walk asks every address of the site that needs no argument, and those whose arguments one's own
records can fill, so a new list is asked without anybody thinking of it.
"""

import io
import re
import subprocess
import zipfile
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import NoReverseMatch, reverse

from learning.cascade.models import Event
from modules.printing import rendering
from tests.cast import sign_in
from tests.drills.abroad import mark_country
from tests.drills.canaries import everything_said
from tests.drills.figures import Figures
from tests.drills.queries import looked_at
from tests.drills.sizes import FORM, ON_SQLITE
from tests.learning.cascade.making import add, make_event, there
from tests.learning.reporting.making import crowd, hold
from tests.routes.sparing import draw_once, refuse_once
from tests.routes.walking import library_of, patterns

pytestmark = ON_SQLITE

CANARY = re.compile("canary", re.IGNORECASE)
ROLES = (
    *("learner", "trainer", "viewer", "reviewer"),
    *("area_admin", "organisation_admin", "programme_admin"),
)
# Of Wagtail's own pages those that may name anything; the others are about pages and pictures.
LIBRARY = ("wagtailadmin_home", "wagtailadmin_explore_root", "wagtailadmin_pages:search")
SEARCHES = ("q=zuq&search=zuq",)
FILES = ("file=csv", "file=xlsx", "q=zuq&file=csv")
# In the short form the roles take turns with them, and what would be drawn is read instead of PDFs.
IS_SHORT = FORM == "short"
WITH_FILES = ("/reports/", "/training/")
OUT = ("logout",)  # the walk must stay signed in
# Where the walk of a system administrator must find marks, or it could find none at all.
FULL_OF_THEM = {
    *("people:index", "organisations:index", "programmes:index", "targets:index"),
    *("report_people", "report_sessions", "report_certificates", "report_trainers"),
    *("report_people_register", "report_completion", "reports"),
}


# The same of one session abroad: what a lookup offers, and what is in its files.
FULL_OF_ONE = {"event_people_lookup", "event_csv", "event_report", "event_sign_in"}


@pytest.fixture
def own(cast, monkeypatch) -> dict[str, Any]:
    """What fills the arguments of addresses: records of one's own country, by their names."""
    if IS_SHORT:
        monkeypatch.setattr(rendering, "render", lambda html, sheet: html.encode())
    draw_once(monkeypatch)
    refuse_once(monkeypatch)
    event = make_event(cast, host=cast.institution)
    participant = add(event, "Own Participant", organisation=cast.institution)
    there(event)
    hold(cast, crowd(3), host=cast.institution, version=event.cohort.course_version)
    return {
        "uuid": event.uuid,
        "event": event.uuid,
        "code": cast.programme.code,
        "course": "working-together",
        "purpose": "post",
        "participant": participant.uuid,
        "n": 1,
        "pk": participant.person_id,
    }


def addresses(own: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Names and addresses of ours, and of Wagtail's lists, that `own` can fill."""
    for name, arguments in patterns():
        if any(out in name for out in OUT) or (library_of(name) and name not in LIBRARY):
            continue
        if set(arguments) <= set(own):
            try:
                yield name, reverse(name, kwargs={key: own[key] for key in arguments})
            except NoReverseMatch:
                continue


def asked(
    client: Client, address: str, files: Collection[str]
) -> Iterator[tuple[str, HttpResponse]]:
    """The answers to an address plain, searched, and as files, as far as it opens and looks for it.

    Most pages look at no query: they would give the same page five times.
    """
    with looked_at() as looked:
        plain = client.get(address)
    yield address, plain
    if plain.status_code != 200:
        return
    for query in (*SEARCHES, *(files if address.startswith(WITH_FILES) else ())):
        if looked.at_any_of(set(QueryDict(query))):
            yield f"{address}?{query}", client.get(f"{address}?{query}")


def said(response: HttpResponse) -> str:
    """What a reader gets; of a workbook and of a PDF, what is in it."""
    if response.get("Content-Type") == "application/pdf" and response.content[:4] == b"%PDF":
        command = ["pdftotext", "-raw", "-", "-"]
        words = subprocess.run(command, input=response.content, capture_output=True, check=True)
        return " ".join(words.stdout.decode().split())
    if "spreadsheet" in response.get("Content-Type", ""):
        with zipfile.ZipFile(io.BytesIO(response.content)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return everything_said(response)


def found(
    client: Client,
    own: dict[str, Any],
    only: Collection[str] = (),
    files: Collection[str] = FILES,
) -> dict[str, list[str]]:
    """The marks by address that a walk meets; one to all addresses, or to some alone."""
    met: dict[str, list[str]] = {}
    for name, address in addresses(own):
        if only and name not in only:
            continue
        for asked_for, response in asked(client, address, files):
            text = said(response)
            for match in CANARY.finditer(text):
                words = text[max(0, match.start() - 60) : match.end() + 40]
                met.setdefault(name, []).append(f"{asked_for}: {words}")
    return met


def test_nobody_meets_a_row_of_another_country(cast, own):
    mark_country(cast)
    figures, met = Figures("R22", "sqlite"), {}
    for n, role in enumerate(ROLES):
        client = sign_in(Client(), getattr(cast, role))
        files = (FILES[n % len(FILES)],) if IS_SHORT else FILES
        met |= {(role, name): words for name, words in found(client, own, files=files).items()}

    walked = len(list(addresses(own)))
    figures.write(roles=len(ROLES), addresses=walked, canaries=sum(map(len, met.values())))
    assert met == {}


def test_the_walk_meets_them_where_they_are(client, cast, own):
    mark_country(cast)
    sign_in(client, cast.system_admin)

    assert set(found(client, own, FULL_OF_THEM)) == FULL_OF_THEM


def test_the_walk_meets_them_in_files_and_lookups_of_a_session(client, cast, own):
    mark_country(cast)
    sign_in(client, cast.system_admin)
    abroad = Event.objects.with_state().get(venue="Zuq Canary hall", state="planned")

    of_it = own | {"uuid": abroad.uuid, "event": abroad.uuid}
    assert set(found(client, of_it, FULL_OF_ONE)) == FULL_OF_ONE
