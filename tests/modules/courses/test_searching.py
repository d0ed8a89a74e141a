"""What search finds, for whom, and what it never finds."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Locale

from modules.courses.models import Course, CoursePage
from modules.courses.searching import describe, find_pages, find_terms
from modules.questions.models import Question
from modules.reference.models import GlossaryTerm, Outcome
from modules.reference.words import cut
from tests.indexing import forget_search_index, keep_search_index
from tests.modules.courses import making
from tests.modules.courses.making import (
    DRAWING,
    block,
    make_course,
    make_lesson,
    make_references,
    translate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


def locale(language="en"):
    return Locale.objects.get(language_code=language)


def titles(query, language="en", user=None):
    found = find_pages(cut(query), locale(language), user or AnonymousUser())
    return [page.title for page in found.results]


@pytest.fixture(scope="module")
def _course(made_once) -> int:
    """A course of two lessons in every language, in the index; made once for the module."""
    keep_search_index()
    with pytest.MonkeyPatch.context() as everywhere:
        everywhere.setattr(making, "ALIASES", ["ur", "km", "lo"])
        make_references()
        course = make_course()
        text = block("text", "t", "Contributions are paid by employers. (own)")
        make_lesson(course, "one", text)
        make_lesson(course, "two", block("text", "t", "Taxes are paid by all."), title="Employers")
    forget_search_index()
    return course.pk


@pytest.fixture(autouse=True)
def course(db, _course: int) -> CoursePage:
    return CoursePage.objects.get(pk=_course)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("contribution", ["Lesson one"]),
        ("CONTRIBUTIONS", ["Lesson one"]),
        ("“employer”", ["Employers", "Lesson one"]),
        ("employers paid", ["Lesson one", "Employers"]),
        ("paid tax", ["Employers"]),
        ("trial about", ["Trial in full"]),
        ("sheep", []),
        ("own", []),
    ],
)
def test_words_are_found_whatever_their_form(query, found):
    assert sorted(titles(query)) == sorted(found)


def test_a_word_of_the_title_weighs_more():
    assert titles("employers")[0] == "Employers"


def test_without_a_page_with_all_words_those_with_some_are_shown():
    matches = find_pages(cut("taxes sheep"), locale(), AnonymousUser())

    assert matches.partly
    assert [page.title for page in matches.results] == ["Employers"]


@pytest.mark.parametrize(
    "query", ['"', "{title} : x", "x* OR y", "NEAR(a b)", "' OR 1=1 --", "a:*|b"]
)
def test_signs_of_a_query_language_are_only_signs(query):
    assert titles(query) == []


IN_SENTENCES = [
    ("km", "សង្គម", "ការគាំពារសង្គមជាសិទ្ធិមិនមែនជាអំណោយទេ។"),
    ("km", "អំណោយ", "ការគាំពារសង្គមជាសិទ្ធិមិនមែនជាអំណោយទេ។"),
    ("lo", "ສັງຄົມ", "ການປົກປ້ອງສັງຄົມເປັນສິດ."),
    ("lo", "ກຳມະກອນ", "ສິດຂອງກໍາມະກອນທຸກຄົນ."),
    ("ur", "کنٹری بیوشن", "سوشل سیکیورٹی كی كنٹری بيوشن آجر ادا کرتا ہے۔"),
    ("ur", "تحفظ", "سماجی تَحَفُّظ کا نظام"),
]


@pytest.mark.parametrize(("language", "word", "sentence"), IN_SENTENCES)
def test_words_inside_a_sentence_are_found(course, language, word, sentence):
    page = make_lesson(course, "new", block("text", "t", "Nothing."))
    translate(page, language, title="—", body=[("text", {"anchor": "t", "text": sentence})])

    assert titles(word, language) == ["—"]
    assert titles(word, "en") == []


@pytest.mark.parametrize(("language", "word", "sentence"), IN_SENTENCES)
def test_words_inside_a_title_are_found(course, language, word, sentence):
    page = make_lesson(course, "new", block("text", "t", "Nothing."))
    translate(page, language, title=sentence)

    assert titles(word, language) == [sentence]


def test_untranslated_lessons_are_found_by_their_english_words():
    assert titles("contributions", "km") == ["Lesson one"]


# --- what is never found --------------------------------------------------------------------------


def test_facilitators_matter_and_questions_are_never_found(course, cast):
    """Each canary is findable where it may stand, so that finding nothing means something."""
    option = {"key": "a", "correct": True, "text": "Canaryoption", "feedback": "Canaryfeedback"}
    Question.objects.create(
        key="canarykey",
        locale=locale(),
        outcome="X1",
        level="apply",
        definition=[
            {"type": "single", "value": {"stem": "Canarystem", "options": [option, option]}}
        ],
    )
    make_lesson(
        course,
        "canaries",
        block("keypoints", "k", "- Canaryopen."),
        block("question", "q", use="canarykey"),
        block("activity", "a", "Canarytext", minutes=5, materials="Canarycards"),
    )

    assert titles("canaryopen") == ["Lesson canaries"]
    for canary in ("text", "cards", "key", "stem", "option", "feedback"):
        assert titles(f"canary{canary}") == []
        assert titles(f"canary{canary}", user=cast.trainer) == []


def test_names_of_blocks_files_and_drawings_are_never_found(course):
    make_lesson(
        course,
        "canaries",
        block("text", "canaryanchor", "Canaryopen. [W12](own)"),
        block(
            "figure",
            "fig",
            "Canarycaption.\n\n- A: Canarylegend",
            file="figures/canaryfile.svg",
            alt="Canaryalt.",
            drawing=DRAWING.replace("stroke", "stroke canaryclass"),
        ),
        block("law", "box", "Canarylaw.", figure="kh.canaryfigure"),
    )

    for canary in ("open", "caption", "legend", "alt", "law"):
        assert titles(f"canary{canary}") == ["Lesson canaries"]
    for canary in ("anchor", "file", "class", "figure"):
        assert titles(f"canary{canary}") == []
    assert [titles(word) for word in ("fig", "svg", "figures", "w12")] == [[], [], [], []]


def test_lessons_of_an_announced_course_are_not_found_but_the_course_is(cast):
    later = make_course("later", number=82, status="announced")
    make_lesson(later, "hidden", block("text", "t", "About sheep."))

    assert titles("sheep") == []
    assert titles("sheep", "ur") == []
    assert titles("sheep", user=cast.system_admin) == []
    assert titles("later") == ["Later in full"]


@pytest.mark.parametrize(
    ("access", "anonymous", "learner", "trainer"),
    [
        ("public", True, True, True),
        ("signed_in", False, True, True),
        ("enrolled", False, False, True),
    ],
)
def test_lessons_are_found_by_those_who_may_read_them(cast, access, anonymous, learner, trainer):
    Course.objects.filter(code="trial").update(access=access)

    assert bool(titles("taxes")) == anonymous
    assert bool(titles("taxes", user=cast.learner)) == learner
    assert bool(titles("taxes", user=cast.trainer)) == trainer
    assert titles("trial about") == ["Trial in full"]


def test_unpublished_lessons_are_not_found(course):
    course.get_children().get(slug="two").unpublish()

    assert titles("taxes") == []


# --- how it is shown ------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 6])
def test_many_pages_are_described_in_as_many_queries_as_few(
    course, rf, more, django_assert_num_queries
):
    for number in range(more):
        make_lesson(course, f"more-{number}", block("text", "t", "Paid."))
    pages = list(find_pages("paid", locale(), AnonymousUser()).results)
    request = rf.get("/search/")
    describe(pages, locale(), request)

    with django_assert_num_queries(3):
        found = describe(pages, locale(), request)

    one = next(page for page in found if page.title == "Lesson one")
    assert (one.url, one.course) == ("/courses/trial/one/", "Trial")
    assert one.about == "By the end you can one."


def test_a_course_is_described_by_its_summary(course, rf):
    pages = find_pages("trial", locale(), AnonymousUser()).results

    (found,) = describe(pages, locale(), rf.get("/"))
    assert (found.about, found.course) == ("What trial is about.", "")


def make_term(key, language, term, **fields):
    GlossaryTerm.objects.create(
        key=key,
        locale=locale(language),
        term=term,
        translation_key=uuid.uuid5(uuid.NAMESPACE_URL, key),
        **fields,
    )


def test_terms_are_found_in_both_languages_once():
    make_term("audit", "en", "audit", definition="A check of records.")
    make_term("audit", "km", "សវនកម្ម")
    make_term("appeal", "en", "appeal")

    for query in ("audits", "records", "សវនកម្ម"):
        (entry,) = find_terms(cut(query), locale("km"))
        assert (entry.english.key, entry.own.term) == ("audit", "សវនកម្ម")
    (entry,) = find_terms("appeal", locale("km"))
    assert entry.own is None
    assert find_terms(cut("សវនកម្ម"), locale("ur")) == []


def test_outcomes_are_no_pages():
    Outcome.objects.create(
        course_code="trial",
        code="X1",
        level="apply",
        title="Shear sheep.",
        locale=locale(),
        translation_key=uuid.uuid4(),
    )

    assert titles("sheep") == []
