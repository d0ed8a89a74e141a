"""How far marks agree: what is counted, what is said, and who sees whom."""

import uuid
from fractions import Fraction
from types import SimpleNamespace

import pytest

from learning.attempts.marking import Given, Open, give_mark, waiting_in
from learning.attempts.models import HandMark, Sitting
from learning.attempts.taking import hand_in, save_answer, start
from learning.people.models import Role, RoleGrant
from modules.papers.contents import Form, FormQuestion
from modules.papers.models import Purpose
from tests.cast import Cast, make_user, sign_in
from tests.learning.attempts.sitting import answer, enrol, make_tested_course, position_of
from tests.learning.reporting.reading import in_csv, in_xlsx, on_page

pytestmark = pytest.mark.django_db

PAGE = "/training/marking/agreement/"
ANSWERS = f"{PAGE}answers/"
POINTS = ("0", "1", "3")
# Of twelve answers the steps that two people find in “clear”; both find all of it true.
FOUND = [(0, 0), (1, 1), (2, 2), (2, 2), (1, 1), (0, 0), (1, 2), (1, 2), (0, 1), (1, 2), (0, 2),
         (2, 2)]  # fmt: skip


@pytest.fixture(scope="module")
def whole(made_once) -> SimpleNamespace:
    """Twelve essays that two trainers marked, one of which a third person had to decide."""
    cast = Cast()
    page = make_tested_course("twice", 87, kinds=("essay",), second_marker=100)
    FormQuestion.objects.filter(form=Form.objects.get(course_code="twice", label="B")).update(
        question_key="twice-a-essay"
    )
    markers = [make_user(f"marker-{n}", f"Marker {n}", cast.punjab) for n in range(3)]
    for n, (first, second) in enumerate(FOUND):
        begun = start(enrol(make_user(f"w{n}", f"Writer {n}", cast.punjab), page), Purpose.POST)
        place = position_of(begun, "essay")
        written = save_answer(begun, answer(begun, place, f"Words {n}"))
        hand_in(begun, None)
        for user, step in zip(markers, (first, second), strict=False):
            levels = {"clear": POINTS[step], "true": "4"}
            share = Fraction(int(POINTS[step]) + 4, 7)
            give_mark(Open(begun, place, written), Given(share, levels), user, uuid.uuid4())
    [found] = waiting_in(Sitting.objects.all())
    [apart] = found.to_decide
    give_mark(apart, Given(Fraction(5, 7), {"clear": "1", "true": "4"}), markers[2], uuid.uuid4())
    programme = begun.enrolment.cohort.programme
    return SimpleNamespace(programme=programme, markers=markers, page=page)


@pytest.fixture
def cast(db, whole) -> Cast:
    """An administrator of the programme in which they were marked, and its trainers."""
    found = Cast()
    vars(found)["programme"] = whole.programme
    for user in whole.markers:
        RoleGrant.objects.create(user=user, role=Role.TRAINER, programme=whole.programme)
    return found


def read(client, user, where=PAGE) -> str:
    sign_in(client, user)
    response = client.get(where)
    assert response.status_code == 200
    return response.content.decode()


def test_kappa_by_criterion_and_for_the_whole(client, cast):
    """Squares of differences come to 8; by chance to 202 / 12. So 1 - 96 / 202 = 0.52."""
    clear, true, whole = on_page(read(client, cast.programme_admin))

    assert clear[:6] == ["twice-a-essay.1", "Clear words", 12, 58, 91, "0.52"]
    assert clear[7:] == ["moderate agreement", 1]
    assert true[1:6] == ["True to the law", 12, 100, 100, ""]
    assert true[7] == "one level for all: nothing can be said"
    assert whole[1:4] == ["All criteria together", 12, 58]


def test_files_have_the_linear_kappa_besides(client, cast):
    """Differences come to 6, by chance to 134 / 12. So 1 - 72 / 134 = 0.46."""
    page = read(client, cast.programme_admin)
    for kind, rows_of in (("csv", in_csv), ("xlsx", in_xlsx)):
        content = client.get(f"{PAGE}?file={kind}").content
        assert [row[:9] for row in rows_of(content)] == on_page(page)
        assert rows_of(content)[0][9] == "0.46"
        assert rows_of(content, 1) == on_page(page, 1)


def test_two_people_side_by_side_for_who_administers(client, cast):
    """The second gave a seventh, two sevenths or three more: 100 · (1 + 6 + 3) / 7 / 12 = 11.9."""
    [pair] = on_page(read(client, cast.programme_admin), 1)

    assert pair == ["Marker 0", "Marker 1", 12, -12, "Marker 1 is milder"]


def test_every_number_opens_as_many_answers(client, cast):
    page = read(client, cast.programme_admin)
    links = {part.partition('"')[0] for part in page.split('href="')[1:]}
    lists = {link.replace("&amp;", "&") for link in links if link.startswith(ANSWERS)}

    assert len(lists) == 3 + 3 + 1
    for address in lists:
        rows = in_csv(client.get(f"{address}&file=csv").content)
        assert len(rows) == (1 if "decided=1" in address else 12), address


def test_the_list_says_who_found_what_and_what_came_of_it(client, cast):
    where = f"{ANSWERS}?question=twice-a-essay.1&criterion=clear"
    rows = on_page(read(client, cast.programme_admin, where))
    by_marks = {(row[4], row[5]): row[6:] for row in rows}

    assert {tuple(row[2:4]) for row in rows} == {("Marker 0", "Marker 1")}
    assert by_marks[0, 3] == [2, 71, "decided"]
    assert by_marks[1, 3] == [1, 85, "mean of both"]
    assert by_marks[1, 1] == [0, 71, "mean of both"]


def test_a_marker_sees_her_own_answers_and_no_names(client, whole, cast):
    page = read(client, whole.markers[0])
    rows = read(client, whole.markers[0], ANSWERS)

    assert on_page(page)[0][2] == 12
    assert "Marker 1" not in page + rows
    assert len(on_page(rows)) == 12


def test_who_gave_none_of_the_two_marks_sees_nothing(client, whole, cast):
    assert "No answer was marked twice" in read(client, whole.markers[2])


def test_few_answers_say_nothing_but_how_many(client, whole, cast):
    HandMark.objects.filter(role="second", num=1, den=1).delete()
    clear = on_page(read(client, cast.programme_admin))[0]

    assert clear[2:6] == [5, "", "", ""]
    assert clear[7] == "under 10"


def test_marks_that_the_rubric_cannot_read_are_counted_apart(client, whole, cast):
    one = HandMark.objects.filter(role="first").first()
    HandMark.objects.filter(pk=one.pk).update(levels={"clear": "2", "true": "4"})
    page = read(client, cast.programme_admin)

    assert on_page(page)[0][2] == 11
    assert "1 answer is not counted: its rubric has changed" in page


def test_a_number_that_there_is_not_is_not_found(client, cast):
    sign_in(client, cast.programme_admin)

    assert client.get(f"{ANSWERS}?question=twice-a-essay.9").status_code == 404
    assert client.get(f"{PAGE}?period=1&file=csv").status_code == 404
    assert "Nothing is shown." in client.get(f"{PAGE}?period=1").content.decode()


@pytest.mark.parametrize(("where", "queries"), [(PAGE, 14), (ANSWERS, 13)])
def test_number_of_queries_does_not_grow(client, cast, where, queries, django_assert_num_queries):
    sign_in(client, cast.programme_admin)
    with django_assert_num_queries(queries):
        client.get(where)
