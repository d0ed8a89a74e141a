"""What goes into which edition, and what never does."""

import re
from dataclasses import replace

import pytest
from wagtail.models import Locale

from modules.blocks.lesson import LessonBody
from modules.courses.models import CoursePage, LessonPage
from modules.editions.book import Book, Chapter
from modules.editions.compiling import compile_book, content_sha, with_ends, write_book
from modules.editions.gathering import NoSuchText, gather
from modules.editions.kinds import BOOKS, Edition
from modules.editions.shared import place_of
from modules.editions.writing import Writer
from modules.reference.models import GlossaryTerm, LegalFigure
from tests.modules.courses.making import DRAWING, block, translate
from tests.modules.editions.conftest import PRACTICE

RIGHT_MODEL = "It helps through the risks of life."  # the model answer of the short question


def kinds(book: Book) -> list[str]:
    return [chapter.anchor for chapter in book.chapters]


def html(book: Book, *anchors: str) -> str:
    return "".join(c.html for c in book.chapters if not anchors or c.anchor in anchors)


def test_orientation_pack_has_lessons_tests_answers_and_glossary(matter):
    book = write_book(matter, Edition.ORIENTATION_PACK)

    assert kinds(book) == [
        *("about", "test-pre", "alpha", "beta", "test-post", "answers", "terms", "sources"),
    ]
    assert [c.number for c in book.chapters if c.kind == "lesson"] == ["1", "2"]


def test_orientation_pack_keeps_trainers_matter_and_keys_away(matter):
    book = write_book(matter, Edition.ORIENTATION_PACK)

    assert "Secret play" not in html(book)
    assert "A whole day" not in html(book)
    before_answers = html(book, "test-pre", "alpha", "beta", "test-post")
    assert RIGHT_MODEL not in before_answers
    assert "The mix." not in before_answers  # feedback of an option
    assert RIGHT_MODEL in html(book, "answers")
    assert 'class="right"' not in before_answers


def test_orientation_pack_answers_a_case_on_another_page(matter):
    """Whoever studies alone would read our answer before giving one of her own."""
    alpha = matter.lessons[0]
    late = LessonBody().to_python(
        [block("figure", "late", "Solved.\n\n- A: 560", file="f", alt="Late.", drawing=DRAWING)]
    )[0]
    blocks = (*alpha.of("case"), late, *alpha.of("keypoints", "pocket", "question"))
    lessons = (replace(alpha, blocks=blocks),)

    lesson = html(write_book(replace(matter, lessons=lessons), Edition.ORIENTATION_PACK), "alpha")

    asking, answering = lesson.split('<div class="answering">')
    assert "What now?" in asking
    assert asking.count('class="question') == len(PRACTICE)
    assert re.search(r"Solved\..*Remember\..*A rule\.", answering, re.DOTALL)
    assert lesson.count("Solved.") == lesson.count("Remember.") == 1


def test_answers_of_the_tests_stand_in_the_guide_alone(matter):
    for edition in BOOKS:
        book = write_book(matter, edition)
        in_guide = edition == Edition.FACILITATION_GUIDE

        assert ("keys" in kinds(book)) is in_guide
        assert ("Form A" in html(book)) is in_guide


def test_guide_has_plan_activity_agenda_keys_and_forms(matter):
    book = write_book(matter, Edition.FACILITATION_GUIDE)

    assert kinds(book)[:4] == ["about", "overview", "running", "agendas"]
    assert "A whole day" in html(book, "agendas")
    assert "A whole day" not in html(book, "beta")
    assert "Secret play" in html(book, "alpha")
    assert "Secret cards" in html(book, "overview")
    assert RIGHT_MODEL in html(book, "alpha")
    assert "Record of the session" in html(book, "forms")


def test_what_an_activity_needs_is_told_before_it_begins(matter):
    plan = html(write_book(matter, Edition.FACILITATION_GUIDE), "alpha")

    begin = plan.index('<section class="activity"')
    activity = plan[begin : plan.index("</section>", begin)]
    assert plan.index('<section class="case"') < begin  # which it calls "the case above"
    assert activity.index("Secret play") < activity.index("Secret cards")
    assert activity.index("Secret cards") < activity.index("source-W3")


def test_the_time_of_a_lesson_takes_no_number_from_its_tables(matter):
    plan = html(write_book(matter, Edition.FACILITATION_GUIDE), "alpha")

    assert "Time of the lesson" in plan
    assert "Table 1." not in plan


def test_the_time_of_a_session_is_told_apart_from_that_of_reading(matter):
    plan = html(write_book(matter, Edition.FACILITATION_GUIDE), "alpha")

    assert "Reading: 45 min" in plan
    times = re.findall(r"<th>([^<]+)</th><td class=\"num\">(\d+) min</td>", plan)
    assert times == [("Start", "9"), ("Story", "10"), ("Activity: Secret play", "25"), *times[-1:]]
    assert times[-1] == ("Total", "44")


