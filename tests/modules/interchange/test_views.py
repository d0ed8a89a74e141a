"""Files in and out through the admin: dry run, taking over, refusals, and what goes out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from modules.interchange.formats import moodle_reading
from modules.questions.models import Question
from modules.reference.models import Review
from tests.cast import sign_in
from tests.modules.bank.making import make, make_outcome

pytestmark = pytest.mark.django_db

FIRST = """\
// [id:co-first]
::co-first::Which is first?{ =To declare#It opens. ~To pay#Later. ####Declare. }

"""
BROKEN = "::co-broken::Which is broken?{ =This ~That\n"
EXPORT = "question_export"


@pytest.fixture
def author(client, cast):
    make_outcome("CO1", "coordination")
    return sign_in(client, cast.author)


def stored():
    """The questions of these files; an outcome brings one of its own."""
    return Question.objects.filter(key__in=["co-first", "co-second", "co-third", "co-broken"])


def upload(client, text, name="questions.txt", **fields):
    """The answer after following to the dry run."""
    data = text if isinstance(text, bytes) else text.encode()
    said = {"outcome": "CO1", "level": "apply", "use": "practice", "known": "change"} | fields
    said["file"] = SimpleUploadedFile(name, data)
    return client.post(reverse("question_import"), said, follow=True)


def take_over(client, answer, **changes):
    path = answer.request["PATH_INFO"]
    mark = {"mark": answer.context["plan"].mark, "confirm": "1"} | changes
    return client.post(path, mark, follow=True)


def test_a_file_is_shown_and_then_taken_over_as_drafts(author, cast):
    shown = upload(author, FIRST + BROKEN)

    assert [(one.what, one.line.line, one.line.key) for one in shown.context["lines"]] == [
        ("new", 2, "co-first"),
        ("refused", 4, ""),
    ]
    assert "The braces around the answers do not match" in shown.text
    assert not stored()

    done = take_over(author, shown)

    question = stored().get()
    assert "1 question is in the bank as a draft." in done.text
    assert (question.live, question.review, question.outcome) == (False, Review.DRAFT, "CO1")
    assert question.author == str(cast.author)
    assert question.table["options"][0] == {
        "key": "a", "correct": True, "text": "To declare", "feedback": "It opens.",
    }  # fmt: skip
    assert question.latest_revision.user == cast.author


def test_a_known_question_gets_a_draft_and_keeps_what_the_file_cannot_say(author):
    question = make("co-first", kind="matching")
    out = author.get(reverse("question_export_file"), {"format": "moodle", "lang": "en"}).content
    there = out.replace(b"Who pays?", b"Who pays for it?")

    shown = upload(author, there, "bank.xml")
    line = shown.context["lines"][0]
    assert (line.what, [one.name for one in line.words]) == ("changed", ["Question"])
    assert "for it" in shown.text

    take_over(author, shown)
    question.refresh_from_db()
    newest = question.get_latest_revision_as_object()
    assert question.table["stem"] == "Who pays?"
    assert newest.table == question.table | {"stem": "Who pays for it?"}


def test_what_was_not_changed_is_the_same_in_every_kind(author):
    kinds = ("single", "multiple", "numeric", "matching", "ordering", "short", "cloze", "essay")
    for kind in kinds:
        make(f"co-{kind}", kind=kind)
    out = author.get(reverse("question_export_file"), {"format": "moodle", "lang": "all"}).content

    shown = upload(author, out, "bank.xml")

    whats = {one.line.key: one.what for one in shown.context["lines"]}
    assert whats.items() >= {f"co-{kind}": "same" for kind in kinds}.items()


def test_known_questions_may_stay_as_they_are(author):
    make("co-first")
    shown = upload(author, FIRST, known="leave")
    assert [one.what for one in shown.context["lines"]] == ["left"]
    assert "nothing in it to take over" in shown.text


def test_a_dry_run_that_is_out_of_date_is_made_anew(author):
    shown = upload(author, FIRST)
    make("co-first")

    again = take_over(author, shown)

    assert "The bank has changed since" in again.text
    assert stored().count() == 1
    assert again.context["plan"].mark != shown.context["plan"].mark


def test_nothing_is_stored_when_one_of_many_fails(author, monkeypatch):
    from modules.interchange import importing  # noqa: PLC0415 (to replace a part of it)

    shown = upload(author, FIRST + FIRST.replace("first", "second"))
    store, seen = importing.store, []

    def fail_at_second(*args, **kwargs):
        seen.append(args)
        if len(seen) > 1:
            raise RuntimeError
        return store(*args, **kwargs)

    monkeypatch.setattr(importing, "store", fail_at_second)
    with pytest.raises(RuntimeError):
        take_over(author, shown)
    assert not stored()


@pytest.mark.parametrize(
    ("text", "name", "fields", "said"),
    [
        ("Words alone.", "notes.txt", {}, "does not show its format"),
        ("", "empty.txt", {}, "The file is empty."),
        (FIRST, "a.txt", {"outcome": "ZZ9"}, "Select a valid choice"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused(author, text, name, fields, said):
    answer = upload(author, text, name, **fields)
    assert answer.status_code == 400
    assert said in answer.text


def test_a_file_may_not_be_too_large(author, settings):
    settings.QUESTION_FILE_LARGEST = 20
    assert "The file is larger than" in upload(author, FIRST).text


def test_a_forgotten_file_is_asked_for_again(author):
    shown = upload(author, FIRST)
    path = shown.request["PATH_INFO"]
    author.post(path, {"give_up": "1"})
    assert "no longer here" in author.get(path, follow=True).text
    assert not stored()


def test_files_are_for_who_uploaded_them(client, cast, author):
    path = upload(author, FIRST).request["PATH_INFO"]
    sign_in(client, cast.reviewer)
    assert "no longer here" in client.get(path, follow=True).text


def test_an_export_lists_what_it_cannot_hold(author):
    make("co-first", tags="out")
    make("co-shown", kind="hotspot", tags="out")
    make("co-drop")
    query = {"format": "moodle", "lang": "en", "tags": "out"}

    page = author.get(reverse(EXPORT), query)

    assert "The file would hold 1 question." in page.text
    assert "It stays: the format has no question of the kind “A place in a picture”." in page.text
    assert "co-shown" in page.text
    file = author.get(reverse("question_export_file"), query)
    assert file.headers["Content-Disposition"] == 'attachment; filename="questions-en.xml"'
    assert [one.key for one in moodle_reading.read(file.content).drafts] == ["co-first"]


def test_a_language_goes_out_alone_where_there_is_a_translation(author):
    make("co-first")
    make("co-first", lang="ur", stem="کون سا؟")
    make("co-second")
    page = author.get(reverse(EXPORT), {"format": "gift", "lang": "ur"})
    assert "The file would hold 1 question." in page.text
    assert "It stays: it has no translation into this language." in page.text
    assert (
        "کون سا؟"
        in author.get(
            reverse("question_export_file"), {"format": "gift", "lang": "ur"}
        ).content.decode()
    )


def test_the_cost_does_not_grow_with_the_bank(author, django_assert_num_queries):
    make("co-first")
    texts = [FIRST, FIRST + FIRST.replace("first", "second") + FIRST.replace("first", "third")]
    path = [upload(author, text).request["PATH_INFO"] for text in texts]
    make("co-second")
    author.get(path[0])
    for one in path:
        with django_assert_num_queries(15):
            author.get(one)


def test_the_list_leads_to_both(client, author, cast):
    url = reverse("wagtailsnippets_modules_question:list")
    assert f"{reverse(EXPORT)}?outcome=CO1" in author.get(url, {"outcome": "CO1"}).text
    assert reverse("question_import") in author.get(url).text
    sign_in(client, cast.translator)
    assert reverse("question_import") not in client.get(url).text
