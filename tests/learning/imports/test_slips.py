import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.utils import timezone

from learning.imports.inviting import send_letters
from learning.imports.models import Roster
from learning.imports.slips import print_sheet, sheets, slip
from learning.notices.models import NoticeSent
from learning.people import codes
from learning.people.access_codes import AccessCode
from learning.people.codes import CodeRefused
from learning.people.models import Person
from modules.printing import rendering
from modules.printing.rendering import RenderingFailed
from tests.learning.imports.making import imported, row, rows

pytestmark = pytest.mark.django_db

CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")


@pytest.fixture
def roster(cast, target) -> Roster:
    return imported(cast.area_admin, target, row("Ali Khan"), row("Sana Bibi"))


@pytest.fixture
def pages(monkeypatch) -> list[str]:
    """The HTML of every sheet printed; drawing it takes a second."""
    drawn: list[str] = []
    monkeypatch.setattr(rendering, "render", lambda html, sheet: drawn.append(html) or b"%PDF-")
    return drawn


def claimed_by(code: str) -> Person:
    return codes.find_code(code, AccessCode.Purpose.CLAIM).person


def test_each_slip_has_a_code_of_its_person(cast, roster, pages):
    (sheet,) = sheets(roster)

    print_sheet(roster, sheet, cast.area_admin)

    found = CODE.findall(pages[0])
    assert {str(claimed_by(code)) for code in found} == {"Ali Khan", "Sana Bibi"}
    assert AccessCode.objects.filter(made_by=cast.area_admin).count() == 2


def test_the_sheet_is_a_readable_pdf(cast, roster):
    pdf = print_sheet(roster, sheets(roster)[0], cast.area_admin)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1
        assert document.Root.Lang == "en"


def test_printing_again_makes_the_older_slips_void(cast, roster, pages):
    for _time in range(2):
        print_sheet(roster, sheets(roster)[0], cast.area_admin)

    older, newer = (CODE.findall(page) for page in pages)
    with pytest.raises(CodeRefused):
        claimed_by(older[0])
    assert claimed_by(newer[0])


def test_a_sheet_that_cannot_be_drawn_leaves_older_slips_good(cast, roster, pages, monkeypatch):
    print_sheet(roster, sheets(roster)[0], cast.area_admin)

    def fail(html: str, sheet: str) -> bytes:
        raise RenderingFailed

    monkeypatch.setattr(rendering, "render", fail)
    with pytest.raises(RenderingFailed):
        print_sheet(roster, sheets(roster)[0], cast.area_admin)

    assert all(claimed_by(code) for code in CODE.findall(pages[0]))


def test_who_has_an_account_gets_no_slip(cast, roster, pages):
    cast.outsider.person = Person.objects.get(names={"Latn": "Ali Khan"})
    cast.outsider.save()
    (sheet,) = sheets(roster)

    print_sheet(roster, sheet, cast.area_admin)

    assert len(sheet.entries) == 2
    assert [str(one.person) for one in sheet.without_account] == ["Sana Bibi"]
    assert [str(claimed_by(code)) for code in CODE.findall(pages[0])] == ["Sana Bibi"]


def test_a_record_merged_since_gets_the_slip_of_the_other(cast, roster, pages):
    ali = Person.objects.get(names={"Latn": "Ali Khan"})
    ali.merged_into = Person.objects.create(names={"Latn": "Ali Khan Baloch"})
    ali.merged_into.save()
    ali.save()

    print_sheet(roster, sheets(roster)[0], cast.system_admin)

    found = {str(claimed_by(code)) for code in CODE.findall(pages[0])}
    assert found == {"Ali Khan Baloch", "Sana Bibi"}


def test_no_code_is_made_for_people_the_printer_may_not_invite(cast, roster, pages):
    print_sheet(roster, sheets(roster)[0], cast.programme_admin)

    assert CODE.findall(pages[0]) == []


def test_forty_people_are_a_sheet_and_stay_in_it(cast, target):
    roster = imported(cast.area_admin, target, *rows(41))
    before = [[one.pk for one in sheet.entries] for sheet in sheets(roster)]
    cast.outsider.person = roster.entries.first().person
    cast.outsider.save()

    after = sheets(roster)

    assert [len(keys) for keys in before] == [40, 1]
    assert [[one.pk for one in sheet.entries] for sheet in after] == before
    assert [sheet.key for sheet in after] == ["1", "2"]


def test_it_is_told_when_a_sheet_was_printed(cast, roster, pages, time_machine):
    assert sheets(roster)[0].printed_at is None
    now = timezone.now()

    print_sheet(roster, sheets(roster)[0], cast.area_admin)
    assert now <= sheets(roster)[0].printed_at <= timezone.now()

    time_machine.move_to(now + timedelta(days=31))
    assert sheets(roster)[0].printed_at is None


def test_people_whom_no_letter_reached_get_a_sheet_of_their_own(cast, target):
    roster = imported(cast.area_admin, target, *rows(3, email="p{n}@example.org"))
    assert sheets(roster) == []

    send_letters(roster)
    refused = NoticeSent.objects.first()
    NoticeSent.objects.filter(pk=refused.pk).update(state=NoticeSent.State.REFUSED)

    (sheet,) = sheets(roster)
    assert (sheet.key, sheet.is_missed) == ("m1", True)
    assert [str(one.person.uuid) for one in sheet.entries] == [refused.recipient]


@pytest.mark.parametrize(
    ("language", "direction", "place"),
    [
        ("en", "ltr", "localhost:8000/accounts/claim/"),
        ("ur", "rtl", "localhost:8000/ur/accounts/claim/"),
    ],
)
def test_a_slip_speaks_the_language_of_its_person(roster, language, direction, place):
    entry = roster.entries.first()
    entry.person.language = language
    entry.person.names = {"Latn": "Ali Khan", "Arab": "علی خان"}

    made = slip(entry, roster, "AAAAA-BBBBB")

    assert (made.direction, made.place) == (direction, place)
    names = {"en": ("Ali Khan", "علی خان"), "ur": ("علی خان", "Ali Khan")}
    assert (made.name.words, made.also.words) == names[language]


@pytest.mark.parametrize("is_demo", [False, True])
def test_a_slip_of_an_invented_person_says_so(roster, settings, is_demo):
    settings.DEMO = is_demo

    made = slip(roster.entries.first(), roster, "AAAAA-BBBBB")

    assert ("people are invented" in made.words["once"].words) == is_demo


@pytest.mark.parametrize("many", [1, 3])
def test_the_sheets_ask_a_few_times(cast, target, many, django_assert_num_queries):
    roster = imported(cast.area_admin, target, *rows(many))

    with django_assert_num_queries(4):
        assert [str(sheet.printed_at) for sheet in sheets(roster)] == ["None"]
