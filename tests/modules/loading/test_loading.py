import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from modules.courses.models import Course, CoursePage, CourseVersion, LessonPage
from modules.loading.entries import identity
from modules.loading.loading import Verdict, load_library
from modules.loading.models import Loaded
from modules.papers.contents import Form
from modules.questions.definitions import sha_of
from modules.questions.models import Question
from modules.reference.models import GlossaryTerm
from tests.modules.loading.mini import change

pytestmark = pytest.mark.django_db

ONE = "mini/en/01-one.md"


def lesson(key="one", lang="en"):
    return LessonPage.objects.get(
        translation_key=identity(f"lesson/mini/{key}"), locale__language_code=lang
    )


def question(lang="en"):
    return Question.objects.get(key="mi-one", locale__language_code=lang)


def about_mini(report):
    return [line for line in report.lines if "mini" in line or "mi-" in line]


def written(report):
    """What a load wrote, by the title of the shelf."""
    return {
        title: count[Verdict.MADE] + count[Verdict.UPDATED]
        for title, count in report.counts.items()
        if count[Verdict.MADE] + count[Verdict.UPDATED]
    }


def edit(page, **fields):
    """An edit in the admin: a draft, until it is published."""
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision()


@pytest.mark.parametrize(("lang", "is_alias"), [("en", False), ("ur", False), ("km", True)])
def test_a_lesson_stands_in_every_language(mini, lang, is_alias):
    page = lesson(lang=lang)

    assert (page.alias_of_id is not None, page.live, page.slug) == (is_alias, True, "one")
    assert page.url == {"en": "", "ur": "/ur", "km": "/km"}[lang] + "/courses/mini/one/"


def test_a_lesson_without_a_translation_is_an_alias_under_the_translated_course(mini):
    page = lesson("two", "ur")

    assert (page.alias_of_id, page.get_parent().title) == (lesson("two").pk, "چھوٹا کورس")


def test_ids_come_from_library_paths(mini):
    options = question().definition[0].value["options"].bound_blocks

    assert [block.id for block in lesson().body][:2] == [
        str(identity("lesson/mini/one#start")),
        str(identity("lesson/mini/one#drawing")),
    ]
    assert [block.id for block in lesson(lang="km").body] == [b.id for b in lesson().body]
    assert [option.id for option in options] == [
        str(identity("question/mi-one#options/a")),
        str(identity("question/mi-one#options/b")),
    ]


def test_a_translated_question_shows_the_english_facts_to_its_editor(mini):
    options = question("ur").table["options"]

    assert [(option["key"], option["correct"]) for option in options] == [("a", True), ("b", False)]
    assert options[0]["text"] == "ہاں"


def test_what_a_translation_leaves_out_is_english(mini):
    page = CoursePage.objects.get(course__code="mini", locale__language_code="ur")

    assert (page.title, page.audience, page.is_unreviewed_translation) == (
        "چھوٹا کورس",
        "Testers.",
        True,
    )


def test_facts_of_course_and_tests(mini):
    course = Course.objects.get(code="mini")
    forms = {form.label: form.question_keys for form in Form.objects.filter(course_code="mini")}

    assert (course.prefix, course.number, course.minutes) == ("MI", 91, 60)
    assert forms == {"A": ["mi-a1"], "B": ["mi-b1"]}
    assert CourseVersion.objects.get(course=course).number == "1.0"


def test_a_second_load_writes_nothing(mini):
    before = Revision.objects.count()
    with CaptureQueriesContext(connection) as queries:
        report = load_library(mini)

    assert (written(report), about_mini(report), Revision.objects.count()) == ({}, [], before)
    changing = ("INSERT", "UPDATE", "DELETE")
    assert [q["sql"] for q in queries if q["sql"].startswith(changing)] == []


def test_a_changed_file_is_published_and_keeps_its_history(mini):
    change(mini, ONE, "with **weight**", "with a change")

    report = load_library(mini)

    assert written(report) == {"Lessons": 1}
    assert "with a change" in lesson().body[0].value["text"]
    assert "with a change" in lesson(lang="km").body[0].value["text"]
    assert lesson().revisions.count() == 2


