"""Results from a spreadsheet: blank lists, the dry run, all or nothing, what went stale."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learning.attempts.models import Answer, Sitting
from learning.attempts.results import results_of
from learning.attempts.taking import start
from learning.cascade.closing import report
from learning.imports.answer_sheets import AnswerSheet
from learning.imports.models import KEPT_FOR
from learning.imports.storing import forget_old_sheets
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import open_test
from tests.learning.cascade.making import add, make_event, result, there
from tests.learning.imports.making import workbook_of

pytestmark = pytest.mark.django_db

HEADINGS = ["Sticker", "Name", "Form", *"12345678"]
ANSWERS = ["A", "B", "A,C", "", "1", "1", "½", "0"]


@pytest.fixture
def event(cast, tested_course):
    return make_event(cast, version=tested_course.course.versions.get())


@pytest.fixture
def people(event):
    return [add(event, name) for name in ("Aamir", "Bano", "=Chand")]


@pytest.fixture
def trainer(client, cast, people, event):
    return sign_in(client, cast.trainer)


def address(event) -> str:
    return f"/training/{event.uuid}/results/pre/import/"


def filled(people, answers=ANSWERS, form="A") -> list[list[str]]:
    return [[one.code, str(one.person), form, *answers] for one in people]


def upload(client, event, *rows, headings=HEADINGS, name="results.csv", follow=True):
    lines = [";".join(row) for row in (headings, *rows)]
    content = "\n".join(lines).encode()
    return client.post(address(event), {"file": SimpleUploadedFile(name, content)}, follow=follow)


def confirm(client, page, **changed):
    """Presses the button of a dry run."""
    html = page.content.decode()
    action = re.search(r'action="([^"]*/confirm/)"', html)[1]
    seen = re.search(r'name="seen" value="([^"]*)"', html)[1]
    return client.post(action, {"seen": seen} | changed, follow=True)


def marks(*people) -> list:
    return [[(r.sitting.grain, r.mark.got, r.mark.full) for r in results_of(one)] for one in people]


# --- blank lists --------------------------------------------------------------------------------


def test_the_blank_list_comes_back_filled(trainer, event, people):
    data = trainer.get(f"{address(event)}blank-questions.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(HEADINGS)
    assert [row[:3] for row in rows[1:]] == [(p.code, str(p.person), "A") for p in people]
    for n, text in enumerate(ANSWERS, 4):
        sheet.cell(2, n, text)
    file = io.BytesIO()
    book.save(file)

    sent = {"file": SimpleUploadedFile("results.xlsx", file.getvalue())}
    page = trainer.post(address(event), sent, follow=True)

    assert "Import 1 result" in page.content.decode()
    assert "AB(AC)-1 150" in page.content.decode()


def test_blank_text_lists_hold_no_formula(trainer, event, people):
    for way, tail in (("line", ",A,"), ("total", ",A,,8")):
        text = trainer.get(f"{address(event)}blank-{way}.csv").content.decode()
        assert f"{people[2].code},'=Chand{tail}" in text
    assert trainer.get(f"{address(event)}blank-other.csv").status_code == 404


# --- dry run and import -------------------------------------------------------------------------


def test_nothing_is_stored_before_it_is_confirmed(trainer, event, people):
    page = upload(trainer, event, *filled(people))
    assert not Sitting.objects.exists()

    done = confirm(trainer, page)

    assert "3 results imported." in done.content.decode()
    assert marks(*people) == [[("item", marks(people[0])[0][0][1], 8)]] * 3
    assert set(Answer.objects.values_list("captured_via", flat=True)) == {"import"}
    sheet = AnswerSheet.objects.get()
    assert (sheet.rows, sheet.counts) == (None, {"new": 3, "changed": 0, "same": 0})


def test_confirming_twice_imports_once(trainer, event, people):
    page = upload(trainer, event, *filled(people))
    confirm(trainer, page)

    again = confirm(trainer, page)

    assert "This list was imported already." in again.content.decode()
    assert Answer.objects.count() == 24


def test_one_wrong_row_stops_all(trainer, event, people):
    good, bad = filled(people[:1]), filled(people[1:2], ["Z", *ANSWERS[1:]])
    page = upload(trainer, event, *good, *bad)

    html = page.content.decode()
    assert f"{people[1].code} Bano, question 1: a letter from A to D" in html
    assert "/confirm/" not in html
    sheet = AnswerSheet.objects.get()
    refused = trainer.post(f"{address(event)}{sheet.uuid}/confirm/", {"seen": ""}, follow=True)
    assert "Nothing was imported." in refused.content.decode()
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: ["99-Z", *row[1:]], "Nobody in this session has the sticker 99-Z."),
        (lambda row: [*row[:2], "Q", *row[3:]], "the course has no form “Q”. Its forms: A, B."),
        (lambda row: [*row, "A"], "this line has 9 answers, and form A has 8 questions."),
        (lambda row: [*row[:7], "X", *row[8:]], "question 5: you mark this one on the paper."),
        (lambda row: [*row[:3], "=A1", *row[4:]], "“=A1” looks like a formula"),
    ],
)
def test_rows_that_are_refused_say_why(trainer, event, people, change, message):
    (row,) = filled(people[:1])
    headings = [*HEADINGS, "9"]

    page = upload(trainer, event, change(row), headings=headings)

    assert message in page.content.decode().replace("&quot;", '"')


def test_a_sticker_on_two_rows_is_refused_on_both(trainer, event, people):
    page = upload(trainer, event, *filled(people[:1]), *filled(people[:1]))

    assert page.content.decode().count("This sticker is on several rows: 2, 3.") == 2


def test_what_was_taken_on_a_device_stands(trainer, event, people):
    event.cohort.closes = None
    event.cohort.save()
    open_test(event.cohort, Purpose.PRE)
    start(people[0], Purpose.PRE)

    page = upload(trainer, event, *filled(people[:1]))

    assert "took this test on a device. That result stands." in page.content.decode()


def test_what_changes_is_shown_and_what_is_the_same_is_left(trainer, event, people):
    confirm(trainer, upload(trainer, event, *filled(people)))
    other = filled(people[:1], ["B", *ANSWERS[1:]])

    page = upload(trainer, event, *other, *filled(people[1:]))

    html = page.content.decode()
    assert "Import 1 result" in html
    assert "BB(AC)-1 150" in html
    assert "AB(AC)-1 150" in html
    confirm(trainer, page)
    assert Answer.objects.count() == 32
    assert AnswerSheet.objects.first().counts == {"new": 0, "changed": 1, "same": 2}


def test_another_form_than_was_typed_is_refused(trainer, event, people):
    confirm(trainer, upload(trainer, event, *filled(people[:1])))

    page = upload(trainer, event, *filled(people[:1], form="B"))

    assert "typed before as form A, and the list says B." in page.content.decode()


def test_totals(trainer, event, people):
    headings = ["Sticker", "Total", "Marks of the whole test"]
    page = upload(trainer, event, [people[0].code, "۱۱٫۵", "20"], headings=headings)

    confirm(trainer, page)

    assert marks(people[0]) == [[("total", 11.5, 20)]]
    page = upload(trainer, event, [people[0].code, "21", "20"], headings=headings)
    assert "write a number from 0 to 20" in page.content.decode()
    confirm(trainer, upload(trainer, event, *filled(people[:1])))  # answers take its place
    page = upload(trainer, event, [people[0].code, "5", "8"], headings=headings)
    assert "a total would hide them" in page.content.decode()


def test_a_list_that_went_stale_is_looked_at_once_more(trainer, event, people):
    page = upload(trainer, event, *filled(people))
    result(people[0], "pre", 11)

    stale = confirm(trainer, page)

    assert "Nothing was imported. Look at the list once more." in stale.content.decode()
    assert marks(people[1]) == [[]]
    assert "3 results imported." in confirm(trainer, stale).content.decode()


def test_a_closed_record_takes_nothing(trainer, cast, event, people):
    page = upload(trainer, event, *filled(people))
    there(event)
    report(event, cast.trainer)

    refused = confirm(trainer, page)

    assert "was sent for verification" in refused.content.decode()
    assert "/confirm/" not in refused.content.decode()
    assert not Sitting.objects.exists()
    upload(trainer, event, *filled(people))
    assert AnswerSheet.objects.count() == 1


def test_names_beside_other_stickers_are_noticed(trainer, event, people):
    (row,) = filled(people[:1])

    page = upload(trainer, event, [row[0], "Bano", *row[2:]])

    assert "The list says Bano here. Are its rows in order?" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "The file is empty."), (b"%PDF-1.7", "This file is no list of text."),
     (b"PK\x03\x04 broken", "This file is broken.")],
)  # fmt: skip
def test_files_that_are_no_list(trainer, event, content, message):
    response = trainer.post(address(event), {"file": SimpleUploadedFile("x.csv", content)})

    assert message in response.content.decode()
    assert not AnswerSheet.objects.exists()


def test_too_many_rows_are_no_session(trainer, event):
    data = workbook_of(["Sticker", "1"], *([f"{n}-K", "A"] for n in range(501)))

    response = trainer.post(address(event), {"file": SimpleUploadedFile("x.xlsx", data)})

    assert "The list has more than 500 rows." in response.content.decode()


# --- who, and how long --------------------------------------------------------------------------


def test_a_list_is_for_who_uploaded_it(trainer, client, cast, event, people):
    upload(trainer, event, *filled(people))
    sheet = AnswerSheet.objects.get()
    sign_in(client, cast.programme_admin)

    assert client.get(f"{address(event)}{sheet.uuid}/").status_code == 404
    assert client.post(f"{address(event)}{sheet.uuid}/confirm/").status_code == 404
    assert "results.csv" not in client.get(address(event)).content.decode()


def test_a_list_is_given_up_or_forgotten(trainer, event, people, time_machine):
    upload(trainer, event, *filled(people))
    sheet = AnswerSheet.objects.get()
    assert "results.csv" in trainer.get(address(event)).content.decode()
    done = trainer.post(f"{address(event)}{sheet.uuid}/give-up/", follow=True)
    assert "The list is deleted." in done.content.decode()
    assert not AnswerSheet.objects.exists()

    upload(trainer, event, *filled(people))
    assert forget_old_sheets() == 0
    time_machine.move_to(timezone.now() + KEPT_FOR + KEPT_FOR)
    assert forget_old_sheets() == 1


def test_queries_of_the_dry_run_do_not_grow(trainer, event, people, django_assert_num_queries):
    for many in (1, 3):
        confirm(trainer, upload(trainer, event, *filled(people[:many])))
        page = upload(trainer, event, *filled(people[:many], ["B", *ANSWERS[1:]]), follow=False)
        with django_assert_num_queries(27):
            trainer.get(page["Location"])
