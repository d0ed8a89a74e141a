"""Two people on one answer: blind, in agreement or apart, and a third who decides."""

import json
import uuid
from fractions import Fraction

import pytest
from django.utils import timezone

from learning.attempts.explaining import explain_sitting
from learning.attempts.itemising import itemise
from learning.attempts.marking import (
    CannotMark,
    Given,
    give_mark,
    mark_answer,
    waiting_in,
    without_anybody,
)
from learning.attempts.models import HandMark, Sitting
from learning.attempts.regrading import Choice, decide, go_on, plan
from learning.attempts.results import result_of
from learning.attempts.taking import hand_in, save_answer, start
from learning.people.models import Role, RoleGrant
from learning.privacy.erasing import erase_person
from modules.courses.models import CoursePage
from modules.papers.models import Purpose
from modules.papers.models import Test as CourseTest
from tests.cast import make_user, sign_in
from tests.learning.attempts.sitting import answer, enrol, make_tested_course, position_of

pytestmark = pytest.mark.django_db

DESK = "/training/marking/"
WRITTEN = "Members pay for insurance."
LOW, MIDDLE, HIGH = ({"clear": points, "true": "4"} for points in ("0", "1", "3"))
SHARES = {"0": Fraction(4, 7), "1": Fraction(5, 7), "3": Fraction(1)}


@pytest.fixture(scope="module")
def _course(made_once) -> int:
    return make_tested_course(kinds=("essay", "teachback"), second_marker=100).pk


@pytest.fixture
def sitting(cast, db, _course) -> Sitting:
    """An essay that two people mark, and a teach-back that one has seen; handed in."""
    begun = start(enrol(cast.learner, CoursePage.objects.get(pk=_course)), Purpose.POST)
    save_answer(begun, answer(begun, position_of(begun, "essay"), WRITTEN))
    return hand_in(begun, cast.learner)


@pytest.fixture
def markers(cast, sitting):
    """Three trainers of the programme."""
    programme = sitting.enrolment.cohort.programme
    found = [cast.trainer, *(make_user(name, name.title(), cast.punjab) for name in "xy")]
    for user in found:
        RoleGrant.objects.create(user=user, role=Role.TRAINER, programme=programme)
    return found


def waiting(user=None, kind="essay"):
    every = waiting_in(Sitting.objects.all(), user)
    return next((one for one in every if one.version.content["kind"] == kind), None)


def rate(user, levels, *, note="", decides=False, fact=None):
    """Gives what waits for the user these levels."""
    found = waiting(user)
    [one] = found.to_decide if decides else found.answers
    return give_mark(one, found.rated(levels, note), user, fact or uuid.uuid4())


def mark_of(sitting):
    """What the essay got, and how many places wait; the teach-back always does."""
    mark = result_of(sitting).mark
    return mark.got, mark.unmarked - 1


def address(sitting, end=""):
    return f"{DESK}tested-{sitting.form_label.lower()}-essay/1/{end}"


def page(client, user, where):
    sign_in(client, user)
    return client.get(where, follow=True).content.decode()


def send(client, sitting, levels, **headers):
    """One mark as the script of the page sends it."""
    [one] = waiting().answers or waiting().to_decide
    fields = {f"mark-{one.id}-{key}": points for key, points in levels.items()}
    fields |= {f"fact-{one.id}": headers.pop("fact", uuid.uuid4())}
    accept = {"accept": "application/json"}
    return client.post(headers.pop("to", address(sitting)), fields, headers=accept)


def test_two_that_agree_come_to_their_mean(cast, sitting, markers):
    rate(markers[0], MIDDLE)
    assert mark_of(sitting) == (0, 1)

    rate(markers[1], HIGH)
    assert mark_of(sitting) == (Fraction(6, 7), 0)
    [taken] = itemise([sitting])
    assert taken.marks[position_of(sitting, "essay") - 1].mark.got == Fraction(6, 7)
    shown = explain_sitting(sitting, "en", "/")[position_of(sitting, "essay") - 1]
    assert (shown.got, shown.is_mean) == (Fraction(6, 7), True)
    texts = [found for _criterion, found in shown.levels]
    assert texts == [["Plain words throughout.", "Some plain words."], ["All correct."]]
    assert waiting() is None


