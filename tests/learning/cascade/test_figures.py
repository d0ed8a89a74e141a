"""What a session achieved: pairs, gain with its interval, outcomes, cautions."""

import datetime as dt
import re
import uuid
from fractions import Fraction

import pytest

from learning.attempts.keying import key_answers, key_total, paper_questions, read_keys
from learning.attempts.models import Sitting
from learning.attempts.taking import hand_in, save_answer, start
from learning.cascade.figures import figures_of
from learning.cascade.wording import cautions_on, verdict_on
from modules.papers.contents import Blueprint, Form
from modules.papers.models import Purpose
from modules.papers.models import Test as CourseTest
from tests.cast import sign_in
from tests.learning.attempts.sitting import answer, open_test, position_of
from tests.learning.cascade.making import DAY, add, crowd, loaded, make_event, note, there

pytestmark = pytest.mark.django_db

MORNING = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
EVENING = MORNING + dt.timedelta(days=1, hours=8)


@pytest.fixture
def event(cast, tested_course):
    return make_event(cast, version=tested_course.course.versions.get())


def total(enrolment, purpose, got, full=20, label="", at=None) -> Sitting:
    at = at or (MORNING if purpose == "pre" else EVENING)
    return key_total(
        enrolment, purpose, label, Fraction(got), full, None, line_id=uuid.uuid4(), sat_at=at
    )


def answers(enrolment, purpose, line, label) -> Sitting:
    keyed = read_keys(line, paper_questions(Form.objects.get(label=label)))
    at = MORNING if purpose == "pre" else EVENING
    return key_answers(enrolment, purpose, label, keyed, None, line_id=uuid.uuid4(), sat_at=at)


def both(event, name, before, after, **how):
    enrolment = add(event, name)
    total(enrolment, "pre", before, **how)
    total(enrolment, "post", after, **how)
    return enrolment


def ten_people(event, **how) -> None:
    """All had 40 of 100 before; they gain 10, 20 or 30 points, 20 on average."""
    for one, gain in zip(crowd(event, 10), (2, 4, 6, 2, 4, 6, 2, 4, 6, 4), strict=True):
        total(one, "pre", 8, **how)
        total(one, "post", 8 + gain, **how)


def test_gain_of_ten_with_its_interval(event):
    """By hand: s = 8.165 points, t(9) = 2.2622, so 20 ± 2.2622 * 8.165 / √10 = 20 ± 5.84."""
    ten_people(event)
    figures = figures_of(event)

    assert (figures.before, figures.after) == (Fraction(2, 5), Fraction(3, 5))
    assert figures.gain.ci == pytest.approx((14.159, 25.841), abs=0.001)
    assert figures.gain.d_av == pytest.approx(20 / (66.6667 / 2) ** 0.5, abs=0.001)
    assert (figures.median_before, figures.median_after) == (Fraction(2, 5), Fraction(3, 5))
    assert verdict_on(figures).tone == "rise"
    assert verdict_on(figures).text == (
        "On average participants answered 40 of 100 before and 60 after. We are 95 per cent sure"
        " that the true gain is 14 to 26 points. 10 of 10 participants have a result of both tests."
    )
    assert cautions_on(figures) == [
        "Only totals were typed in, so nothing can be said of single outcomes."
    ]


@pytest.mark.parametrize(
    ("gains", "tone", "words"),
    [
        ((-2, -4, -6, -2, -4, -6, -2, -4, -6, -4), "fall", "marks fell, by 14 to 26 points."),
        ((-2, 4, -6, 2, -4, 6, -2, 4, -6, 4), "open", "This may be chance: the true change lies"),
    ],
)
def test_marks_that_fell_or_stood_are_said_plainly(event, gains, tone, words):
    for one, gain in zip(crowd(event, 10), gains, strict=True):
        total(one, "pre", 8)
        total(one, "post", 8 + gain)

    assert verdict_on(figures_of(event)).tone == tone
    assert words in verdict_on(figures_of(event)).text


def test_few_people_get_means_and_no_interval(event):
    both(event, "Aamir", 8, 16)
    both(event, "Bano", 6, 10)
    figures = figures_of(event)

    assert (figures.before, figures.after, figures.gain.ci) == (
        Fraction(7, 20),
        Fraction(13, 20),
        None,
    )
    assert verdict_on(figures).tone == "few"
    assert "On average the 2 people" in verdict_on(figures).text
    assert "Few people have a result of both tests." in cautions_on(figures)[0]