def test_handbook_has_what_authors_marked_and_a_place_for_each_exercise(matter):
    book = write_book(matter, Edition.HANDBOOK)

    beta = html(book, "beta")
    assert '<section class="example">' in beta
    assert re.findall(r'class="exercise" id="([\w-]+)"', beta) == [
        "exercise-beta-task",
        "exercise-beta-story",
    ]
    assert "exercise-alpha-questions" in html(book, "alpha")
    assert "Remember." not in beta
    assert "Remember." in html(book, "points")
    assert "Start" not in beta


def test_handbook_keeps_a_figure_that_follows_the_case_for_the_answers(matter):
    alpha = matter.lessons[0]
    early = alpha.of("figure")[0]
    late = LessonBody().to_python(
        [block("figure", "late", "Solved.\n\n- A: 560", file="f", alt="Late.", drawing=DRAWING)]
    )[0]
    blocks = (early, *alpha.of("case"), late, *alpha.of("keypoints"))

    book = write_book(replace(matter, lessons=(replace(alpha, blocks=blocks),)), Edition.HANDBOOK)

    assert "Figure 1.1." in html(book, "alpha")
    assert "Solved." not in html(book, "alpha")
    assert re.search(r"Figure 1\.2\..*Solved\.", html(book, "points"), re.DOTALL)


def test_pocket_book_has_rules_figures_and_steps(matter):
    book = write_book(matter, Edition.POCKET_BOOK)

    assert "A rule." in html(book, "alpha")
    assert "PKR 30,000 a month" in html(book, "alpha")
    assert "Knock." in html(book, "steps")
    assert "Knock." not in html(book, "beta")
    assert "Which?" not in html(book)


def test_pocket_book_prints_steps_in_simple_words_and_the_whole_course_in_full(course):
    lesson = LessonPage.objects.get(key="beta", locale__language_code="en")
    texts = [raw for raw in lesson.body.raw_data if raw["value"].get("print") == "steps"]
    texts[0]["value"] |= {"text": "## Visit\n\n1. Knock loudly. (own)", "simple": "1. Hit. (own)"}
    lesson.save_revision().publish()
    matter = gather(course, "en")

    steps = html(write_book(matter, Edition.POCKET_BOOK), "steps")
    assert "Visit" in steps
    assert "Hit." in steps
    assert "Knock" not in steps
    assert "Knock loudly." in html(write_book(matter, Edition.ORIENTATION_PACK), "beta")


def test_what_is_not_translated_says_so_and_its_marks_are_explained(matter):
    note = 'class="untranslated"'
    book = write_book(replace(matter, lang="km"), Edition.POCKET_BOOK)

    assert note in html(book, "steps")
    assert '<dt lang="en">own</dt>' in html(book, "sources")
    assert "<dt>ផ្ទាល់</dt>" in html(book, "sources")
    in_english = write_book(matter, Edition.POCKET_BOOK)
    assert note not in html(in_english)
    assert html(in_english, "sources").count(">own<") == 1


def test_figures_and_tables_are_numbered_by_lesson(matter):
    book = write_book(matter, Edition.ORIENTATION_PACK)

    assert re.findall(r"Figure [\d.]+", html(book, "alpha")) == ["Figure 1.1.", "Figure 1.2."]
    assert re.findall(r"Table [\d.]+", html(book, "beta")) == ["Table 2.1."]