def test_two_that_differ_wait_for_a_third_whose_mark_stands_alone(cast, sitting, markers):
    first, second, third = markers
    rate(first, LOW)
    rate(second, HIGH)

    assert mark_of(sitting) == (0, 1)
    for one in (first, second):
        assert (waiting(one).answers, waiting(one).to_decide) == ([], [])
        assert len(waiting(one).elsewhere) == 1
    rate(third, MIDDLE, decides=True)
    assert mark_of(sitting) == (SHARES["1"], 0)
    assert [mark.role for mark in HandMark.objects.all()] == ["first", "second", "adjudication"]
    shown = explain_sitting(sitting, "en", "/")[position_of(sitting, "essay") - 1]
    assert (shown.is_mean, shown.levels[0][1]) == (False, ["Some plain words."])


def test_nobody_marks_an_answer_twice(cast, sitting, markers):
    [seen] = waiting(markers[0]).answers
    rate(markers[0], LOW)

    with pytest.raises(CannotMark):
        give_mark(seen, Given(Fraction(1), HIGH), markers[0], uuid.uuid4())
    assert HandMark.objects.count() == 1


def test_who_marks_at_the_same_time_gives_the_second_mark(cast, sitting, markers):
    """Both opened the page before either saved: each was blind, so both marks are good."""
    [seen] = waiting(markers[1]).answers
    rate(markers[0], MIDDLE)
    given = give_mark(seen, Given(SHARES["1"], MIDDLE), markers[1], uuid.uuid4())

    assert given.role == HandMark.Role.SECOND
    assert mark_of(sitting) == (SHARES["1"], 0)


def test_who_has_not_read_both_marks_decides_nothing(cast, sitting, markers):
    """The page was opened before the two marks were there."""
    [seen] = waiting(markers[2]).answers
    rate(markers[0], LOW)
    rate(markers[1], HIGH)

    with pytest.raises(CannotMark):
        give_mark(seen, Given(SHARES["1"], MIDDLE), markers[2], uuid.uuid4())


def test_what_was_decided_meanwhile_stands(cast, sitting, markers):
    rate(markers[0], LOW)
    rate(markers[1], HIGH)
    [seen] = waiting(markers[2]).to_decide
    fourth = make_user("z", "Zed", cast.punjab)
    rate(markers[2], MIDDLE, decides=True)

    with pytest.raises(CannotMark):
        give_mark(seen, Given(Fraction(1), HIGH), fourth, uuid.uuid4())
    assert mark_of(sitting) == (SHARES["1"], 0)


def test_same_mark_sent_twice_is_given_once(cast, sitting, markers):
    fact = uuid.uuid4()
    [seen] = waiting(markers[0]).answers
    rated = waiting(markers[0]).rated(LOW)
    first = give_mark(seen, rated, markers[0], fact)

    assert give_mark(seen, rated, markers[0], fact) == first
    place = waiting(kind="teachback").answers[0]
    with pytest.raises(CannotMark):  # the id belongs to another place
        give_mark(place, rated, markers[0], fact)
    assert HandMark.objects.count() == 1


def test_where_nobody_else_is_who_administers_decides(cast, sitting, markers):
    first, second, third = markers
    rate(first, LOW)
    rate(second, HIGH)
    third.role_grants.all().delete()
    assert waiting(first).to_decide  # nobody administers either: one of the two may
    programme = sitting.enrolment.cohort.programme
    RoleGrant.objects.create(user=second, role=Role.PROGRAMME_ADMIN, programme=programme)

    assert not waiting(first).to_decide
    rate(second, MIDDLE, decides=True)
    assert mark_of(sitting) == (SHARES["1"], 0)


