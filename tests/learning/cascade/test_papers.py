"""The printed pack and the report, read back from the PDF by other programs."""

import datetime as dt
import io
import subprocess
import uuid
from collections import Counter

import pikepdf
import pytest
import zxingcpp
from django.urls import reverse

from learning.cascade.certifying import approve_batch
from learning.cascade.models import Event, Headcount
from learning.cascade.pack import (
    codes_between,
    pages_of_pack,
    places_of,
    sheets_of,
)
from learning.cascade.papers import report_pdf, sign_in_pdf, stickers_pdf
from learning.cascade.printing import LANGUAGES
from learning.cascade.registering import participants_of, take_off
from learning.cascade.stickers import read_sticker, sheet_text, sticker_code, sticker_text
from modules.printing.rendering import FONT_FACES
from tests.cast import sign_in
from tests.learning.cascade.making import (
    DAY,
    add,
    crowd,
    loaded,
    make_event,
    result,
    two_days,
    verified_event,
)
from tests.learning.certificates.test_printing import picture, text_of

pytestmark = pytest.mark.django_db

A4 = (595.28, 841.89)  # points
LONG = "Mohammad Abdul Rehman Siddiqui Qureshi of Bahawalnagar and Multan"


def pages_in(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sizes = {tuple(round(float(x), 2) for x in page.mediabox[2:]) for page in document.pages}
        assert sizes == {A4}
        assert document.Root.MarkInfo.Marked
        return len(document.pages)


def foreign_fonts(pdf: bytes) -> list[str]:
    """Lines of pdffonts about fonts that are not ours, or not embedded as a subset."""
    fonts = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    families = tuple({family.replace(" ", "-") for family, _weight in FONT_FACES})
    return [
        line
        for line in fonts.stdout.decode().splitlines()[2:]
        if not line.split("+")[1].startswith(families) or "yes yes yes" not in line
    ]


def ink(pdf: bytes, *boxes: tuple[float, float, float, float], page: int = 1) -> bool:
    """Whether anything is drawn in one of these parts of a page, in millimetres."""
    paper = picture(pdf, 100, "-f", str(page), "-l", str(page)).convert("L")
    dots = [tuple(int(mm * 100 / 25.4) for mm in box) for box in boxes]
    return any(paper.crop(box).getextrema()[0] < 255 for box in dots)


def codes_in(pdf: bytes, page: int = 1) -> Counter[str]:
    """The texts of all codes on a page, as a scanner reads them."""
    paper = picture(pdf, 150, "-f", str(page), "-l", str(page))
    return Counter(code.text for code in zxingcpp.read_barcodes(paper))


# --- how much is printed


@pytest.mark.parametrize(
    ("registered", "planned", "rows"),
    [(0, None, 15), (12, None, 15), (13, None, 30), (3, 20, 30), (38, 45, 45), (43, 45, 60)],
)
def test_sheets_have_room_for_who_is_expected_and_for_three_more(cast, registered, planned, rows):
    event = make_event(cast, planned=planned)
    crowd(event, registered)
    places = places_of(event)

    assert len(places) == rows
    assert [place.code for place in places] == codes_between(event, 1, rows)
    assert sum(place.person is not None for place in places) == registered
    assert pages_of_pack(event).sign_in == 4 * rows // 15


def test_sticker_of_somebody_taken_off_is_given_to_nobody_else(cast):
    event = make_event(cast)
    gone = add(event, "Gone")
    add(event, "Stays")
    take_off(event, gone, None)

    codes = [place.code for place in places_of(event)]
    assert codes[:2] == [sticker_code(2, event.uuid), sticker_code(3, event.uuid)]
    assert pages_of_pack(event).stickers == 4  # numbers 1 to 16, five each, 24 a page


def test_a_cancelled_half_day_needs_no_sheet(cast):
    event = make_event(cast)
    event.units.filter(n=2).update(cancelled_why="No power")

    assert pages_of_pack(loaded(event)).sign_in == 3


@pytest.mark.parametrize("people", [1, 3])
def test_queries_of_the_pack_do_not_grow(cast, people, django_assert_num_queries):
    event = make_event(cast)
    for n in range(people):
        add(event, f"Person {n}")
    event = loaded(event)

    with django_assert_num_queries(2):
        sheets_of(event, event.held_units)


# --- sign-in sheets


@pytest.mark.parametrize("language", LANGUAGES)
def test_sign_in_sheets_are_one_series_per_half_day(cast, language):
    event = make_event(cast, planned=20)
    add(event, LONG)
    pdf = sign_in_pdf(event, event.held_units[:2], language)

    assert pages_in(pdf) == 4
    assert foreign_fonts(pdf) == []
    assert codes_in(pdf, page=4) == {sheet_text(event.uuid, 2, 2): 1}
    assert not ink(pdf, (0, 0, 11, 297), (199, 0, 210, 297), (0, 288, 210, 297))


def test_sign_in_sheet_names_people_and_asks_for_nothing_else(cast):
    event = make_event(cast)
    aamir = add(event, "Aamir", organisation=cast.institution)
    words = text_of(sign_in_pdf(event, event.held_units[:1], "en"))

    assert f"{aamir.code} Aamir Test institution" in words
    assert sticker_code(15, event.uuid) in words
    assert "2 March 2026, 09:00–12:30 · half-day 1 · page 1 of 1" in words
    for absent in ("phone", "ID", "disab"):
        assert absent not in words


# --- stickers


@pytest.mark.parametrize("language", LANGUAGES)
def test_stickers_are_24_a_page_and_every_code_is_read(cast, language):
    event = make_event(cast)
    pdf = stickers_pdf(event, 1, 6, language)

    assert pages_in(pdf) == 2
    assert foreign_fonts(pdf) == []
    read = codes_in(pdf)
    assert read == dict.fromkeys(
        (sticker_text(event.uuid, code) for code in codes_between(event, 1, 4)), 5
    ) | {sticker_text(event.uuid, sticker_code(5, event.uuid)): 4}


def test_what_a_scanner_types_is_read_as_the_sticker_of_this_session_alone(cast):
    event, other = make_event(cast), uuid.uuid4()
    scanned = sticker_text(event.uuid, sticker_code(7, event.uuid))

    assert read_sticker(f" {scanned.lower()} ", event.uuid) == 7
    assert read_sticker(scanned, other) is None
    assert read_sticker(sheet_text(event.uuid, 2, 1), event.uuid) is None


def test_stickers_keep_off_the_edges_of_their_labels(cast):
    event = make_event(cast, venue=LONG)
    pdf = stickers_pdf(event, 1, 5, "en")
    columns = [(x - 2, 0, x + 2, 297) for x in (70, 140)]
    rows = [(0, 0.5 + 37 * n - 1.5, 210, 0.5 + 37 * n + 1.5) for n in range(1, 8)]

    assert not ink(pdf, *columns, *rows, (0, 0, 4, 297), (206, 0, 210, 297))


def test_sticker_says_its_code_session_and_day(cast):
    event = make_event(cast)
    words = text_of(stickers_pdf(event, 7, 7, "en"))

    assert words.split().count(sticker_code(7, event.uuid)) == 5
    assert "Directorate 07, Faisalabad 2 March 2026" in words


def test_stickers_are_limited_in_one_file(cast):
    event = make_event(cast)

    assert len(codes_between(event, 1, 999)) == 120
    assert codes_between(event, 998, 1200) == [
        sticker_code(998, event.uuid),
        sticker_code(999, event.uuid),
    ]


# --- the report


def test_report_of_sixty_people_in_four_days_is_one_page_in_every_language(cast):
    later = two_days(DAY + dt.timedelta(days=2))
    event = make_event(cast, slots=[*two_days(), *later])
    people = crowd(
        event,
        60,
        sex=["female", "male", "another", ""],
        age_band=["15-24", "25-34", "35-44", "45-54", "55-64", "65+", ""],
        constituency=["government", "employer", "worker", "cso", "academia", "other", ""],
    )
    for n, one in enumerate(people[:12]):
        result(one, "pre", 5 + n)
        result(one, "post", 20 - n % 3)
    for language in LANGUAGES:
        pdf = report_pdf(loaded(event), language, "https://example.org/training/x/")

        assert (language, pages_in(pdf)) == (language, 1)
        assert foreign_fonts(pdf) == []
        assert not ink(pdf, (0, 0, 14, 297), (196, 0, 210, 297), (0, 292, 210, 297))


def test_report_tells_the_record_and_names_no_participant(cast):
    event = verified_event(cast)
    approve_batch(event, [participants_of(event)[0].pk], cast.programme_admin)
    words = text_of(report_pdf(loaded(event), "en", "https://example.org/training/x/"))

    for expected in (
        *("3 participants", "Sex: not stated (3)", "Tariq Trainer, lead trainer"),
        *("4 half-days, 14 hours", "Directorate 07, Faisalabad, Punjab", "on average 100 per cent"),
        "On average the 3 people with a result of both tests answered 38 of 100 before and 68",
        "Issued: Certificate of Achievement (1).",
        "Proposed, not yet issued: Certificate of Achievement (1), Certificate of Attendance (1).",
        *("Lead trainer: name, date, signature", "https://example.org/training/x/"),
    ):
        assert expected in words
    for name in ("Aamir", "Bano", "Chand", "Not yet verified"):
        assert name not in words


def test_report_that_is_not_verified_says_so_in_large_letters(cast):
    event = make_event(cast)
    add(event, "Aamir")
    words = text_of(report_pdf(loaded(event), "en", ""))

    assert "Not yet verified" in words
    assert "Nobody has a result of both tests yet" in words


def test_report_of_people_who_were_only_counted(cast):
    event = make_event(cast, counting=Event.Counting.HEADCOUNT)
    for sex, n in (("female", 12), ("male", 30), ("", 3)):
        Headcount.objects.create(event=event, sex=sex, constituency="worker", n=n)
    words = text_of(report_pdf(loaded(event), "en", ""))

    assert "45 participants" in words
    assert "female (12), male (30), not stated (3)" in words
    assert "Certificates" not in words


@pytest.mark.parametrize("people", [1, 3])
def test_queries_of_the_report_do_not_grow(cast, people, django_assert_num_queries):
    event = make_event(cast)
    for n in range(people):
        result(add(event, f"Person {n}"), "post", 16)
    event = loaded(event)

    with django_assert_num_queries(16):
        report_pdf(event, "en", "")


# --- addresses


def get(client, name, event, **query):
    return client.get(reverse(name, args=[event.uuid]), query)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("event_sign_in", {"unit": 1}),
        ("event_stickers", {"from": 1, "to": 2}),
        ("event_report", {}),
    ],
)
def test_papers_are_given_in_the_language_asked_for(client, cast, name, part):
    event = make_event(cast)
    sign_in(client, cast.trainer)
    urdu = get(client, name, event, **part, lang="ur")
    other = get(client, name, event, **part, lang="xx")

    assert urdu["Content-Type"] == "application/pdf"
    assert f"2026-03-02-{str(event.uuid)[:8]}-ur.pdf" in urdu["Content-Disposition"]
    assert "-en.pdf" in other["Content-Disposition"]
    assert "no-store" in urdu["Cache-Control"]
    with pikepdf.open(io.BytesIO(urdu.content)) as document:
        assert document.Root.Lang == "ur"


