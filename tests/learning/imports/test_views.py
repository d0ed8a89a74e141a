import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.enrolment.models import Enrolment
from learning.imports import inviting
from learning.imports.models import Roster, RosterEntry
from learning.imports.planning import Target
from learning.notices.models import NoticeSent
from learning.people.models import Person
from modules.printing import rendering
from tests.cast import sign_in
from tests.learning.imports.making import HEADINGS, csv_of, imported, kept, row, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast) -> Client:
    return sign_in(Client(), cast.area_admin)


def address(name: str, roster: Roster, *more: str) -> str:
    return reverse(name, args=[roster.uuid, *more])


def upload(client: Client, version, data: bytes, **fields: str):
    file = SimpleUploadedFile("people of lahore.csv", data)
    sent = {"version": version.pk, "programme": "self-paced-pk", "language": "ur"} | fields
    return client.post(reverse("roster_new"), {"file": file} | sent)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- uploading -----------------------------------------------------------------------------------


def test_a_list_is_uploaded_checked_and_imported(admin, cast, version):
    response = upload(admin, version, csv_of(HEADINGS, *rows(3)))
    roster = Roster.objects.get()
    assert response.url == address("roster", roster)
    assert (roster.file_name, roster.language) == ("people of lahore.csv", "ur")
    assert not Person.objects.filter(names__Latn__startswith="Person").exists()

    page = text_of(admin.get(response.url))
    assert "New people 3" in page
    assert "Import 3 people" in page

    done = admin.post(address("roster_confirm", roster))
    assert done.url == address("roster", roster)
    assert Enrolment.objects.count() == 3
    assert "The list is imported." in text_of(admin.get(done.url))


def test_a_file_that_is_no_list_is_refused_in_the_form(admin, version):
    response = upload(admin, version, b"%PDF-1.7")

    assert response.status_code == 200
    assert "The list is not uploaded." in text_of(response)
    assert "This file is no list of text." in text_of(response)
    assert not Roster.objects.exists()


def test_how_a_file_was_read_is_told(admin, version):
    data = csv_of(HEADINGS, row("علي خان"), encoding="cp1256")

    response = upload(admin, version, data)

    assert "it was read as Windows-1256" in text_of(admin.get(response.url))


@pytest.mark.parametrize("programme", ["self-paced-kh", "test-programme", "nonsense"])
def test_a_programme_outside_ones_scope_cannot_be_chosen(admin, cast, version, programme):
    assert cast.programme

    response = upload(admin, version, csv_of(HEADINGS, *rows(1)), programme=programme)

    assert response.status_code == 200
    assert not Roster.objects.exists()


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbfName,"), ("xlsx", b"PK")])
def test_the_blank_list_is_given_as_a_file(admin, kind, start):
    response = admin.get(reverse(f"roster_{kind}"))

    assert response.content.startswith(start)
    assert response["Content-Disposition"] == f'attachment; filename="people.{kind}"'


# --- checking ------------------------------------------------------------------------------------


def test_problems_are_shown_by_row_and_column_and_nothing_can_be_imported(admin, cast, target):
    roster = kept(cast.area_admin, target, row("Ali 2", "??"), row("Sana Bibi", area="PK-SD"))

    page = text_of(admin.get(address("roster", roster)))
    assert "2 Name “2” does not belong in a name." in page
    assert "2 Sex “??” is not known here." in page
    assert "3 Area of work You can add people within your own area" in page
    assert "Upload the mended file" in page

    admin.post(address("roster_confirm", roster))
    assert not Enrolment.objects.exists()


def test_very_many_problems_are_counted(admin, cast, target):
    roster = kept(cast.area_admin, target, *(row(f"Ali {n}") for n in range(203)))

    assert "And 3 more." in text_of(admin.get(address("roster", roster)))


def test_who_is_who_is_decided_side_by_side(admin, cast, target):
    known = Person.objects.create(
        names={"Latn": "Ali Khan"}, sex="male", area_of_work=cast.punjab, job_role="Auditor"
    )
    roster = kept(cast.area_admin, target, row("Khan, Ali", "m"), row("Sana Bibi"))
    page = admin.get(address("roster", roster))
    assert "1 row to decide" in text_of(page)
    assert "Auditor" in text_of(page)
    assert b" checked" not in page.content

    response = admin.post(address("roster_choices", roster), {"row-2": f"person:{known.uuid}"})
    assert response.url == address("roster", roster) + "?page=1#same"
    page = admin.get(response.url)
    assert "0 rows to decide" in text_of(page)
    assert b" checked" in page.content

    admin.post(address("roster_confirm", roster))
    assert set(Enrolment.objects.values_list("person", flat=True)) >= {known.pk}
    assert Enrolment.objects.count() == 2