def test_who_is_alone_is_told_so(client, cast, sitting, markers):
    for other in markers[1:]:
        other.role_grants.all().delete()
    rate(markers[0], LOW)

    assert without_anybody(waiting_in(Sitting.objects.all(), markers[0]), markers[0]) == [
        sitting.enrolment.cohort.programme
    ]
    desk = page(client, markers[0], DESK)
    assert "Nobody else marks tests in" in desk
    assert "1 answer that you marked waits for somebody else." in desk


def test_a_teach_back_has_no_second_marker(cast, sitting, markers):
    found = waiting(markers[0], "teachback")
    give_mark(found.answers[0], found.rated(HIGH), markers[0], uuid.uuid4())

    assert waiting(kind="teachback") is None


def test_sittings_begun_before_keep_their_one_marker(cast, sitting, markers):
    """What a sitting froze holds, whatever the test says now."""
    Sitting.objects.update(rules={"minutes": 25, "extra": 0})
    CourseTest.objects.update(second_marker=100)
    rate(markers[0], LOW)

    assert mark_of(sitting) == (SHARES["0"], 0)


def test_who_was_erased_keeps_what_was_given(cast, sitting, markers):
    rate(markers[0], LOW, note="Only terms.")
    erase_person(cast.learner.person)

    assert waiting() is None
    assert HandMark.objects.get().note == ""
    [taken] = itemise([Sitting.objects.get()])
    assert taken.marks[position_of(sitting, "essay") - 1].mark.got == SHARES["0"]


def test_a_marker_whose_account_is_gone_leaves_her_mark(cast, sitting, markers):
    rate(markers[0], MIDDLE)
    markers[0].delete()
    rate(markers[1], MIDDLE)

    assert mark_of(sitting) == (SHARES["1"], 0)


def test_a_regrade_between_two_marks(cast, sitting, markers):
    """Everybody gets the full mark: nobody has to mark any more; the first mark is kept."""
    rate(markers[0], LOW)
    question = f"tested-{sitting.form_label.lower()}-essay"
    choice = Choice(question, (1,), "full", programme=sitting.enrolment.cohort.programme)
    go_on(decide(choice, "Faulty", cast.system_admin, uuid.uuid4(), plan(choice).digest))

    assert waiting() is None
    assert mark_of(sitting) == (1, 0)
    assert HandMark.objects.count() == 1


# --- pages


def test_the_second_marker_sees_no_trace_of_the_first(client, cast, sitting, markers):
    before = page(client, markers[1], address(sitting))
    rate(markers[0], LOW, note="Only terms here.")
    after = page(client, markers[1], address(sitting))

    assert WRITTEN in after
    assert "For a second mark" not in page(client, markers[1], DESK)
    assert "Only terms here." not in after
    without_ids = [strip_ids(text) for text in (before, after)]
    assert without_ids[0] == without_ids[1]


def strip_ids(text: str) -> str:
    """A page without what is made anew for each."""
    lines = text.splitlines()
    kept = [one for one in lines if "csrf" not in one and "fact-" not in one and "nonce" not in one]
    return "\n".join(kept)


def test_who_decides_reads_both_marks_without_names(client, cast, sitting, markers):
    rate(markers[0], LOW, note="Only terms here.")
    rate(markers[1], HIGH, note="Plain to me.")
    desk = page(client, markers[2], DESK)
    shown = page(client, markers[2], address(sitting, "decide/"))

    assert "Decide between two marks: 1 answer" in desk
    for told in ("Only terms here.", "Plain to me.", "Terms only.", "Plain words throughout."):
        assert told in shown
    for secret in ("Tariq", "Lubna", str(sitting.uuid)):
        assert secret not in shown
    said = client.post(
        address(sitting, "decide/"),
        {f"mark-{waiting().to_decide[0].id}-{key}": points for key, points in MIDDLE.items()},
        follow=True,
    )
    assert "1 mark saved." in said.content.decode()
    assert mark_of(sitting) == (SHARES["1"], 0)


