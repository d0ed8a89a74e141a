"""Typing in results: answers and totals, with and without scripts, and what is refused."""

import datetime as dt
import re
import uuid

import pytest
from django.utils.html import escape

from learning.attempts.models import Answer, Sitting
from learning.attempts.results import results_of
from learning.attempts.taking import start
from learning.cascade.closing import report
from learning.cascade.entering import rows_of
from learning.cascade.models import Facilitation
from learning.cascade.stickers import slip_text, sticker_text
from modules.papers.contents import Form
from modules.papers.models import Purpose
from tests.cast import sign_in
from tests.learning.attempts.sitting import open_test
from tests.learning.cascade.making import DAY, add, make_event, result, there, two_days

pytestmark = pytest.mark.django_db

NOTHING = "---- 0000"
HALF = "---- 1111"


@pytest.fixture
def event(cast, tested_course):
    return make_event(cast, version=tested_course.course.versions.get())


@pytest.fixture
def aamir(event):
    return add(event, "Aamir")


@pytest.fixture
def trainer(client, cast, event):
    return sign_in(client, cast.trainer)


def address(event, purpose="pre") -> str:
    return f"/training/{event.uuid}/results/{purpose}/"


def fields(*rows, grain="item", **more) -> dict:
    """What a browser sends for rows of (enrolment, line, form)."""
    data = {"grain": grain} | more
    for enrolment, line, label in rows:
        data |= {f"{enrolment.uuid}-line": line, f"{enrolment.uuid}-form": label}
    return data


def send(client, event, enrolment, line, label="A", purpose="pre", **more):
    """One row, as the script sends it."""
    more.setdefault(f"{enrolment.uuid}-id", str(uuid.uuid4()))
    data = fields((enrolment, line, label), **more)
    return client.post(address(event, purpose), data, headers={"accept": "application/json"})


def marks_of(enrolment) -> list[tuple]:
    return [
        (r.sitting.purpose, r.sitting.grain, r.sitting.form_label, r.mark.got, r.mark.full)
        for r in results_of(enrolment)
    ]


# --- answers


def test_row_is_saved_at_once_and_says_what_it_comes_to(trainer, event, aamir):
    line_id = str(uuid.uuid4())
    answer = send(trainer, event, aamir, HALF, **{f"{aamir.uuid}-id": line_id}).json()

    assert (answer["id"], answer["words"], answer["grain"]) == (
        line_id,
        "4 of 8",
        "answers, form A",
    )
    assert marks_of(aamir) == [("pre", "item", "A", 4, 8)]


def test_row_sent_twice_is_stored_once(trainer, event, aamir):
    once = {f"{aamir.uuid}-id": str(uuid.uuid4())}
    first = send(trainer, event, aamir, HALF, **once).json()
    again = send(trainer, event, aamir, HALF, **once).json()

    assert first["words"] == again["words"]
    assert Answer.objects.count() == 8


def test_line_that_cannot_be_read_names_person_place_and_choices(trainer, event, aamir):
    answer = send(trainer, event, aamir, "-Z-- 0000")

    assert answer.status_code == 400
    assert answer.json()["error"] == (
        f"{aamir.code} Aamir, question 2: a letter from A to D, or - for no answer."
    )
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("----", "this line has 4 answers, and form A has 8 questions. Type - for a question"),
        ("---- 00000", "this line has 9 answers, and form A has 8 questions."),
        ("--(A- 0000", "question 3: close the bracket after the last letter."),
        ("--Z- 0000", "question 3: letters A to E, several of them in brackets, or - for no"),
        ("(AB)--- 0000", "question 1: only one letter, A to D, or - for no answer."),
        ("---- 0X00", "question 6: you mark this one on the paper. Type 1 for right, 5 for half"),
    ],
)
def test_every_slip_says_what_is_possible(trainer, event, aamir, line, words):
    assert words in send(trainer, event, aamir, line).json()["error"]


def test_whoever_had_a_form_before_gets_the_other_one_after(trainer, event, aamir):
    bano = add(event, "Bano")
    send(trainer, event, aamir, NOTHING, "B")

    assert [row.label for row in rows_of(event, "post", "B")] == ["A", "B"]
    send(trainer, event, bano, NOTHING, "A")
    assert [row.label for row in rows_of(event, "post", "B")] == ["A", "B"]


def test_page_tells_what_is_typed_where(trainer, event, aamir):
    page = trainer.get(address(event)).content.decode()

    assert "one letter, A to D" in page
    assert "you mark them on the paper: 1 right, 5 half, 0 wrong" in page
    assert re.search(r"Questions <bdi dir=\"ltr\">5–8</bdi>", page)
    assert re.search(r"Question <bdi dir=\"ltr\">4</bdi></dt>\s*<dd>one letter, A to B", page)


