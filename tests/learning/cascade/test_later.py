"""The test some months after a session on paper: typed when the record is closed long ago."""

import datetime as dt
import uuid

import pytest
import time_machine

from learning.attempts.models import Sitting
from learning.cascade.certifying import proposals_of
from learning.cascade.closing import report, verify
from learning.cascade.entering import Line, enter_total, rows_of
from learning.cascade.errors import Refused
from learning.cascade.exporting import columns, record_of
from learning.cascade.later import begun_waves, check_day, open_waves, wave_named
from learning.cascade.overview import steps_of
from learning.cascade.papers_views import tests_of as printed_for
from learning.cascade.stickers import Slip, read_slip, slip_text
from modules.papers.models import Test as Rules
from tests.cast import sign_in
from tests.learning.cascade.making import add, loaded, make_event, result, there

pytestmark = pytest.mark.django_db

WAVE = "retention-3"
JUNE = dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC)  # the session ended on 3 March
DAY = dt.date(2026, 6, 9)
HALF = "---- 1111"


@pytest.fixture(autouse=True)
def in_june():
    with time_machine.travel(JUNE):
        yield


@pytest.fixture
def event(cast, tested_course):
    Rules.objects.create(course_code="tested", purpose="retention")
    event = make_event(cast, version=tested_course.course.versions.get())
    for name, after in (("Aamir", 16), ("Bano", 10), ("Chand", None)):
        enrolment = add(event, name)
        result(enrolment, "pre", 8)
        if after:
            result(enrolment, "post", after)
    there(event)
    report(event, cast.trainer)
    verify(event, cast.programme_admin)
    return loaded(event)


@pytest.fixture
def trainer(client, cast, event):
    return sign_in(client, cast.trainer)


def address(event, test=WAVE) -> str:
    return f"/training/{event.uuid}/results/{test}/"


def people(event) -> list:
    return [row.enrolment for row in rows_of(event, WAVE, "A")]


def send(client, event, one, line, day=DAY, **more):
    """One row, as the script sends it."""
    names = {"line": line, "form": "A", "id": str(uuid.uuid4())}
    data = {f"{one.uuid}-{name}": value for name, value in names.items()}
    data |= {"grain": "item", "day": day.isoformat()} | more
    return client.post(address(event), data, headers={"accept": "application/json"})


def test_only_who_had_the_test_after_the_session_is_asked(event):
    assert [str(one.person) for one in people(event)] == ["Aamir", "Bano"]
    assert [row.label for row in rows_of(event, WAVE, "A")] == ["A", "A"]


def test_answers_are_typed_on_their_day_and_change_nothing_of_the_record(trainer, event):
    aamir, _bano = people(event)
    before = [(line.enrolment.pk, line.mark, line.grade) for line in proposals_of(event)]

    assert send(trainer, event, aamir, HALF).json()["words"] == "4 of 8"

    sitting = Sitting.objects.get(wave=3)
    assert (sitting.test_name, sitting.form_label, sitting.grain) == (WAVE, "A", "item")
    assert sitting.started_at.date() == DAY
    assert before == [(line.enrolment.pk, line.mark, line.grade) for line in proposals_of(event)]
    assert send(trainer, event, aamir, "---- 0011").json()["words"] == "2 of 8"
    assert Sitting.objects.filter(wave=3).count() == 1


@pytest.mark.parametrize("day", [dt.date(2026, 5, 3), dt.date(2026, 6, 11)])
def test_a_day_outside_of_the_wave_or_to_come_is_refused(trainer, event, day):
    answer = send(trainer, event, people(event)[0], "7", day, grain="total", full="8")

    assert answer.status_code == 400
    assert (
        "Say on which day this test was taken: from 4 May 2026 to 10 June 2026."
        in (answer.json()["error"])
    )
    assert not Sitting.objects.filter(wave=3).exists()