def test_who_lacks_a_test_counts_once_and_is_no_pair(event):
    both(event, "Aamir", 8, 16)
    total(add(event, "Bano"), "pre", 2)
    total(add(event, "Chand"), "post", 20)
    add(event, "Danish")
    figures = figures_of(event)

    assert (figures.gain.n_pre, figures.gain.n_post, figures.gain.n_matched) == (2, 2, 1)
    assert (figures.before, figures.match_rate) == (Fraction(2, 5), Fraction(1, 4))
    assert (figures.passed_after, len(figures.shares_after)) == (2, 2)
    assert "2 results before, 2 after, 1 in both" in " ".join(cautions_on(figures))


def test_second_test_taken_first_is_no_pair(event):
    enrolment = add(event, "Aamir")
    total(enrolment, "pre", 8, at=EVENING)
    total(enrolment, "post", 16, at=MORNING)
    figures = figures_of(event)

    assert figures.pairs == []
    assert (figures.gain.n_pre, figures.gain.n_post, figures.gain.n_matched) == (1, 1, 0)
    assert verdict_on(figures).tone == "none"


def test_mark_that_is_not_final_waits(event):
    enrolment = add(event, "Aamir")
    total(enrolment, "pre", 8)
    moment = dt.datetime.combine(DAY, dt.time(12), dt.UTC)
    open_test(event.cohort, Purpose.POST)
    sitting = start(enrolment, Purpose.POST, moment)
    save_answer(sitting, answer(sitting, position_of(sitting, "short"), "Words"), moment)
    hand_in(sitting, None, moment)
    figures = figures_of(event)

    assert figures.pairs == []
    assert (figures.waiting, figures.gain.n_post) == (1, 0)
    assert "1 person has an answer that is still to be marked" in " ".join(cautions_on(figures))


def test_outcomes_rest_on_those_whose_answers_are_known(event):
    aamir, bano = add(event, "Aamir"), add(event, "Bano")
    for enrolment, before, after in ((aamir, "0000", "1111"), (bano, "1100", "1511")):
        answers(enrolment, "pre", f"---- {before}", "A")
        answers(enrolment, "post", f"---- {after}", "B")
    both(event, "Chand", 8, 16)
    figures = figures_of(event)

    [outcome] = figures.outcomes
    assert (outcome.code, outcome.n, outcome.questions) == ("CO1", 2, 8)
    assert (outcome.before, outcome.after) == (Fraction(1, 8), Fraction(15, 32))
    assert (outcome.mastered_before, outcome.mastered_after) == (0, 0)
    assert outcome.title == "Apply it"
    assert "rest on 2 of 3." in " ".join(cautions_on(figures))


def test_mastery_is_four_fifths_of_the_marks_exactly(event, monkeypatch):
    """Of 8 marks: 6½ are more than 80 per cent, 6 are less."""
    for n, (before, after) in enumerate((("0000", "1111"), ("0000", "1111"), ("1111", "1111"))):
        enrolment = add(event, f"Person {n}")
        answers(enrolment, "pre", f"---- {before}", "A")
        answers(enrolment, "post", f"---- {after}", "B")
    monkeypatch.setattr("learning.cascade.figures.MASTERED", 50)
    [outcome] = figures_of(event).outcomes

    assert (outcome.mastered_before, outcome.mastered_after) == (1, 3)
    assert outcome.mastery.share_post == 1


def test_too_few_questions_say_nothing_of_mastery(event, monkeypatch):
    enrolment = add(event, "Aamir")
    answers(enrolment, "pre", "---- 0000", "A")
    answers(enrolment, "post", "---- 1111", "B")
    monkeypatch.setattr("learning.cascade.figures.FEWEST_QUESTIONS", 9)

    assert figures_of(event).outcomes[0].mastery is None


def test_same_form_twice_is_a_caution(event):
    ten_people(event, label="A")

    assert "a part of the gain would be there without any training" in " ".join(
        cautions_on(figures_of(event))
    )


def test_another_test_on_one_side_is_a_caution(event):
    enrolment = add(event, "Aamir")
    total(enrolment, "pre", 8, label="A")
    total(enrolment, "post", 16)

    assert "For 1 person one of the two tests was no form" in cautions_on(figures_of(event))[-1]


