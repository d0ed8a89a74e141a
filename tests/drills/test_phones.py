"""R2, R3: a phone dies, loses its network or changes hands in the middle of a test.

What stood there as kept on this device is not lost, nothing is called saved that the server has
not, and nobody's answers are credited to somebody else.
"""

import contextlib
import json
import random
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, Route, expect

from tests.drills.figures import Figures
from tests.drills.ground import Ground
from tests.drills.phones import MortalPhone, Phone
from tests.drills.sizes import ON_SQLITE, SIZES

pytestmark = [*ON_SQLITE, pytest.mark.browser]

MOST_UNSENT = 2.0  # seconds from the last key to the request
RADIO = ["single", "scenario", "hotspot", "truefalse"]
# A browser that keeps nothing but localStorage, as this page had it once.
NO_VAULT = "indexedDB.open = () => { throw new Error('closed'); };"


@pytest.fixture
def mortal(shown: Ground, playwright: Playwright, tmp_path: Path) -> Iterator[MortalPhone]:
    phone = MortalPhone(playwright, tmp_path / "profile", f"http://localhost:{shown.port}")
    yield phone
    phone.close()


def address_of(who: dict[str, Any], position: int = 1) -> str:
    return f"/tests/{who['sitting']}/{position}/"


def asked(shown: Ground, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the server has, read beside it."""
    database = sqlite3.connect(shown.var / "cascade.sqlite3")
    with contextlib.closing(database), database:
        return database.execute(sql, values).fetchall()


def sittings_with(shown: Ground, ids: list[str]) -> list[str]:
    """The sittings of the answers that the server has, for each of these ids that it knows."""
    sql = (
        "SELECT s.uuid FROM learning_answer a JOIN learning_sitting s ON s.id = a.sitting_id"
        " WHERE a.id = ?"
    )
    rows = [row for one in ids for row in asked(shown, sql, uuid.UUID(one).hex)]
    return [str(uuid.UUID(row[0])) for row in rows]


# --- what a person does


def another_option(page: Page, position: int) -> None:
    """Choose what is not chosen yet."""
    page.locator(f"[data-goto='{position}']").click()
    page.locator(f"#q{position} input[type=radio]:not(:checked)").first.check()


def choosing(page: Page) -> list[int]:
    """The positions of questions that are answered by one choice."""
    found = page.locator(", ".join(f"[data-kind={kind}]" for kind in RADIO))
    return [int(place) for place in found.evaluate_all("all => all.map(q => q.dataset.position)")]


def waiting(page: Page, who: dict[str, Any]) -> list[str]:
    """The ids of the answers that wait on the device."""
    kept = page.evaluate(f"localStorage.getItem('cascade-sitting-{who['sitting']}')")
    return [entry["id"] for entry in json.loads(kept or '{"queue": []}')["queue"]]


def said(page: Page, position: int) -> Any:
    return page.locator(f"#q{position} [data-state]")


def answer_without_network(page: Page, who: dict[str, Any], chance: random.Random) -> list[str]:
    """Answer some questions until all are said to be kept here; the ids of what is waiting."""
    page.context.set_offline(True)
    for position in chance.sample(choosing(page), 2):
        another_option(page, position)
        expect(said(page, position)).to_contain_text("On this device")
    return waiting(page, who)


def all_arrived(page: Page, who: dict[str, Any], seconds: int = 20) -> None:
    page.wait_for_function(
        "name => !(JSON.parse(localStorage.getItem(name)) || {queue: []}).queue.length",
        arg=f"cascade-sitting-{who['sitting']}",
        timeout=1000 * seconds,
    )


def arrived(shown: Ground, ids: list[str], seconds: int = 20) -> int:
    """How many of these answers the server has, at the latest after so many seconds.

    The server is asked, not the phone: one that has just died may show an empty queue before it has
    found what it kept.
    """
    until = time.monotonic() + seconds
    while (number := len(sittings_with(shown, ids))) < len(ids) and time.monotonic() < until:
        time.sleep(0.1)
    return number


# --- R2: the phone dies


def trial(
    shown: Ground,
    phone: MortalPhone,
    who: dict[str, Any],
    number: int,
    script: str = "",
    seconds: int = 20,
) -> int:
    """Answer without a network, end the browser or the page, come back; how many were lost."""
    chance = random.Random(number)
    page = phone.open(address_of(who), who["session"])
    if script:
        page.add_init_script(script)
        page.reload()
    kept = answer_without_network(page, who, chance)
    assert sittings_with(shown, kept) == []
    time.sleep(chance.random() / 2)
    if number % 4 == 0:
        phone.die()
    else:
        page.close()
        phone.online()
    phone.open(address_of(who), who["session"])
    return len(kept) - arrived(shown, kept, seconds)


def test_what_was_kept_on_a_phone_survives_its_death(shown, sown, mortal):
    figures, who = Figures("R2", "sqlite"), sown["phones"][0]

    lost = sum(trial(shown, mortal, who, number) for number in range(SIZES.deaths))

    assert lost == 0
    figures.write(
        trials=SIZES.deaths, deaths=-(-SIZES.deaths // 4), answers=2 * SIZES.deaths, lost=0
    )


def test_control_what_lies_in_local_storage_alone_is_lost(shown, sown, mortal):
    figures, who = Figures("R2 control", "sqlite"), sown["phones"][1]

    lost = trial(shown, mortal, who, 0, NO_VAULT, seconds=4)  # what is there is sent at once

    assert lost == 2
    figures.write(trials=1, lost=lost)


def instead(route: Route, **reply: Any) -> None:
    route.fulfill(**reply) if route.request.method == "POST" else route.fallback()


IMPOSTORS: dict[str, Callable[[Route], None]] = {
    "nothing": lambda route: route.abort() if route.request.method == "POST" else route.fallback(),
    "failure": lambda route: instead(route, status=502, body="Bad gateway"),
    "portal": lambda route: instead(route, status=200, body="<h1>Buy data</h1>"),
    "other answer": lambda route: instead(
        route, status=200, json={"id": str(uuid.uuid4()), "saved": "2026-01-01T00:00Z", "left": 9}
    ),
}


def test_nothing_is_called_saved_without_the_word_of_the_server(shown, sown, phone):
    who = sown["phones"][2]
    page = phone.open(address_of(who), who["session"])
    place = choosing(page)[0]
    for name, impostor in IMPOSTORS.items():
        page.route(f"**{address_of(who, place)}", impostor)
        another_option(page, place)
        expect(said(page, place), name).to_contain_text("On this device")
        expect(page.locator("#save-state"), name).to_contain_text("1 on this device")
        kept = waiting(page, who)
        assert sittings_with(shown, kept) == []
        page.unroute(f"**{address_of(who, place)}")
        page.evaluate("outbox.wait = 100; outbox.send()")
        expect(said(page, place), name).to_contain_text("Answer saved", timeout=20_000)
        assert sittings_with(shown, kept) == [who["sitting"]]


def test_typed_text_is_on_its_way_within_two_seconds(sown, phone):
    who = sown["phones"][2]
    page = phone.open(address_of(who), who["session"])
    place = page.locator("[data-kind=short]").first.get_attribute("data-position")
    page.locator(f"[data-goto='{place}']").click()
    field = page.locator(f"#q{place} textarea")
    field.evaluate("field => field.addEventListener('input', () => { typedAt = Date.now(); })")
    with page.expect_request(f"**{address_of(who, int(place))}") as request:
        field.press_sequentially("It helps")
    assert request.value.method == "POST"
    assert request.value.response()  # with it comes the moment of the request
    # By the phone's clock: how long we wait to hear of it says nothing of the page.
    waited = request.value.timing["startTime"] / 1000 - page.evaluate("typedAt") / 1000

    Figures("R2 unsent", "sqlite").write(milliseconds=round(1000 * waited))
    assert 0 < waited <= MOST_UNSENT


# --- R3: the phone changes hands


def end_session(shown: Ground, session: str) -> None:
    asked(shown, "DELETE FROM django_session WHERE session_key = ?", session)


def change_hands(
    shown: Ground, phone: Phone, owner: dict[str, Any], other: dict[str, Any], number: int
) -> tuple[list[str], list[str]]:
    """The owner's session ends while she answers, somebody else signs in and sits her own test,
    and the owner comes back; the ids of what either of them gave."""
    page = phone.open(address_of(owner), owner["sessions"][number])
    place = choosing(page)[number % len(choosing(page))]
    end_session(shown, owner["sessions"][number])
    another_option(page, place)
    expect(page.locator("#warning")).to_contain_text("You are signed out")
    of_owner = waiting(page, owner)
    assert len(of_owner) == 1

    elsewhere = phone.open(address_of(other), other["session"])
    elsewhere.context.set_offline(True)
    another_option(elsewhere, choosing(elsewhere)[0])
    expect(said(elsewhere, choosing(elsewhere)[0])).to_contain_text("On this device")
    of_other = waiting(elsewhere, other)
    elsewhere.context.set_offline(False)
    all_arrived(elsewhere, other)
    page.evaluate("outbox.send()")  # as the owner's page does when it is looked at again
    page.wait_for_timeout(300)
    assert sittings_with(shown, of_owner) == []

    page = phone.open(address_of(owner), owner["sessions"][number + 1])
    all_arrived(page, owner)
    for tab in page.context.pages:
        tab.close() if tab != page else None
    return of_owner, of_other


def test_nothing_is_lost_or_credited_to_whoever_signs_in_next(shown, sown, phone):
    figures = Figures("R3", "sqlite")
    owner, other = sown["phones"][3], sown["phones"][4]
    lost = stray = 0
    for number in range(SIZES.strangers):
        of_owner, of_other = change_hands(shown, phone, owner, other, number)
        found = sittings_with(shown, of_owner) + sittings_with(shown, of_other)
        lost += 2 - len(found)
        stray += found != [owner["sitting"], other["sitting"]]

    assert (lost, stray) == (0, 0)
    figures.write(runs=SIZES.strangers, lost=lost, credited_to_others=stray)


def test_control_a_queue_that_is_not_bound_to_its_test_goes_astray(shown, sown, phone):
    owner, other = sown["phones"][2], sown["phones"][5]
    page = phone.open(address_of(owner), owner["session"])
    place = choosing(page)[0]
    page.route(f"**{address_of(owner, place)}", IMPOSTORS["nothing"])
    another_option(page, place)
    expect(said(page, place)).to_contain_text("On this device")
    kept = waiting(page, owner)
    page.evaluate(
        "([from, to]) => localStorage.setItem(to, localStorage.getItem(from))",
        [f"cascade-sitting-{owner['sitting']}", f"cascade-sitting-{other['sitting']}"],
    )
    page.close()
    all_arrived(phone.open(address_of(other), other["session"]), other)

    assert sittings_with(shown, kept) == [other["sitting"]]