def test_totals_and_taking_one_back(trainer, event):
    aamir, bano = people(event)
    send(trainer, event, aamir, "7", grain="total", full="8")

    row = rows_of(event, WAVE, "A")[0]
    assert (row.result.mark.got, row.grain) == (7, "total")
    taken_back = f"{address(event)}{aamir.uuid}/take-back/"
    assert "Test after 3 months" in trainer.get(taken_back).content.decode()
    trainer.post(taken_back, {"reason": "Somebody else's"})
    assert rows_of(event, WAVE, "A")[0].result is None
    send(trainer, event, aamir, "6", grain="total", full="8")
    assert list(Sitting.objects.filter(wave=3).values_list("attempt_no", flat=True)) == [1, 2]
    assert trainer.get(f"{address(event)}{bano.uuid}/take-back/").status_code == 302


def test_the_page_leads_there_and_the_record_stays_closed(trainer, event):
    page = trainer.get(address(event)).content.decode()
    assert "Results: Test after 3 months" in page
    assert 'name="day" type="date" required min="2026-05-04" max="2026-07-03"' in page
    assert "Import them from a spreadsheet" not in page
    before = trainer.get(address(event, "post")).content.decode()
    assert address(event) in before
    assert "The record is closed" in before
    for other in ("retention-6", "retention-4", "retention"):
        assert trainer.get(address(event, other)).status_code == 404
    for part in ("tally/", "second/", "import/"):
        assert trainer.get(f"{address(event)}{part}").status_code == 404


def test_a_cancelled_session_is_never_asked_again(cast, event):
    row = rows_of(event, WAVE, "A")[0]
    event.facts.create(what="cancelled", reason="Flood")

    with pytest.raises(Refused, match="was cancelled"):
        enter_total(loaded(event), row, WAVE, Line(uuid.uuid4(), "7", "A", DAY), 8, None)


def test_waves_that_have_come_and_those_to_print_for(event):
    days = {
        dt.date(2026, 5, 3): ([], [3, 6]),
        DAY: ([3], [3, 6]),
        dt.date(2026, 8, 4): ([3, 6], [6]),
    }

    for day, (begun, to_print) in days.items():
        assert [wave.months for wave in begun_waves(event, day)] == begun
        assert [wave.months for wave in open_waves(event, day)] == to_print
    wave = wave_named(event, WAVE)
    assert check_day(wave, wave.closes, dt.date(2027, 1, 1)) == wave.closes


def test_slips_say_the_wave_and_lead_to_it(trainer, event):
    aamir = people(event)[0]
    scanned = slip_text(event.uuid, WAVE, "A", aamir.code)

    assert ":S:R3:A:" in scanned
    assert read_slip(scanned, event.uuid) == Slip(WAVE, "A", int(aamir.code[:2]))
    assert [test.purpose for test in printed_for(event)] == ["pre", "post", WAVE, "retention-6"]
    found = trainer.get(address(event, "pre"), {"sticker": scanned})
    assert found.url.startswith(address(event))
    pdf = trainer.get(f"/training/{event.uuid}/slips-{WAVE}-A.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_figures_steps_and_the_table_know_of_it(cast, client, event):
    sign_in(client, cast.trainer)
    assert "months_3_got" not in columns(event.held_units)
    send(client, event, people(event)[0], "7", grain="total", full="8")

    page = client.get(f"/training/{event.uuid}/figures/").content.decode()
    assert "Tested again: 1 of 2 people whose test after the course is so long ago (50" in page
    assert "1 person can still take it" in page
    head, *rows = record_of(event)
    assert head[-4:] == [f"months_3_{what}" for what in ("got", "full", "grain", "form")]
    assert [row[-4:] for row in rows][:2] == [[7, 8, "total", "A"], ["", "", "", ""]]
    step = next(one for one in steps_of(event) if one.label == "Test after 3 months")
    assert (step.state, step.words, step.url) == ("half", "1 of 2 people", address(event))