def test_without_scripts_all_rows_are_one_form(trainer, event, aamir):
    bano, chand = add(event, "Bano"), add(event, "Chand")
    data = fields((aamir, HALF, "A"), (bano, "", "A"), (chand, "?", "A"))
    response = trainer.post(address(event), data)
    page = response.content.decode()

    assert response.status_code == 400
    assert "1 result saved." in page
    assert "1 row was not saved; it stands below as you typed it." in page
    assert 'value="?"' in page
    assert [marks_of(one) for one in (aamir, bano, chand)] == [[("pre", "item", "A", 4, 8)], [], []]


def test_rows_that_stand_already_are_not_stored_again(trainer, event, aamir):
    trainer.post(address(event), fields((aamir, HALF, "A")))
    page = trainer.post(address(event), fields((aamir, "----1111", "A")), follow=True)

    assert "Nothing was changed, so nothing was saved." in page.content.decode()
    assert Answer.objects.count() == 8


def test_emptied_field_removes_nothing_and_says_how_to(trainer, event, aamir):
    send(trainer, event, aamir, HALF)
    answer = send(trainer, event, aamir, "")

    assert "an emptied field removes nothing" in answer.json()["error"]
    assert marks_of(aamir) == [("pre", "item", "A", 4, 8)]


# --- totals


@pytest.mark.parametrize(
    ("typed", "words"),
    [("11", "11 of 20"), ("11½", "11½ of 20"), ("11,5", "11½ of 20"), ("۱۱٫۵", "11½ of 20"),
     ("៧", "7 of 20"), ("໗", "7 of 20"), ("½", "½ of 20"), ("12.37", "12.37 of 20")],
)  # fmt: skip
def test_total_in_the_digits_of_any_script(trainer, event, aamir, typed, words):
    answer = send(trainer, event, aamir, typed, "", grain="total", full=20).json()

    assert (answer["words"], answer["grain"]) == (words, "total only")


@pytest.mark.parametrize("typed", ["21", "-1", "eleven", "11.333", "1/2", "20½"])
def test_total_that_cannot_be_is_refused(trainer, event, aamir, typed):
    answer = send(trainer, event, aamir, typed, "", grain="total", full=20)

    assert answer.json()["error"] == (
        f"{aamir.code} Aamir: write a number from 0 to 20, such as 11, 11.5 or 11½."
    )


def test_full_marks_are_those_of_the_form_until_others_were_typed(trainer, event, aamir):
    bano = add(event, "Bano")
    send(trainer, event, aamir, "7", "A", grain="total")
    assert marks_of(aamir) == [("pre", "total", "A", 7, 8)]

    send(trainer, event, bano, "15", "", grain="total", full=25)
    page = trainer.get(address(event)).content.decode()
    assert 'name="full" inputmode="numeric" autocomplete="off" required value="25"' in page


def test_course_without_forms_takes_totals_once_their_full_marks_are_known(trainer, event, aamir):
    Form.objects.all().delete()
    assert "Marks of the whole test" in trainer.get(address(event)).content.decode()

    refused = send(trainer, event, aamir, "7", "", grain="total")
    assert "Say first how many marks the whole test has." in refused.json()["error"]
    send(trainer, event, aamir, "7", "", grain="total", full=10)
    assert marks_of(aamir) == [("pre", "total", "", 7, 10)]


def test_total_in_the_place_of_answers_says_so(trainer, event, aamir):
    send(trainer, event, aamir, HALF)
    page = trainer.get(f"{address(event)}?grain=total").content.decode()
    assert "answers, form A" in page
    assert "a total typed here takes their place" in page

    send(trainer, event, aamir, "5", "A", grain="total")
    assert marks_of(aamir) == [("pre", "total", "A", 5, 8)]


def test_mixed_grains_are_said_on_the_page(trainer, event, aamir):
    bano = add(event, "Bano")
    send(trainer, event, aamir, HALF)
    send(trainer, event, bano, "5", "A", grain="total")

    assert "Of 2 results 1 is a total only." in trainer.get(address(event)).content.decode()


# --- what stands


def test_test_taken_on_a_device_is_shown_and_never_typed_over(trainer, event, aamir):
    event.cohort.closes = None
    event.cohort.save()
    open_test(event.cohort, Purpose.PRE)
    start(aamir, Purpose.PRE)

    page = trainer.get(address(event)).content.decode()
    assert "Is taking the test on a device now." in page
    assert f"{aamir.uuid}-line" not in page
    refused = send(trainer, event, aamir, HALF)
    assert refused.json()["error"] == (
        f"{aamir.code} Aamir took this test on a device. That result stands."
    )


def test_closed_record_is_read_only(trainer, cast, event, aamir):
    result(aamir, "pre", 11)
    there(event)
    report(event, cast.trainer)

    page = trainer.get(address(event)).content.decode()
    assert "11 of 20" in page
    assert "The record is closed, so nothing can be typed in now." in page
    assert "-line" not in page
    refused = send(trainer, event, aamir, HALF)
    assert (refused.status_code, "was sent for verification" in refused.json()["error"]) == (
        409,
        True,
    )