def test_numbers_outside_of_lessons_go_on_from_chapter_to_chapter(matter):
    book = write_book(matter, Edition.FACILITATION_GUIDE)

    front = html(book, "overview", "running", "agendas", "forms")
    numbers = [int(n) for n in re.findall(r"Table (\d+)\.", front)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("edition", BOOKS)
def test_every_anchor_stands_once_and_every_link_leads_somewhere(matter, edition):
    book = write_book(matter, edition)

    anchors = [*kinds(book), *re.findall(r' id="([\w-]+)"', html(book))]
    links = re.findall(r' href="#([\w-]+)"', html(book))
    assert len(anchors) == len(set(anchors))
    assert set(links) <= set(anchors)
    assert {place for entry in book.index for place in entry.places} <= set(anchors)


def test_index_names_each_lesson_in_which_a_term_is_used(matter):
    book = write_book(matter, Edition.ORIENTATION_PACK)

    assert [(entry.term, len(entry.places)) for entry in book.index] == [("fund", 2)]


def test_a_question_that_was_taken_back_is_left_out(course):
    from modules.questions.models import Question  # noqa: PLC0415

    Question.objects.filter(key=PRACTICE[0]).update(live=False)

    book = compile_book(course, Edition.ORIENTATION_PACK, "en")
    assert f"question-{PRACTICE[0]}" not in html(book)
    assert f"question-{PRACTICE[1]}" in html(book)


def test_same_content_same_hash_and_other_content_another(course):
    one = compile_book(course, Edition.POCKET_BOOK, "en")

    assert compile_book(course, Edition.POCKET_BOOK, "en").sha == one.sha
    page = LessonPage.objects.get(key="alpha", locale__language_code="en")
    page.title = "Renamed"
    page.save_revision().publish()
    assert compile_book(course, Edition.POCKET_BOOK, "en").sha != one.sha


def test_hash_is_kept_until_a_course_changes(course, django_assert_num_queries):
    long = content_sha(course, Edition.HANDBOOK, "en")

    assert re.fullmatch("[0-9a-f]{64}", long)
    with django_assert_num_queries(0):
        assert content_sha(course, Edition.HANDBOOK, "en") == long


def test_a_book_takes_few_queries(course, django_assert_num_queries):
    with django_assert_num_queries(15):
        compile_book(course, Edition.ORIENTATION_PACK, "en")


def test_no_text_in_a_language_is_said(course):
    course.code = "other"
    course.pk = None
    course.pk = 999

    with pytest.raises(NoSuchText, match="other has no page in en"):
        gather(course, "en")


def test_links_to_what_a_book_leaves_out_end_at_the_lesson(matter):
    see = '<a class="see" href="#{}">there</a>'
    chapters = (
        Chapter("alpha", "lesson", "Alpha", see.format("beta--first") + see.format("gone--x")),
        Chapter("beta", "lesson", "Beta", see.format("alpha") + '<p id="beta--second"></p>'),
    )

    first, second = with_ends(chapters)
    assert first.html == see.format("beta") + "there"
    assert second.html == chapters[1].html


def test_a_link_says_that_its_number_is_that_of_a_page(matter):
    writer = Writer(matter)

    link = writer.prose("[[see:beta#second|there]]")

    assert '<a class="see" data-page="p." href="#beta--second">there</a>' in link
    ended, _beta = with_ends(
        (Chapter("a", "lesson", "A", link), Chapter("beta", "lesson", "B", ""))
    )
    assert '<a class="see" data-page="p." href="#beta">there</a>' in ended.html


def test_sources_stand_where_readers_look_for_them():
    tags = ["W31", "own", "R", "W20b", "E", "W9", "W20", "GK"]

    assert sorted(tags, key=place_of) == ["E", "GK", "R", "W9", "W20", "W20b", "W31", "own"]


def test_cards_are_shared_out_evenly_over_leaves(matter):
    alpha = matter.lessons[0]
    seven = tuple(replace(alpha, key=f"lesson-{n}", number=n) for n in range(1, 8))

    cards = html(write_book(replace(matter, lessons=seven), Edition.HANDBOOK), "cards")

    assert [leaf.count('class="pocket"') for leaf in cards.split('class="leaf"')[1:]] == [4, 3]


def test_what_a_translation_leaves_in_english_is_marked_so(matter):
    book = write_book(replace(matter, lang="km"), Edition.POCKET_BOOK)

    assert '<section class="pocket" id="alpha--card" lang="en" dir="ltr">' in html(book, "alpha")


def test_a_book_whose_meanings_nobody_confirmed_is_a_draft(course):
    """The lessons are confirmed here; the glossary at the end is not."""
    page = CoursePage.objects.get(course=course, locale__language_code="en")
    for own in (page, *(lesson.specific for lesson in page.get_children())):
        translate(own, "ur", review="reviewed")
    english = GlossaryTerm.objects.get(key="fund")
    urdu = english.copy_for_translation(Locale.objects.get(language_code="ur"))
    urdu.definition = "جمع کی گئی رقم۔"
    urdu.save()

    assert gather(course, "ur").is_draft

    GlossaryTerm.objects.filter(pk=urdu.pk).update(review="reviewed")
    assert not gather(course, "ur").is_draft


@pytest.mark.parametrize("lang", ["ur", "km", "lo"])
def test_dates_and_digits_of_a_book_follow_its_language(course, lang):
    """As Unicode's tables have it: Western digits in all our languages, marks of each."""
    said = {"ur": "حد یہ ہے۔ (own)", "km": "ដែនកំណត់។ (own)", "lo": "ຂີດຈຳກັດ. (own)"}[lang]
    page = CoursePage.objects.get(course=course, locale__language_code="en")
    for above in (page.get_parent().specific, page):
        translate(above, lang)
    lesson = page.get_children().first().specific
    translate(lesson, lang, body=[block("law", "limit", said, figure="pk-sd.limit")])
    LegalFigure.objects.update(value="30000.5", valid_from="2022-06-15")

    text = html(write_book(gather(course, lang), Edition.ORIENTATION_PACK))

    number, day = {
        "ur": ("30,000.5", "15 جون، 2022"),
        "km": ("30,000.5", "15 មិថុនា 2022"),
        "lo": ("30.000,5", "15 ມິຖຸນາ 2022"),
    }[lang]
    law = text.split('class="law"')[1].split('class="small"')[0]
    assert number in law
    assert day in law
    assert "June" not in text
    assert not re.search("[٠-٩۰-۹០-៩໐-໙]", text)