@pytest.mark.parametrize(
    ("answer", "new", "known"), [("another", 3, 0), ("first", 0, 3), ("", 0, 0)]
)
def test_one_answer_for_all_that_are_open(admin, cast, target, answer, new, known):
    imported(cast.area_admin, target, *rows(3))
    roster = kept(cast.area_admin, target, *rows(3))

    admin.post(address("roster_choices", roster), {"rest": answer})
    admin.post(address("roster_confirm", roster))

    roster.refresh_from_db()
    assert (roster.counts.get("new", 0), roster.counts.get("known", 0)) == (new, known)


def test_a_choice_that_is_not_possible_is_refused(admin, cast, target):
    stranger = cast.outsider.person
    roster = kept(cast.area_admin, target, row("Ali Khan"), row("Ali Khan"))

    admin.post(address("roster_choices", roster), {"row-3": f"person:{stranger.uuid}"})

    roster.refresh_from_db()
    assert roster.choices == {}


def test_choices_come_twenty_a_page(admin, cast, target):
    roster = kept(cast.area_admin, target, *([row("Ali Khan")] * 22))

    first = admin.get(address("roster", roster)).content.decode()
    second = admin.get(address("roster", roster) + "?page=2").content.decode()

    assert len(set(re.findall(r'name="row-\d+"', first))) == 20
    assert set(re.findall(r'name="(row-\d+)"', second)) == {"row-23"}


def test_a_list_is_deleted_by_its_owner(admin, cast, target):
    roster = kept(cast.area_admin, target, *rows(1))

    assert admin.post(address("roster_give_up", roster)).url == reverse("roster_list")
    assert not Roster.objects.exists()


def test_a_confirmed_list_is_not_deleted(admin, cast, target):
    roster = imported(cast.area_admin, target, *rows(1))

    assert admin.post(address("roster_give_up", roster)).status_code == 404
    assert Roster.objects.exists()


# --- letters and slips ---------------------------------------------------------------------------


def test_letters_go_when_the_box_is_ticked(admin, cast, target, django_capture_on_commit_callbacks):
    roster = kept(cast.area_admin, target, *rows(2, email="p{n}@example.org"))
    assert "Send 2 letters by e-mail now" in text_of(admin.get(address("roster", roster)))

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address("roster_confirm", roster), {"send": "on"})

    assert len(mail.outbox) == 2
    assert "Sent 2" in text_of(admin.get(address("roster", roster)))


def test_without_the_tick_no_letter_goes_until_it_is_asked_for(
    admin, cast, target, django_capture_on_commit_callbacks
):
    roster = kept(cast.area_admin, target, *rows(2, email="p{n}@example.org"))
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address("roster_confirm", roster))
        admin.post(address("roster_letters", roster))
    assert mail.outbox == []

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address("roster_letters", roster), {"send": "on"})
    assert len(mail.outbox) == 2


def test_many_letters_go_only_with_their_number(
    admin, cast, target, settings, django_capture_on_commit_callbacks
):
    settings.LETTERS_ASK_ABOVE = 2
    roster = kept(cast.area_admin, target, *rows(3, email="p{n}@example.org"))

    refused = admin.post(address("roster_confirm", roster), {"send": "on", "number": "2"})
    assert refused.status_code == 400
    assert "Type 3, the number of letters" in text_of(refused)
    assert not Enrolment.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address("roster_confirm", roster), {"send": "on", "number": "3"})
    assert len(mail.outbox) == 3


def test_no_press_sends_more_letters_than_the_cap(
    admin, cast, target, settings, django_capture_on_commit_callbacks
):
    settings.LETTERS_AT_ONCE = 2
    roster = kept(cast.area_admin, target, *rows(3, email="p{n}@example.org"))
    assert "1 more waits" in text_of(admin.get(address("roster", roster)))

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address("roster_confirm", roster), {"send": "on"})
    assert len(mail.outbox) == 2

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address("roster_letters", roster), {"send": "on"})
    assert len(mail.outbox) == 3


@pytest.fixture
def perhaps(cast, target) -> Roster:
    """A list of three whose letters are perhaps sent."""
    roster = imported(cast.area_admin, target, *rows(3, email="p{n}@example.org"))
    inviting.send_letters(roster)
    NoticeSent.objects.update(state="sending", tried_at=timezone.now() - inviting.PAUSE)
    return roster


