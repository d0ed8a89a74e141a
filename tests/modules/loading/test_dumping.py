import pytest
from wagtail.models import Locale

from modules.courses.models import Course, CoursePage, CourseVersion, LessonPage
from modules.loading.dumping import dump_library
from modules.loading.entries import identity
from modules.loading.errors import LibraryError
from modules.loading.loading import load_library
from modules.loading.models import Loaded
from modules.papers import contents
from modules.papers import models as papers
from modules.questions.definitions import sha_of
from modules.questions.models import Question
from modules.reference.models import GlossaryTerm, LegalFigure, Outcome, Source
from tests.modules.loading.mini import COURSE, FILES, change

pytestmark = pytest.mark.django_db


@pytest.fixture
def dump(mini, tmp_path):
    """Dumps the mini course into an empty folder and reads its files there."""

    def read():
        dump_library("mini", tmp_path / "dump")
        paths = sorted((tmp_path / "dump/mini").rglob("*.*"))
        return {str(p.relative_to(tmp_path / "dump")): p.read_bytes().decode() for p in paths}

    return read


def lesson(key="one", lang="en"):
    return LessonPage.objects.get(
        translation_key=identity(f"lesson/mini/{key}"), locale__language_code=lang
    )


def differing(files):
    return {name for name in {*files, *COURSE} if files.get(name) != FILES.get(name)}


def test_files_are_dumped_as_they_were_loaded(dump):
    assert differing(dump()) == set()


def test_a_legal_caution_is_loaded_and_dumped_as_it_was_cleared(mini, dump):
    file = mini / "mini/en/01-one.md"
    text = file.read_text().replace("+++\n\n", 'legal_caution = "punjab-2026"\n+++\n\n')
    file.write_text(text)
    load_library(mini)
    assert {page.legal_caution for page in (lesson(), lesson(lang="ur"))} == {"punjab-2026"}
    assert dump()["mini/en/01-one.md"] == text

    page = lesson()
    page.legal_caution = "cleared"
    page.save_revision().publish()

    assert dump()["mini/en/01-one.md"] == text.replace("punjab-2026", "cleared")


def test_shared_files_are_dumped_too(mini, tmp_path):
    dump_library("mini", tmp_path / "dump")

    terms = (tmp_path / "dump/terms.toml").read_text("utf-8")
    assert FILES["terms.toml"] in terms
    assert FILES["legal.toml"] in (tmp_path / "dump/legal.toml").read_text("utf-8")
    sources = (tmp_path / "dump/sources.toml").read_text("utf-8")
    assert sources.startswith("# Where it comes from.\n\n")


def test_deleted_loaded_and_dumped_again(mini, dump):
    CoursePage.objects.get(course__code="mini", locale__language_code="en").delete()
    Question.objects.filter(key__startswith="mi-").delete()
    load_library(mini)

    assert differing(dump()) == set()


def test_a_dump_makes_the_same_course_on_another_machine(dump, tmp_path):
    dump()
    before = CourseVersion.objects.get(course__code="mini")
    for rows in (CoursePage.objects.filter(course__code="mini"), CourseVersion.objects):
        rows.all().delete()
    for model in (
        Course,
        Question,
        Outcome,
        papers.Test,
        contents.Form,
        GlossaryTerm,
        LegalFigure,
        Source,
        Loaded,
    ):
        model.objects.all().delete()

    load_library(tmp_path / "dump", ["mini"])

    after = CourseVersion.objects.get(course__code="mini")
    assert (after.sha256, after.pk == before.pk) == (before.sha256, False)
    assert lesson().body[0].id == str(identity("lesson/mini/one#start"))
    assert differing(dump()) == set()


def test_an_edited_lesson_changes_its_file_alone(dump):
    page = lesson()
    page.title = 'An "edited" title'
    page.body[0].value["text"] = "## Begin\r\n\r\nEdited. (own)"
    page.body = [
        {"type": b.block_type, "value": b.block.get_prep_value(b.value)} for b in page.body
    ]
    page.save_revision().publish()

    files = dump()

    assert differing(files) == {"mini/en/01-one.md"}
    assert files["mini/en/01-one.md"] == (
        FILES["mini/en/01-one.md"]
        .replace('"Lesson one"', '"An \\"edited\\" title"')
        .replace("A [[term:mini term|term]] with **weight**. [W900]", "Edited. (own)")
    )


