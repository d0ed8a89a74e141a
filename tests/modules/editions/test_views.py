"""Files of editions as they are asked for: made, being made, failed, earlier ones, not there."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from modules.courses.keeping import renew_mark
from modules.courses.models import Course
from modules.editions.models import EditionFile
from tests.cast import sign_in
from tests.modules.courses.making import make_lesson
from tests.modules.editions.making import DATA, built, handbook, in_urdu

pytestmark = pytest.mark.django_db
State = EditionFile.State
HANDBOOK = "/courses/trial/editions/handbook.en.pdf"
GUIDE = "/courses/trial/editions/facilitation-guide.en.pdf"


@pytest.fixture
def course(small_course) -> Course:
    return small_course.course


def body_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_file_comes_with_its_name_and_how_to_ask_again(client, course):
    file = built(course, version="0.2", on=datetime(2026, 11, 27, 9, 30, tzinfo=UTC))

    response = client.get(HANDBOOK)

    assert (response.status_code, body_of(response)) == (200, DATA)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="trial-handbook-0.2-en.pdf"'
    assert response["Content-Length"] == str(len(DATA))
    assert response["ETag"] == f'"{file.sha}"'
    assert response["Last-Modified"] == "Fri, 27 Nov 2026 09:30:00 GMT"
    assert response["Cache-Control"] == "private, no-cache"


def test_words_for_a_version_make_a_good_name(client, course):
    built(course, version="0.2 + changes “of” today")

    name = client.get(HANDBOOK)["Content-Disposition"]

    assert name == 'inline; filename="trial-handbook-0.2-changes-of-today-en.pdf"'


def test_who_has_it_already_gets_nothing(client, course):
    file = built(course)

    response = client.get(HANDBOOK, headers={"If-None-Match": f'"{file.sha}"'})

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == f'"{file.sha}"'
    assert response["Cache-Control"] == "private, no-cache"


def test_who_has_another_gets_the_file(client, course):
    built(course)

    response = client.get(HANDBOOK, headers={"If-None-Match": '"another"'})

    assert response.status_code == 200


def test_a_part_of_a_file(client, course):
    built(course)

    response = client.get(HANDBOOK, headers={"Range": "bytes=1-3"})

    assert (response.status_code, body_of(response)) == (206, DATA[1:4])
    assert response["Content-Range"] == f"bytes 1-3/{len(DATA)}"


def test_the_head_of_a_file(client, course):
    built(course)

    response = client.head(HANDBOOK)

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(len(DATA))
    assert response["Content-Type"] == "application/pdf"


def test_an_epub_is_one(client, course):
    built(course, suffix="epub")

    response = client.get(HANDBOOK.replace("pdf", "epub"))

    assert response["Content-Type"] == "application/epub+zip"


def test_what_is_not_made_yet_is_queued_and_waited_for(client, course):
    response = client.get(HANDBOOK)

    page = response.content.decode()
    assert response.status_code == 202
    assert (response["Retry-After"], response["Refresh"]) == ("10", "10")
    assert "no-store" in response["Cache-Control"]
    assert "Your book is being made" in page
    language = '<bdi class="own-name" lang="en">English</bdi>'
    assert f"<bdi>Participants’ handbook</bdi>, {language}, <bdi>PDF</bdi>." in page
    assert EditionFile.objects.get().state == State.QUEUED


def test_the_page_says_how_far_it_is(client, course):
    handbook(
        course, state=State.BUILDING, stage="pages", percent=40, taken_at=timezone.now()
    ).save()

    page = client.get(HANDBOOK).content.decode()

    assert "Setting the pages: 40 per cent" in page
    assert '<progress value="40" max="100"' in page


def test_it_speaks_the_language_of_the_file(client, small_course):
    in_urdu(small_course)

    response = client.get("/courses/trial/editions/pocket-book.ur.pdf")

    assert response.status_code == 202
    assert '<html lang="ur" dir="rtl">' in response.content.decode()
    assert 'href="/ur/courses/trial/editions/"' in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; SomeBot/2.1)"},
        {"User-Agent": "a crawler"},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_robots_and_browsers_ahead_of_their_time_begin_nothing(client, course, headers):
    response = client.get(HANDBOOK, headers=headers)

    assert response.status_code == 202
    assert not EditionFile.objects.exists()


def test_asking_for_the_head_begins_nothing(client, course):
    response = client.head(HANDBOOK)

    assert (response.status_code, response["Retry-After"]) == (202, "10")
    assert not EditionFile.objects.exists()


def test_asking_again_and_again_queues_once(client, course, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as tasks:
        for _ in range(3):
            assert client.get(HANDBOOK).status_code == 202

    assert len(tasks) == 1


def test_where_too_many_wait_it_has_to_wait_too(client, course):
    for edition in ("orientation-pack", "pocket-book", "pocket-book-a4"):
        client.get(f"/courses/trial/editions/{edition}.en.pdf")
    client.get("/courses/trial/editions/pocket-book.en.epub")

    response = client.get(HANDBOOK)

    assert response.status_code == 202
    assert "Your book has to wait a little" in response.content.decode()
    assert EditionFile.objects.count() == 4


def test_without_a_worker_it_is_made_at_once(
    client, course, made, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.get(HANDBOOK)

    assert body_of(client.get(HANDBOOK)) == DATA


def test_until_then_there_is_the_earlier_one(client, course):
    earlier = built(course, sha="e" * 64, version="0.1", days_ago=400)

    page = client.get(HANDBOOK).content.decode()
    link = re.search(r'href="([^"]+\?sha=[^"]+)"', page)[1]

    assert "There is an earlier one: version 0.1" in page
    assert link == f"{HANDBOOK}?sha=eeeeeeeeeeee"
    assert client.get(link)["ETag"] == f'"{earlier.sha}"'
    assert EditionFile.objects.count() == 2


@pytest.mark.parametrize("sha", ["ffff", "%", "x" * 200])
def test_an_earlier_one_that_was_never_made_is_not_found(client, course, sha):
    built(course, sha="e" * 64)

    assert client.get(HANDBOOK, {"sha": sha}).status_code == 404
    assert EditionFile.objects.count() == 1


def test_a_file_that_was_lost_is_made_again(client, course):
    file = built(course)
    default_storage.delete(file.file.name)

    assert client.get(HANDBOOK).status_code == 202
    file.refresh_from_db()
    assert (file.state, file.file.name) == (State.QUEUED, "")


def test_a_failure_says_what_to_do(client, course):
    handbook(course, state=State.FAILED, error="The page took longer.").save()

    response = client.get(HANDBOOK)

    page = response.content.decode()
    assert response.status_code == 503
    assert "Refresh" not in response
    assert "Tell your trainer or administrator" in page
    assert "The page took longer." not in page
    assert '<form method="post" action="/courses' not in page


def test_a_trainer_has_it_made_again(client, course, cast):
    file = handbook(course, state=State.FAILED, error="The page took longer.")
    file.save()
    sign_in(client, cast.trainer)

    page = client.get(HANDBOOK).content.decode()
    response = client.post(f"/courses/trial/editions/{file.pk}/again/")

    assert "The page took longer." in page
    assert f'action="/courses/trial/editions/{file.pk}/again/"' in page
    assert (response.status_code, response["Location"]) == (302, HANDBOOK)
    file.refresh_from_db()
    assert (file.state, file.error) == (State.QUEUED, "")


def test_pressed_twice_it_is_made_once(client, course, cast, django_capture_on_commit_callbacks):
    file = handbook(course, state=State.FAILED)
    file.save()
    sign_in(client, cast.trainer)

    with django_capture_on_commit_callbacks() as tasks:
        for _ in range(2):
            client.post(f"/courses/trial/editions/{file.pk}/again/")

    assert len(tasks) == 1


def test_a_learner_cannot_have_it_made_again(client, course, cast):
    file = handbook(course, state=State.FAILED)
    file.save()
    sign_in(client, cast.learner)

    assert client.post(f"/courses/trial/editions/{file.pk}/again/").status_code == 403
    file.refresh_from_db()
    assert file.has_failed


def test_only_a_press_has_it_made_again(client, course, cast):
    file = handbook(course, state=State.FAILED)
    file.save()
    sign_in(client, cast.trainer)

    assert client.get(f"/courses/trial/editions/{file.pk}/again/").status_code == 405
    assert client.post(f"/courses/other/editions/{file.pk}/again/").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["novel.en.pdf", "handbook.ur.pdf", "handbook.xx.pdf", "slides.en.epub",
     "pocket-book-a4.en.epub", "handbook.en.docx", "handbook.pdf"],
)  # fmt: skip
def test_what_the_course_does_not_have_is_not_found(client, course, cast, name):
    sign_in(client, cast.trainer)

    assert client.get(f"/courses/trial/editions/{name}").status_code == 404
    assert not EditionFile.objects.exists()


def test_an_unknown_course_is_not_found(client, course):
    assert client.get("/courses/other/editions/handbook.en.pdf").status_code == 404


def test_an_announced_course_has_no_editions(client, course):
    Course.objects.update(status=Course.Status.ANNOUNCED)

    assert client.get(HANDBOOK).status_code == 404
    assert client.get("/courses/trial/editions/").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("anonymous", 302), ("learner", 403), ("outsider", 403), ("viewer", 403),
     ("trainer", 200), ("author", 200), ("area_admin", 200), ("system_admin", 200)],
)  # fmt: skip
def test_what_is_for_trainers_is_for_trainers(client, course, cast, who, status):
    built(course, "facilitation-guide")
    if who != "anonymous":
        sign_in(client, getattr(cast, who))

    response = client.get(GUIDE)

    assert response.status_code == status
    if status == 302:
        assert response["Location"] == f"/accounts/login/?next={GUIDE}"


@pytest.mark.parametrize(
    ("access", "who", "location"),
    [
        (Course.Access.SIGNED_IN, "anonymous", f"/accounts/login/?next={HANDBOOK}"),
        (Course.Access.SIGNED_IN, "outsider", None),
        (Course.Access.ENROLLED, "anonymous", f"/accounts/login/?next={HANDBOOK}"),
        (Course.Access.ENROLLED, "learner", "/courses/trial/start/"),
        (Course.Access.ENROLLED, "trainer", None),
    ],
)
def test_who_may_not_read_the_lessons_reads_no_edition(client, cast, course, access, who, location):
    Course.objects.update(access=access)
    built(course)
    if who != "anonymous":
        sign_in(client, getattr(cast, who))

    response = client.get(HANDBOOK)

    assert response.status_code == (302 if location else 200)
    assert response.headers.get("Location") == location


def test_nobody_learns_of_a_guarded_file_by_its_hash(client, course):
    file = built(course, "facilitation-guide")

    response = client.get(
        GUIDE, {"sha": file.short_sha}, headers={"If-None-Match": f'"{file.sha}"'}
    )

    assert response.status_code == 302


def test_a_file_costs_few_queries(client, course, django_assert_num_queries):
    built(course)
    client.get(HANDBOOK)

    with django_assert_num_queries(4):
        client.get(HANDBOOK)


def test_a_new_lesson_makes_it_another_file(client, small_course):
    built(small_course.course)
    assert client.get(HANDBOOK).status_code == 200

    make_lesson(small_course, "two")
    renew_mark()

    assert client.get(HANDBOOK).status_code == 202