def test_letters_perhaps_sent_are_shown_and_sent_again_once_it_is_confirmed(
    admin, perhaps, django_capture_on_commit_callbacks
):
    page = text_of(admin.get(address("roster", perhaps)))
    assert "Perhaps sent" in page
    assert "People whom no letter reached" in page
    assert "Send 3 letters once more, although they may have arrived" in page

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address("roster_letters", perhaps), {"again": "uncertain"})
    assert mail.outbox == []

    with django_capture_on_commit_callbacks(execute=True):
        for _press in range(2):
            admin.post(address("roster_letters", perhaps), {"again": "uncertain", "again-send": 1})
    assert len(mail.outbox) == 3


def test_many_letters_perhaps_sent_go_only_with_their_number_and_up_to_the_cap(
    admin, perhaps, settings, django_capture_on_commit_callbacks
):
    settings.LETTERS_ASK_ABOVE, settings.LETTERS_AT_ONCE = 1, 2
    sent = {"again": "uncertain", "again-send": "on"}

    refused = admin.post(address("roster_letters", perhaps), sent)
    assert refused.status_code == 400
    assert "Type 2, the number of letters" in text_of(refused)

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address("roster_letters", perhaps), sent | {"again-number": "2"})
    assert len(mail.outbox) == 2
    assert "Send 1 letter once more" in text_of(admin.get(address("roster", perhaps)))


def test_letters_whose_address_is_gone_are_not_offered_again(admin, perhaps):
    RosterEntry.objects.update(email="")

    page = text_of(admin.get(address("roster", perhaps)))
    assert "Perhaps sent" in page
    assert "once more" not in page
    assert inviting.send_uncertain_again(perhaps) == 0


def test_confirming_twice_imports_and_writes_once(
    admin, cast, target, django_capture_on_commit_callbacks
):
    roster = kept(cast.area_admin, target, *rows(1, email="p{n}@example.org"))

    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            admin.post(address("roster_confirm", roster), {"send": "on"})

    assert (Enrolment.objects.count(), len(mail.outbox)) == (1, 1)


def test_slips_are_printed_by_a_post(admin, cast, target, monkeypatch):
    monkeypatch.setattr(rendering, "render", lambda html, sheet: b"%PDF-slips")
    roster = imported(cast.area_admin, target, *rows(2))
    assert "2 people without account" in text_of(admin.get(address("roster", roster)))

    assert admin.get(address("roster_slips", roster, "1")).status_code == 405
    assert admin.post(address("roster_slips", roster, "2")).status_code == 404
    response = admin.post(address("roster_slips", roster, "1"))
    assert (response.content, response["Content-Type"]) == (b"%PDF-slips", "application/pdf")
    assert "no-store" in response["Cache-Control"]


# --- lists ---------------------------------------------------------------------------------------


def test_without_lists_the_page_says_how_to_begin(admin):
    assert "No list yet" in text_of(admin.get(reverse("roster_list")))


@pytest.mark.parametrize("many", [1, 3])
def test_the_lists_ask_as_often_for_one_as_for_three(
    admin, cast, target, many, django_assert_num_queries
):
    for number in range(many):
        kept(cast.area_admin, target, row(f"Person {'abc'[number]}bc"))

    with django_assert_num_queries(6):
        page = admin.get(reverse("roster_list"))

    assert page.content.count(b"Not imported yet") == many


@pytest.mark.parametrize("many", [3, 30])
def test_the_dry_run_asks_as_often_for_three_as_for_thirty(
    admin, cast, target, many, django_assert_num_queries
):
    roster = kept(cast.area_admin, target, *rows(many), row("Person aaaaa"))

    with django_assert_num_queries(12):
        page = admin.get(address("roster", roster))

    assert f"New people {many + 1}" in text_of(page)


def test_nothing_of_a_list_is_shown_to_others(cast, target):
    roster = kept(cast.area_admin, target, row("Ali Khan", email="ali@example.org"))

    for user in (cast.organisation_admin, cast.system_admin):
        client = sign_in(Client(), user)
        for name in ("roster", "roster_choices", "roster_confirm", "roster_give_up"):
            send = client.get if name == "roster" else client.post
            assert send(address(name, roster)).status_code == 404
    assert Roster.objects.get().confirmed_at is None


def test_a_summary_names_nobody_to_who_does_not_handle_the_list(cast, version):
    target = Target(cast.programme, version)
    roster = imported(cast.programme_admin, target, row("Ali Khan", email="ali@example.org"))
    cast.area_admin.role_grants.update(area=cast.pakistan)

    page = sign_in(Client(), cast.area_admin).get(address("roster", roster))

    assert "New people 1" in text_of(page)
    assert "Letters" not in text_of(page)
    assert RosterEntry.objects.get().email not in page.content.decode()
