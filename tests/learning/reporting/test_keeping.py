"""The table of responses: what it holds, and that it keeps up with the record."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from django.core.management import call_command
from django.utils import timezone

from learning.attempts.models import Answer, ScoringRun, Sitting
from learning.attempts.regrades import Regrading
from learning.privacy.erasing import erase_person
from learning.reporting import keeping
from learning.reporting.coding import NOTHING
from learning.reporting.columns import (
    EARNED,
    GIVEN,
    merged,
    no_responses,
    without,
)
from learning.reporting.keeping import responses_now
from tests.cast import Cast
from tests.learning.reporting.making import make_cohort
from tests.learning.reporting.sitting_forms import START, make_forms, sit_form

RIGHT, WRONG = 2, 1  # the numbers of "b" and "a"


@pytest.fixture(scope="module")
def whole(made_once):
    """Three people on form A with 6, 1 and no right answers, of six."""
    cast = Cast()
    _page, version = make_forms()
    cohort = make_cohort(cast, version=version)
    return cohort, sit_form(cohort, "A", [6, 1, 0])


@pytest.fixture
def sittings(db, whole, settings, tmp_path):
    settings.VAR = tmp_path
    return whole[1]


@pytest.fixture
def cohort(whole):
    return whole[0]


def rows_of(table, sitting):
    """(question, share, state, chosen) of one sitting, by position."""
    place = int(np.flatnonzero(table.sittings.pk == sitting.pk)[0])
    rows = table.rows
    return [
        (
            str(table.questions.key[rows.question[row]]),
            rows.share[row],
            rows.state[row],
            rows.chosen[row],
        )
        for row in np.flatnonzero(rows.sitting == place)
    ]


def run_again(sitting, **about):
    n = ScoringRun.objects.filter(sitting=sitting).count() + 1
    fields = {"num": 0, "den": 1, "full_num": 6, "full_den": 1, "by_outcome": {}, "unmarked": 0}
    return ScoringRun.objects.create(
        sitting=sitting, n=n, rules_version="1", **fields | {"reason": "hand_mark"} | about
    )


def counting(monkeypatch):
    """Which sittings are read from the record."""
    read, itemise = [], keeping.itemise

    def watched(sittings):
        read.extend(sitting.pk for sitting in sittings)
        return itemise(sittings)

    monkeypatch.setattr(keeping, "itemise", watched)
    return read


def test_a_row_for_every_response(sittings):
    table = responses_now().table

    assert table.sittings.pk.tolist() == [sitting.pk for sitting in sittings]
    assert set(table.sittings.lang) == {"en"}
    assert len(table.rows) == 18
    names = ["fo-1", "fo-2", "fo-3", "fo-4", "fo-5", "fo-a"]
    assert rows_of(table, sittings[1]) == [
        (name, float(place == 0), EARNED, RIGHT if place == 0 else WRONG)
        for place, name in enumerate(names)
    ]


def test_what_was_not_answered_is_omitted(sittings):
    Answer.objects.filter(sitting=sittings[0], position=2).delete()

    assert rows_of(responses_now().table, sittings[0])[1] == ("fo-2", 0, EARNED, NOTHING)


def test_nothing_is_read_twice(sittings, monkeypatch, django_assert_num_queries):
    first = responses_now().table
    read = counting(monkeypatch)

    with django_assert_num_queries(3):
        again = responses_now().table
    assert read == []
    assert again.rows.share.tolist() == first.rows.share.tolist()


def test_only_what_was_marked_since_is_read(sittings, cohort, monkeypatch):
    responses_now()
    read = counting(monkeypatch)
    run_again(sittings[1])
    (new,) = sit_form(cohort, "B", [3], start=START + dt.timedelta(days=1))
    table = responses_now().table

    assert sorted(read) == [sittings[1].pk, new.pk]
    assert len(table.sittings) == 4
    assert [name for name, *_rest in rows_of(table, new)][-1] == "fo-b"
    assert len(rows_of(table, sittings[1])) == 6


def test_a_regraded_sitting_has_its_new_marks(sittings):
    responses_now()
    Regrading.objects.create(
        question_key="fo-1", from_ns=[1], how="full", reason="The key was wrong", by=None
    )
    run_again(sittings[2], reason="regrade")
    name, share, state, chosen = rows_of(responses_now().table, sittings[2])[0]

    assert (name, state, chosen) == ("fo-1", GIVEN, WRONG)
    assert np.isnan(share)


def test_a_run_that_appears_behind_a_newer_one_is_found(sittings, monkeypatch):
    run = run_again(sittings[0])
    run_again(sittings[1])
    ScoringRun.objects.filter(pk=run.pk).delete()
    responses_now()
    read = counting(monkeypatch)
    run.save(force_insert=True)
    responses_now()

    assert read == [sittings[0].pk]


def test_a_request_adds_some_and_the_next_goes_on(sittings):
    first, second = responses_now(at_most=2), responses_now(at_most=2)

    assert (len(first.table.sittings), first.behind) == (2, 1)
    assert (len(second.table.sittings), second.behind) == (3, 0)


def test_practice_totals_and_open_tests_are_no_rows(sittings, cohort):
    sit_form(cohort, "A", [1], purpose="practice")
    sit_form(cohort, "A", [1], grain="total")
    sit_form(cohort, "A", [1], handed_in_at=None, handed_in_by="")

    assert len(responses_now().table.sittings) == 3


def test_tests_taken_back_stay_since_they_may_come_back(sittings):
    Sitting.objects.filter(pk=sittings[0].pk).update(
        taken_back_at=timezone.now(), taken_back_why="Wrong person"
    )

    assert sittings[0].pk in responses_now().table.sittings.pk


def test_a_sitting_that_is_gone_leaves_the_table(sittings):
    responses_now()
    ScoringRun.objects.filter(sitting=sittings[1]).delete()

    assert responses_now().table.sittings.pk.tolist() == [sittings[0].pk, sittings[2].pk]


def test_erasing_a_person_empties_the_file(sittings, django_capture_on_commit_callbacks):
    responses_now()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(sittings[0].enrolment.person)
    table, _mark = keeping._load()

    assert table.sittings.pk.tolist() == [sittings[1].pk, sittings[2].pk]
    assert len(table.rows) == 12


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_made_anew(sittings, content):
    responses_now()
    (keeping.folder() / "table.npz").write_bytes(content)

    assert len(responses_now().table.sittings) == 3


def test_a_file_of_another_format_is_made_anew(sittings, monkeypatch):
    responses_now()
    read = counting(monkeypatch)
    monkeypatch.setattr(keeping, "FORMAT", "0/0")
    responses_now()

    assert len(read) == 3


def test_a_file_whose_columns_disagree_is_made_anew(sittings, monkeypatch):
    table = responses_now().table
    broken = without(table, [sittings[0].pk])
    keeping._save(type(table)(broken.sittings, table.questions, table.rows), keeping.Mark())
    read = counting(monkeypatch)
    responses_now()

    assert len(read) == 3


def test_a_file_of_another_record_is_made_anew(sittings, monkeypatch):
    """As after a backup was put back: the same keys, other runs."""
    responses_now()
    newest = ScoringRun.objects.latest("pk")
    ScoringRun.objects.filter(pk=newest.pk).update(made_at=START)
    read = counting(monkeypatch)
    responses_now()

    assert len(read) == 3


def test_before_anything_is_read_the_table_is_empty(sittings):
    kept = responses_now(at_most=0)

    assert (len(kept.table.sittings), len(kept.table.rows), kept.behind) == (0, 0, 3)


# --- the file alone ------------------------------------------------------------------------------


def save_often():
    for _ in range(20):
        with keeping._alone():
            _table, mark = keeping._load() or (None, keeping.Mark())
            keeping._save(no_responses(), keeping.Mark(runs=mark.runs + 1))


def test_two_at_the_same_time_lose_nothing(settings, tmp_path):
    settings.VAR = tmp_path
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(save_often) for _ in range(2)]:
            done.result()

    assert keeping._load()[1].runs == 40
    assert sorted(path.name for path in keeping.folder().iterdir()) == ["lock", "table.npz"]


def test_merging_nothing_is_nothing():
    assert len(merged([no_responses(), no_responses()]).rows) == 0


def test_the_command_reads_all(sittings, monkeypatch, capsys):
    monkeypatch.setattr(keeping.responses_now, "__defaults__", (2,))
    call_command("renew_responses")

    assert capsys.readouterr().out == "Tests: 1 to go.\nTests: 3 in the table.\n"