def test_a_paper_from_a_pool_is_a_test_of_the_course(event):
    blueprint = Blueprint.objects.create(course_code="tested", key="main")
    blueprint.cells.create(outcome="CO1", level="apply", count=1)
    blueprint.pool.create(question_key="tested-a-single")
    tests = CourseTest.objects.filter(course_code="tested", purpose="post")
    tests.update(drawing="pool", blueprint=blueprint)
    enrolment = add(event, "Aamir")
    total(enrolment, "pre", 8, label="A")
    open_test(event.cohort, Purpose.POST)
    hand_in(start(enrolment, Purpose.POST, EVENING), None, EVENING)

    found = figures_of(event)

    assert len(found.pairs) == 1
    assert not [caution for caution in cautions_on(found) if "was no form" in caution]


# --- the page


def page_of(client, event) -> str:
    return client.get(f"/training/{event.uuid}/figures/").content.decode()


def test_page_shows_the_figures_and_everybody_by_sticker(client, cast, event):
    ten_people(event)
    total(add(event, "Late"), "post", 20)
    there(event)
    sign_in(client, cast.trainer)
    page = page_of(client, event)

    assert "We are 95 per cent sure that the true gain is 14 to 26 points." in page
    assert '<bdi dir="ltr">14 … 26</bdi>' in page
    assert "Reached the pass mark of 70 per cent in the post-test" in page
    assert '4 of 11 <bdi dir="ltr">(36%)</bdi>' in page
    assert re.search(r'data-label="After">100 t\s*</td>', page)
    assert page.count('<bdi dir="ltr">+20</bdi>') == 5  # four people, the chart's table


def test_table_has_exact_means_and_those_whom_no_second_test_is_known_of(client, cast, event):
    both(event, "Aamir", 7, 14, full=15)
    both(event, "Bano", 8, 12, full=15)
    total(add(event, "Early"), "pre", 3, full=15)
    there(event)
    sign_in(client, cast.trainer)
    page = page_of(client, event)

    assert re.search(r"Mean before, per cent of the marks</th><td[^>]*>50\.0<", page)
    assert re.search(r"Mean after</th><td[^>]*>86\.7<", page)
    assert re.search(r'Mean gain, points</th><td[^>]*><bdi dir="ltr">\+36\.7<', page)
    assert re.search(r"Mean before of 1 other person[^<]*</th><td[^>]*>20\.0<", page)


def test_page_without_results_says_so(client, cast, event):
    sign_in(client, cast.trainer)
    assert "Nobody is registered yet" in page_of(client, event)

    add(event, "Aamir")
    assert "Nobody has a result of both tests yet" in page_of(client, event)


def test_attendance_noted_later_changes_the_page(client, cast, event):
    enrolment = both(event, "Aamir", 8, 16)
    note(event, enrolment, ["present", "present", "present", "absent"])
    sign_in(client, cast.trainer)
    assert 'data-label="Attendance">75%</td>' in page_of(client, event)

    note(loaded(event), enrolment, ["present"] * 4)
    assert 'data-label="Attendance">100%</td>' in page_of(client, event)


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_people(event, people, django_assert_num_queries):
    for n in range(people):
        both(event, f"Person {n}", 8, 16)

    with django_assert_num_queries(5):
        figures_of(event)


# --- answers to look at


@pytest.fixture
def on_device(event) -> Sitting:
    """A pre-test that a participant sits on a device, with one answer."""
    open_test(event.cohort, Purpose.PRE)
    sitting = start(add(event, "Aamir Khan"), Purpose.PRE, MORNING)
    save(sitting, 1, "a", minute=1)
    return sitting


def save(sitting: Sitting, position: int, response: str, minute: int, **skew: int) -> None:
    """An answer by a device of its own, whose clock is off."""
    now = MORNING + dt.timedelta(minutes=minute)
    given = answer(sitting, position, response)
    given.captured_at = now + dt.timedelta(**skew)
    save_answer(sitting, given, now)


def test_page_tells_of_two_devices_and_of_a_clock(client, cast, event, on_device):
    save(on_device, 1, "b", minute=2, days=730)
    hand_in(on_device, None, MORNING)
    sign_in(client, cast.trainer)

    page = page_of(client, event)

    assert "Question 1 was answered differently on two devices." in page
    assert "The clock of the device was ahead by 730 days." in page


def test_page_says_how_many_minutes_a_clock_was_behind(client, cast, event, on_device):
    save(on_device, 2, "a", minute=3, minutes=-42)
    hand_in(on_device, None, MORNING)
    sign_in(client, cast.trainer)

    assert "was behind by 42 minutes, or it was without a network" in page_of(client, event)


def test_page_says_nothing_where_all_is_well(client, cast, event, on_device):
    hand_in(on_device, None, MORNING)
    both(event, "Bilal", 8, 16)
    sign_in(client, cast.trainer)

    assert "Answers to look at" not in page_of(client, event)