def test_one_half_day_and_some_stickers_alone(client, cast):
    event = make_event(cast)
    sign_in(client, cast.trainer)

    assert pages_in(get(client, "event_sign_in", event, unit=2).content) == 1
    assert get(client, "event_sign_in", event, unit=9).status_code == 404
    some = get(client, "event_stickers", event, **{"from": 20, "to": 16}).content
    assert set(codes_in(some)) == {
        sticker_text(event.uuid, code) for code in codes_between(event, 16, 20)
    }
    assert pages_in(get(client, "event_stickers", event, **{"from": "x"}).content) == 4


def test_what_is_too_long_for_one_file_leads_back_and_says_so(client, cast, monkeypatch):
    event = make_event(cast)
    sign_in(client, cast.trainer)
    monkeypatch.setattr("modules.printing.rendering.LONGEST_PAGE", 100)
    page = client.get(reverse("event_sign_in", args=[event.uuid]), follow=True)

    assert "This is too much for one file. Print it in parts." in page.content.decode()


def test_page_of_papers_counts_pages(client, cast):
    event = make_event(cast, planned=20)
    sign_in(client, cast.trainer)
    page = client.get(f"/training/{event.uuid}/papers/").content.decode()

    assert "The pack: 15 pages" in page
    assert f"/training/{event.uuid}/sign-in.pdf?lang=ur&amp;unit=2" in page


def test_session_that_only_counts_has_a_report_alone(client, cast):
    event = make_event(cast, counting=Event.Counting.HEADCOUNT)
    sign_in(client, cast.trainer)

    assert "sign-in.pdf" not in client.get(f"/training/{event.uuid}/papers/").content.decode()
    assert get(client, "event_report", event).status_code == 200
    assert get(client, "event_sign_in", event).status_code == 404
    assert get(client, "event_stickers", event).status_code == 404
