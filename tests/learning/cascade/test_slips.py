"""Answer slips: room for every answer, and one drawing for everybody."""

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from learning.attempts.keying import PRINTED
from learning.cascade import slips
from learning.cascade.models import Event
from learning.cascade.pack import places_between, sheets_of_slips
from learning.cascade.printing import LANGUAGES
from learning.cascade.slip_papers import instructions, languages_on, slips_pdf
from learning.cascade.slips import Answer, answer_to, drawing_of, imposed, sides_of
from learning.cascade.stickers import slip_text, sticker_code
from modules.papers.asking import PaperQuestion, question_of
from modules.papers.drawing import Item, order_of
from modules.questions.kinds import CHOOSING, KINDS
from tests.cast import sign_in
from tests.learning.cascade.making import add, make_event
from tests.learning.cascade.test_papers import LONG, codes_in, foreign_fonts, ink
from tests.learning.certificates.test_printing import text_of
from tests.modules.questions.samples import definition

A4_LANDSCAPE, A5 = (841.89, 595.28), (419.53, 595.28)
kinds = st.sampled_from(sorted(KINDS))


def on_paper(kind: str, position: int = 1) -> PaperQuestion:
    one = definition(kind)
    return question_of(Item(position, f"q-{kind}", 1, "CO1", order_of(one, PRINTED, 1)), one)


# --- what a question needs


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_room_for_its_answer_and_a_trainer_where_no_letter_says_it(kind):
    question = on_paper(kind)
    answer = answer_to(question)
    structure = question.definition["structure"]

    rooms = {
        "matching": ("boxes", ["1", "2", "3"]),
        "ordering": ("boxes", list("ABCD"[: len(structure.get("steps", []))])),
        "multiple_truefalse": ("judged", 5),
        "cloze": ("gaps", 3),
        "numeric": ("lines", 1),
        "short": ("lines", 3),
        "essay": ("lines", slips.FIRST_ROWS),
        "teachback": ("lines", 0),
    }
    name, room = rooms.get(kind, ("circles", answer.circles))
    assert getattr(answer, name) == room
    assert answer.by_hand is (kind not in CHOOSING)
    assert answer.is_several is (kind == "multiple")


def test_circles_have_exactly_the_letters_of_the_printed_options():
    assert answer_to(on_paper("single")).circles == "ABCD"
    assert answer_to(on_paper("truefalse")).circles == "AB"


@given(st.lists(kinds, min_size=1, max_size=60))
def test_every_question_stands_once_in_order_and_no_column_is_too_long(found):
    sides = sides_of([on_paper(kind, n) for n, kind in enumerate(found, 1)])
    room = [slips.FIRST_ROWS] + [slips.MORE_ROWS] * len(sides)

    positions = [answer.position for side in sides for column in side for answer in column]
    assert positions == list(range(1, len(found) + 1))
    for most, side in zip(room, sides, strict=False):
        assert len(side) <= 2
        assert all(sum(answer.rows for answer in column) <= most for column in side)


@pytest.mark.parametrize(("many", "sides"), [(1, 1), (40, 1), (41, 2), (92, 2), (93, 3)])
def test_forty_questions_fit_on_one_side(many, sides):
    assert len(sides_of([on_paper("single", n) for n in range(1, many + 1)])) == sides