def test_a_changed_fact_reaches_the_translation(mini):
    change(mini, ONE, "minutes=9", "minutes=8")

    assert written(load_library(mini)) == {"Lessons": 2}
    assert lesson(lang="ur").body[0].value["minutes"] == 8


def test_a_draft_in_the_admin_is_left_alone(mini):
    edit(lesson(), title="Edited")
    change(mini, ONE, "with **weight**", "with a change")

    report = load_library(mini)

    assert about_mini(report)[0] == f"conflict: {ONE} was changed in the admin; left alone"
    assert report.counts["Lessons"][Verdict.CONFLICT] == 1
    assert lesson().get_latest_revision_as_object().title == "Edited"
    assert "with **weight**" in lesson().body[0].value["text"]


def test_a_published_edit_is_left_alone_while_its_translation_is_loaded(mini):
    edit(lesson(), purpose="Edited").publish()
    change(mini, "mini/ur/01-one.md", "سبق ایک", "پہلا سبق")

    report = load_library(mini)

    assert written(report) == {"Lessons": 1}
    assert (lesson().purpose, lesson(lang="ur").title) == ("Edited", "پہلا سبق")


def test_an_edit_that_the_file_says_too_is_no_conflict(mini):
    edit(lesson(), title="Edited").publish()
    change(mini, ONE, "Lesson one", "Edited")

    assert "conflict" not in str(about_mini(load_library(mini)))
    change(mini, ONE, '"Edited"', '"Edited again"')
    assert written(load_library(mini)) == {"Lessons": 1}


def test_saving_in_a_browser_without_an_edit_is_no_edit(mini):
    page = lesson()
    page.body = [
        {**raw, "value": {n: _as_browser(v) for n, v in raw["value"].items()}}
        for raw in page.body.raw_data
    ]
    page.save_revision().publish()

    assert (written(load_library(mini)), about_mini(load_library(mini))) == ({}, [])


def _as_browser(value):
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


def test_an_unpublished_lesson_stays_unpublished(mini):
    lesson().unpublish()
    change(mini, ONE, "with **weight**", "with a change")

    report = load_library(mini)

    assert about_mini(report)[0] == f"conflict: {ONE} was changed in the admin; left alone"
    assert not lesson().live


def test_a_term_edited_in_one_language_is_left_alone_in_that_language(mini):
    GlossaryTerm.objects.filter(key="mini term", locale__language_code="ur").update(term="لفظ")
    change(mini, "terms.toml", "A term for tests.", "A changed term.")

    report = load_library(mini)

    assert "conflict: term/mini term@ur (terms.toml) was changed in the admin; left alone" in (
        report.lines
    )
    terms = GlossaryTerm.objects.filter(key="mini term").order_by("locale")
    assert [term.definition for term in terms] == ["A changed term.", ""]
    assert terms[1].term == "لفظ"


def test_a_meaning_in_another_language_is_a_draft_until_a_file_says_more(mini):
    def urdu():
        return GlossaryTerm.objects.get(key="mini term", locale__language_code="ur")

    change(mini, "terms.toml", 'ur = {term="اصطلاح"', 'ur = {term="اصطلاح", definition="معنی۔"')
    load_library(mini)
    assert (urdu().definition, urdu().review) == ("معنی۔", "draft")

    change(mini, "terms.toml", 'note="Nearest form."', 'note="Nearest form.", review="reviewed"')
    load_library(mini)
    assert urdu().review == "reviewed"


def test_what_was_loaded_before_meanings_had_reviews_is_no_conflict(mini):
    """Its hash must not hold what nobody said."""
    said = {
        "key": "mini term",
        "term": "اصطلاح",
        "abbreviation": "",
        "definition": "",
        "source": "",
        "confidence": "draft",
        "note": "Nearest form.",
    }
    row = Loaded.objects.get(path="term/mini term@ur")
    assert row.sha256 == sha_of(said)