@pytest.mark.parametrize("who", [0, 1])
def test_who_gave_one_of_the_marks_does_not_get_to_see_the_other(
    client, cast, sitting, markers, who
):
    rate(markers[0], LOW, note="Only terms here.")
    rate(markers[1], HIGH, note="Plain to me.")
    shown = page(client, markers[who], address(sitting, "decide/"))

    assert "Nothing waits to be marked for this question any more." in shown
    assert "Plain to me." not in shown


def test_the_desk_tells_first_and_second_apart_only_where_nothing_is_given_away(
    client, cast, sitting, markers
):
    other = make_user("other", "Other", cast.punjab)
    rate(markers[0], LOW)
    assert waiting(markers[1]).stages == {}

    course = sitting.course_version.course
    for n in range(2):
        user = other if n else make_user("more", "More", cast.punjab)
        begun = start(enrol_in(user, course), Purpose.POST)
        save_answer(begun, answer(begun, position_of(begun, "essay"), "Mine."))
        hand_in(begun, user)
    told = [one.stages for one in waiting_in(Sitting.objects.all(), markers[1])]
    assert {"first": 1, "second": 1} in told
    assert "For a first mark: 1 · for a second mark: 1" in page(client, markers[1], DESK)


def enrol_in(user, course):
    return enrol(user, CoursePage.objects.get(course=course, locale__language_code="en"))


# --- one by one


def test_a_script_saves_one_mark_and_is_told_when(client, cast, sitting, markers):
    sign_in(client, markers[0])
    fact = uuid.uuid4()
    told = [send(client, sitting, LOW, fact=fact) for _ in range(2)]

    assert [one.status_code for one in told] == [200, 200]
    assert {json.loads(one.content)["id"] for one in told} == {str(fact)}
    assert timezone.datetime.fromisoformat(json.loads(told[0].content)["saved"])
    assert HandMark.objects.get().recorded_by == markers[0]


@pytest.mark.parametrize(
    ("levels", "status", "said"),
    [
        ({"clear": "3"}, 400, "Choose a level for each criterion, or for none."),
        ({"clear": "2", "true": "4"}, 400, "Choose one of the levels."),
        ({}, 400, "Choose a level for each criterion."),
    ],
)
def test_a_script_is_told_what_is_wrong(client, cast, sitting, markers, levels, status, said):
    sign_in(client, markers[0])
    told = send(client, sitting, levels)

    assert (told.status_code, json.loads(told.content)["error"]) == (status, said)
    assert not HandMark.objects.exists()


def test_a_script_that_comes_too_late_is_told_that_the_mark_stands(client, cast, sitting, markers):
    sign_in(client, markers[0])
    send(client, sitting, LOW)
    told = send(client, sitting, HIGH)  # by the same person, with another id

    assert (told.status_code, json.loads(told.content)["stands"]) == (409, True)
    assert HandMark.objects.count() == 1


def test_somebody_elses_id_acknowledges_nothing(client, cast, sitting, markers):
    fact = uuid.uuid4()
    rate(markers[0], LOW, fact=fact)
    sign_in(client, markers[1])

    assert send(client, sitting, HIGH, fact=fact).status_code == 409
    assert HandMark.objects.count() == 1


def test_a_share_without_levels_is_the_level_of_a_short_answer(cast):
    course = make_tested_course("brief", 86, kinds=("short",), second_marker=100)
    begun = start(enrol(cast.learner, course), Purpose.POST)
    written = save_answer(begun, answer(begun, 1, WRITTEN))
    hand_in(begun, cast.learner)
    for n, share in enumerate((Fraction(1, 2), Fraction(1))):
        mark_answer(written, share, make_user(f"m{n}", f"M {n}", cast.punjab), uuid.uuid4())

    assert result_of(begun).mark.got == Fraction(3, 4)
