"""Marking again: nothing changes without a decision, everything that does has its row."""

import uuid
from collections.abc import Sequence
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.attempts import regrading
from learning.attempts.explaining import explain_sitting
from learning.attempts.marking import Given, give_mark, waiting_in
from learning.attempts.models import ScoringRun, Sitting
from learning.attempts.regrades import Regrading
from learning.attempts.regrading import (
    CannotRegrade,
    Choice,
    concerned_by,
    decide,
    done_by,
    go_on,
    go_on_with_all,
    last_marked_again,
    plan,
    versions_asked,
)
from learning.attempts.results import result_of
from learning.attempts.scoring import item_marks, totals_of
from learning.attempts.taking import hand_in, save_answer, start
from learning.enrolment.models import Cohort, Enrolment
from learning.people.models import Person, Programme
from modules.papers.models import Purpose
from modules.questions.freezing import freeze
from modules.questions.models import Question
from tests.cast import Cast
from tests.learning.attempts.sitting import answer, make_tested_course, position_of
from tests.modules.questions.making import make
from tests.modules.questions.samples import OPTIONS

pytestmark = pytest.mark.django_db

KINDS = ("single", "truefalse", "short")
KEY = "tested-a-single"
How = Regrading.How
# What people answered in the single choice: the key says b.
GIVEN = ("b", "a", "a", "c")


@pytest.fixture(scope="module")
def made(made_once) -> list[int]:
    """Four pre-tests on form A handed in, of one cohort."""
    cast = Cast()
    page = make_tested_course(kinds=KINDS)
    version = page.course.versions.get()
    cohort = Cohort.objects.create(programme=cast.programme, course_version=version)
    return [sat(cohort, {"single": one, "truefalse": "false"}).pk for one in GIVEN]


@pytest.fixture
def cast(db, made) -> Cast:
    found = Cast()
    vars(found)["programme"] = Programme.objects.get(code="test-programme")
    return found


@pytest.fixture
def sittings(db, made) -> list[Sitting]:
    return [Sitting.objects.get(pk=pk) for pk in made]


def sat(cohort: Cohort, given: dict[str, str], *, is_open: bool = False) -> Sitting:
    """Somebody new with these answers on form A."""
    enrolment = Enrolment.objects.create(
        cohort=cohort, person=Person.objects.create(names={"Latn": "Nn"}), first_form="A"
    )
    sitting = start(enrolment, Purpose.PRE)
    for kind, response in given.items():
        save_answer(sitting, answer(sitting, position_of(sitting, kind), response))
    return sitting if is_open else hand_in(sitting, None)


def mend(right: str = "a", key: str = KEY, options: Sequence[dict] = OPTIONS) -> None:
    """The question in the bank gets another key."""
    Question.objects.filter(key=key).delete()
    changed = [option | {"correct": option["key"] == right} for option in options]
    make(key, "single", use="test", options=changed)


def marks(sittings: Sequence[Sitting]) -> list[Fraction]:
    return [result_of(sitting).mark.got for sitting in sittings]


def choice(how: str = How.VERSION, to_n: int | None = None, **changes) -> Choice:
    return Choice(**{"question": KEY, "from_ns": (1,), "how": how, "to_n": to_n} | changes)


def regrade(cast: Cast, chosen: Choice, reason: str = "The key was wrong.") -> Regrading:
    digest = plan(chosen).digest
    made = decide(chosen, reason, cast.system_admin, uuid.uuid4(), digest)
    go_on(made)
    return made


# --- without a decision --------------------------------------------------------------------------


def test_an_edited_key_changes_no_mark(sittings):
    before = marks(sittings)
    mend("a")
    freeze(KEY)

    assert before == [2, 1, 1, 1]
    assert marks(sittings) == before
    assert [totals_of(item_marks(one))["num"] for one in sittings] == before
    assert ScoringRun.objects.count() == 4


def test_looking_changes_nothing(sittings):
    mend("a")
    shown = plan(choice())

    assert [(c.before.got, c.after.got) for c in shown.changes] == [(2, 1), (1, 2), (1, 2), (1, 1)]
    assert len(shown.changed) == 3
    assert ScoringRun.objects.count() == 4
    assert not Regrading.objects.exists()


# --- with one ------------------------------------------------------------------------------------


def test_every_change_has_its_row(cast, sittings):
    before = marks(sittings)
    mend("a")
    made = regrade(cast, choice())

    assert marks(sittings) == [1, 2, 2, 1]
    assert made.to_n == 2
    assert made.finished_at is not None
    rows = done_by(made)
    assert [(row.sitting.pk, row.before.got, row.after.got) for row in rows] == [
        (one.pk, old, new) for one, old, new in zip(sittings, before, marks(sittings), strict=True)
    ]
    for run in made.runs.all():
        assert (run.n, run.reason, run.by) == (2, "regrade", cast.system_admin)
    assert ScoringRun.objects.filter(n=1).count() == 4  # the old ones are kept