def test_result_is_taken_back_for_a_reason(trainer, event, aamir):
    send(trainer, event, aamir, HALF)
    url = f"{address(event)}{aamir.uuid}/take-back/"
    assert "4 of 8" in trainer.get(url).content.decode()
    assert marks_of(aamir) != []

    page = trainer.post(url, {"reason": "Typed for the wrong person"}, follow=True)
    assert "The result of Aamir was taken back." in page.content.decode()
    assert marks_of(aamir) == []
    again = trainer.get(url, follow=True).content.decode()
    assert "There is no result to take back." in again


def test_taking_back_needs_a_reason_and_an_open_record(trainer, cast, event, aamir):
    send(trainer, event, aamir, HALF)
    url = f"{address(event)}{aamir.uuid}/take-back/"
    assert trainer.post(url, {"reason": " "}).status_code == 200
    there(event)
    report(event, cast.trainer)
    page = trainer.post(url, {"reason": "Wrong person"}, follow=True)

    assert "was sent for verification" in page.content.decode()
    assert marks_of(aamir) == [("pre", "item", "A", 4, 8)]


def test_observer_reads_and_types_nothing(client, cast, event, aamir):
    Facilitation.objects.create(event=event, person=cast.learner.person, role="observer")
    sign_in(client, cast.learner)
    page = client.get(address(event)).content.decode()

    assert "the trainers of the session type them in" in page
    assert client.post(address(event), fields((aamir, HALF, "A"))).status_code == 404


def test_person_of_another_session_gets_nothing(trainer, cast, event, aamir):
    later = two_days(DAY + dt.timedelta(days=7))
    other = make_event(cast, version=event.cohort.course_version, slots=later)
    stranger = add(other, "Stranger")

    refused = send(trainer, event, stranger, HALF)
    assert refused.json() == {"error": "This person is not in the session any more."}
    url = f"{address(event)}{stranger.uuid}/take-back/"
    assert trainer.post(url, {"reason": "Why not"}).status_code == 404
    assert marks_of(stranger) == []


def test_tests_tab_leads_to_what_is_missing(trainer, event, aamir):
    assert trainer.get(f"/training/{event.uuid}/results/").url == address(event, "pre")
    send(trainer, event, aamir, HALF)

    assert trainer.get(f"/training/{event.uuid}/results/").url == address(event, "post")


def test_session_that_only_counts_has_hands_and_no_results(trainer, cast, event):
    event.counting = "headcount"
    event.save()

    assert trainer.get(address(event)).status_code == 404
    tests = trainer.get(f"/training/{event.uuid}/results/")
    assert tests["Location"] == f"{address(event)}tally/"
    assert trainer.get(address(event).replace("pre", "mid")).status_code == 404


def test_names_are_text(trainer, event):
    add(event, "<b>Robert</b>")

    assert "<b>Robert" not in trainer.get(address(event)).content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(trainer, event, people, django_assert_num_queries):
    for n in range(people):
        one = add(event, f"Person {n}")
        send(trainer, event, one, HALF)
    trainer.get(address(event))  # the questions are frozen now

    with django_assert_num_queries(24):
        trainer.get(address(event))


# --- by sticker -----------------------------------------------------------------------------------


def test_sticker_leads_to_its_row_in_the_same_set_up(trainer, event, aamir):
    scanned = sticker_text(event.uuid, aamir.code).lower()

    response = trainer.get(address(event), {"grain": "total", "sticker": scanned})

    assert response["Location"] == f"{address(event)}?grain=total#p-{aamir.code}"
    page = trainer.get(address(event), {"grain": "total"}).content.decode()
    assert f'id="p-{aamir.code}"' in page
    assert '<input type="hidden" name="grain" value="total">' in page


@pytest.mark.parametrize(
    "typed", ["02-{letter}", "nonsense", "CASCADE:00000000:01-{letter}", "<b>"]
)
def test_sticker_of_nobody_is_named(trainer, event, aamir, typed):
    typed = typed.format(letter=aamir.code[-1])

    response = trainer.get(address(event), {"sticker": typed})

    assert response["Location"] == address(event)
    page = trainer.get(address(event)).content.decode()
    assert f"Nobody on this page has the sticker {escape(typed)}." in page


def test_slip_leads_to_the_page_of_its_test_and_there_to_its_row(trainer, event, aamir):
    scanned = slip_text(event.uuid, "post", "B", aamir.code)

    response = trainer.get(address(event), {"sticker": scanned})
    assert response["Location"].startswith(f"/training/{event.uuid}/results/post/?sticker=")
    response = trainer.get(response["Location"])
    assert response["Location"].endswith(f"/results/post/#p-{aamir.code}")


@pytest.mark.parametrize("end", ["", "X"])
def test_spare_slip_and_one_read_wrong_are_told_apart(trainer, event, aamir, end):
    response = trainer.get(address(event), {"sticker": slip_text(event.uuid, "pre", "A") + end})

    assert response["Location"] == address(event)
    page = trainer.get(address(event)).content.decode()
    assert ("This is a spare slip" in page) is (not end)
    assert ("Nobody on this page has the sticker CASCADE" in page) is bool(end)