def test_a_key_edited_in_the_admin_makes_no_second_object(mini):
    GlossaryTerm.objects.filter(key="mini term").update(key="renamed")

    report = load_library(mini)

    assert report.counts["Glossary terms"][Verdict.CONFLICT] == 2
    assert not GlossaryTerm.objects.filter(key="mini term").exists()


def test_what_was_deleted_is_made_again(mini):
    CoursePage.objects.get(course__code="mini", locale__language_code="en").delete()
    Question.objects.filter(key="mi-one").delete()

    load_library(mini)

    assert lesson().live
    assert lesson(lang="km").alias_of_id == lesson().pk
    assert question().translation_key == identity("question/mi-one")


def test_a_vanished_file_is_reported_and_nothing_deleted(mini):
    (mini / "mini/ur/01-one.md").unlink()

    report = load_library(mini)

    assert about_mini(report) == [
        "vanished: lesson/mini/one@ur is no longer in mini/ur/01-one.md; nothing was deleted"
    ]
    assert lesson(lang="ur").title == "سبق ایک"


def test_a_translation_takes_the_place_of_the_alias(mini):
    text = (mini / "mini/ur/01-one.md").read_text("utf-8")
    alias = lesson(lang="km")
    (mini / "mini/km").mkdir()
    (mini / "mini/km/01-one.md").write_text(text, "utf-8")

    load_library(mini)

    page = lesson(lang="km")
    assert (page.pk, page.alias_of_id, page.title) == (alias.pk, None, "سبق ایک")
    assert page.revisions.exists()


def test_lessons_stand_in_the_order_of_course_toml(mini):
    _swap_lessons(mini)

    assert written(load_library(mini)) == {"Lessons": 3, "Orders of lessons": 1}
    for lang in ("en", "ur", "km"):
        pages = LessonPage.objects.child_of(lesson(lang=lang).get_parent()).order_by("path")
        assert [page.key for page in pages] == ["two", "one"]


def test_an_order_changed_in_the_admin_is_left_alone(mini):
    lesson().move(lesson("two"), pos="right")
    (mini / "mini/course.toml").write_text(
        (mini / "mini/course.toml").read_text().replace('"1.0"', '"1.1"')
    )

    report = load_library(mini)

    conflict = "conflict: mini/course.toml was changed in the admin; left alone"
    assert about_mini(report) == [conflict, "released: mini, version 1.1"]


def _swap_lessons(root):
    change(root, "mini/course.toml", '  "one",\n  "two",\n', '  "two",\n  "one",\n')
    for lang, old, new in (
        ("en", "01-one", "02-one"),
        ("en", "02-two", "01-two"),
        ("ur", "01-one", "02-one"),
    ):
        (root / f"mini/{lang}/{old}.md").rename(root / f"mini/{lang}/{new}.md")


def test_a_language_that_is_added_later_gets_its_tree(mini, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("th", "Thai")]

    load_library(mini)

    assert lesson(lang="th").alias_of_id == lesson().pk


def test_one_language_alone(mini):
    change(mini, "mini/ur/01-one.md", "سبق ایک", "پہلا سبق")
    change(mini, ONE, "Lesson one", "First lesson")

    report = load_library(mini, lang="ur")

    assert written(report) == {"Lessons": 1}
    assert (lesson().title, lesson(lang="ur").title) == ("Lesson one", "پہلا سبق")


def test_changed_content_asks_for_a_new_version(mini):
    change(mini, ONE, "with **weight**", "with a change")

    assert load_library(mini).lines[-1] == (
        "mini/course.toml: version 1.0 was released with other content; raise the version number."
    )
    change(mini, "mini/course.toml", '"1.0"', '"1.1"')
    assert about_mini(load_library(mini)) == ["released: mini, version 1.1"]
    versions = CourseVersion.objects.filter(course__code="mini")
    assert [version.number for version in versions] == ["1.0", "1.1"]