def test_marks_in_force_are_those_of_a_replay(cast, sittings):
    mend("a")
    regrade(cast, choice())
    for sitting in sittings:
        run = sitting.scoring_runs.order_by("-n").first()
        again = totals_of(item_marks(sitting))
        assert {name: getattr(run, name) for name in again} == again


def test_twice_is_once(cast, sittings):
    mend("a")
    shown, key = plan(choice()), uuid.uuid4()
    first = decide(choice(), "Why", cast.system_admin, key, shown.digest)
    go_on(first)
    second = decide(choice(), "Why", cast.system_admin, key, shown.digest)

    assert second == first
    assert go_on(second) == []
    assert Regrading.objects.count() == 1
    assert ScoringRun.objects.count() == 8


def test_the_database_keeps_a_second_run_of_one_decision_out(cast, sittings):
    made = regrade(cast, choice(How.FULL))
    run = made.runs.first()
    with pytest.raises(IntegrityError, match=r"regraded_once|UNIQUE"), transaction.atomic():
        ScoringRun.objects.create(
            **{
                field.attname: getattr(run, field.attname)
                for field in ScoringRun._meta.concrete_fields
                if field.name not in {"id", "n"}
            },
            n=99,
        )


def test_interrupted_it_goes_on_where_it_was(cast, sittings, monkeypatch):
    mend("a")
    made = decide(choice(), "Why", cast.system_admin, uuid.uuid4(), plan(choice()).digest)
    whole, calls = regrading.score, []

    def dies(*args):
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return whole(*args)

    monkeypatch.setattr(regrading, "score", dies)
    with pytest.raises(KeyboardInterrupt):
        go_on(made)
    assert (made.runs.count(), made.finished_at) == (2, None)
    assert go_on_with_all() == 2
    made.refresh_from_db()
    assert made.finished_at is not None
    assert marks(sittings) == [1, 2, 2, 1]
    assert ScoringRun.objects.count() == 8
    assert go_on_with_all() == 0


def test_in_batches(cast, sittings):
    made = decide(
        choice(How.FULL), "W", cast.system_admin, uuid.uuid4(), plan(choice(How.FULL)).digest
    )

    assert [len(go_on(made, most=3)), made.finished_at] == [3, None]
    assert len(go_on(made, most=3)) == 1
    assert made.finished_at is not None


def test_everybody_gets_the_full_mark(cast, sittings):
    regrade(cast, choice(How.FULL))

    assert marks(sittings) == [2, 2, 2, 2]
    assert {result_of(one).mark.full for one in sittings} == {3}


def test_left_out_it_counts_for_nobody(cast, sittings):
    regrade(cast, choice(How.OUT))

    assert marks(sittings) == [1, 1, 1, 1]
    assert {result_of(one).mark.full for one in sittings} == {2}


def test_a_later_decision_replaces_an_earlier_one(cast, sittings):
    regrade(cast, choice(How.OUT))
    regrade(cast, choice(How.FULL))

    assert marks(sittings) == [2, 2, 2, 2]
    assert [run.n for run in sittings[0].scoring_runs.all()] == [1, 2, 3]


def test_a_mark_by_hand_afterwards_keeps_to_the_decision(cast, made, sittings):
    cohort = sittings[0].enrolment.cohort
    late = sat(cohort, {"single": "a", "short": "It helps."})
    mend("a")
    regrade(cast, choice())
    [waiting] = waiting_in(Sitting.objects.all())
    [one] = waiting.answers
    give_mark(one, Given(Fraction(1, 2)), cast.trainer, uuid.uuid4())

    assert result_of(late).mark.got == Fraction(3, 2)
    assert [run.reason for run in late.scoring_runs.all()] == ["handed_in", "regrade", "hand_mark"]


def test_who_hands_in_afterwards_is_marked_by_the_decision_at_once(cast, sittings):
    cohort = sittings[0].enrolment.cohort
    running = sat(cohort, {"single": "a"}, is_open=True)
    mend("a")
    shown = plan(choice())
    made = regrade(cast, choice())
    hand_in(running, None)

    assert shown.running == 1
    assert result_of(running).mark.got == 1
    go_on(made)
    assert running.scoring_runs.count() == 1  # nothing left to do for it


def test_the_decision_holds_in_its_programme_alone(cast, sittings):
    other = Programme.objects.create(code="other", area=cast.cambodia, names={"en": "Other"})
    version = sittings[0].enrolment.cohort.course_version
    elsewhere = sat(Cohort.objects.create(programme=other, course_version=version), {"single": "a"})
    own = sittings[0].enrolment.cohort.programme
    regrade(cast, choice(How.FULL, programme=own))

    assert result_of(elsewhere).mark.got == 0
    assert elsewhere.scoring_runs.count() == 1
    assert marks(sittings) == [2, 2, 2, 2]
    later = sat(elsewhere.enrolment.cohort, {"single": "a"})
    assert result_of(later).mark.got == 0
    assert versions_asked(KEY, Programme.objects.filter(pk=other.pk)) == {1: 2}


