"""Each file is made once for its content, whatever happens to whoever makes it."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from modules.courses.keeping import mark
from modules.courses.models import Course
from modules.editions import compiling, making, producing
from modules.editions.making import (
    TakenAway,
    TooManyWaiting,
    build,
    file_for,
    line_up,
    queue,
    report,
    take,
    todays,
)
from modules.editions.models import GIVEN_UP_AFTER, EditionFile
from modules.printing.errors import RenderingFailed
from tests.modules.editions.making import DATA, built, handbook

pytestmark = pytest.mark.django_db
State = EditionFile.State
HANDBOOK = ("handbook", "en", "pdf")
LONG_AGO = GIVEN_UP_AFTER + timedelta(minutes=1)


@pytest.fixture
def course(small_course) -> Course:
    return small_course.course


def files_kept() -> list[str]:
    return default_storage.listdir("editions")[1] if default_storage.exists("editions") else []


def test_who_asks_first_queues_it(course, made, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = file_for(course, *HANDBOOK)

    file.refresh_from_db()
    assert (file.state, file.percent, file.pages, file.bytes) == (State.DONE, 100, 48, len(DATA))
    assert file.file.read() == DATA
    assert made == ["handbook.en.pdf"]


def test_asking_twice_queues_it_once(course, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as tasks:
        first, second = file_for(course, *HANDBOOK), file_for(course, *HANDBOOK)

    assert first.pk == second.pk
    assert len(tasks) == 1


def test_of_two_who_take_it_one_builds(course, made):
    file = queue(handbook(course))

    assert take(file.pk) is not None
    assert take(file.pk) is None
    assert build(file.pk) is None
    assert made == []


def test_what_is_done_is_not_made_again(course, made):
    file = built(course)

    assert build(file.pk) is None
    assert file_for(course, *HANDBOOK).pk == file.pk
    assert made == []


def test_changed_content_gets_a_file_of_its_own(course, small_course, made):
    old = built(course)
    lesson = small_course.get_children().get().specific
    lesson.title = "Another title"
    lesson.save_revision().publish()
    making.renew_mark()

    new = file_for(course, *HANDBOOK)

    assert new.pk != old.pk
    assert EditionFile.objects.count() == 2


def test_nobody_can_guess_where_it_is_kept(course):
    first, second = built(course), built(course, "pocket-book")

    assert len(first.file.name) == len("editions/.pdf") + 32
    assert first.file.name != second.file.name
    assert course.code not in first.file.name


def test_how_far_it_is_stands_in_the_row(course, monkeypatch):
    seen = []

    def produce(course, edition, lang, suffix, report):
        report("pages", 140)
        seen.append(EditionFile.objects.values_list("state", "stage", "percent").get())
        raise RenderingFailed("The page took longer\nthan 10 seconds.")

    monkeypatch.setattr(producing, "produce", produce)
    file = build(line_up(course, *HANDBOOK).pk)

    assert seen == [("building", "pages", 100)]
    assert (file.state, file.error) == (State.FAILED, "The page took longer than 10 seconds.")
    assert files_kept() == []


def test_what_nobody_expected_fails_with_a_line_and_is_logged(course, monkeypatch, caplog):
    monkeypatch.setattr(producing, "produce", lambda *args: {}["secret words"])
    file = line_up(course, *HANDBOOK)

    file = build(file.pk)

    assert "KeyError: 'secret words'" in caplog.text
    assert (file.state, file.error) == (State.FAILED, "Unexpected: KeyError. The log says more.")


def test_what_failed_waits_until_somebody_asks_for_it_to_be_tried_again(course, made):
    failed = handbook(course, state=State.FAILED, error="Too large.")
    failed.save()

    assert file_for(course, *HANDBOOK).state == State.FAILED
    again = build(queue(failed).pk)
    assert (again.state, again.error) == (State.DONE, "")


def test_a_build_that_was_ended_is_taken_again(course, made, django_capture_on_commit_callbacks):
    long_ago = timezone.now() - LONG_AGO
    handbook(course, state=State.BUILDING, queued_at=long_ago, taken_at=long_ago).save()

    with django_capture_on_commit_callbacks(execute=True):
        file = file_for(course, *HANDBOOK)

    file.refresh_from_db()
    assert file.is_done


def test_a_build_of_this_minute_is_left_alone(course, django_capture_on_commit_callbacks):
    handbook(course, state=State.BUILDING, taken_at=timezone.now()).save()

    with django_capture_on_commit_callbacks() as tasks:
        file = file_for(course, *HANDBOOK)

    assert tasks == []
    assert take(file.pk) is None


def test_a_task_that_was_lost_is_given_out_again(course, django_capture_on_commit_callbacks):
    handbook(course, queued_at=timezone.now() - LONG_AGO).save()

    with django_capture_on_commit_callbacks() as tasks:
        file_for(course, *HANDBOOK)

    assert len(tasks) == 1


def test_who_was_given_up_writes_nothing_any_more(course, made):
    slow = take(queue(handbook(course)).pk)
    EditionFile.objects.update(taken_at=timezone.now() - LONG_AGO)
    quick = build(slow.pk)

    with pytest.raises(TakenAway):
        report(slow, "pages", 50)
    with pytest.raises(TakenAway):
        making.keep(slow, producing.Produced(b"late", 1), 9.0)
    assert files_kept() == [quick.file.name.removeprefix("editions/")]
    assert EditionFile.objects.get().bytes == len(DATA)


@pytest.mark.parametrize("changes", [1, 2])
def test_content_that_changes_before_or_meanwhile_leaves_no_file(
    course, made, monkeypatch, changes
):
    file = line_up(course, *HANDBOOK)
    shas = iter([file.sha] * (changes - 1) + ["f" * 64])
    monkeypatch.setattr(compiling, "content_sha", lambda *args: next(shas))

    assert build(file.pk).state == State.DROPPED
    assert len(made) == changes - 1
    assert files_kept() == []


def test_only_so_many_wait(course):
    for edition in ("orientation-pack", "handbook", "pocket-book", "slides"):
        file_for(course, edition, "en", "pdf")

    with pytest.raises(TooManyWaiting):
        file_for(course, "pocket-book-a4", "en", "pdf")
    assert file_for(course, *HANDBOOK).is_waiting
    assert EditionFile.objects.count() == 4
    assert todays(course, "pocket-book-a4", "en", "pdf").pk is None


def test_pages_that_are_kept_learn_of_it(course, made):
    sha, before = compiling.content_sha(course, "handbook", "en"), mark()

    build(line_up(course, *HANDBOOK).pk)

    assert compiling.content_sha(course, "handbook", "en") == sha
    assert mark() != before
