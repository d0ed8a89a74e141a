"""The list of translations, PO files, and who may do what with them, as the admin serves it."""

import datetime as dt

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from learning.people.models import Role
from learning.people.roles import grant_role
from modules.reference.models import GlossaryTerm, LegalFigure, Review
from tests.cast import sign_in
from tests.modules.courses.making import block, make_course, make_lesson
from tests.modules.questions.making import make as make_question
from tests.modules.translating.making import begin, say, segments_of, urdu

pytestmark = pytest.mark.django_db

URDU = {
    "Lesson a-lesson": "ایک سبق",
    "By the end you can a-lesson.": "آخر میں آپ یہ کر سکیں گے۔",
    "## Start": "## آغاز",
    "A [[term:fund]] pays. [E]": "ایک [[term:fund|فنڈ]] ادا کرتا ہے۔ [E]",
    "- one\n- two": "- ایک\n- دو",
}


@pytest.fixture
def lesson(db):
    text = "## Start\n\nA [[term:fund]] pays. [E]\n\n- one\n- two"
    return make_lesson(make_course(), "a-lesson", block("text", "first", text))


@pytest.fixture
def translator(client, cast):
    grant_role(cast.translator, Role.TRANSLATOR, cast.pakistan)
    return sign_in(client, cast.translator)


@pytest.fixture
def reviewer(client, cast):
    grant_role(cast.reviewer, Role.REVIEWER, cast.pakistan)
    return sign_in(client, cast.reviewer)


def upload(client, translation, text):
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    file = SimpleUploadedFile("ur.po", text.encode())
    edit = translation.get_target_instance_edit_url()
    return client.post(url, {"file": file, "next": edit}, follow=True).content.decode()


def download(client, translation) -> polib.POFile:
    url = reverse("wagtail_localize:download_pofile", args=[translation.pk])
    return polib.pofile(client.get(url).content.decode())


def translated(po: polib.POFile, words: dict[str, str]) -> str:
    for entry in po:
        entry.msgstr = words.get(entry.msgid, "")
    return str(po)


def test_lesson_goes_out_and_comes_back_as_a_po_file(
    client, translator, cast, lesson, django_capture_on_commit_callbacks
):
    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[lesson.pk]),
        {"locales": [urdu(lesson).locale_id]},
    )
    translation = Translation.objects.get()
    upload(client, translation, translated(download(client, translation), URDU))
    grant_role(cast.reviewer, Role.REVIEWER, cast.pakistan)
    sign_in(client, cast.reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(translation.get_target_instance_edit_url(), {"action": "publish"})
    client.logout()

    html = client.get("/ur/courses/trial/a-lesson/").content.decode()

    assert all(words in html for words in ("ایک سبق", "فنڈ</a>", "ادا کرتا ہے", "<li>دو</li>"))
    assert "Lesson a-lesson" not in html


def test_file_that_lost_a_source_is_taken_without_that_segment(client, translator, lesson):
    translation = begin(lesson)
    lost = URDU | {"A [[term:fund]] pays. [E]": "ایک [[term:fund|فنڈ]] ادا کرتا ہے۔"}

    html = upload(client, translation, translated(download(client, translation), lost))

    assert "1 segment is refused and stays in English" in html
    assert "These marks of the English text are missing: [E]" in html
    assert translation.get_progress() == (5, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no po file", "This is not a PO file."),
        ('msgid "a"\nmsgstr "b"\n', "This PO file was not downloaded from here."),
    ],
)
def test_other_files_are_refused(client, translator, lesson, text, message):
    translation = begin(lesson)

    assert message in upload(client, translation, text)
    assert translation.get_progress() == (5, 0)


def test_missing_file_is_asked_for(client, translator, lesson):
    url = reverse("translation_upload", args=[begin(lesson).pk])

    assert "Choose a PO file first." in client.post(url, follow=True).content.decode()


def test_editor_refuses_a_segment_that_lost_its_term(client, translator, lesson):
    translation = begin(lesson)
    segment = translation.source.stringsegment_set.get(string__data__startswith="A [[term")
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])

    answer = client.put(
        url, "value=فنڈ ادا کرتا ہے۔ [E]", content_type="application/x-www-form-urlencoded"
    )

    assert answer.json()["error"] == ("These marks of the English text are missing: [[term:fund]]")


def test_list_tells_how_far_each_translation_is(
    client, translator, lesson, django_assert_num_queries
):
    say(begin(lesson), "## Start", "## آغاز")
    begin(lesson, "km")
    begin(lesson.get_parent().specific)
    client.get(reverse("translations"))

    with django_assert_num_queries(17):
        html = client.get(reverse("translations")).content.decode()

    assert "1 of 5 segments" in html
    assert "New words, not yet published" in html
    assert html.count("draft, awaiting native review") == 0  # nothing of it is published
    assert "Confirm as a native speaker" not in html