def test_of_a_question_given_away_nothing_waits_for_a_person(cast, sittings):
    cohort = sittings[0].enrolment.cohort
    late = sat(cohort, {"short": "It helps."})
    assert result_of(late).mark.unmarked == 1
    regrade(cast, choice(How.FULL, question="tested-a-short"))

    assert result_of(late).mark.unmarked == 0
    assert result_of(late).mark.got == 1
    assert waiting_in(Sitting.objects.all()) == []


# --- what is left alone --------------------------------------------------------------------------


def test_totals_erased_and_taken_back_stay_as_they_are(cast, sittings):
    total, erased, back, _last = sittings
    Sitting.objects.filter(pk=total.pk).update(grain="total")
    Person.objects.filter(enrolments=erased.enrolment).update(erased_at=timezone.now())
    Sitting.objects.filter(pk=back.pk).update(
        taken_back_at=timezone.now(), taken_back_why="Wrong person"
    )
    shown = plan(choice(How.FULL))
    regrade(cast, choice(How.FULL))

    assert (shown.totals, shown.erased, len(shown.changes)) == (1, 1, 1)
    assert [one.scoring_runs.count() for one in sittings] == [1, 1, 1, 2]


def test_practice_is_counted_nowhere_and_stays(cast, sittings):
    mend()
    Sitting.objects.filter(pk=sittings[0].pk).update(purpose=Purpose.PRACTICE)

    decision = regrade(cast, choice())

    assert [run.sitting_id for run in ScoringRun.objects.filter(regrading=decision)] == [
        one.pk for one in sittings[1:]
    ]


def test_a_key_that_is_part_of_another_is_not_taken_for_it(sittings):
    found = concerned_by(Regrading(question_key="tested-a-sing", from_ns=[1], how=How.FULL))

    assert (found.to_mark, found.running) == ([], [])


# --- refusals ------------------------------------------------------------------------------------


def refused(chosen: Choice) -> str:
    with pytest.raises(CannotRegrade) as why:
        plan(chosen)
    return why.value.code


def test_other_parts_are_refused(sittings):
    mend("b", options=OPTIONS[:3])

    assert refused(choice()) == "other_parts"


def test_another_kind_is_refused(sittings):
    Question.objects.filter(key=KEY).delete()
    make(KEY, "truefalse", use="test")

    assert refused(choice()) == "other_parts"


def test_by_itself_is_refused(cast, sittings):
    assert refused(choice(to_n=1)) == "same"
    digest = plan(choice()).digest
    with pytest.raises(CannotRegrade, match="same"):  # the question is still what was asked
        decide(choice(), "Why", cast.system_admin, uuid.uuid4(), digest)
    assert not Regrading.objects.exists()


def test_where_nobody_was_asked_it_is_refused(sittings):
    assert refused(choice(How.FULL, from_ns=(7,))) == "nobody"
    assert refused(choice(to_n=9)) == "nobody"


def test_other_numbers_than_were_shown_are_refused(cast, sittings):
    running = sat(sittings[0].enrolment.cohort, {"single": "a"}, is_open=True)
    mend("a")
    digest = plan(choice()).digest
    hand_in(running, None)
    with pytest.raises(CannotRegrade, match="stale"):
        decide(choice(), "Why", cast.system_admin, uuid.uuid4(), digest)

    assert not Regrading.objects.exists()


def test_another_edit_than_was_shown_is_refused(sittings):
    mend("a")
    digest = plan(choice()).digest
    mend("c")

    assert plan(choice()).digest != digest


# --- what its person reads -----------------------------------------------------------------------


def test_the_person_reads_old_and_new_marks(cast, sittings):
    mend("a")
    regrade(cast, choice(), "Option a is right as well.")
    told = [last_marked_again(one) for one in sittings]

    assert [(one.before.got, one.after.got) for one in told[:3]] == [(2, 1), (1, 2), (1, 2)]
    assert told[0].run.regrading.reason == "Option a is right as well."
    assert told[3] is None  # nothing changed for her


@pytest.mark.parametrize(
    ("how", "got", "full"), [(How.VERSION, 0, 1), ("full", 1, 1), ("out", 0, 0)]
)
def test_question_by_question_it_stands_as_it_is_marked_now(cast, sittings, how, got, full):
    mend("a")
    regrade(cast, choice(how))
    [single, *_others] = explain_sitting(sittings[0], "en", "/")

    assert (single.got, single.full, single.decided) == (got, full, how)


def test_queries_of_a_plan_do_not_grow(sittings, django_assert_num_queries):
    for n in (4, 5):
        with django_assert_num_queries(7):
            assert len(plan(choice(How.FULL)).changes) == n
        sat(sittings[0].enrolment.cohort, {"single": "a"})