def test_a_source_that_is_law_is_loaded_and_dumped_so(mini, dump, tmp_path):
    before = Loaded.objects.get(path="source/W900").sha256
    said = {"tag": "W900", "title": "Mini source", "publisher": "", "year": "2026"}
    assert before == sha_of(said | {"confidence": "source", "note": "", "url": ""})

    change(mini, "sources.toml", 'confidence = "source"', 'confidence = "source"\nkind = "law"')
    load_library(mini)

    assert Source.objects.get(tag="W900").is_law
    dump()
    assert (tmp_path / "dump/sources.toml").read_text() == (mini / "sources.toml").read_text()


def test_a_meaning_that_was_confirmed_in_the_admin_says_so_in_its_file(dump, tmp_path):
    own = GlossaryTerm.objects.get(key="mini term", locale__language_code="ur")
    own.definition, own.review = "معنی۔", "reviewed"
    own.save()

    assert differing(dump()) == set()
    assert (tmp_path / "dump/terms.toml").read_text() == FILES["terms.toml"].replace(
        'ur = {term="اصطلاح", confidence="draft", note="Nearest form."}',
        'ur = {term="اصطلاح", definition="معنی۔", confidence="draft", note="Nearest form.",'
        ' review="reviewed"}',
    )


def test_an_edited_question_changes_its_file_alone(dump):
    question = Question.objects.get(key="mi-one", locale__language_code="ur")
    question.definition[0].value["stem"] = "کیا ایک؟"
    question.definition[0].value["options"][0]["correct"] = False  # English decides
    question.save_revision().publish()

    files = dump()

    assert differing(files) == {"mini/ur/01-one.questions.toml"}
    assert files["mini/ur/01-one.questions.toml"] == FILES["mini/ur/01-one.questions.toml"].replace(
        "ایک؟", "کیا ایک؟"
    )


def test_drafts_and_unpublished_pages_are_not_dumped(dump):
    page = lesson()
    page.title = "Draft"
    page.save_revision()
    lesson("two").unpublish()

    files = dump()

    assert differing(files) == {"mini/course.toml", "mini/en/02-two.md"}
    assert '  "one",\n]' in files["mini/course.toml"]


def test_what_the_admin_made_finds_its_files(dump):
    english = Locale.objects.get(language_code="en")
    page = LessonPage(
        title="Third", slug="third", key="third", purpose="p", outcomes=["MI1"], minutes=5
    )
    page.body = [
        {"type": "text", "value": {"anchor": "a", "minutes": None, "text": "## A"}},
        {"type": "question", "value": {"anchor": "q", "use": "mi-new"}},
    ]
    lesson().get_parent().add_child(instance=page)
    facts = {"locale": english, "outcome": "MI1", "level": "apply"}
    definition = [
        {"type": "numeric", "value": {"stem": "?", "answer": "1", "min": "1", "max": "1"}}
    ]
    for key in ("mi-new", "mi-spare"):
        Question.objects.create(key=key, definition=definition, **facts)
    GlossaryTerm.objects.create(key="zz", term="ZZ", definition="d", locale=english)

    files = dump()

    assert differing(files) == {
        *("mini/course.toml", "mini/en/03-third.md", "mini/en/03-third.questions.toml"),
        "mini/en/unused.questions.toml",
    }
    assert "::: text {#a}\n## A\n:::" in files["mini/en/03-third.md"]
    assert 'max = "1"' in files["mini/en/03-third.questions.toml"]


def test_what_no_file_can_say_stops_the_dump(dump, tmp_path):
    page = lesson()
    value = {"anchor": "sound", "title": "t", "file": None, "transcript": "w"}
    page.body = [*page.body.raw_data, {"type": "media", "value": value}]
    page.save_revision().publish()

    with pytest.raises(
        LibraryError, match=r"mini/en/01-one\.md:1: a file cannot hold the media bl"
    ):
        dump()
    assert not (tmp_path / "dump").exists()


def test_text_that_would_end_its_block_stops_the_dump(dump):
    page = lesson()
    page.body[0].value["text"] = "## A\n:::\nB"
    page.save_revision().publish()

    with pytest.raises(LibraryError, match=r"01-one\.md"):
        dump()