def test_reviewer_confirms_a_translation(client, reviewer, lesson):
    translation = begin(lesson)
    urdu(lesson).get_latest_revision().publish()

    html = client.post(reverse("translation_review", args=[translation.pk]), follow=True)

    assert "is confirmed." in html.content.decode()
    page = urdu(lesson)
    assert page.review == Review.REVIEWED
    assert page.live_revision == page.latest_revision


@pytest.fixture
def term(db):
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    english = GlossaryTerm.objects.create(
        key="fund", locale=locales["en"], term="fund", definition="Money."
    )
    return GlossaryTerm.objects.create(
        key="fund",
        locale=locales["ur"],
        translation_key=english.translation_key,
        term="فنڈ",
        definition="رقم۔",
        confidence="found",
    )


def edit_term(client, term, **changes):
    fields = ("key", "term", "abbreviation", "definition", "confidence", "source", "note", "review")
    data = {name: getattr(term, name) for name in fields} | changes
    url = reverse("wagtailsnippets_modules_glossaryterm:edit", args=[term.pk])
    assert client.post(url, data).status_code == 302
    term.refresh_from_db()


def test_reviewer_confirms_a_meaning_in_the_admin(client, reviewer, term):
    edit_term(client, term, review="reviewed")

    assert term.review == Review.REVIEWED

    edit_term(client, term, definition="جمع کی گئی رقم۔", review="reviewed")
    assert term.review == Review.REVIEWED


def test_translator_confirms_no_meaning_and_a_changed_one_waits_again(client, translator, term):
    edit_term(client, term, review="reviewed")
    assert term.review == Review.DRAFT

    GlossaryTerm.objects.filter(pk=term.pk).update(review="reviewed")
    term.refresh_from_db()
    edit_term(client, term, note="Nearest form.")
    assert term.review == Review.REVIEWED
    edit_term(client, term, definition="جمع کی گئی رقم۔")
    assert term.review == Review.DRAFT


def test_meaning_that_was_translated_by_segments_is_confirmed_in_the_list(client, cast, reviewer):
    english = Locale.objects.get(language_code="en")
    fund = GlossaryTerm.objects.create(key="fund", locale=english, term="fund", definition="Money.")
    translation = begin(fund)
    own = GlossaryTerm.objects.get(key="fund", locale__language_code="ur")
    url = reverse("translation_review", args=[translation.pk])

    grant_role(cast.translator, Role.TRANSLATOR, cast.pakistan)
    sign_in(client, cast.translator)
    client.post(url)
    own.refresh_from_db()
    assert own.review == Review.DRAFT

    sign_in(client, cast.reviewer)
    assert "is confirmed." in client.post(url, follow=True).content.decode()
    own.refresh_from_db()
    assert own.review == Review.REVIEWED


def test_translator_confirms_and_publishes_nothing(client, translator, lesson):
    translation = begin(lesson)
    say(translation, "## Start", "## آغاز")
    page = urdu(lesson)

    for url, data in (
        (reverse("translation_review", args=[translation.pk]), {}),
        (translation.get_target_instance_edit_url(), {"action": "publish"}),
        (
            reverse("wagtail_localize:update_translations", args=[translation.source_id]),
            {"publish_translations": "on"},
        ),
        (reverse("wagtail_localize:convert_to_alias", args=[page.pk]), {}),
    ):
        assert client.post(url, data).url == reverse("wagtailadmin_home")

    page.refresh_from_db()
    assert (page.review, page.alias_of) == (Review.DRAFT, None)
    assert "آغاز" not in str(page.body.raw_data)


@pytest.mark.parametrize("kind", ["question", "term", "figure"])
def test_editor_of_what_lessons_refer_to_opens(client, translator, kind):
    english = Locale.objects.get(language_code="en")
    thing = {
        "question": lambda: make_question("a-question"),
        "term": lambda: GlossaryTerm.objects.create(key="fund", locale=english, term="fund"),
        "figure": lambda: LegalFigure.objects.create(
            key="pk.limit",
            label="Limit",
            jurisdiction="PK",
            value="100",
            unit="PKR",
            basis="Act",
            checked_on=dt.date(2026, 11, 12),
            locale=english,
            source="[E]",
        ),
    }[kind]()
    translation = begin(thing)

    answer = client.get(translation.get_target_instance_edit_url())

    assert answer.status_code == 200
    assert segments_of(translation)[0] in answer.context["props"]