@pytest.mark.parametrize(
    ("sides", "sheets"),
    [
        ([1], [("1a", None)]),
        ([1, 1, 1], [("1a", "2a"), ("3a", None)]),
        ([2, 2], [("1a", "2a"), ("2b", "1b")]),
        ([2], [("1a", None), (None, "1b")]),
    ],
)
def test_backs_stand_behind_their_fronts(sides, sheets):
    made = [[f"{n}{'ab'[side]}" for side in range(many)] for n, many in enumerate(sides, 1)]

    assert imposed(made) == sheets
    assert sheets_of_slips(len(sides), sides[0]) == -(-len(sheets) // sides[0])


def dark(drawing: bytes, x: float, y: float) -> bool:
    """Whether something black is near this place, in millimetres."""
    paper = Image.open(io.BytesIO(drawing))
    at = [round(mm * slips.DOTS_PER_INCH / 25.4) for mm in (x - 1, y - 1, x + 1, y + 1)]
    return paper.crop(at).getextrema()[0] < slips.PALE


def test_drawing_runs_from_right_to_left_where_the_language_does():
    side = [[Answer(7, circles="AB")]]
    number = (3.2, slips.ROW / 2)

    assert dark(drawing_of(side, rtl=False), *number)
    assert not dark(drawing_of(side, rtl=True), *number)
    assert dark(drawing_of(side, rtl=True), slips.WIDTH - number[0], number[1])


def test_widest_answers_stay_inside_their_column():
    side = [[Answer(40, boxes="ABCDEFGH", by_hand=True), Answer(1, circles="ABCDEFGHIJ")]] * 2
    paper = Image.open(io.BytesIO(drawing_of(side, rtl=False)))
    gutter = [round(mm * slips.DOTS_PER_INCH / 25.4) for mm in (59.9, 0, 62.1, 20)]

    assert paper.crop(gutter).getextrema() == (255, 255)


# --- as PDF


@pytest.fixture
def event(cast, tested_course) -> Event:
    version = tested_course.course.versions.get()
    return make_event(cast, version=version, languages=["ur", "km", "lo", "ps"])


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [tuple(round(float(x), 2) for x in page.mediabox[2:]) for page in document.pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_slips_are_read_by_a_scanner_and_stay_inside_the_page(event, language):
    add(event, LONG)
    add(event, "Bano")
    places = places_between(event, 1, 2)
    pdf = slips_pdf(event, "pre", "A", language, places, spare=1, with_names=True)
    codes = [place.code for place in places]

    assert page_sizes(pdf) == [A4_LANDSCAPE] * 2
    assert foreign_fonts(pdf) == []
    assert codes_in(pdf) == {slip_text(event.uuid, "pre", "A", code): 1 for code in codes}
    assert codes_in(pdf, page=2) == {slip_text(event.uuid, "pre", "A"): 1}
    edges = [(0, 0, 147, 4), (150, 0, 297, 4), (0, 206, 147, 210), (150, 206, 297, 210)]
    assert not ink(pdf, *edges, (0, 0, 5, 210), (292, 0, 297, 210))
    assert "Bano" in text_of(pdf)


def test_slip_names_nobody_unless_asked_and_asks_no_question(event):
    add(event, "Aamir")
    pdf = slips_pdf(event, "post", "A", "en", places_between(event, 1, 1), two_a_sheet=False)
    words = text_of(pdf)

    assert page_sizes(pdf) == [A5]
    assert sticker_code(1, event.uuid) in words
    assert "After" in words
    for absent in ("Aamir", "Which?", "Both families", "Before"):
        assert absent not in words


def test_instructions_are_in_three_languages_at_most(event):
    assert languages_on(event, "lo") == ["lo", "en", "ur"]
    assert [code for code, _way, _words in instructions(["en", "xx"])] == ["en"]


def test_slips_are_for_who_types_them_in(client, cast, event):
    add(event, "Aamir")
    address = f"/training/{event.uuid}/slips-pre-A.pdf"
    sign_in(client, cast.organisation_admin)
    assert client.get(address).status_code == 404

    sign_in(client, cast.trainer)
    pdf = client.get(address, {"from": 1, "to": 1, "spare": 0, "size": "a5", "lang": "ur"})
    assert "slips-pre-A-2026-03-02" in pdf["Content-Disposition"]
    assert page_sizes(pdf.content) == [A5]
    usual = client.get(address, {"spare": "many", "size": "a3", "to": "1", "from": "1"})
    assert page_sizes(usual.content) == [A4_LANDSCAPE] * 3  # one, and four to spare
    assert client.get(f"/training/{event.uuid}/slips-pre-Z.pdf").status_code == 404
    assert client.get(f"/training/{event.uuid}/slips-practice-A.pdf").status_code == 404
    page = client.get(f"/training/{event.uuid}/papers/").content.decode()
    assert "Form A: 10 sheets of A4, two slips on each" in page
