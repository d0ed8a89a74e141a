"""Slides for a room: what stands on them, and that all of it does, large, in each script."""

import io
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from modules.blocks.lesson import LessonBody
from modules.courses.citing import References
from modules.courses.models import Course, CoursePage
from modules.editions.gathering import Lesson, Matter
from modules.editions.slides import make, page_of, slides_of, stylesheet
from modules.printing.rendering import laid_out_book
from modules.reference.models import LegalFigure
from tests.modules.courses.making import DRAWING, block

pytestmark = pytest.mark.django_db  # pages look for the locale of a new page

POINTS = 72 / 96  # of a pixel
WIDE, HIGH = 960, 540
SMALLEST = 24
FOOT = HIGH - 33  # where the line at the foot begins
SENTENCES = {
    "en": "Whoever pays contributions late pays a surcharge for every month that has begun.",
    "ur": "جو آجر دیر سے کنٹری بیوشن ادا کرتا ہے وہ ہر شروع ہونے والے مہینے کا سرچارج بھی دیتا ہے۔",
    "km": "និយោជកដែលបង់ភាគទានយឺតត្រូវបង់ប្រាក់បន្ថែមសម្រាប់ខែនីមួយៗដែលបានចាប់ផ្ដើម។",
    "lo": "ນາຍຈ້າງທີ່ຈ່າຍເງິນສົມທົບຊ້າຕ້ອງຈ່າຍເງິນເພີ່ມສຳລັບທຸກໆເດືອນທີ່ໄດ້ເລີ່ມຕົ້ນແລ້ວ.",
}


def a_course(lang: str = "en", *, times: int = 1) -> Matter:
    """One lesson; every text in it is so many sentences long, every list so many items more."""
    words = " ".join([SENTENCES[lang]] * times)
    items = "\n".join(f"- {words}" for _ in range(2 + times))
    steps = "\n".join(f"{n}. {words}" for n in range(1, 3 + times))
    letters = "\n".join(f"- {letter}: {words}" for letter in "ABCDEFGH"[: 1 + times])
    blocks = [
        block("text", "first", f"## {SENTENCES[lang]}\n\nUnseen.", minutes=9),
        block("figure", "map", f"{words}\n\n{letters}", file="f", alt="A box.", drawing=DRAWING),
        block("law", "limit", "Unseen.", figure="limit"),
        block("case", "story", f"## {SENTENCES[lang]}\n\n1. Unseen\n\nUnseen. (own)\n\n{steps}"),
        block("keypoints", "key", items),
        block("activity", "play", "## Unseen\n\nUnseen.", minutes=25),
        block("pocket", "card", steps),
    ]
    lesson = Lesson(
        "alpha",
        1,
        SENTENCES[lang],
        words,
        45,
        ("X1",),
        words,
        tuple(LessonBody().to_python(blocks)),
    )
    limit = LegalFigure(
        key="limit",
        label="Wage limit",
        jurisdiction="PK-SD",
        value="30000",
        unit="PKR per month",
        valid_from="2022-06",
        source="[W1]",
        checked_on=date(2026, 11, 12),
    )
    return Matter(
        course=Course(code="trial", number=1),
        page=CoursePage(title=SENTENCES[lang], summary=words),
        lang=lang,
        version="0.2",
        is_draft=lang != "en",
        lessons=(lesson,),
        outcomes={"X1": words},
        questions={},
        forms={},
        tests={},
        references=References(figures={"limit": limit}),
        entries=(),
        law=(),
    )


def text_boxes(matter: Matter) -> list[list]:
    """The pieces of text of each slide, without what stands in its margins."""
    html = page_of(matter, slides_of(matter), "0123456789ab")
    pages = [page._page_box for page in laid_out_book(html, stylesheet()).pages]
    return [
        [box for box in page.children[0].descendants() if type(box).__name__ == "TextBox"]
        for page in pages
    ]


def kinds(matter: Matter) -> list[str]:
    return [slide.kind for slide in slides_of(matter)]


def test_lesson_is_shown_in_the_order_in_which_it_is_taught():
    assert kinds(a_course()) == [
        *("lesson", "agenda", "figure", "law", "case", "keypoints", "pocket", "closing")
    ]


@pytest.mark.parametrize("times", [1, 4])
@pytest.mark.parametrize("lang", SENTENCES)
def test_all_text_is_large_and_within_its_slide(lang, times):
    slides = text_boxes(a_course(lang, times=times))

    assert len(slides) > (8 if times == 1 else 16)
    for box in (box for slide in slides for box in slide):
        assert box.style["font_size"] * POINTS >= SMALLEST, box.text
        assert box.position_x * POINTS > 55, box.text
        assert (box.position_x + box.width) * POINTS < WIDE - 55, box.text
        assert (box.position_y + box.height) * POINTS < FOOT, box.text


@pytest.mark.parametrize("times", [1, 6])
def test_nothing_is_left_out_where_it_is_long(times):
    matter = a_course(times=times)
    html = page_of(matter, slides_of(matter), "0123456789ab")

    shown = " ".join(box.text for slide in text_boxes(matter) for box in slide)

    in_body = html.partition('<section class="first">')[2]
    assert shown.count("surcharge") == in_body.count("surcharge") > 10 * times


def test_only_what_a_room_needs_is_on_the_wall():
    html = page_of(a_course(), slides_of(a_course()), "0123456789ab")

    assert "Unseen" not in html.replace("1. Unseen", "")
    assert "<sup" not in html
    assert "<a " not in html


