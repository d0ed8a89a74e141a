"""Which of several attempts counts, the exact mean among them; award and reports agree."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from learning.attempts.results import Mark, choose, counted_result
from learning.attempts.taking import hand_in, save_answer, start
from learning.certificates.issuing import evidence_of
from learning.enrolment.models import Enrolment
from learning.reporting.gathering import gather
from learning.reporting.groups import groups_for
from learning.reporting.stages import Stage
from modules.papers.models import Purpose
from modules.papers.models import Test as Rules
from tests.cast import sign_in
from tests.learning.attempts.sitting import answer, enrol, position_of


@dataclass(frozen=True)
class Attempt:
    mark: Mark


def attempts(*marks: tuple[int, int]) -> list[Attempt]:
    return [Attempt(Mark(Fraction(got), Fraction(full), 0)) for got, full in marks]


@pytest.mark.parametrize(
    ("counts", "share", "which"),
    [
        ("first", Fraction(1, 2), 0),
        ("best", Fraction(4, 5), 1),
        ("last", Fraction(3, 5), 2),
        ("mean", Fraction(19, 30), 2),
    ],
)
def test_which_attempt_counts(counts, share, which):
    found = attempts((10, 20), (8, 10), (6, 10))
    mark, attempt = choose(found, counts)

    assert mark.share == share
    assert mark.full == found[which].mark.full
    assert attempt is found[which]


def test_a_mean_is_certain_once_all_are_marked():
    open_ = Attempt(Mark(Fraction(1), Fraction(2), 1))

    assert not choose([open_, *attempts((1, 1))], "mean")[0].is_final
    assert choose([open_, *attempts((1, 1))], "last")[0].is_final


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=9))
def test_a_mean_is_exact_and_lies_within(gots):
    found = attempts(*((got, 20) for got in gots))
    mean = choose(found, "mean")[0].share

    assert mean * 20 * len(gots) == sum(gots)
    assert min(gots) <= mean * 20 <= max(gots)


# --- award and reports


@pytest.fixture
def twice(db, cast, tested_course) -> Enrolment:
    """Two attempts: one of eight marks, then three."""
    enrolment = enrol(cast.learner, tested_course)
    now = timezone.now()
    for right, when in ((["single"], now - timedelta(days=8)), (["single", "numeric"], now)):
        sitting = start(enrolment, Purpose.POST, when)
        for kind in right:
            response = {"single": "b", "numeric": "73.3"}[kind]
            position = position_of(sitting, kind)
            save_answer(sitting, answer(sitting, position, response), when)
        hand_in(sitting, None, when)
    return enrolment


@pytest.mark.parametrize(
    ("counts", "share"),
    [("first", (1, 8)), ("last", (2, 8)), ("best", (2, 8)), ("mean", (3, 16))],
)
def test_award_and_reports_speak_of_one_mark(cast, twice, counts, share):
    Rules.objects.filter(purpose="post").update(counts=counts)
    [line] = gather(Enrolment.objects.all(), groups_for(cast.system_admin))
    evidence = evidence_of(twice)

    assert evidence.mark == line.after == counted_result(twice)[0]
    assert evidence.mark.share == Fraction(*share)


@pytest.mark.parametrize(("pass_mark", "passes"), [(18, True), (19, False)])
def test_a_mean_is_compared_exactly(cast, twice, pass_mark, passes):
    """3 of 16 are 18.75 per cent: enough for 18, and never rounded up to 19."""
    Rules.objects.filter(purpose="post").update(counts="mean")
    version = twice.cohort.course_version
    version.award_rules.create(pass_mark=pass_mark, effective_from="2020-01-01")
    [line] = gather(Enrolment.objects.all(), groups_for(cast.system_admin))

    assert (Stage.PASSED in line.stages) is passes


def test_result_says_what_the_mean_comes_to(cast, client, twice):
    Rules.objects.filter(purpose="post").update(counts="mean")
    sign_in(client, cast.learner)
    last = twice.sittings.last()
    page = client.get(f"/tests/{last.uuid}/result/").content.decode()

    assert "The mean of your attempts counts: it is 18 per cent now." in page
    assert "Another attempt of yours counts" not in page
    assert "The mean of all counts." in client.get("/courses/tested/tests/post/").content.decode()