def test_law_tells_value_place_and_date():
    law = next(slide for slide in slides_of(a_course()) if slide.kind == "law")

    words = re.sub(r"<[^>]+>|\s+", " ", law.html)
    assert "PKR 30,000 a month" in words
    assert "Sindh" in words
    assert "June 2022" in words
    assert SENTENCES["en"] in words  # the caution


def test_figure_keeps_its_drawing_on_every_slide_of_its_legend():
    matter = a_course(times=5)
    html = page_of(matter, slides_of(matter), "0123456789ab")

    document = laid_out_book(html, stylesheet())
    beside = [
        {type(box).__name__ for box in child.descendants()}
        for page in document.pages
        for child in page._page_box.children[1:]
        if child.at_keyword == "@left-middle"
    ]

    assert len(beside) > 2
    assert all("BlockReplacedBox" in boxes for boxes in beside)
    assert 'alt="A box."' in html


def test_figures_have_the_numbers_that_they_have_in_the_books():
    first = a_course().lessons[0]
    second = replace(first, key="beta", number=2, blocks=(*first.blocks, *first.blocks))
    matter = replace(a_course(), lessons=(first, second))

    figures = [slide.title for slide in slides_of(matter) if slide.kind == "figure"]
    assert figures == ["Figure 1.1", "Figure 2.1", "Figure 2.2"]


@pytest.mark.parametrize("letters", [5, 6, 7, 8])
@pytest.mark.parametrize("length", [20, 50])
def test_no_letter_of_a_legend_stands_alone_on_a_slide(letters, length):
    words = SENTENCES["en"][:length]
    legend = "\n".join(f"- {letter}: {words}" for letter in "ABCDEFGH"[:letters])
    figure = block("figure", "map", f"A caption.\n\n{legend}", file="f", alt="", drawing=DRAWING)
    blocks = tuple(LessonBody().to_python([figure]))
    matter = a_course()
    matter = replace(matter, lessons=(replace(matter.lessons[0], blocks=blocks),))

    letters_of = [
        sum(re.fullmatch("[A-H]:", box.text.strip()) is not None for box in slide)
        for slide in text_boxes(matter)
    ]
    assert sum(letters_of) == letters
    assert 1 not in letters_of


def test_deck_names_course_version_and_fingerprint_on_every_slide_and_counts(tmp_path):
    reported = []

    pdf, slides = make(a_course(), "0123456789ab", lambda *step: reported.append(step))

    with pikepdf.open(io.BytesIO(pdf)) as deck:
        box = {tuple(round(float(x)) for x in page.mediabox) for page in deck.pages}
        assert (len(deck.pages), box) == (slides, {(0, 0, WIDE, HIGH)})
    path = tmp_path / "deck.pdf"
    path.write_bytes(pdf)
    texts = words_on(path)
    assert len(texts) == slides
    assert all("version 0.2" in text and "0123456789ab" in text for text in texts)
    assert f"2 / {slides}" in texts[1]
    assert [percent for _step, percent in reported] == [40, 85]


def words_on(path: Path) -> list[str]:
    command = ["pdftotext", "-layout", path, "-"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return run.stdout.split("\f")[:-1]


def test_same_course_gives_the_same_bytes():
    first, again = (make(a_course(), "0123456789ab", lambda *_: None) for _ in range(2))

    assert first == again


def test_urdu_runs_from_right_to_left_and_tells_that_it_is_a_draft():
    html = page_of(a_course("ur"), slides_of(a_course("ur")), "0123456789ab")

    assert '<html lang="ur" dir="rtl">' in html
    assert 'class="notice"' in html
    lefts = [box.position_x for slide in text_boxes(a_course("ur")) for box in slide[:1]]
    assert max(lefts) * POINTS > WIDE / 2


def test_lesson_without_law_or_caution_has_no_slide_for_it():
    matter = a_course()
    bare = replace(matter.lessons[0], caution="", blocks=matter.lessons[0].blocks[:1])

    assert kinds(replace(matter, lessons=(bare,))) == ["lesson", "agenda", "closing"]


def with_blocks(*blocks: dict) -> Matter:
    matter = a_course()
    lesson = replace(matter.lessons[0], caution="", blocks=tuple(LessonBody().to_python(blocks)))
    return replace(matter, lessons=(lesson,))


def test_a_figure_that_follows_the_case_is_shown_after_it_because_it_answers_it():
    case = block("case", "story", "## Which?\n\nA story. (own)\n\n1. Which one?")
    early, late = (
        block("figure", name, f"{name}.\n\n- A: box", file="f", alt=name, drawing=DRAWING)
        for name in ("Early", "Late")
    )

    shown = slides_of(with_blocks(early, case, late, block("keypoints", "key", "- Late")))

    assert [slide.alt or slide.kind for slide in shown][1:-1] == [
        *("Early", "case", "Late", "keypoints")
    ]


def test_questions_of_a_case_may_be_bullets_below_numbered_facts():
    text = "## Which?\n\nSix facts. (own)\n\n1. A fact\n\nNow answer. (own)\n\n- Which cell?"

    shown = slides_of(with_blocks(block("case", "story", text)))

    assert "Which cell?" in shown[1].html
    assert "A fact" not in shown[1].html


def test_language_of_the_reader_makes_no_difference():
    english = slides_of(a_course())

    with translation.override("ur"):
        assert slides_of(a_course()) == english
